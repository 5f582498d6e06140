"""The register of actors in the database: known ones from actor files, provisional ones for names that nobody knows.

Who a name means depends on the register alone, never on the order in which things came.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Actor, ActorAlias, Article, Claim, ClaimParty, EventParty
from pipeline.actors import ActorIndex, ActorNote, actor_id, groups, name_key

_actor, _alias, _party = table(Actor), table(ActorAlias), table(ClaimParty)
_article, _claim = table(Article), table(Claim)
_COLUMNS = ("actor_id", "name", "kind", "country", "parent", "group_id", "wikidata", "provisional")


def read_index(connection: Connection, names: Iterable[str] | None = None) -> ActorIndex:
    """The index of known (not provisional) actors: of all, or of those that one of these names may mean."""
    rows = sa.select(_actor.c.actor_id, _actor.c.name, _alias.c.name).join(
        _alias, _alias.c.actor_id == _actor.c.actor_id
    )
    if names is not None:
        keys = {name_key(name) for name in names}
        rows = rows.where(among(connection, _alias.c.name_key, keys))
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, name, alias in connection.execute(rows):
        found[key, name].append(alias)
    return ActorIndex((key, name, aliases) for (key, name), aliases in found.items())


def resolve_names(connection: Connection, names: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """The actor id for each name, and the names that are new: each gets a provisional actor of its own."""
    index = read_index(connection, names)
    found = {name: index.resolve(name) for name in names}
    added = add_provisional(connection, sorted(name for name, known in found.items() if known is None))
    return {name: known or actor_id(name) for name, known in found.items()}, added


def add_provisional(connection: Connection, names: Sequence[str]) -> list[str]:
    """Provisional actors for names that have none yet; returns these names."""
    ids = {actor_id(name): unicodedata.normalize("NFC", name) for name in names}
    there = set(connection.scalars(sa.select(_actor.c.actor_id).where(among(connection, _actor.c.actor_id, ids))))
    new = {key: name for key, name in ids.items() if key not in there}
    insert(connection, Actor, _COLUMNS, ((key, name, None, None, None, key, None, True) for key, name in new.items()))
    return list(new.values())


def put_actors(connection: Connection, notes: Sequence[ActorNote]) -> tuple[int, frozenset[int]]:
    """Store known actors; returns how many are new or changed, and the claims that the matcher now sees otherwise.

    An actor given again replaces what was known of it, aliases included.
    """
    changed = _changed(connection, notes)
    if not changed:
        return 0, frozenset()
    ids = [actor_id(note.name) for note in changed]
    keys = _alias_keys(connection, ids)
    _write(connection, changed)
    keys |= _alias_keys(connection, ids)
    affected = set(ids) | _regroup(connection) | _bearers(connection, keys)
    moved = _resolve_again(connection, affected)
    claims = sa.select(_party.c.claim_pk).distinct().where(among(connection, _party.c.actor_id, affected | moved))
    return len(changed), frozenset(connection.scalars(claims)) | _published_by(connection, {n.name for n in changed})


def _published_by(connection: Connection, names: Collection[str]) -> frozenset[int]:
    """The claims that these actors published themselves: whom an event rests on tells firms from news outlets."""
    claims = sa.select(_claim.c.pk).join(_article, _article.c.pk == _claim.c.article_pk)
    return frozenset(connection.scalars(claims.where(among(connection, _article.c.publisher, names))))


def _changed(connection: Connection, notes: Sequence[ActorNote]) -> list[ActorNote]:
    by_id = {actor_id(note.name): note for note in notes}
    rows = connection.execute(
        sa.select(_actor.c.actor_id, _actor.c.kind, _actor.c.country, _actor.c.parent, _actor.c.wikidata)
        .where(among(connection, _actor.c.actor_id, by_id))
        .where(_actor.c.provisional.is_(False))
    )
    stored = {row.actor_id: tuple(row)[1:] for row in rows}
    aliases: dict[str, set[str]] = {key: set() for key in by_id}
    for key, name in connection.execute(
        sa.select(_alias.c.actor_id, _alias.c.name).where(among(connection, _alias.c.actor_id, by_id))
    ):
        aliases[key].add(name)
    return [
        note
        for key, note in by_id.items()
        if stored.get(key) != _facts(note) or aliases[key] != set(_names(note).values())
    ]


def _facts(note: ActorNote) -> tuple[str | None, ...]:
    return str(note.kind), note.country, note.parent, note.wikidata


def _names(note: ActorNote) -> dict[str, str]:
    """One name for each folded form: the actor's own, else the first alias in the alphabet."""
    return {name_key(alias): alias for alias in [*sorted(note.aliases, reverse=True), note.name]}


