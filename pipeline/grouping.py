"""Groups of actors in the database: who is at the top of whom, and whom totals count an actor with.

Reads the actors that have an owner, are joined to another, or are a state or a body of one: so the work grows with
these, not with all names that claims ever used.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table, update
from db.models import GROUPED, Actor, ActorKey
from db.vocabulary import ActorKind
from pipeline.actors import ActorIndex, groups
from pipeline.folding import Words, words_of
from pipeline.joins import Joins
from pipeline.names import government_key
from pipeline.state_names import is_of_a_part, names_a_place, place_of

_actor, _key = table(Actor), table(ActorKey)


class _Row(NamedTuple):
    actor_id: str
    name: str
    kind: str | None
    country: str | None
    parent: str | None
    same_as: str | None
    group_id: str
    roll_up_id: str


_READ = sa.select(*(_actor.c[name] for name in _Row._fields))


def owner_names(connection: Connection) -> frozenset[str]:
    """All names that the register gives for owners."""
    return frozenset(
        connection.scalars(sa.select(_actor.c.parent).distinct().where(GROUPED, _actor.c.parent.is_not(None)))
    )


def regroup(connection: Connection, joins: Joins, index: ActorIndex, judged: Collection[str]) -> frozenset[str]:
    """Work out groups and roll-ups again; returns the actors whose group changed.

    Args:
        index: knows at least all actors that `owner_names` may mean.
        judged: ids of actors that people gave an owner, or that own such a one.
    """
    rows = _rows(connection, judged)
    tops = groups(_parents(rows, joins, index))
    counted = _counted_with(connection, rows, tops)
    made = {key: (tops[key], counted.get(tops[key], tops[key])) for key in rows}
    changed = {key: pair for key, pair in made.items() if pair != (rows[key].group_id, rows[key].roll_up_id)}
    rows_to_change = [(key, *pair) for key, pair in changed.items()]
    update(connection, Actor, ("actor_id",), ("group_id", "roll_up_id"), rows_to_change)
    return frozenset(key for key, (top, _) in changed.items() if top != rows[key].group_id)


def _rows(connection: Connection, judged: Collection[str]) -> dict[str, _Row]:
    found = [_Row(*row) for row in connection.execute(_READ.where(GROUPED))]
    found += [_Row(*row) for row in connection.execute(_READ.where(among(connection, _actor.c.actor_id, judged)))]
    return {row.actor_id: row for row in found}


def _parents(rows: Mapping[str, _Row], joins: Joins, index: ActorIndex) -> dict[str, str | None]:
    """The owner of each actor. A joined one hangs on the actor that it was joined to."""
    found: dict[str, str | None] = {}
    for key, row in rows.items():
        found[key] = row.same_as or _owner(key, rows, joins, index)
    for owner in list(found.values()):
        if owner is not None:
            found.setdefault(owner, None)
    return found


def _owner(key: str, rows: Mapping[str, _Row], joins: Joins, index: ActorIndex) -> str | None:
    """Whom a person named, else whom the register names for the actor, or for one that was joined to it."""
    if key in joins.owners:
        return joins.owners[key].identity
    for member in (key, *joins.joined_with(key)):
        name = rows[member].parent if member in rows else None
        found = index.listed(name) if name else None
        kept = joins.kept(found) if found else None
        owner = kept.identity if kept else found
        if owner is not None and owner != key:
            return owner
    return None


def _counted_with(connection: Connection, rows: Mapping[str, _Row], tops: Mapping[str, str]) -> dict[str, str]:
    """For each topmost agency that has one, the government it is a body of: of a place in its name, else its country's.

    A body of a state, county or city whose government nobody has registered counts with nobody but itself.

    A country has one where exactly one actor of the register bears its government's name.
    """
    agencies = [row for key, row in rows.items() if row.kind == ActorKind.AGENCY and row.country and tops[key] == key]
    national = _national(connection, {row.country for row in agencies if row.country}, tops)
    local: dict[str | None, list[tuple[Words, str]]] = defaultdict(list)
    for key, row in rows.items():
        place = place_of(row.name) if row.kind == ActorKind.GOVERNMENT else ()
        if place and not names_a_place(place):
            local[row.country].append((place, tops[key]))
    found = {}
    for row in agencies:
        words = words_of(row.name)
        above = {top for place, top in local[row.country] if _holds(words, place)}
        if not above and not is_of_a_part(words, row.country):
            above = national.get(row.country, set())
        if len(above) == 1:
            found[row.actor_id] = min(above)
    return found


def _national(connection: Connection, countries: Iterable[str], tops: Mapping[str, str]) -> dict[str | None, set[str]]:
    country_of = {government_key(country): country for country in countries}
    asked = sa.select(_key.c.key, _key.c.actor_id).where(among(connection, _key.c.key, country_of))
    known = asked.join(_actor, _actor.c.actor_id == _key.c.actor_id).where(_actor.c.provisional.is_(False))
    found: dict[str | None, set[str]] = defaultdict(set)
    for key, identity in connection.execute(known):
        found[country_of[key]].add(tops.get(identity, identity))
    return found


def _holds(words: Words, place: Words) -> bool:
    return any(words[start : start + len(place)] == place for start in range(len(words)))
