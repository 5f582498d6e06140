"""One state of the data set to read from: a release's folder, the database as it is, or as known on a day.

All give the same rows as texts, so that any two can be compared. Rows are streamed, never held as a whole.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db.bulk import table
from db.dictionary import RELEASE_TABLES
from db.extracts import is_guarded_start, to_csv
from db.models import Release
from pipeline import VERSION, judgements_file
from pipeline.errors import InputError
from pipeline.export import PAGES, frames, reading
from pipeline.release import JUDGEMENTS, RELEASE_PAGES, SUMS
from pipeline.snapshot import known_on

Cells = dict[str, str]
"""A row: column → text as in the CSV, without the guard against formulas."""

NOW = "now"
_LONGEST_CELL = 1 << 30
_READ = (*RELEASE_PAGES, JUDGEMENTS, "datapackage.json")
"""Files of a release that are read, each of which its checksums must list."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the data set.

    Attributes:
        name: in words: `release 1.0`, `now`, `as known on 2025-03-01`.
        made_with: version of the software, where it is known.
        columns: columns of each table that it has, by table.
        rows: the rows of a table; none for a table that it does not have.
        judgements: lines of `judgements.jsonl`.
    """

    name: str
    made_with: str
    columns: Mapping[str, tuple[str, ...]]
    rows: Callable[[str], Iterator[Cells]]
    judgements: Callable[[], Iterator[str]]


@contextmanager
def edition(asked: str, database: Callable[[], Engine]) -> Iterator[Edition]:
    """What `diff` is asked for: a folder, a version of a release, `now`, or a day (YYYY-MM-DD).

    Args:
        database: gives the engine; not called for a folder.

    Raises:
        InputError: none of these, or files that are not what was released.
    """
    if Path(asked).is_dir():
        yield of_folder(Path(asked))
        return
    day = _day(asked)
    if asked == NOW or day is not None:
        with of_database(database(), day) as found:
            yield found
        return
    folder, sha256 = _registered(database(), asked)
    yield of_folder(folder, sha256)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("YYYY-MM-DD") else None
    except ValueError:
        return None


def _registered(engine: Engine, version: str) -> tuple[Path, str]:
    release = table(Release)
    with engine.connect() as connection:
        found = connection.execute(
            sa.select(release.c.folder, release.c.sha256).where(release.c.version == version)
        ).first()
    if found is None:
        raise InputError(
            f"{version!r} is no folder, no release of this database, no day (YYYY-MM-DD) and not {NOW!r}; "
            "give one of these"
        )
    return Path(found.folder), found.sha256


@contextmanager
def of_database(engine: Engine, day: date | None = None, name: str | None = None) -> Iterator[Edition]:
    """The database as it is, or as known on a day: one state throughout."""
    said = name or (NOW if day is None else f"as known on {day}")
    with reading(engine if day is None else known_on(engine, day)) as connection:
        columns = {
            stem: tuple(column.name for column in listed)
            for stem, listed in RELEASE_TABLES.items()
        }  # fmt: skip
        yield Edition(
            said,
            VERSION,
            columns,
            lambda stem: _database_rows(connection, stem, columns[stem]),
            lambda: judgements_file.lines(connection),
        )


def _database_rows(connection: Connection, stem: str, columns: tuple[str, ...]) -> Iterator[Cells]:
    page, key = RELEASE_PAGES[f"{stem}.csv"]
    for frame in frames(connection, page, key):
        yield from cells_of(frame[list(columns)])


def cells_of(frame: pd.DataFrame) -> Iterator[Cells]:
    """The rows of a frame as they stand in the CSV, without the guard against formulas."""
    text = to_csv(frame, header=False, guard=False)
    for cells in csv.reader(io.StringIO(text, newline="")):
        yield dict(zip(frame.columns, cells, strict=True))


def of_folder(folder: Path, sha256: str | None = None) -> Edition:
    """A release, or an export, in a folder; a release is checked against its checksums first.

    Args:
        sha256: of the checksums, as the database of releases knows it.

    Raises:
        InputError: the folder holds no such files, or files that are not what was released.
    """
    missing = [name for name in PAGES if not (folder / name).is_file()]
    if missing:
        raise InputError(f"{folder} holds no release: {', '.join(missing)} not found; give a folder made by `release`")
    verify(folder, sha256)
    described = _described(folder)
    csv.field_size_limit(_LONGEST_CELL)
    columns = {stem: _header(folder / f"{stem}.csv") for stem in RELEASE_TABLES if (folder / f"{stem}.csv").is_file()}
    version = described.get("version")
    is_guarded = described.get("formula_guard") is not False
    return Edition(
        f"release {version}" if version else f"the export in {folder.name}",
        str(described.get("made_with") or ""),
        columns,
        lambda stem: _folder_rows(folder / f"{stem}.csv", is_guarded) if stem in columns else iter(()),
        lambda: _lines(folder / JUDGEMENTS),
    )


def _described(folder: Path) -> Mapping[str, object]:
    try:
        found = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def verify(folder: Path, sha256: str | None = None) -> str | None:
    """Check the files of a release against SHA256SUMS; returns the SHA-256 of that, None for an export without it.

    Args:
        sha256: of the checksums, as the database of releases knows it; None: not asked.

    Raises:
        InputError: a file is missing, changed, or not listed; the checksums are missing or others.
    """
    if not (folder / SUMS).is_file():
        if sha256 is not None or _described(folder).get("version"):
            raise InputError(f"{folder} is a release without its {SUMS}; get an unchanged copy of the release")
        return None
    listed = (folder / SUMS).read_bytes()
    found = hashlib.sha256(listed).hexdigest()
    if sha256 is not None and found != sha256:
        raise InputError(f"{folder} does not hold the release that was made there; get an unchanged copy")
    unlisted = {name for name in _READ if (folder / name).is_file()}
    for line in listed.decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / Path(name).name
        if not path.is_file() or _digest(path) != digest:
            raise InputError(f"{path} is not what was released (see {SUMS}); get an unchanged copy of the release")
        unlisted.discard(name)
    if unlisted:
        raise InputError(
            f"{folder / min(unlisted)} is not listed in {SUMS}, so that nobody knows whether it is what was released; "
            "get an unchanged copy of the release"
        )
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _header(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(next(csv.reader(file), ()))


def _folder_rows(path: Path, is_guarded: bool) -> Iterator[Cells]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, strict=True)
            columns = next(rows, [])
            for cells in rows:
                yield dict(zip(columns, map(unguarded, cells) if is_guarded else cells, strict=True))
    except (csv.Error, UnicodeDecodeError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a table ({error}); get an unchanged copy of the release") from error


def _lines(path: Path) -> Iterator[str]:
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            yield from file


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that `db.extracts.guarded` put there."""
    return cell[1:] if cell.startswith("'") and is_guarded_start(cell[1:]) else cell
