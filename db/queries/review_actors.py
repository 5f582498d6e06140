"""Actors for review: with all their names and how many events they are in, and one of them in detail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, chunks, table
from db.columns import Array
from db.facts import Facts, facts
from db.models import Judgement
from db.queries.about import ACTOR_FRAME
from db.queries.events import events_of
from db.queries.frames import FLAG, TEXT, WHOLE, frame, typed
from db.queries.where import actor, alias, party

NAMED_FRAME = {
    "actor_id": TEXT, "name": TEXT, "names": TEXT, "group_id": TEXT, "events": WHOLE, "provisional": FLAG,
}  # fmt: skip
"""An actor by the events it is in, the most first. `names`: all its names, a line each, its own first."""

MOST_ACTORS, MOST_EVENTS = 5000, 5
AT_ONCE = 5000
"""Actors that are looked up at once."""
_judged = table(Judgement)


def named_actors(connection: Connection, most: int = MOST_ACTORS) -> pd.DataFrame:
    """The actors in most events, without those that were joined to another. Columns: `NAMED_FRAME`."""
    known = facts(connection)
    events = _events_of(known)
    there = np.flatnonzero(events)
    order = there[np.lexsort((known.actors.rank[there], -events[there]))] if len(there) else there
    rows = list(islice(_not_joined(connection, [known.actors.ids[place] for place in order]), most))
    number = {row.actor_id: int(events[known.actors.place[row.actor_id]]) for row in rows}
    names: dict[str, list[str]] = {row.actor_id: [row.name] for row in rows}
    others = sa.select(alias.c.actor_id, alias.c.name).where(among(connection, alias.c.actor_id, names))
    for actor_id, name in connection.execute(others.order_by(alias.c.actor_id, alias.c.name)):
        if name not in names[actor_id]:
            names[actor_id].append(name)
    shown = [{**row._mapping, "names": "\n".join(names[row.actor_id]), "events": number[row.actor_id]} for row in rows]
    return typed(pd.DataFrame(shown, columns=list(NAMED_FRAME), dtype=object), NAMED_FRAME)


def _not_joined(connection: Connection, ids: Sequence[str]) -> "Iterator[Any]":
    """The actors with these ids in this order, without those that were joined to another; read as asked for."""
    chosen = sa.select(actor.c.actor_id, actor.c.name, actor.c.group_id, actor.c.provisional)
    for some in chunks(ids, AT_ONCE):
        there = connection.execute(chosen.where(actor.c.same_as.is_(None), among(connection, actor.c.actor_id, some)))
        found = {row.actor_id: row for row in there}
        yield from (found[one] for one in some if one in found)


def _events_of(known: Facts) -> Array:
    """How many events each actor is in, by place."""
    size = max(1, len(known.actors.ids))
    pairs = pd.unique(known["party_row"].astype(np.int64) * size + known["party_actor"])
    return np.bincount(pairs % size, minlength=size)[: len(known.actors.ids)]


def judged_actors(connection: Connection) -> list[tuple[str, str]]:
    """The pairs of names that people decided on, in sorted order."""
    rows = sa.select(_judged.c.left_id, _judged.c.right_id).where(_judged.c.subject == "actor", _judged.c.in_force)
    return [(left, right) for left, right in connection.execute(rows.order_by(_judged.c.left_id, _judged.c.right_id))]


@dataclass(frozen=True, slots=True)
class ActorPage:
    """One actor. `actor`: a row of `ACTOR_FRAME`; `events`: its latest as `EVENT_FRAME`; `number`: of all of them."""

    actor: "pd.Series[Any]"
    names: tuple[str, ...]
    events: pd.DataFrame
    number: int

    @property
    def name(self) -> str:
        """Its own name."""
        return str(self.actor["name"])


def actor_page(connection: Connection, name: str) -> ActorPage | None:
    """One actor by its canonical name, or None."""
    found = frame(
        connection, sa.select(*(actor.c[key] for key in ACTOR_FRAME)).where(actor.c.name == name), ACTOR_FRAME
    )
    if found.empty:
        return None
    actor_id = str(found["actor_id"].iloc[0])
    names = connection.scalars(sa.select(alias.c.name).where(alias.c.actor_id == actor_id).order_by(alias.c.name))
    inside = sa.select(party.c.event_id).distinct().where(party.c.actor_id == actor_id)
    number = connection.scalar(sa.select(sa.func.count()).select_from(inside.subquery())) or 0
    latest = connection.scalars(inside.order_by(party.c.event_id).limit(MOST_EVENTS)).all()
    ids = sa.select(party.c.event_id).where(among(connection, party.c.event_id, latest))
    return ActorPage(found.iloc[0], tuple(one for one in names if one != name), events_of(connection, ids), int(number))
