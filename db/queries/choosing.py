"""Filters on events by columns: which are chosen. Says the same as `db.queries.where.conditions` says in SQL."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

import numpy as np
from sqlalchemy.engine import Connection

from db.columns import BLOCS, DISPUTED, KINDS, NO_FIGURE, ROLES, STAGES, TECHNOLOGIES, Array, place_code
from db.facts import Facts
from db.filters import RECIPIENT_ROLES, SUPPLIER_ROLES, Filters
from db.queries.where import meant, places
from db.search import actors_with, articles_with
from db.vocabulary import Role
from db.words import Term, terms_of

_EPOCH = dt.date(1970, 1, 1)


def chosen(connection: Connection, facts: Facts, filters: Filters) -> Array:
    """Whether each event is chosen. `as_known_on` is a matter of which database is asked.

    Raises:
        KeyError: a region that does not exist.
    """
    found = np.ones(len(facts), bool)
    for holds in (*_of_words(facts, filters), *_of_figures(facts, filters), *_of_lists(connection, facts, filters)):
        found &= holds
    for word in filters.text.split():
        if (terms := terms_of(word)) and found.any():
            found &= _says(connection, facts, terms)
    return found


def _of_words(facts: Facts, filters: Filters) -> Iterator[Array]:
    for name, words, codes in (
        ("kind", filters.kinds, KINDS),
        ("stage", filters.stages, STAGES),
        ("bloc", filters.blocs, BLOCS),
    ):
        if words:
            yield _codes(words, codes)[facts[name]]
    if filters.technologies:
        bits = sum({1 << TECHNOLOGIES[word] for word in filters.technologies if word in TECHNOLOGIES})
        yield facts["technologies"] & np.uint32(bits) != 0
    if not filters.disputed:
        yield facts["flags"] & DISPUTED == 0


def _of_figures(facts: Facts, filters: Filters) -> Iterator[Array]:
    if filters.date_from:
        yield facts["last"] >= days(filters.date_from)
    if filters.date_to:
        yield facts["first"] <= days(filters.date_to)
    if filters.usd_from is not None:
        yield (facts["usd"] != NO_FIGURE) & (facts["usd"] >= filters.usd_from)
    if filters.usd_to is not None:
        yield (facts["usd"] != NO_FIGURE) & (facts["usd"] <= filters.usd_to)
    if filters.sources_from > 1:
        yield facts["sources"] >= filters.sources_from


def _of_lists(connection: Connection, facts: Facts, filters: Filters) -> Iterator[Array]:
    if filters.countries or filters.regions:
        wanted = np.zeros(1 << 16, bool)
        wanted[[place_code(code) for code in places(filters) if len(code) == len("XX") and code.isascii()]] = True
        yield events_at(facts, "country", wanted[facts["country_code"]])
    for names, roles in (
        (filters.suppliers, SUPPLIER_ROLES),
        (filters.recipients, RECIPIENT_ROLES),
        (filters.actors, ()),
    ):
        if names:
            yield _takes_part(connection, facts, names, roles, roll_up=filters.roll_up)


def days(day: dt.date) -> int:
    """Days since 1970, as columns have them."""
    return (day - _EPOCH).days


def day_of(number: int) -> dt.date:
    """The way back from `days`."""
    return _EPOCH + dt.timedelta(number)


def events_at(facts: Facts, name: str, entries: Array) -> Array:
    """Whether each event has one of these entries of a list. `entries`: whether each entry counts."""
    found = np.zeros(len(facts), bool)
    found[facts[f"{name}_row"][entries]] = True
    return found


def in_roles(facts: Facts, roles: Iterable[Role]) -> Array:
    """Whether each entry of the list of parties is in one of these roles."""
    return _codes([role.value for role in roles], ROLES)[facts["party_role"]]


def _codes(words: Collection[str], codes: Mapping[str, int]) -> Array:
    wanted = np.zeros(256, bool)
    wanted[[codes[word] for word in words if word in codes]] = True
    return wanted


def _takes_part(
    connection: Connection, facts: Facts, names: Collection[str], roles: Collection[Role], *, roll_up: bool
) -> Array:
    entries = _named(facts, connection.scalars(meant(names, roll_up=roll_up)))
    return events_at(facts, "party", entries & in_roles(facts, roles) if roles else entries)


def _named(facts: Facts, actor_ids: Iterable[str]) -> Array:
    wanted = np.zeros(max(1, len(facts.actors.ids)), bool)
    wanted[facts.actors.places(actor_ids)] = True
    return wanted[facts["party_actor"]]


def _says(connection: Connection, facts: Facts, terms: tuple[Term, ...]) -> Array:
    holds = np.zeros(facts.most_articles, bool)
    keys = articles_with(connection, terms)
    holds[keys[keys < facts.most_articles]] = True
    found = events_at(facts, "claim", holds[facts["claim_article"]])
    return found | events_at(facts, "party", _named(facts, connection.scalars(actors_with(terms))))


def keys_of(facts: Facts, rows: Array) -> "list[int]":
    """The keys of the anchors of these events."""
    anchors: list[int] = facts["anchor"][rows].tolist()
    return anchors


def stretch(order: Array, start: int, size: int) -> tuple[Array, int]:
    """The places of those that stand at `start` to `start + size` in an order, with all that tie with them.

    The second value: how many stand before the first of those. Ties are for the database to put in order.
    """
    end = min(start + size, len(order))
    if start >= end:
        return np.empty(0, np.int64), start
    parted = np.partition(order, [start, end - 1])
    low, high = parted[start], parted[end - 1]
    return np.flatnonzero((order >= low) & (order <= high)), int((order < low).sum())


def leaders(facts: Facts, roles: Iterable[Role]) -> Array:
    """For each event the actor named most in these roles, ties by name: its place; -1 where there is none."""
    entries = np.flatnonzero(in_roles(facts, roles))
    rows, actors = facts["party_row"][entries], facts["party_actor"][entries]
    size = max(1, len(facts.actors.ids))
    leading = np.full(len(facts), -1, np.int64)
    order = facts["party_claims"][entries].astype(np.int64) * size + (size - 1 - facts.actors.rank[actors])
    np.maximum.at(leading, rows, order)
    by_rank = np.argsort(facts.actors.rank)
    return np.where(leading < 0, -1, by_rank[size - 1 - leading % size]) if len(by_rank) else leading
