"""The log of the pipeline: one row for each run, the rejections it met, and the revision that caches watch."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import insert, table
from db.models import Rejection, Revision, Run
from pipeline import VERSION
from pipeline.issues import Issue

_run, _revision = table(Run), table(Revision)


def start_run(connection: Connection, command: str, inputs: Sequence[str]) -> int:
    """Open a run; a run without an end is one that was cut off."""
    row = {"command": command, "version": VERSION, "inputs": json.dumps(list(inputs)), "started_at": now()}
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


def keep_rejections(connection: Connection, run_id: int, faults: Iterable[tuple[Issue, bytes]]) -> None:
    """Keep refused records: each fault with the raw record that it was found in."""
    insert(
        connection,
        Rejection,
        ("run_id", "file", "line", "rule", "found_in", "message", "raw"),
        ((run_id, issue.file, issue.line, issue.rule.value, issue.where, issue.message, raw) for issue, raw in faults),
    )


def bump_revision(connection: Connection) -> None:
    """Say that the data changed."""
    moment = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    done = connection.execute(sa.update(_revision).values(number=_revision.c.number + 1, changed_at=moment))
    if done.rowcount == 0:
        connection.execute(sa.insert(_revision).values(id=1, number=1, changed_at=moment))


def now() -> dt.datetime:
    """The time in UTC, to the second, without a zone: as the database keeps it."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)
