"""What changed between two editions of the data set: events that are new, changed, renamed, merged, split or gone.

Applied to the earlier edition's events, the differences give the later one's: that is what they are tested by.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from db.queries.events import SEPARATOR
from db.vocabulary import Role
from pipeline.diff_reasons import UNEXPLAINED, Cause, anchored_anew, reasons, withdrawn
from pipeline.editions import Cells, Edition
from pipeline.staging import common_columns, staged

PARTIES = frozenset(role.value for role in Role)


class Sort(StrEnum):
    """What became of an event."""

    NEW = "new"
    CHANGED = "changed"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """A cell of an event that changed: texts as in events.csv, empty for not known."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one event.

    Attributes:
        event_id: its id in the later edition; in the earlier one where it is not there any more.
        other_id: renamed: its id before; merged: the event that it is part of now; split: the one that it was part of.
        before, after: its row of events.csv in each edition; None where it is not there.
        causes: why, as far as the data says.
    """

    sort: Sort
    event_id: str
    other_id: str
    before: Cells | None
    after: Cells | None
    causes: tuple[Cause, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in words."""
        return tuple(str(cause) for cause in self.causes)

    @property
    def shown(self) -> Cells:
        """Its row in the later edition that has it."""
        return self.after or self.before or {}

    @property
    def changes(self) -> tuple[Change, ...]:
        """The cells that changed; all that are not empty for events that came or went."""
        before, after = self.before or {}, self.after or {}
        columns = after or before
        pairs = ((name, before.get(name, ""), after.get(name, "")) for name in columns)
        return tuple(Change(name, was, now) for name, was, now in pairs if was != now)


def differences(a: Edition, b: Edition) -> Iterator[Difference]:
    """The differences from one edition to another, by event id. Compared are the columns that both have.

    Memory does not grow with the data: both are staged on disk first.
    """
    columns = common_columns(a, b, "events")
    with closing(staged(a, b)) as stage:
        _find_heirs(stage)
        pairs = stage.execute(
            "SELECT event_id, MAX(CASE side WHEN 0 THEN cells END), MAX(CASE side WHEN 1 THEN cells END)"
            " FROM event GROUP BY event_id ORDER BY event_id"
        )
        for event_id, before, after in pairs:
            if before == after:
                continue
            found = _difference(stage, event_id, _row(columns, before), _row(columns, after))
            if found is not None:
                yield found


def _row(columns: tuple[str, ...], cells: str | None) -> Cells | None:
    return None if cells is None else dict(zip(columns, json.loads(cells), strict=True))


def _find_heirs(stage: sqlite3.Connection) -> None:
    """For each event that is not there any more: where its id leads now, and so what became of it."""
    gone = stage.execute(
        "SELECT a.event_id FROM event a LEFT JOIN event b ON b.event_id = a.event_id AND b.side = 1"
        " WHERE a.side = 0 AND b.event_id IS NULL ORDER BY a.event_id"
    ).fetchall()
    for (old_id,) in gone:
        new_id, reason = _lead(stage, old_id)
        sort = _sort_of_gone(stage, old_id, new_id, reason)
        stage.execute("INSERT INTO heir VALUES (?, ?, ?, ?)", (old_id, new_id, sort.value, reason))


def _lead(stage: sqlite3.Connection, old_id: str) -> tuple[str, str]:
    """Where an id leads in the later edition (empty: nowhere), and what that edition says about it."""
    told = stage.execute("SELECT leads_to, reason FROM id WHERE event_id = ?", (old_id,)).fetchone()
    leads_to, reason = told or ("", "")
    if not leads_to:
        # Its own claim, or else what was told beside it: an export has no table of ids.
        mate = stage.execute(
            "SELECT now.event_id FROM claim was JOIN claim now ON now.claim_id = was.claim_id AND now.side = 1"
            " WHERE was.side = 0 AND was.event_id = ? ORDER BY was.anchors <> was.event_id, was.claim_id LIMIT 1",
            (old_id,),
        ).fetchone()
        leads_to = mate[0] if mate and not told else ""
    return (leads_to, reason) if leads_to and _exists(stage, leads_to, 1) else ("", reason)


def _exists(stage: sqlite3.Connection, event_id: str, side: int) -> bool:
    found = stage.execute("SELECT 1 FROM event WHERE event_id = ? AND side = ?", (event_id, side)).fetchone()
    return found is not None


def _sort_of_gone(stage: sqlite3.Connection, old_id: str, new_id: str, reason: str) -> Sort:
    if new_id:
        taken = stage.execute("SELECT 1 FROM heir WHERE new_id = ? AND sort = 'renamed'", (new_id,)).fetchone()
        return Sort.MERGED if taken or _exists(stage, new_id, 0) else Sort.RENAMED
    articles = stage.execute("SELECT article_id FROM claim WHERE side = 0 AND event_id = ?", (old_id,)).fetchall()
    is_withdrawn = " was withdrawn" in reason or any(withdrawn(stage, article) is not None for (article,) in articles)
    return Sort.WITHDRAWN if is_withdrawn else Sort.GONE


def _difference(
    stage: sqlite3.Connection, event_id: str, before: Cells | None, after: Cells | None
) -> Difference | None:
    if before is None and after is not None:
        return _came(stage, event_id, after)
    if after is None and before is not None:
        return _went(stage, event_id, before)
    if before is None or after is None:
        return None
    why = reasons(stage, [event_id], [event_id], _names(before, after))
    return Difference(Sort.CHANGED, event_id, "", before, after, why)


def _came(stage: sqlite3.Connection, event_id: str, after: Cells) -> Difference | None:
    heir = stage.execute("SELECT 1 FROM heir WHERE new_id = ? AND sort = 'renamed'", (event_id,)).fetchone()
    if heir is not None:
        return None
    source = stage.execute(
        "SELECT event_id FROM claim WHERE side = 0 AND anchors = ? AND event_id <> ?", (event_id, event_id)
    ).fetchone()
    if source is None:
        return Difference(Sort.NEW, event_id, "", None, after, reasons(stage, (), [event_id]))
    why = reasons(stage, [source[0]], [source[0], event_id])
    return Difference(Sort.SPLIT, event_id, source[0], None, after, why)


def _went(stage: sqlite3.Connection, event_id: str, before: Cells) -> Difference:
    new_id, sort, reason = stage.execute(
        "SELECT new_id, sort, reason FROM heir WHERE old_id = ?", (event_id,)
    ).fetchone()  # fmt: skip
    told = (Cause(reason),) if reason else ()
    if sort == Sort.RENAMED:
        cells = stage.execute("SELECT cells FROM event WHERE event_id = ? AND side = 1", (new_id,)).fetchone()[0]
        after = dict(zip(before, json.loads(cells), strict=True))
        why = (anchored_anew(stage, event_id), *reasons(stage, [event_id], [new_id], _names(before, after)))
        return Difference(Sort.RENAMED, new_id, event_id, before, after, why)
    kept = [new_id] if new_id else []
    why = reasons(stage, [event_id, *kept], kept)
    if sort == Sort.MERGED:
        why = (*told, *(one for one in why if one not in told and one.what != UNEXPLAINED)) or why
    return Difference(Sort(sort), event_id, new_id, before, None, why)


def _names(before: Cells, after: Cells) -> frozenset[str]:
    """Parties that stand on one side only."""
    named: set[str] = set()
    for role in PARTIES & after.keys():
        named |= set(before[role].split(SEPARATOR)) ^ set(after[role].split(SEPARATOR))
    return frozenset(named - {""})
