"""As known on a day: a database of its own with only the articles published by then, merged as it would have been then.

Same tables, same queries. A match depends on its two claims alone, so the matches among the claims that stay are
taken over, and only clusters, families and events are made again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import SQLModel

from db.bulk import insert, table
from db.engine import ROOT, migrate, newest_form, open_engine
from db.models import (
    Actor,
    ActorAlias,
    Article,
    ArticleText,
    Claim,
    ClaimCountry,
    ClaimMatch,
    ClaimParty,
    ClaimTechnology,
    Judgement,
    LostClaim,
    ReprintPair,
    Review,
    Revision,
    Withdrawal,
)
from db.packing import pack_all
from db.queries.about import changed_at, revision
from db.search import file_all
from pipeline.desk import Desk
from pipeline.families import make_families
from pipeline.neighbours import closing
from pipeline.pairs import compare_pairs
from pipeline.register import drop_unused_provisional
from pipeline.reprint_pairs import add_known_pairs
from pipeline.resolve import settle

KEPT = 16
"""Snapshots kept on disk; the least lately used goes first."""
ROWS = 5000
SECONDS_PER_CLAIM = 0.0005
"""What one known claim costs, measured at 80,000 and at 210,000 of them; see `seconds_to_make`."""
LONG = 5.0
"""Seconds above which a snapshot is made by a process of its own, so that the pages of a server stay quick."""
_ASIDE = "making-"
_DAY_SECONDS = 86_400
_making = Lock()
"""Held while a snapshot is made: who asks for the same one meanwhile waits for it, and does not make it too."""


def cache_folder() -> Path:
    """Where snapshots are kept: ENTENTE_CACHE, or build/known-on in the repository's root."""
    return Path(os.environ.get("ENTENTE_CACHE") or ROOT / "build" / "known-on")


def known_on(engine: Engine, day: date) -> Engine:
    """The database as known on a day. Made once for each state of the data, then kept.

    An article is known when the period of its publication is over: one of `2025-03` from 31 March on. Judgements and
    reviews are ours, not the world's: the present ones hold.
    """
    path = _path(engine, day)
    while not _is_used(path):
        with _making:
            _make_unless_there(engine, day, path)
    # Never made by opening it: one that was forgotten this moment must not come back empty.
    return open_engine(f"sqlite:///file:{quote(str(path))}?mode=rw&uri=true")


