"""A release: a frozen, numbered, hashed copy of the data set that can be cited. Whole or not there at all.

The files are written beside the folder and moved into place as one, in the transaction that notes the release.
"""

import hashlib
import json
import os
import re
import shutil
import time as clock
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db.bulk import table
from db.dictionary import RELEASE_TABLES
from db.engine import writing
from db.models import Release
from db.queries.ids import ids_page, withdrawals_page
from pipeline import VERSION, judgements_file
from pipeline.errors import InputError, OutputError
from pipeline.evaluate import Accuracy, read_labels, read_predictions, score
from pipeline.export import NAME, PAGES, Page, Written, datapackage, reading, resource, write_tables
from pipeline.release_text import LICENSE, Facts, citation, readme
from pipeline.snapshot import known_on

RELEASE_PAGES: dict[str, tuple[Page, str]] = {
    **PAGES,
    "ids.csv": (ids_page, "event_id"),
    "withdrawals.csv": (withdrawals_page, "article_id"),
}
"""How each CSV of a release is read: those of an export, every event id, every withdrawal."""
JUDGEMENTS, SUMS = "judgements.jsonl", "SHA256SUMS"
_ASIDE, _LEFT_AFTER = ".release-", 24 * 60 * 60
"""Name of folders while they are made, and seconds after which one is a leftover."""
_VERSION = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]{0,62}[0-9A-Za-z])?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_release = table(Release)


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was made. `sha256`: of its SHA256SUMS, and so of everything."""

    version: str
    folder: Path
    sha256: str
    files: tuple[Written, ...]


def check_version(version: str) -> str:
    """A version as it may stand in names and addresses: `1.0.0`, `2026.11`, `2.0-rc.1`.

    Raises:
        InputError: other characters, no digit, or a word that `diff` reads otherwise.
    """
    if not _VERSION.fullmatch(version) or ".." in version or not any(sign.isdigit() for sign in version):
        raise InputError(f"{version!r} is no version; give letters, digits, points and hyphens, as 1.0.0 or 2026.11")
    if _DAY.fullmatch(version):
        raise InputError(f"{version!r} is a day, and `diff` reads it as one; write {version.replace('-', '.')}")
    return version


def check_folder(folder: Path) -> Path:
    """The absolute path of a folder that a release may be written into.

    Raises:
        OutputError: it has no name of its own, holds control characters, or lies under a file.
    """
    if not str(folder).isprintable():
        raise OutputError(f"{str(folder)!r} holds signs that cannot be printed; give a folder without")
    if folder.name in ("", ".."):
        raise OutputError(f"{str(folder)!r} has no name of its own; give a new folder in it")
    found = folder.absolute()
    blocked = next((above for above in found.parents if above.exists() and not above.is_dir()), None)
    if blocked is not None:
        raise OutputError(f"{found} cannot be made, as {blocked} is no folder; give another folder")
    return found


def _clear_leftovers(parent: Path) -> None:
    """Remove what releases that were killed left beside the folder, once no living one can be at work there."""
    for left in parent.glob(f"{_ASIDE}*"):
        if left.is_dir() and clock.time() - left.stat().st_mtime > _LEFT_AFTER:
            shutil.rmtree(left, ignore_errors=True)


def _is_same(made: Path, there: Path) -> bool:
    """Whether two folders hold the same files."""
    names = sorted(path.name for path in made.iterdir())
    return names == sorted(path.name for path in there.iterdir()) and not any(
        (made / name).read_bytes() != (there / name).read_bytes() for name in names
    )


def release_day(given: date | None = None) -> date:
    """The date of a release: as given, else that of SOURCE_DATE_EPOCH (seconds, UTC), else today.

    Raises:
        InputError: SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if given is not None or not epoch:
        return given or datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(f"SOURCE_DATE_EPOCH={epoch!r} is no number of seconds; unset it, or give --date") from error


def release(
    engine: Engine,
    version: str,
    folder: Path,
    day: date,
    *,
    as_known_on: date | None = None,
    labels: Path | None = None,
    guard: bool = True,
    made_with: str = VERSION,
) -> Released:
    """Write a release into a new folder and note it in the database. Same state, version and day: the same bytes.

    Args:
        as_known_on: only what was published by that day, merged as it would have been then.
        labels: labelled claims as for `evaluate`; its accuracy on this data then stands in the README.
        guard: put an apostrophe before text that spreadsheets would run as a formula.

    Raises:
        InputError: no good version, or one that is taken; no good labels.
        OutputError: the folder is there already, or cannot be written.
    """
    folder = check_folder(folder)
    _refuse_taken(engine, check_version(version), folder)
    gold = read_labels(labels) if labels else None
    asked = engine if as_known_on is None else known_on(engine, as_known_on)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(folder.parent)
        with TemporaryDirectory(dir=folder.parent, prefix=_ASIDE) as beside:
            aside = Path(beside) / folder.name
            aside.mkdir()
            with reading(asked) as connection:
                files = _write_data(connection, aside, guard)
                accuracy = _accuracy(connection, gold, labels)
            facts = Facts(version, day, as_known_on, guard, made_with, accuracy)
            digest = _write_about(aside, facts, files)
            made = Released(version, folder, digest, tuple(files))
            is_there = (folder / SUMS).is_file()
            if is_there and not _is_same(aside, folder):
                raise OutputError(
                    f"{folder} holds a release already; give a new folder, or remove that one if nobody has it"
                )
            _note(engine, made, day, (lambda: None) if is_there else lambda: aside.rename(folder))
            return made
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({error.strerror}); give a new folder of your own") from error


