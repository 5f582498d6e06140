"""Cached reads for comparing two states of the data: releases, what changed between them, figures then and now.

Only releases that the database names are ever opened, never a path that an address carries.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard import change_style
from dashboard.cache import Data, data, forward, kept
from db.engine import open_engine
from db.extracts import to_csv
from db.filters import NO_FILTERS, Filters
from db.queries import changes
from pipeline import diff_words
from pipeline.diff import Difference, Sort, differences
from pipeline.diff_reasons import Cause
from pipeline.editions import Cells, Edition, cells_of, of_database, of_folder
from pipeline.errors import InputError
from pipeline.release_database import release_database
from pipeline.snapshot import known_on

MOST = 2000
"""Differences kept for a page; the CSV has all."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states: a release (`version`, with where it is and its checksum), a day, or now (all empty)."""

    version: str = ""
    folder: str = ""
    sha256: str = ""
    made: dt.date | None = None
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One difference as a page shows it. `said`: phrases in words; `causes`: why."""

    sort: Sort
    event_id: str
    other_id: str
    title: str
    said: tuple[str, ...]
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: how many of each sort, and the first `MOST` differences by event id.

    `titles`: event id → title, of events that these name besides themselves.
    """

    counts: dict[Sort, int]
    shown: tuple[Shown, ...]
    titles: dict[str, str] = field(default_factory=dict)


def releases() -> pd.DataFrame:
    """All releases whose folder is still there, the latest first. Columns: `db.queries.changes.RELEASE_FRAME`."""
    with open_engine(data()[0]).connect() as connection:
        found = changes.releases(connection)
    there = found["folder"].map(lambda folder: Path(folder).is_dir()).astype(bool)
    return found[there].reset_index(drop=True)


def latest_version() -> str | None:
    """The version of the latest release; None where there is none yet."""
    found = releases()
    return None if found.empty else str(found["version"].iloc[0])


def side_of_release(version: str) -> Side | None:
    """The side of a release that the database names; None for all else."""
    found = releases()
    rows = found[found["version"] == version]
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Side(version, str(row["folder"]), str(row["sha256"]), row["made_at"].date())


def comparison(before: Side, after: Side, filters: Filters, event_id: str = "") -> Comparison:
    """What changed between two states among the events that the filters choose in either.

    Args:
        event_id: only what became of this event, whatever the filters choose.

    Raises:
        InputError: a release's folder is gone or changed.
    """
    return _comparison(data(), before, after, timeless(filters), _ids_of(event_id))


def timeless(filters: Filters) -> Filters:
    """The filters without “As known on”: the two sides have days of their own."""
    return replace(filters, as_known_on=None)


def _ids_of(event_id: str) -> frozenset[str]:
    """An id with the one that it leads to now; none where none is asked for."""
    return frozenset({event_id, forward(event_id)[0] or event_id}) if event_id else frozenset()


@kept
def _comparison(source: Data, before: Side, after: Side, filters: Filters, only: frozenset[str]) -> Comparison:
    counts: Counter[Sort] = Counter()
    shown = []
    for one in _chosen(source, before, after, filters, only):
        counts[one.sort] += 1
        if len(shown) < MOST:
            shown.append(_shown(one))
    sorted_counts = {sort: counts[sort] for sort in diff_words.SORTS if counts[sort]}
    return Comparison(sorted_counts, tuple(shown), _titles(source, before, after, shown))


def _shown(one: Difference) -> Shown:
    said = tuple(diff_words.phrases(one, change_style.PAGE))
    return Shown(one.sort, one.event_id, one.other_id, one.shown["title"], said, one.causes)


def _titles(source: Data, before: Side, after: Side, shown: Iterable[Shown]) -> dict[str, str]:
    """The titles of the other events that differences name: as they are after, or else as they were before."""
    named = {other for one in shown for other in (one.other_id, *(cause.of for cause in one.causes)) if other}
    found: dict[str, str] = {}
    for side in (after, before):
        if named - found.keys():
            with _opened(source, side) as connection:
                found |= changes.titles(connection, named - found.keys())
    return found


def _chosen(source: Data, before: Side, after: Side, filters: Filters, only: frozenset[str]) -> Iterator[Difference]:
    with _edition(source, before) as a, _edition(source, after) as b:
        found = (one for one in differences(a, b) if not diff_words.only_reordered(one))
        if filters == NO_FILTERS and not only:
            yield from found
            return
        wanted = only or _ids(source, before, filters) | _ids(source, after, filters)
        yield from (one for one in found if one.event_id in wanted or one.other_id in wanted)


@contextmanager
def _edition(source: Data, side: Side) -> Iterator[Edition]:
    if side.version:
        if not Path(side.folder).is_dir():
            raise InputError(f"{side.folder} is gone; put the release back there, or compare with another")
        yield of_folder(Path(side.folder))
        return
    with of_database(open_engine(source[0]), side.day) as found:
        yield found


@kept
def _ids(source: Data, side: Side, filters: Filters) -> frozenset[str]:
    with _opened(source, side) as connection:
        return changes.ids(connection, filters)


def _opened(source: Data, side: Side) -> AbstractContextManager[Any]:
    """A connection to the database of one side."""
    if side.version:
        return release_database(Path(side.folder), side.sha256).connect()
    engine = open_engine(source[0])
    return (engine if side.day is None else known_on(engine, side.day)).connect()


def differences_csv(before: Side, after: Side, filters: Filters, sorts: tuple[Sort, ...], event_id: str = "") -> bytes:
    """All differences as CSV, columns `diff_words.CSV_COLUMNS`. `sorts`: only these; empty for all."""
    found = _chosen(data(), before, after, timeless(filters), _ids_of(event_id))
    rows = [row for one in found if not sorts or one.sort in sorts for row in diff_words.csv_rows(one)]
    return to_csv(pd.DataFrame(rows, columns=list(diff_words.CSV_COLUMNS)), mark=True).encode()


def figures(side: Side, filters: Filters) -> changes.Figures:
    """Counts and the sum in US dollars of the chosen events in one state.

    Raises:
        InputError: a release's folder is gone or changed.
    """
    return _figures(data(), side, timeless(filters))


@kept
def _figures(source: Data, side: Side, filters: Filters) -> changes.Figures:
    with _opened(source, side) as connection:
        return changes.figures(connection, filters)


def event_row(side: Side, event_id: str) -> Cells | None:
    """An event in one state as it stands in the CSV; None where it is not there.

    Raises:
        InputError: a release's folder is gone or changed.
    """
    return _event_row(data(), side, event_id)


@kept
def _event_row(source: Data, side: Side, event_id: str) -> Cells | None:
    with _opened(source, side) as connection:
        return next(cells_of(changes.one_event(connection, event_id)), None)
