"""All events (or articles) by columns in memory: put together from packed parts and what is loose, once a revision.

About 130 bytes for each event with its parties, stages and claims. Parts that did not change are kept from one
revision to the next. Answers must be those of the plain queries (`tests/db/queries/test_same_answers.py`).
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.columns import EVENT_LISTS, FORM, READ, STRETCH, Array, Columns, unpacked
from db.models import Actor, ColumnLoose, ColumnPart, Revision

_part, _loose, _actor, _revision = table(ColumnPart), table(ColumnLoose), table(Actor), table(Revision)
T = TypeVar("T")
_KEPT = 4
"""States of data kept in memory: the present one, and some days or releases that it is compared with."""


@dataclass(frozen=True)
class Actors:
    """All actors. `group`, `roll_up`: place of whom totals count one with (its own where nobody); -1: not there."""

    ids: Sequence[str]
    names: Sequence[str]
    homes: Sequence[str | None]
    roll_up: Array
    group: Array
    place: dict[str, int]

    @cached_property
    def rank(self) -> Array:
        """The place of each in the order of names."""
        rank = np.empty(len(self.names), np.int64)
        rank[sorted(range(len(self.names)), key=self.names.__getitem__)] = np.arange(len(self.names))
        return rank

    def places(self, ids: Iterable[str]) -> Array:
        """The places of these actors."""
        return np.array([self.place[one] for one in ids if one in self.place], np.int64)


@dataclass(frozen=True)
class Facts:
    """Events by columns: see `db.columns` for their names. Actors of `party_actor` are places in `actors`."""

    columns: Columns
    actors: Actors
    answers: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, name: str, find: Callable[[], T]) -> T:
        """What is the same by any filters, and columns do not tell: found at the first call, kept with the events."""
        if name not in self.answers:
            self.answers[name] = find()
        found: T = self.answers[name]
        return found

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.columns["anchor"])

    @cached_property
    def most_articles(self) -> int:
        """More than the greatest key of an article."""
        told = self["claim_article"]
        return int(told.max()) + 1 if len(told) else 1

    @cached_property
    def event_of_claims(self) -> Array:
        """For each key of a claim the place of its event; -1 for keys of none."""
        keys = self["claim_key"]
        place = np.full(int(keys.max()) + 1 if len(keys) else 1, -1, np.int32)
        place[keys] = self["claim_row"]
        return place

    def articles(self, chosen: Array) -> Array:
        """Whether each key of an article belongs to one that reports a chosen event. `chosen`: by event."""
        behind = np.zeros(self.most_articles, bool)
        told = self["claim_article"]
        behind[told if chosen.all() else told[chosen[self["claim_row"]]]] = True
        return behind


@dataclass(frozen=True)
class ArticleFacts:
    """Articles by columns, ordered by key."""

    columns: Columns
    publishers: Sequence[str]

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]


@dataclass
class _Memory:
    """What this process read: whole states, and parts by address, sort, number and digest."""

    states: OrderedDict[tuple[object, ...], Any] = field(default_factory=OrderedDict)
    parts: dict[tuple[str, str], dict[tuple[int, str], tuple[Columns, list[str]]]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_memory = _Memory()


def facts(connection: Connection) -> Facts:
    """All events by columns, as this transaction sees them."""
    return _remembered(connection, "event", _read_facts)


def article_facts(connection: Connection) -> ArticleFacts:
    """All articles by columns, as this transaction sees them."""
    return _remembered(connection, "article", _read_articles)


def forget() -> None:
    """Forget what this process read: for measuring, and looking at, a first read."""
    with _memory.lock:
        _memory.states.clear()
        _memory.parts.clear()


def _remembered(connection: Connection, sort: str, read: Callable[[Connection], T]) -> T:
    # What is loose belongs to the key: it also tells of writers that give no new revision.
    changed = sa.select(sa.func.count(), sa.func.sum(_loose.c.pk)).where(_loose.c.sort == sort)
    revision = sa.select(_revision.c.number, _revision.c.changed_at)
    key = (str(connection.engine.url), sort, *connection.execute(changed).one(), *connection.execute(revision).all())
    with _memory.lock:
        if key not in _memory.states:
            _memory.states[key] = read(connection)
        _memory.states.move_to_end(key)
        while len(_memory.states) > 2 * _KEPT:
            _memory.states.popitem(last=False)
        found: T = _memory.states[key]
        return found


def _read_facts(connection: Connection) -> Facts:
    parts = [*_parts(connection, "event"), *_loose_rows(connection, "event")]
    actors = _read_actors(connection)
    shifted: list[Columns] = []
    start = 0
    for columns, ids in parts:
        place = np.array([actors.place[one] for one in ids], "<i4")
        moved = {f"{name}_row": columns[f"{name}_row"] + np.int32(start) for name in EVENT_LISTS}
        shifted.append({**columns, **moved, "party_actor": place[columns["party_actor"]]})
        start += len(columns["anchor"])
    return Facts(_joined(shifted), actors)


def _read_articles(connection: Connection) -> ArticleFacts:
    publishers: dict[str, int] = {}
    parts = []
    for columns, names in [*_parts(connection, "article"), *_loose_rows(connection, "article")]:
        place = np.array([publishers.setdefault(name, len(publishers)) for name in names], "<i4")
        parts.append({**columns, "publisher": place[columns["publisher"]]})
    joined = _joined(parts)
    order = np.argsort(joined["key"], kind="stable")
    return ArticleFacts({name: column[order] for name, column in joined.items()}, list(publishers))


def _joined(parts: list[Columns]) -> Columns:
    return {name: np.concatenate([columns[name] for columns in parts]) for name in parts[0]}


def _parts(connection: Connection, sort: str) -> list[tuple[Columns, list[str]]]:
    """The packed parts without what is loose."""
    known = _memory.parts.get((str(connection.engine.url), sort), {})
    there = connection.execute(sa.select(_part.c.part, _part.c.digest).where(_part.c.sort == sort)).all()
    wanted = [(int(part), str(digest)) for part, digest in there]
    missing = [part for part, digest in wanted if (part, digest) not in known]
    fetched = sa.select(_part.c.part, _part.c.digest, _part.c.data)
    fetched = fetched.where(_part.c.sort == sort, among(connection, _part.c.part, missing))
    read = {} if not missing else {(part, digest): data for part, digest, data in connection.execute(fetched)}
    now = {one: known.get(one) or _opened(connection, sort, one, read[one]) for one in wanted}
    # Taken out first: what was read last goes last.
    _memory.parts.pop((str(connection.engine.url), sort), None)
    _memory.parts[str(connection.engine.url), sort] = now
    while len(_memory.parts) > 2 * _KEPT:
        _memory.parts.pop(next(iter(_memory.parts)))
    loose = np.array(connection.scalars(sa.select(_loose.c.pk).where(_loose.c.sort == sort)).all(), np.int64)
    return [(_without(columns, sort, loose), names) for columns, names in now.values()]


def _opened(connection: Connection, sort: str, named: tuple[int, str], data: bytes) -> tuple[Columns, list[str]]:
    """A part from its bytes, or from the tables where another version of the tracker packed it."""
    part, digest = named
    if digest.startswith(FORM):
        return unpacked(bytes(data))
    read, key = READ[sort]
    return read(connection, key.between(part * STRETCH, (part + 1) * STRETCH - 1))


def _without(columns: Columns, sort: str, loose: Array) -> Columns:
    """The rows whose key is not among these."""
    key = "anchor" if sort == "event" else "key"
    stays = ~np.isin(columns[key], loose) if len(loose) else np.ones(len(columns[key]), bool)
    if stays.all():
        return columns
    place = np.cumsum(stays, dtype=np.int64) - 1
    kept: Columns = {}
    for name, column in columns.items():
        part = name.partition("_")[0]
        if sort == "event" and part in EVENT_LISTS:
            row = columns[f"{part}_row"]
            some = column[stays[row]]
            kept[name] = place[some].astype("<i4") if name.endswith("_row") else some
        else:
            kept[name] = column[stays]
    return kept


def _loose_rows(connection: Connection, sort: str) -> list[tuple[Columns, list[str]]]:
    read, key = READ[sort]
    return [read(connection, key.in_(sa.select(_loose.c.pk).where(_loose.c.sort == sort)))]


def _read_actors(connection: Connection) -> Actors:
    chosen = sa.select(_actor.c.actor_id, _actor.c.name, _actor.c.country, _actor.c.roll_up_id, _actor.c.group_id)
    rows = connection.execute(chosen).cursor.fetchall()  # rows of SQLAlchemy cost more
    ids, names, homes, roll_ups, groups = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    place = {one: number for number, one in enumerate(ids)}
    return Actors(ids, names, homes, _places(place, ids, roll_ups), _places(place, ids, groups), place)


def _places(place: dict[str, int], ids: Collection[str], others: Iterable[str]) -> Array:
    """Where the others are; -1 for those that are not there."""
    found = (place[own] if own == other else place.get(other, -1) for own, other in zip(ids, others, strict=True))
    return np.fromiter(found, np.int64, len(ids))
