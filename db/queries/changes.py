"""Releases that were made, and what a choice of events comes to: for comparing then with now."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.columns import MAY_BE_ADDED, NO_FIGURE
from db.facts import facts
from db.filters import Filters
from db.models import Release
from db.queries.choosing import chosen
from db.queries.events import counts_of, events_of
from db.queries.frames import DAY, TEXT, WHOLE, frame
from db.queries.where import chosen_ids, event

RELEASE_FRAME = {
    "version": TEXT, "made_at": DAY, "folder": TEXT, "sha256": TEXT, "articles": WHOLE, "claims": WHOLE,
    "events": WHOLE,
}  # fmt: skip
"""One row for each release. `folder`: where it was written; `sha256`: of its list of checksums."""


def releases(connection: Connection) -> pd.DataFrame:
    """All releases, the latest first; those of one day by version, 1.10 after 1.9. Columns: `RELEASE_FRAME`."""
    release = table(Release)
    found = frame(connection, sa.select(*(release.c[name] for name in RELEASE_FRAME)), RELEASE_FRAME)
    ages = [(str(day), _age(version)) for day, version in zip(found["made_at"], found["version"], strict=True)]
    return found.iloc[sorted(range(len(ages)), key=ages.__getitem__, reverse=True)].reset_index(drop=True)


def _age(version: str) -> list[tuple[int, str]]:
    """1.9 before 1.10, and 2.0-rc.1 before 2.0."""
    parts = re.findall(r"\d+|[^\d.]+", version)
    return [*((int(part), "") if part.isdecimal() else (-1, part) for part in parts), (0, "")]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a choice of events comes to. `usd`: whole dollars of the `counted` events, each once; None where none has a
    figure that may be added."""

    events: int
    claims: int
    articles: int
    usd: int | None
    counted: int


def figures(connection: Connection, filters: Filters) -> Figures:
    """Counts and the sum in US dollars of the chosen events, each at the furthest stage that has a figure.

    Left out of the sum: what `db.queries.sums.may_be_added` leaves out, and events without a figure in US dollars.
    """
    known = facts(connection)
    there = chosen(connection, known, filters)
    counted = there & (known["flags"] & MAY_BE_ADDED != 0) & (known["usd"] != NO_FIGURE)
    usd = int(known["usd"][counted].sum()) if counted.any() else None
    size = counts_of(known, there)
    return Figures(size.events, size.claims, size.articles, usd, int(counted.sum()))


def one_event(connection: Connection, event_id: str) -> pd.DataFrame:
    """One event, or none. Columns: `db.queries.events.EVENT_FRAME`."""
    return events_of(connection, sa.select(event.c.event_id).where(event.c.event_id == event_id))


def ids(connection: Connection, filters: Filters) -> frozenset[str]:
    """The ids of the chosen events."""
    return frozenset(connection.scalars(chosen_ids(filters)))


def titles(connection: Connection, event_ids: Collection[str]) -> dict[str, str]:
    """Event id → title, for those of these ids that are events."""
    rows = connection.execute(
        sa.select(event.c.event_id, event.c.title).where(among(connection, event.c.event_id, event_ids))
    )
    return {str(event_id): str(title) for event_id, title in rows}