def _alias_keys(connection: Connection, ids: Collection[str]) -> set[str]:
    return set(connection.scalars(sa.select(_alias.c.name_key).where(among(connection, _alias.c.actor_id, ids))))


def _write(connection: Connection, notes: Sequence[ActorNote]) -> None:
    ids = {actor_id(note.name): note for note in notes}
    there = set(connection.scalars(sa.select(_actor.c.actor_id).where(among(connection, _actor.c.actor_id, ids))))
    rows = [(key, note.name, *_facts(note)[:3], key, note.wikidata, False) for key, note in ids.items()]
    insert(connection, Actor, _COLUMNS, (row for row in rows if row[0] not in there))
    known = [dict(zip(_COLUMNS, row, strict=True)) for row in rows if row[0] in there]
    for row in known:
        row.pop("group_id")
        connection.execute(sa.update(_actor).where(_actor.c.actor_id == row.pop("actor_id")).values(row))
    connection.execute(sa.delete(_alias).where(among(connection, _alias.c.actor_id, ids)))
    insert(
        connection,
        ActorAlias,
        ("name_key", "actor_id", "name"),
        ((folded, key, alias) for key, note in ids.items() for folded, alias in _names(note).items()),
    )


def _regroup(connection: Connection) -> set[str]:
    """Work out the topmost owners again; returns the actors whose group changed."""
    index = read_index(connection)
    rows = connection.execute(sa.select(_actor.c.actor_id, _actor.c.parent, _actor.c.group_id)).all()
    parents = {key: index.resolve(parent) if parent else None for key, parent, _ in rows}
    made = groups(parents)
    moved = {key: made[key] for key, _, group in rows if made[key] != group}
    for key, group in moved.items():
        connection.execute(sa.update(_actor).where(_actor.c.actor_id == key).values(group_id=group))
    return set(moved)


def _bearers(connection: Connection, keys: Collection[str]) -> set[str]:
    """Actors that one of these folded names may mean, provisional ones too."""
    owners = set(connection.scalars(sa.select(_alias.c.actor_id).where(among(connection, _alias.c.name_key, keys))))
    rows = connection.execute(sa.select(_actor.c.actor_id, _actor.c.name).where(_actor.c.provisional.is_(True)))
    return owners | {key for key, name in rows if name_key(name) in keys}


def _resolve_again(connection: Connection, affected: Collection[str]) -> set[str]:
    """Let the party names of these actors be looked up anew; returns the actors that names moved to."""
    named = connection.execute(
        sa.select(_party.c.name, _party.c.actor_id).distinct().where(among(connection, _party.c.actor_id, affected))
    )
    pairs = named.all()
    meant, _ = resolve_names(connection, {name for name, _ in pairs})
    for name, old in pairs:
        if meant[name] != old:
            connection.execute(
                sa.update(_party).where(_party.c.actor_id == old, _party.c.name == name).values(actor_id=meant[name])
            )
    return {meant[name] for name, old in pairs if meant[name] != old}


def forget(connection: Connection, name: str) -> frozenset[int] | None:
    """Take an actor out of the register and look its names up anew; returns the claims that the matcher sees otherwise.

    None: no known actor has this canonical name.
    """
    identity = actor_id(name)
    known = sa.select(_actor.c.actor_id).where(_actor.c.actor_id == identity, _actor.c.provisional.is_(False))
    if connection.scalar(known) is None:
        return None
    keys = _alias_keys(connection, [identity])
    connection.execute(sa.delete(_alias).where(_alias.c.actor_id == identity))
    unknown = {"provisional": True, "kind": None, "country": None, "parent": None, "wikidata": None}
    connection.execute(sa.update(_actor).where(_actor.c.actor_id == identity).values(unknown))
    affected = {identity} | _regroup(connection) | _bearers(connection, keys)
    moved = _resolve_again(connection, affected)
    claims = sa.select(_party.c.claim_pk).distinct().where(among(connection, _party.c.actor_id, affected | moved))
    return frozenset(connection.scalars(claims)) | _published_by(connection, [name])


def resolve_all_names(connection: Connection) -> None:
    """Look up every party name anew and work out all groups: for a rebuild."""
    _regroup(connection)
    _resolve_again(connection, set(connection.scalars(sa.select(_party.c.actor_id).distinct())))


def drop_unused_provisional(connection: Connection) -> None:
    """Remove provisional actors that no claim names any more. After the events are settled."""
    party = table(EventParty)
    connection.execute(
        sa.delete(_actor)
        .where(_actor.c.provisional.is_(True))
        .where(~sa.exists().where(_party.c.actor_id == _actor.c.actor_id))
        .where(~sa.exists().where(party.c.actor_id == _actor.c.actor_id))
    )