def _is_used(path: Path) -> bool:
    """Note that a snapshot is used, if it is there."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _make_unless_there(engine: Engine, day: date, path: Path) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        if seconds_to_make(engine, day) > LONG:
            _make_apart(engine, day, path)
        else:
            make(engine, day, path)
        _forget_oldest(path.parent)


def _make_apart(engine: Engine, day: date, path: Path) -> None:
    # By the environment: the address may hold a password, and arguments are seen by all. Its path is of this folder.
    address = engine.url.render_as_string(hide_password=False)
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "pipeline.snapshot_process", day.isoformat(), str(path.resolve())]
    subprocess.run(command, env={**os.environ, "DATABASE_URL": address, "PYTHONPATH": paths}, check=True)  # noqa: S603


def seconds_to_make(engine: Engine, day: date) -> float:
    """How long making it takes, roughly, on a machine of 2026: by the number of claims that were known then."""
    article, claim = table(Article), table(Claim)
    known = sa.select(sa.func.count()).select_from(claim).join(article, article.c.pk == claim.c.article_pk)
    with engine.connect() as connection:
        return SECONDS_PER_CLAIM * (connection.scalar(known.where(article.c.published_last <= day)) or 0)


def is_kept(engine: Engine, day: date) -> bool:
    """Whether the database as known on a day is there already; making it takes a while."""
    return _path(engine, day).exists()


def _path(engine: Engine, day: date) -> Path:
    with engine.connect() as connection:
        # The moment too: a database that was deleted and loaded anew counts its revisions from the start.
        state = f"{engine.url}|{revision(connection)}|{changed_at(connection)}|{newest_form()}|{day.isoformat()}"
    return cache_folder() / f"{hashlib.sha256(state.encode()).hexdigest()[:24]}.db"


def make(engine: Engine, day: date, path: Path) -> None:
    """Make the database as known on a day, here and now, as this file; its folder is there."""
    # Made aside and moved into place whole: a reader never sees half a snapshot.
    with TemporaryDirectory(dir=path.parent, prefix=_ASIDE) as aside:
        target = sa.create_engine(f"sqlite:///{Path(aside) / path.name}")
        try:
            migrate(target)
            with engine.connect() as source, target.begin() as connection:
                copy_known(source, connection, day)
        finally:
            target.dispose()
        (Path(aside) / path.name).replace(path)


def copy_known(source: Connection, target: Connection, day: date) -> None:
    """Fill an empty database with what was known on a day, and make its events."""
    for model, rows in _known_rows(day):
        columns = [column.name for column in table(model).columns]
        for chunk in source.execution_options(yield_per=ROWS).execute(rows).partitions():
            insert(target, model, columns, ([_plain(value) for value in row] for row in chunk))  # type: ignore[misc]
    add_known_pairs(source, target)
    pair = table(ReprintPair)
    make_families(target, set(target.scalars(sa.union(sa.select(pair.c.left_pk), sa.select(pair.c.right_pk)))))
    desk = Desk(target)
    compare_pairs(desk, _closing(source, day))
    settle(target, target.scalars(sa.select(table(Claim).c.pk)).all(), desk=desk)
    drop_unused_provisional(target)
    file_all(target)
    pack_all(target)


def _closing(source: Connection, day: date) -> set[tuple[int, int]]:
    """Pairs of known claims between which too many stand that were not known yet: neighbours only without these."""
    article, claim = table(Article), table(Claim)
    unknown = sa.select(claim.c.pk).join(article, article.c.pk == claim.c.article_pk)
    return closing(source, source.scalars(unknown.where(article.c.published_last > day)).all())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _known_rows(day: date) -> "Iterator[tuple[type[SQLModel], sa.Select[tuple[object, ...]]]]":
    article, claim = table(Article), table(Claim)
    known = sa.select(article.c.pk).where(article.c.published_last <= day)
    claims = sa.select(claim.c.pk).where(claim.c.article_pk.in_(known))
    for model in (Actor, ActorAlias, Review, Withdrawal, Judgement, Revision, LostClaim):
        yield model, sa.select(table(model))
    yield Article, sa.select(article).where(article.c.pk.in_(known))
    yield ArticleText, sa.select(table(ArticleText)).where(table(ArticleText).c.article_pk.in_(known))
    yield Claim, sa.select(claim).where(claim.c.article_pk.in_(known))
    for part in (ClaimParty, ClaimCountry, ClaimTechnology):
        yield part, sa.select(table(part)).where(table(part).c.claim_pk.in_(claims))
    # Joined, not looked up in two lists: SQLite would try each claim of the one list with each of the other.
    left, right = article.alias("left_article"), article.alias("right_article")
    both = (left.c.published_last <= day, right.c.published_last <= day)
    repeated = table(ReprintPair)
    pairs = (
        sa.select(repeated).join(left, left.c.pk == repeated.c.left_pk).join(right, right.c.pk == repeated.c.right_pk)
    )
    yield ReprintPair, pairs.where(*both)
    match, one, other = table(ClaimMatch), claim.alias("left_claim"), claim.alias("right_claim")
    matches = (
        sa.select(match)
        .join(one, one.c.pk == match.c.left_pk)
        .join(other, other.c.pk == match.c.right_pk)
        .join(left, left.c.pk == one.c.article_pk)
        .join(right, right.c.pk == other.c.article_pk)
    )
    yield ClaimMatch, matches.where(*both)


def _forget_oldest(folder: Path) -> None:
    snapshots = sorted(folder.glob("*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in snapshots[KEPT:]:
        for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            part.unlink(missing_ok=True)
    for aside in folder.glob(f"{_ASIDE}*"):
        # Of a process that was killed: none takes a day to make a snapshot.
        if aside.stat().st_mtime < time.time() - _DAY_SECONDS:
            shutil.rmtree(aside, ignore_errors=True)
