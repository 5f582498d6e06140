"""Whom names mean in the database: looks names up, and lets joins, claims' parties and groups follow a change.

Who a name means depends on the register and on people's judgements alone, never on the order in which things came:
the actor that bears it, else the one known actor with the same tolerant key (`pipeline.names`), else an actor of its
own; and what a person said on it goes before (`pipeline.joins`).
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table, update
from db.models import Actor, ActorAlias, ActorKey, ClaimParty, Judgement
from db.vocabulary import Verdict
from pipeline.actor_keys import add_provisional_keys, found_by, own_key, wanted_keys
from pipeline.actors import ActorIndex, Known, actor_id, name_key
from pipeline.grouping import owner_names, regroup
from pipeline.joins import Decision, Joins, Meaning

_actor, _alias, _party = table(Actor), table(ActorAlias), table(ClaimParty)
_key, _judgement = table(ActorKey), table(Judgement)
COLUMNS = ("actor_id", "name", "kind", "country", "parent", "same_as", "group_id", "roll_up_id", "wikidata",
           "provisional")  # fmt: skip


def read_index(connection: Connection, names: Iterable[str] | None = None) -> ActorIndex:
    """The index of known (not provisional) actors: of all, or of those that one of these names may mean."""
    rows = (
        sa.select(_actor.c.actor_id, _actor.c.name, _actor.c.kind, _actor.c.country, _alias.c.name.label("alias"))
        .join(_alias, _alias.c.actor_id == _actor.c.actor_id)
        .where(_actor.c.provisional.is_(False))
    )
    if names is not None:
        listed = list(names)
        by_name = sa.select(_alias.c.actor_id).where(among(connection, _alias.c.name_key, set(map(name_key, listed))))
        by_key = sa.select(_key.c.actor_id).where(among(connection, _key.c.key, wanted_keys(listed)))
        rows = rows.where(_actor.c.actor_id.in_(sa.union(by_name, by_key)))
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for *facts, alias in connection.execute(rows):
        found[tuple(facts)].append(alias)
    return ActorIndex(Known(key, name, aliases, kind, home) for (key, name, kind, home), aliases in found.items())


def read_joins(connection: Connection, names: Iterable[str] = ()) -> tuple[Joins, ActorIndex]:
    """All judgements on actors, worked out, and the index of the actors that they, or these names, may mean.

    Reads every judgement on actors that is in force: their number bounds the work.
    """
    rows = connection.execute(
        sa.select(_judgement.c.left_id, _judgement.c.right_id, _judgement.c.verdict, _judgement.c.decided_at)
        .where(_judgement.c.subject == "actor", _judgement.c.in_force)
    )  # fmt: skip
    decisions = [Decision(left, right, Verdict(verdict), moment) for left, right, verdict, moment in rows]
    index = read_index(connection, {*names, *(name for one in decisions for name in (one.left, one.right))})
    return Joins(decisions, index), index


def unknown_to_all(connection: Connection, names: Collection[str]) -> frozenset[str]:
    """Those of these names that neither a known actor nor a provisional one goes by."""
    index, keys = read_index(connection, names), {own_key(name): name for name in names}
    there = set(connection.scalars(sa.select(_key.c.key).where(among(connection, _key.c.key, keys))))
    return frozenset(name for key, name in keys.items() if key not in there and not index.owners(name))


def resolve_names(connection: Connection, names: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """The actor id for each name, and the names that are new: each gets a provisional actor of its own."""
    joins, index = read_joins(connection, names)
    meant = {name: joins.meaning(name, index) for name in names}
    new = _add_provisional(connection, meant)
    if any(same for _, same in new.values()) or new.keys() & joins.owners.keys():
        _regroup(connection, joins)
    unknown = sorted(name for name, same in new.values() if same is None)
    return {name: found.identity for name, found in meant.items()}, unknown


def _add_provisional(connection: Connection, meant: Mapping[str, Meaning]) -> dict[str, tuple[str, str | None]]:
    """Write the provisional actors that names mean, and those that stay for names which a person joined to others.

    Returns the new ones by id: name, and the actor that it was joined to.
    """
    needed: dict[str, tuple[str, str | None]] = {}
    for name, found in meant.items():
        if not found.is_known:
            needed[found.identity] = (found.name, None)
        if found.by_judgement:
            needed.setdefault(actor_id(name), (name, found.identity))
    there = set(connection.scalars(sa.select(_actor.c.actor_id).where(among(connection, _actor.c.actor_id, needed))))
    new = {key: (unicodedata.normalize("NFC", name), same) for key, (name, same) in sorted(needed.items())
           if key not in there}  # fmt: skip
    insert(connection, Actor, COLUMNS, ((key, name, None, None, None, same, key, key, None, True)
                                         for key, (name, same) in new.items()))  # fmt: skip
    add_provisional_keys(connection, [(key, name) for key, (name, _) in new.items()])
    return new


def settle(
    connection: Connection, changed: Collection[str], affected: Collection[str], joins: Joins | None = None
) -> frozenset[int]:
    """Join actors, look up the names of these anew and group; returns the claims that the matcher sees otherwise.

    Args:
        changed: actors that are otherwise than before themselves.
        affected: actors that names may move from.
        joins: from `read_joins`, where nothing known or judged changed since; saves reading all judgements again.
    """
    joins = joins or read_joins(connection)[0]
    rejoined = _join(connection, joins)
    around = _with_joined(connection, {*affected, *rejoined})
    moved = _resolve_again(connection, around, joins)
    seen = {*changed, *_regroup(connection, joins)}
    claims = sa.select(_party.c.claim_pk).distinct().where(among(connection, _party.c.actor_id, seen))
    return moved | frozenset(connection.scalars(claims))


def _with_joined(connection: Connection, ids: Collection[str]) -> set[str]:
    """These actors, those they are joined to, and all that are joined to one of them."""
    hubs = connection.scalars(sa.select(_actor.c.same_as).where(among(connection, _actor.c.actor_id, ids)))
    found = {*ids, *(hub for hub in hubs if hub is not None)}
    return found | set(
        connection.scalars(sa.select(_actor.c.actor_id).where(among(connection, _actor.c.same_as, found)))
    )


def _join(connection: Connection, joins: Joins) -> set[str]:
    """Let each joined actor point at the one that it is now; returns the actors concerned, old and new ones."""
    judged = {*joins.known, *found_by(connection, joins.folded)}
    rows = connection.execute(
        sa.select(_actor.c.actor_id, _actor.c.name, _actor.c.provisional, _actor.c.same_as).where(
            sa.or_(_actor.c.same_as > "", among(connection, _actor.c.actor_id, judged))
        )
    ).all()
    index = read_index(connection, {row.name for row in rows if row.provisional})
    concerned: set[str] = set()
    turned: list[tuple[str, str | None]] = []
    for identity, name, provisional, before in rows:
        found = joins.meaning(name, index) if provisional else joins.kept(identity)
        is_other = found is not None and found.identity != identity and (found.by_judgement or not provisional)
        after = found.identity if found is not None and is_other else None
        if after != before:
            turned.append((identity, after))
            concerned |= {each for each in (identity, before, after) if each is not None}
    update(connection, Actor, ("actor_id",), ("same_as",), turned)
    return concerned


def _resolve_again(connection: Connection, affected: Collection[str], joins: Joins) -> frozenset[int]:
    """Let the party names of these actors be looked up anew; returns the claims of names that moved.

    New actors are not grouped yet: `settle` does it once, so as to see every group that changes by it.
    """
    named = connection.execute(
        sa.select(_party.c.name, _party.c.actor_id).distinct().where(among(connection, _party.c.actor_id, affected))
    )
    pairs = named.all()
    names = {name for name, _ in pairs}
    index = read_index(connection, names)
    meant = {name: joins.meaning(name, index) for name in names}
    _add_provisional(connection, meant)
    moved = {(name, old) for name, old in pairs if meant[name].identity != old}
    rows = connection.execute(
        sa.select(_party.c.claim_pk, _party.c.role, _party.c.position, _party.c.name, _party.c.actor_id)
        .where(among(connection, _party.c.actor_id, {old for _, old in moved}))
        .where(among(connection, _party.c.name, {name for name, _ in moved}))
    )
    keys = ("claim_pk", "role", "position")
    turned = [(*key, meant[name].identity) for *key, name, old in rows if (name, old) in moved]
    update(connection, ClaimParty, keys, ("actor_id",), turned)
    return frozenset(row[0] for row in turned)


def _regroup(connection: Connection, joins: Joins) -> frozenset[str]:
    judged = {*joins.owners, *(owner.identity for owner in joins.owners.values())}
    there = set(connection.scalars(sa.select(_actor.c.actor_id).where(among(connection, _actor.c.actor_id, judged))))
    _add_provisional(connection, {owner.name: owner for owner in _missing_owners(joins, there)})
    return regroup(connection, joins, read_index(connection, owner_names(connection)), judged)


def _missing_owners(joins: Joins, there: Collection[str]) -> list[Meaning]:
    """The owners, and the owners of owners, of actors that are there, as far as they are not."""
    missing: dict[str, Meaning] = {}
    for start in sorted(joins.owners.keys() & there):
        owner = joins.owners.get(start)
        while owner is not None and owner.identity not in there and owner.identity not in missing:
            missing[owner.identity] = owner
            owner = joins.owners.get(owner.identity)
    return list(missing.values())
