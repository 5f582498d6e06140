"""The keys by which actors are found for names that nobody listed, kept in a table so that no load reads all actors.

Whoever writes them files the words of the names for the search, too.
"""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Actor, ActorAlias, ActorKey
from db.search import file_actors
from pipeline.actors import name_key
from pipeline.names import known_keys, tolerant

_actor, _alias, _key = table(Actor), table(ActorAlias), table(ActorKey)
_COLUMNS = ("key", "actor_id")


def own_key(name: str) -> str:
    """The key of a provisional actor: its name folded, after `#`, which no tolerant key begins with."""
    return f"#{name_key(name)}"


def wanted_keys(names: Iterable[str]) -> frozenset[str]:
    """The tolerant keys of names as claims use them."""
    return frozenset(found.key for found in map(tolerant, names) if found is not None)


def add_provisional_keys(connection: Connection, actors: Iterable[tuple[str, str]]) -> None:
    """Write the keys of provisional actors (id, name) that have none yet."""
    listed = list(actors)
    rows = ((key, identity) for identity, name in listed for key in {own_key(name), *wanted_keys([name])})
    insert(connection, ActorKey, _COLUMNS, rows)
    file_actors(connection, [identity for identity, _ in listed])


def replace_known_keys(connection: Connection, ids: Collection[str]) -> None:
    """Make the keys of known actors from their names, kinds and homes."""
    connection.execute(sa.delete(_key).where(among(connection, _key.c.actor_id, ids)))
    rows = connection.execute(
        sa.select(_actor.c.actor_id, _actor.c.kind, _actor.c.country, _alias.c.name)
        .join(_alias, _alias.c.actor_id == _actor.c.actor_id)
        .where(among(connection, _actor.c.actor_id, ids))
    )
    keys = {(key, identity) for identity, kind, country, name in rows for key in known_keys(name, kind, country)}
    insert(connection, ActorKey, _COLUMNS, sorted(keys))
    file_actors(connection, ids)


def keys_of(connection: Connection, ids: Collection[str]) -> frozenset[str]:
    """All keys that may lead to these actors, or that would if their names were listed nowhere."""
    names = connection.scalars(sa.select(_alias.c.name).where(among(connection, _alias.c.actor_id, ids))).all()
    stored = connection.scalars(sa.select(_key.c.key).where(among(connection, _key.c.actor_id, ids)))
    return frozenset(map(own_key, names)) | wanted_keys(names) | frozenset(stored)


def found_by(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    """Actors that one of these keys leads to, known and provisional."""
    folded = [key.removeprefix("#") for key in keys if key.startswith("#")]
    by_key = connection.scalars(sa.select(_key.c.actor_id).where(among(connection, _key.c.key, keys)))
    by_name = connection.scalars(sa.select(_alias.c.actor_id).where(among(connection, _alias.c.name_key, folded)))
    return frozenset(by_key) | frozenset(by_name)


def make_all(connection: Connection) -> None:
    """Make the keys of all actors again."""
    connection.execute(sa.delete(_key))
    rows = connection.execute(sa.select(_actor.c.actor_id, _actor.c.name).where(_actor.c.provisional.is_(True)))
    add_provisional_keys(connection, [(identity, name) for identity, name in rows])
    known = connection.scalars(sa.select(_actor.c.actor_id).where(_actor.c.provisional.is_(False))).all()
    replace_known_keys(connection, known)
