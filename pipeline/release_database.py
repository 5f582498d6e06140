"""A release as a database of its own, made from its files alone, so that every filter can be asked of it.

It holds what the files hold: no texts of articles and no other names of actors, so that a search for words looks into
titles, parties, claims and publishers only.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db.bulk import insert, table
from db.engine import migrate, newest_form, open_engine
from db.models import (
    Actor,
    ActorAlias,
    Article,
    ArticleText,
    Claim,
    Event,
    EventClaim,
    EventCountry,
    EventParty,
    EventTechnology,
)
from db.packing import pack_all
from db.queries.events import SEPARATOR
from db.search import file_all
from db.values import PartialDate
from db.vocabulary import Role
from pipeline.claim_ids import event_id_of
from pipeline.editions import Cells, Edition, of_folder, verify
from pipeline.errors import InputError
from pipeline.snapshot import cache_folder

Row = tuple[object, ...]
ACTORS = ("actor_id", "name", "kind", "country", "parent", "group_id", "same_as", "wikidata", "provisional")
ARTICLES = ("article_id", "url", "publisher", "published", "published_first", "language", "title")
CLAIMS = (
    "claim_id", "kind", "stage", "stance", "date", "evidence", "evidence_start", "evidence_end", "amount", "amount_min",
    "amount_max", "currency", "bound", "instrument", "what", "attributed_to", "capacity", "capacity_unit",
)  # fmt: skip
EVENTS = (
    "event_id", "kind", "title", "stage", "furthest_stage", "date", "date_first", "date_last", "instrument", "is_total",
    "amount", "amount_min", "amount_max", "amount_low", "amount_high", "currency", "bound", "amount_stage",
    "amount_rule", "usd_low", "usd_chosen", "usd_high", "usd_rate", "usd_rate_date", "usd_rate_source",
    "supplier_bloc", "attributed_to", "sole_asserter", "claims", "reports", "independent_sources", "publishers",
    "disputed", "first_published", "last_published",
)  # fmt: skip
"""Columns of the files that go into the tables of the same names as they are."""
FLAGS = frozenset({"provisional", "is_total", "disputed"})


def release_database(folder: Path, sha256: str) -> Engine:
    """The release in a folder as a database to read from. Made once, then kept beside the snapshots.

    Args:
        sha256: what the database of releases says of its checksums.

    Raises:
        InputError: the folder is gone, or does not hold what was released.
    """
    path = cache_folder() / f"release-{newest_form()}-{sha256[:24]}.db"
    if not path.exists():
        if not folder.is_dir():
            raise InputError(f"{folder} is gone; put the release back there, or compare with another")
        if verify(folder) != sha256:
            raise InputError(f"{folder} does not hold the release that was made there; get an unchanged copy")
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(of_folder(folder), path)
    path.touch()
    return open_engine(f"sqlite:///{path}")


def _make(edition: Edition, path: Path) -> None:
    # Made aside and moved into place whole: a reader never sees half of it.
    with TemporaryDirectory(dir=path.parent) as aside:
        target = sa.create_engine(f"sqlite:///{Path(aside) / path.name}")
        try:
            migrate(target)
            with target.begin() as connection:
                fill(connection, edition)
        finally:
            target.dispose()
        (Path(aside) / path.name).replace(path)


def fill(connection: Connection, edition: Edition) -> None:
    """Put the rows of a release into the tables of an empty SQLite database."""
    names: dict[str, str] = {}
    insert(connection, Actor, ("roll_up_id", *ACTORS), _actors(edition, names))
    own = ((name.casefold(), actor_id, name) for name, actor_id in names.items())
    insert(connection, ActorAlias, ("name_key", "actor_id", "name"), own)
    insert(
        connection,
        Article,
        ("pk", *ARTICLES, "published_last", "record_sha256", "loaded_at"),
        ((pk, *_cells(row, ARTICLES), _last_day(row["published"]), "", "1970-01-01 00:00:00")
         for pk, row in enumerate(edition.rows("articles"), 1)),
    )  # fmt: skip
    article = table(Article)
    keys = dict(connection.execute(sa.select(article.c.article_id, article.c.pk)).all())
    insert(connection, ArticleText, ("article_pk", "text", "sha256"), ((pk, "", "") for pk in keys.values()))
    columns = ("pk", "anchored_id", "article_pk", "number", "date_first", "date_last", *CLAIMS)
    insert(connection, Claim, columns, _claims(edition, keys))
    claim = table(Claim)
    anchors = dict(connection.execute(sa.select(claim.c.anchored_id, claim.c.pk)).all())
    insert(connection, Event, ("anchor_pk", *EVENTS), _events(edition, anchors))
    _fill_parts(connection, edition, names, anchors)
    file_all(connection)
    pack_all(connection)


def _actors(edition: Edition, names: dict[str, str]) -> Iterator[Row]:
    for row in edition.rows("actors"):
        names[row["name"]] = row["actor_id"]
        # The first releases knew no governments that agencies count with, only groups.
        yield row.get("roll_up_id") or row["group_id"], *_cells(row, ACTORS)


def _claims(edition: Edition, keys: Mapping[str, int]) -> Iterator[Row]:
    for pk, row in enumerate(edition.rows("claims"), 1):
        day = PartialDate.parse(row["date"])
        place = (keys[row["article_id"]], row["claim_number"], day.first.isoformat(), day.last.isoformat())
        yield pk, event_id_of(row["claim_id"]), *place, *_cells(row, CLAIMS)


def _events(edition: Edition, anchors: Mapping[str, int]) -> Iterator[Row]:
    for row in edition.rows("events"):
        yield anchors[row["event_id"]], *_cells(row, EVENTS)


def _fill_parts(connection: Connection, edition: Edition, names: Mapping[str, str], anchors: Mapping[str, int]) -> None:
    event_of = ((row["event_id"], anchors[event_id_of(row["claim_id"])]) for row in edition.rows("claims"))
    insert(connection, EventClaim, ("event_id", "claim_pk"), event_of)
    insert(connection, EventParty, ("event_id", "role", "actor_id", "claims"), _parties(edition, names))
    for model, column, cells in (
        (EventCountry, "country", "countries"),
        (EventTechnology, "technology", "technologies"),
    ):
        rows = ((row["event_id"], word) for row in edition.rows("events") for word in _listed(row[cells]))
        insert(connection, model, ("event_id", column), rows)


def _parties(edition: Edition, names: Mapping[str, str]) -> Iterator[Row]:
    """Actors of each event by role. The files name them with the most claims first: the rank stands for the number."""
    for row in edition.rows("events"):
        for role in Role:
            found = named(row.get(role.value, ""), names)
            for place, name in enumerate(found):
                yield row["event_id"], role.value, names[name], len(found) - place


def named(cell: str, names: Iterable[str]) -> list[str]:
    """The names in a cell, also of actors whose own name holds the sign between names; unknown ones are left out."""
    parts, found, start = _listed(cell), [], 0
    known = names if isinstance(names, Mapping) else set(names)
    while start < len(parts):
        ends = range(len(parts), start, -1)
        end = next((end for end in ends if SEPARATOR.join(parts[start:end]) in known), None)
        if end is not None:
            found.append(SEPARATOR.join(parts[start:end]))
        start = end or start + 1
    return found


def _listed(cell: str) -> list[str]:
    return cell.split(SEPARATOR) if cell else []


def _cells(row: Cells, columns: Iterable[str]) -> Row:
    """Cells as SQLite keeps them; its columns of numbers turn texts into numbers by themselves."""
    return tuple(row.get(name) == "true" if name in FLAGS else row.get(name) or None for name in columns)


def _last_day(published: str) -> str:
    return PartialDate.parse(published).last.isoformat()
