"""The register of actors in the database: known ones from actor files, provisional ones for names that nobody knows.

Changes to it, and to people's judgements on it, and which claims the matcher then sees otherwise. Whom a name means:
`pipeline.lookup`.
"""

import unicodedata
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table, update
from db.models import Actor, ActorAlias, ActorKey, Article, Claim, ClaimParty, EventParty
from pipeline.actor_keys import (
    add_provisional_keys,
    found_by,
    keys_of,
    make_all,
    replace_known_keys,
    wanted_keys,
)  # fmt: skip
from pipeline.actors import ActorNote, actor_id, name_key
from pipeline.lookup import COLUMNS, read_index, read_joins, resolve_names, settle, unknown_to_all

__all__ = [
    "apply_actor_judgements", "drop_unused_provisional", "forget", "judged_in_vain", "put_actors", "read_index",
    "resolve_all_names", "resolve_names", "unknown_to_all",
]  # fmt: skip

_actor, _alias, _party = table(Actor), table(ActorAlias), table(ClaimParty)
_article, _claim, _key = table(Article), table(Claim), table(ActorKey)


def put_actors(connection: Connection, notes: Sequence[ActorNote]) -> tuple[int, frozenset[int]]:
    """Store known actors; returns how many are new or changed, and the claims that the matcher now sees otherwise.

    An actor given again replaces what was known of it, aliases included.
    """
    changed = _changed(connection, notes)
    if not changed:
        return 0, frozenset()
    ids = [actor_id(note.name) for note in changed]
    keys = keys_of(connection, ids)
    _write(connection, changed)
    replace_known_keys(connection, ids)
    seen = _look_up_again(connection, ids, keys | keys_of(connection, ids))
    return len(changed), seen | _published_by(connection, {note.name for note in changed})


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


def _write(connection: Connection, notes: Sequence[ActorNote]) -> None:
    ids = {actor_id(note.name): note for note in notes}
    there = set(connection.scalars(sa.select(_actor.c.actor_id).where(among(connection, _actor.c.actor_id, ids))))
    rows = [(key, note.name, *_facts(note)[:3], None, key, key, note.wikidata, False) for key, note in ids.items()]
    insert(connection, Actor, COLUMNS, (row for row in rows if row[0] not in there))
    given = ("name", "kind", "country", "parent", "wikidata", "provisional")
    known = [(key, note.name, *_facts(note), False) for key, note in ids.items() if key in there]
    update(connection, Actor, ("actor_id",), given, known)
    connection.execute(sa.delete(_alias).where(among(connection, _alias.c.actor_id, ids)))
    insert(
        connection,
        ActorAlias,
        ("name_key", "actor_id", "name"),
        ((folded, key, alias) for key, note in ids.items() for folded, alias in _names(note).items()),
    )


def apply_actor_judgements(connection: Connection, names: Collection[str]) -> frozenset[int]:
    """Let changed judgements on these names take effect; returns the claims that the matcher now sees otherwise."""
    if not names:
        return frozenset()
    joins, index = read_joins(connection, names)
    touched = joins.around(names) | {found for name in names if (found := index.resolve(name)) is not None}
    ids = {node for node in touched if not node.startswith("#")}
    return settle(connection, (), ids | found_by(connection, touched - ids), joins)


def judged_in_vain(connection: Connection) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Pairs of names that a person called the same though other judgements in force keep them apart, and pairs of owner
    and owned that come out as one actor."""
    joins, _ = read_joins(connection)
    return joins.conflicts, joins.owned_by_itself


def forget(connection: Connection, name: str) -> frozenset[int] | None:
    """Take an actor out of the register and look its names up anew; returns the claims that the matcher sees otherwise.

    None: no known actor has this canonical name.
    """
    identity = actor_id(name)
    known = sa.select(_actor.c.name).where(_actor.c.actor_id == identity, _actor.c.provisional.is_(False))
    canonical = connection.scalar(known)
    if canonical is None:
        return None
    keys = keys_of(connection, [identity])
    for column in (_alias.c.actor_id, _key.c.actor_id):
        connection.execute(sa.delete(column.table).where(column == identity))
    unknown = {"provisional": True, "kind": None, "country": None, "parent": None, "wikidata": None}
    connection.execute(sa.update(_actor).where(_actor.c.actor_id == identity).values(unknown))
    add_provisional_keys(connection, [(identity, canonical)])
    return _look_up_again(connection, [identity], keys) | _published_by(connection, [name])


def resolve_all_names(connection: Connection) -> frozenset[int]:
    """Look up every party name anew and work out all keys, joins and groups: for a rebuild, and after an update.

    Returns the claims that the matcher now sees otherwise.
    """
    make_all(connection)
    return settle(connection, (), set(connection.scalars(sa.select(_party.c.actor_id).distinct())))


def _look_up_again(connection: Connection, ids: Collection[str], keys: Collection[str]) -> frozenset[int]:
    """Settle what a change to these known actors, and to the keys that lead to them, may touch."""
    joins, _ = read_joins(connection)
    affected = {*ids, *found_by(connection, keys)}
    if affected & joins.known or set(keys) & (joins.folded | wanted_keys(joins.spellings)):
        # A judged name may mean somebody else now, and with it all that was judged on along with it.
        affected |= joins.known | found_by(connection, joins.folded)
    return settle(connection, ids, affected, joins)


def _published_by(connection: Connection, names: Collection[str]) -> frozenset[int]:
    """The claims that these actors published themselves: whom an event rests on tells firms from news outlets."""
    claims = sa.select(_claim.c.pk).join(_article, _article.c.pk == _claim.c.article_pk)
    return frozenset(connection.scalars(claims.where(among(connection, _article.c.publisher, names))))


def drop_unused_provisional(connection: Connection) -> None:
    """Remove provisional actors that nobody names any more. After the events are settled.

    One that a person joined to another stays as long as a claim names it so; one that a person made an owner, as long
    as what it owns.
    """
    _drop_unnamed(connection)
    event_party, owned = table(EventParty), _actor.alias("owned")
    unused = (
        _actor.c.provisional.is_(True),
        _actor.c.same_as.is_(None),
        ~sa.exists().where(_party.c.actor_id == _actor.c.actor_id),
        ~sa.exists().where(event_party.c.actor_id == _actor.c.actor_id),
        ~sa.exists().where(owned.c.group_id == _actor.c.actor_id, owned.c.actor_id != _actor.c.actor_id),
    )
    # Owners go in a second turn, once what they owned is gone.
    while connection.execute(sa.delete(_actor).where(*unused)).rowcount:
        pass


def _drop_unnamed(connection: Connection) -> None:
    joined = connection.execute(
        sa.select(_actor.c.actor_id, _actor.c.name, _actor.c.same_as).where(
            _actor.c.same_as > "", _actor.c.provisional.is_(True)
        )
    ).all()
    named = connection.execute(
        sa.select(_party.c.actor_id, _party.c.name)
        .distinct()
        .where(among(connection, _party.c.actor_id, {row.same_as for row in joined}))
    )
    still = {(identity, unicodedata.normalize("NFC", name)) for identity, name in named}
    gone = [row.actor_id for row in joined if (row.same_as, row.name) not in still]
    connection.execute(sa.delete(_actor).where(among(connection, _actor.c.actor_id, gone)))
