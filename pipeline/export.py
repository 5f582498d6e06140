"""The data set as files: four CSVs with their data dictionary, checksums and licence. A function of the data alone."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from sqlalchemy.engine import Connection, Engine

from db.dictionary import MULTIPLE, TABLES, Column
from db.extracts import to_csv
from db.queries.about import actors_page
from db.queries.events import claims_page, events_page
from db.queries.sources import articles_page
from pipeline.errors import OutputError
from pipeline.snapshot import known_on

NAME = "entente"
PAGE = 5000
"""Rows held in memory at a time."""

Page = Callable[[Connection, str, int], pd.DataFrame]
PAGES: dict[str, tuple[Page, str]] = {
    "events.csv": (events_page, "event_id"),
    "claims.csv": (claims_page, "claim_id"),
    "articles.csv": (articles_page, "article_id"),
    "actors.csv": (actors_page, "actor_id"),
}
"""How each file is read: its page query, and the column that it is sorted and paged by."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of an export."""

    name: str
    rows: int
    size: int
    sha256: str


def export(
    engine: Engine,
    folder: Path,
    as_known_on: date | None = None,
    guard: bool = True,
) -> list[Written]:
    """Write the whole data set into a folder, sorted by id; each file appears when it is complete.

    Args:
        as_known_on: only what was published by that day, merged as it would have been then.
        guard: put an apostrophe before text that spreadsheets would run as a formula.

    Raises:
        OutputError: the folder cannot be written, or holds files of these names that are not from an export.
    """
    _refuse_foreign_files(folder)
    asked = engine if as_known_on is None else known_on(engine, as_known_on)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".export-") as aside:
            return _export(asked, folder, Path(aside), as_known_on, guard)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written ({error.strerror}); give a folder of your own") from error


def _refuse_foreign_files(folder: Path) -> None:
    """Overwrite an earlier export, never anything else: `export .` must not cost anybody their README."""
    there = [name for name in (*PAGES, "README.md", "datapackage.json") if (folder / name).exists()]
    if there and not _is_export(folder / "datapackage.json"):
        raise OutputError(f"{folder} holds {', '.join(there)}, not from an export; give another folder, or move them")


def _is_export(package: Path) -> bool:
    try:
        return bool(json.loads(package.read_text(encoding="utf-8"))["name"] == NAME)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _export(engine: Engine, folder: Path, aside: Path, as_known_on: date | None, guard: bool) -> list[Written]:
    with reading(engine) as connection:
        files = write_tables(connection, PAGES, TABLES, aside, guard)
    package = json.dumps(datapackage(files, as_known_on), indent=2, ensure_ascii=False) + "\n"
    (aside / "datapackage.json").write_text(package, encoding="utf-8")
    (aside / "README.md").write_text(readme(files, as_known_on, guard), encoding="utf-8")
    for path in sorted(aside.iterdir()):
        path.replace(folder / path.name)
    return files


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction, one state of the data: a load that runs meanwhile does not show."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def write_tables(
    connection: Connection,
    pages: Mapping[str, tuple[Page, str]],
    tables: Mapping[str, tuple[Column, ...]],
    folder: Path,
    guard: bool,
) -> list[Written]:
    """Write each of these files into a folder, whole tables by id. `tables`: columns by file name without `.csv`."""
    return [
        _write_csv(folder / name, frames(connection, page, key), tables[name.removesuffix(".csv")], guard)
        for name, (page, key) in pages.items()
    ]


def frames(connection: Connection, page: Page, key: str) -> Iterator[pd.DataFrame]:
    """A whole table by its key, page after page."""
    after = ""
    while not (frame := page(connection, after, PAGE)).empty:
        yield frame
        after = str(frame[key].iloc[-1])


def _write_csv(path: Path, pages: Iterable[pd.DataFrame], columns: Iterable[Column], guard: bool) -> Written:
    names = [column.name for column in columns]
    digest, rows = hashlib.sha256(), 0
    with path.open("wb") as file:
        _add(file.write, digest.update, ",".join(names) + "\n")
        for frame in pages:
            rows += len(frame)
            _add(file.write, digest.update, to_csv(frame[names], header=False, guard=guard))
    return Written(path.name, rows, path.stat().st_size, digest.hexdigest())


