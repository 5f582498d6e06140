"""The log of the pipeline: one row for each run, the rejections it met, and the revision that caches watch."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import insert, table
from db.models import Rejection, Revision, Run
from pipeline import RULES, VERSION
from pipeline.errors import InputError
from pipeline.issues import LONGEST_WORDS, Issue, shown
from pipeline.readers import Record

_run, _revision, _rejection = table(Run), table(Revision), table(Rejection)
_REJECTION_COLUMNS = ("run_id", "file", "line", "rule", "found_in", "message", "raw")
_ROWS_AT_ONCE = 100
"""Rejections held while reading: each may bring a record of some megabytes."""


def start_run(connection: Connection, command: str, inputs: Sequence[str]) -> int:
    """Open a run; a run without an end is one that was cut off."""
    names = json.dumps([shown(name, LONGEST_WORDS) for name in inputs])
    row = {"command": command, "version": VERSION, "inputs": names, "started_at": now()}
    counts = dict.fromkeys(COUNTS, 0)
    result = connection.execute(sa.insert(_run).values({**row, **counts}))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


COUNTS = (
    "articles_new", "articles_replaced", "articles_unchanged", "articles_withdrawn", "claims", "rejected",
    "provisional_actors",
)  # fmt: skip


def add_counts(connection: Connection, run_id: int, counts: Mapping[str, int]) -> None:
    """Add to the counts of a run, in the transaction that holds what is counted."""
    grown = {name: _run.c[name] + count for name, count in counts.items() if count}
    if grown:
        connection.execute(sa.update(_run).where(_run.c.run_id == run_id).values(grown))


def finish_run(connection: Connection, run_id: int) -> None:
    """Mark a run as ended."""
    connection.execute(sa.update(_run).where(_run.c.run_id == run_id).values(finished_at=now()))


def keep_rejections(connection: Connection, run_id: int, refused: Iterable[tuple[Record, Sequence[Issue]]]) -> None:
    """Keep refused records with their faults: one row for each fault, the raw record once, with the first."""
    rows = (
        (run_id, issue.file, issue.line, issue.rule.value, issue.where, issue.message, None if place else record.raw)
        for record, issues in refused
        for place, issue in enumerate(issues)
    )
    insert(connection, Rejection, _REJECTION_COLUMNS, rows)


@dataclass(frozen=True, slots=True)
class KeptRejection:
    """One fault for which a run refused a record, with the raw record."""

    run_id: int
    file: str
    line: int
    rule: str
    where: str
    message: str
    raw: bytes


def read_rejections(connection: Connection, run_id: int | None = None) -> Iterator[KeptRejection]:
    """The faults that a run refused records for, in their order. Without a run: of the last one that has any.

    Raises:
        InputError: there is no such run.
    """
    if run_id is None:
        run_id = connection.scalar(sa.select(sa.func.max(_rejection.c.run_id)))
    elif connection.scalar(sa.select(_run.c.run_id).where(_run.c.run_id == run_id)) is None:
        raise InputError(f"there is no run {run_id}; `status` shows the number of the last one")
    chosen = sa.select(*(_rejection.c[name] for name in _REJECTION_COLUMNS)).where(_rejection.c.run_id == run_id)
    ordered = chosen.order_by(_rejection.c.rejection_id).execution_options(yield_per=_ROWS_AT_ONCE)
    raw = b""
    for row in connection.execute(ordered):
        raw = raw if row.raw is None else bytes(row.raw)
        yield KeptRejection(row.run_id, row.file, row.line, row.rule, row.found_in, row.message, raw)


def bump_revision(connection: Connection) -> None:
    """Say that the data changed."""
    moment = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    done = connection.execute(sa.update(_revision).values(number=_revision.c.number + 1, changed_at=moment))
    if done.rowcount == 0:
        connection.execute(sa.insert(_revision).values(id=1, number=1, changed_at=moment, rules=RULES))


def now() -> dt.datetime:
    """The time in UTC, to the second, without a zone: as the database keeps it."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)
