"""Which claims stood in one event when a load began: its later batches meet events that earlier ones have changed."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.models import Article, Claim, Event, EventClaim

_claim, _article, _event, _event_claim = table(Claim), table(Article), table(Event), table(EventClaim)
_ROWS_AT_ONCE = 5000
_MATES = (
    "SELECT mate.claim_id, mate.event_id, mate.day FROM stood own JOIN stood mate ON mate.event_id = own.event_id"
    " WHERE own.claim_id = ?"
)

Mates = dict[str, tuple[str, ...]]
"""Claim id → the other claims of its event, the earliest published first; none for a claim that stands alone."""


class Outset:
    """The claims of all events of several claims as they are when it is kept, in a temporary file."""

    def __init__(self) -> None:
        self._stage = sqlite3.connect("", isolation_level=None)
        self.is_kept = False

    def __enter__(self) -> "Outset":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._stage.close()

    def keep(self, connection: Connection) -> None:
        """Keep the events as they are now; the first time counts."""
        if self.is_kept:
            return
        self._stage.execute("CREATE TABLE stood (claim_id TEXT PRIMARY KEY, event_id TEXT, day TEXT) WITHOUT ROWID")
        self._stage.execute("BEGIN")
        several = _placed().join(_event, _event.c.event_id == _event_claim.c.event_id).where(_event.c.claims > 1)
        rows = connection.execute(several.execution_options(yield_per=_ROWS_AT_ONCE))
        placed = ((claim_id, event_id, str(day)) for claim_id, event_id, day in rows)
        self._stage.executemany("INSERT INTO stood VALUES (?, ?, ?)", placed)
        self._stage.execute("CREATE INDEX stood_event ON stood (event_id)")
        self.is_kept = True

    def mates(self, claim_ids: Collection[str]) -> Mates:
        """The mates of these claims when the events were kept."""
        rows: set[tuple[str, str, str]] = set()
        for claim_id in claim_ids:
            rows.update(self._stage.execute(_MATES, (claim_id,)))
        return _mates(rows, claim_ids)


def mates_now(connection: Connection, claim_ids: Collection[str]) -> Mates:
    """The mates of these claims as the database stands."""
    own, this = _event_claim.alias("own"), _claim.alias("this")
    events = (
        sa.select(own.c.event_id)
        .join(this, this.c.pk == own.c.claim_pk)
        .where(among(connection, this.c.claim_id, claim_ids))
    )
    rows = connection.execute(_placed().where(_event_claim.c.event_id.in_(events)))
    return _mates({(claim_id, event_id, str(day)) for claim_id, event_id, day in rows}, claim_ids)


def _placed() -> "sa.Select[Any]":
    return (
        sa.select(_claim.c.claim_id, _event_claim.c.event_id, _article.c.published_first)
        .join_from(_event_claim, _claim, _claim.c.pk == _event_claim.c.claim_pk)
        .join(_article, _article.c.pk == _claim.c.article_pk)
    )


def _mates(rows: Iterable[tuple[str, str, str]], claim_ids: Collection[str]) -> Mates:
    listed: dict[str, list[str]] = defaultdict(list)
    event_of = {}
    for claim_id, event_id, _ in sorted(rows, key=lambda row: (row[2], row[0])):
        listed[event_id].append(claim_id)
        event_of[claim_id] = event_id
    return {one: tuple(mate for mate in listed[event_of[one]] if mate != one) for one in claim_ids if one in event_of}