def _add(write: Callable[[bytes], object], update: Callable[[bytes], object], text: str) -> None:
    data = text.encode("utf-8")
    write(data)
    update(data)


def datapackage(files: Iterable[Written], as_known_on: date | None) -> dict[str, object]:
    """The Frictionless description of an export: fields, checksums, licence."""
    described: dict[str, object] = {
        "name": NAME,
        "title": "Entente: who supplies AI to which governments, who pays, who restricts it - and who says so",
        "licenses": [
            {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "CC BY 4.0"}
        ],
        "resources": [resource(file, TABLES) for file in files],
    }
    return described if as_known_on is None else {**described, "as_known_on": as_known_on.isoformat()}


def resource(file: Written, tables: Mapping[str, tuple[Column, ...]]) -> dict[str, object]:
    """The Frictionless description of one CSV. `tables`: columns by file name without `.csv`."""
    fields = [_field(column) for column in tables[file.name.removesuffix(".csv")]]
    return {
        "name": file.name.removesuffix(".csv"),
        "type": "table",
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": {"fields": fields, "primaryKey": [fields[0]["name"]], "missingValues": [""]},
    }


def _field(column: Column) -> dict[str, object]:
    described: dict[str, object] = {"name": column.name, "type": column.type, "description": column.meaning}
    if column.example:
        described["example"] = column.example
    is_closed = column.values and column.name not in MULTIPLE
    return described | ({"constraints": {"enum": list(column.values)}} if is_closed else {})


def readme(files: Iterable[Written], as_known_on: date | None, guard: bool) -> str:
    """What lies in the folder, for somebody who was only sent the files."""
    known = (
        f"As known on {as_known_on}: only what was published by then, merged as it would have been then.\n\n"
        if as_known_on
        else ""
    )
    guarded = (
        "Text that a spreadsheet would take for a formula (it begins with = + - @ ＝ ＋ － ＠ | % or a control "
        "character) has an apostrophe before it; `export --no-formula-guard` leaves it out."
        if guard
        else "Text cells are as they are in the data, without a guard against formulas: keep them out of spreadsheets."
    )
    rows = "\n".join(f"| {file.name} | {file.rows:,} | `{file.sha256}` |" for file in files)
    return README.format(known=known, rows=rows, guarded=guarded, dictionary=dictionary_text(TABLES))


def dictionary_text(tables: Mapping[str, tuple[Column, ...]]) -> str:
    """The data dictionary of these tables in markdown."""
    parts = []
    for name, columns in tables.items():
        lines = "\n".join(f"| {c.name} | {c.type} | {_cell(c.meaning)} | {_cell(c.example)} |" for c in columns)
        parts.append(f"### {name}.csv\n\n| column | type | meaning | example |\n|---|---|---|---|\n{lines}\n")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


README = """# Entente: data export

Who supplies AI to which governments, who pays, who restricts it - and who says so.

{known}Events are counted, not articles: an event is one act in the world, put together by rules from the claims of one
or more articles. Every claim quotes the passage of the article text that it was read from. Limits: the notes are
summaries of published sources, mostly in English, with weight on 2024 to 2026; no country is complete, and absence
from this data is not evidence of absence.

| file | rows | SHA-256 |
|---|---|---|
{rows}

CSV in UTF-8 without a byte-order mark, one header line, ISO dates, empty for not known (never 0), several values in
a cell joined by `; `, rows sorted by the first column. {guarded}

Money: `amount` is as reported, in whole units of `currency`; `bound` says how to read it. USD figures are at the
event's date, with rate, rate date and rate source; no rate known, no USD figure. Never add up stages of one event, nor
events with `is_total` to the deals that they count together.

Licence: Creative Commons Attribution 4.0 International (CC BY 4.0). Cite as: Entente, with the SHA-256 of the file.

## Data dictionary

{dictionary}"""