def _accuracy(connection: Connection, gold: Mapping[str, str] | None, labels: Path | None) -> Accuracy | None:
    if gold is None:
        return None
    predicted = read_predictions(connection)[0]
    if not gold.keys() & predicted.keys():
        raise InputError(f"none of the claims in {labels} is in the data; give the labels of these articles")
    return score(predicted, gold)


def _refuse_taken(engine: Engine, version: str, folder: Path) -> None:
    with engine.connect() as connection:
        there = connection.scalar(sa.select(_release.c.folder).where(_release.c.version == version))
    if there is not None:
        raise InputError(
            f"release {version} was made before, in {there}; a release is never changed: give a new version"
        )
    # One that died after it had moved the folder left it whole: it is compared, and noted, by the next.
    if not (folder / SUMS).is_file() and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder} is there already; a release is never written over: give a new folder")


def _write_data(connection: Connection, folder: Path, guard: bool) -> list[Written]:
    files = write_tables(connection, RELEASE_PAGES, RELEASE_TABLES, folder, guard)
    judgements_file.write(connection, folder / JUDGEMENTS)
    (folder / "dictionary.csv").write_text(dictionary_csv(), encoding="utf-8", newline="")
    return [*files, _written(folder / JUDGEMENTS), _written(folder / "dictionary.csv", header=True)]


def _written(path: Path, *, header: bool = False) -> Written:
    digest, lines, size = hashlib.sha256(), 0, 0
    with path.open("rb") as file:
        for line in file:
            digest.update(line)
            lines, size = lines + 1, size + len(line)
    return Written(path.name, lines - header, size, digest.hexdigest())


def dictionary_csv() -> str:
    """The data dictionary as CSV: table, column, type, meaning, example, values."""
    rows = [
        (name, column.name, column.type, column.meaning, column.example, "; ".join(column.values))
        for name, columns in RELEASE_TABLES.items()
        for column in columns
    ]
    header = ("table", "column", "type", "meaning", "example", "values")
    return "".join(",".join(_quoted(cell) for cell in row) + "\n" for row in (header, *rows))


def _quoted(cell: str) -> str:
    escaped = cell.replace('"', '""')
    return f'"{escaped}"' if any(sign in cell for sign in ',"\n\r') else cell


def _write_about(folder: Path, facts: Facts, files: Sequence[Written]) -> str:
    """What describes the data, and last the checksums of all; returns the SHA-256 of these."""
    package = json.dumps(package_of(facts, files), indent=2, ensure_ascii=False) + "\n"
    texts = {
        "datapackage.json": package,
        "README.md": readme(facts, files),
        "LICENSE": LICENSE,
        "CITATION.cff": citation(facts),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    digests = {file.name: file.sha256 for file in files}
    digests |= {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    sums = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="")
    return hashlib.sha256(sums.encode()).hexdigest()


def package_of(facts: Facts, files: Sequence[Written]) -> dict[str, object]:
    """The Frictionless description of a release."""
    described = [
        resource(file, RELEASE_TABLES) if file.name.removesuffix(".csv") in RELEASE_TABLES else _plain_file(file)
        for file in files
    ]
    base = datapackage((), facts.as_known_on)
    return {
        **base,
        "name": NAME,
        "version": facts.version,
        "created": f"{facts.day}T00:00:00Z",
        "made_with": facts.made_with,
        "formula_guard": facts.guard,
        "resources": described,
    }


def _plain_file(file: Written) -> dict[str, object]:
    stem, ending = file.name.rsplit(".", 1)
    kind, media = {"csv": ("table", "text/csv"), "jsonl": ("file", "application/x-ndjson")}[ending]
    return {
        "name": stem,
        "type": kind,
        "path": file.name,
        "format": ending,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def _note(engine: Engine, made: Released, day: date, move: Callable[[], object]) -> None:
    """Put the folder in its place and note the release, both or neither as far as two stores can."""
    rows = {file.name: file.rows for file in made.files}
    row = {
        "version": made.version,
        "made_at": datetime.combine(day, time()),
        "folder": str(made.folder),
        "sha256": made.sha256,
        "articles": rows["articles.csv"],
        "claims": rows["claims.csv"],
        "events": rows["events.csv"],
    }
    try:
        with writing(engine) as connection:
            connection.execute(sa.insert(_release).values(row))
            move()
    except sa.exc.IntegrityError as error:
        raise InputError(f"release {made.version} was made meanwhile by another; give a new version") from error
