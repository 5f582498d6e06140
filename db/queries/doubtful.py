"""Pairs of claims in doubt: those nearest the border between matched and not, and those about the greatest events."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from operator import itemgetter
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.columns import Array
from db.facts import Facts
from db.models import UNSURE, ClaimMatch
from db.queries.choosing import keys_of, stretch
from db.queries.event_page import BORDER
from db.queries.where import event

FLOOR = 1_000_000
"""US dollars at stake where no figure is known."""
LEAST_DOUBT = 0.5
"""The uncertainty of a pair that matched and yet lies in two events: two rules contradict each other."""
FEW_CLAIMS = 1000
"""Claims whose pairs are looked up one by one."""
STEPS = (2000, 10_000)
"""Pairs that are read at once, in search of those about many claims; after the last the search is given up."""
SURE = 0.9
"""The score from which on a match is no longer unsure (`db.models.UNSURE`)."""
MOST_UNSURE, MOST_EVENTS, MOST_PAIRS = 1000, 500, 2000
"""Pairs on each side of the border, greatest events, most valuable pairs about them."""

_match = table(ClaimMatch)
_COLUMNS = (_match.c.score, _match.c.left_pk, _match.c.right_pk)


def unsure(connection: Connection, known: Facts, wanted: Array | None) -> "Iterator[Sequence[Any]]":
    """The pairs nearest the border on each side of it, about these claims: score and keys.

    Few claims: their pairs are looked up. Of many the first pairs come soon in the order of all; where they do not, the
    search is given up, and the claims with most at stake are looked up too.
    """
    if wanted is None:
        for matched in (True, False):
            yield from connection.execute(_nearest(matched=matched).limit(MOST_UNSURE)).cursor.fetchall()
        return
    keys = np.flatnonzero(wanted)
    if len(keys) > FEW_CLAIMS:
        found = [_search(connection, wanted, matched=matched) for matched in (True, False)]
        yield from (pair for some, _ in found for pair in some)
        if all(done for _, done in found):
            return
        stake = known["usd"][known.event_of_claims[keys]]
        keys = np.sort(keys[np.argsort(-stake, kind="stable")[:FEW_CLAIMS]])
    listed = sorted(set(_pairs_of(connection, keys.tolist(), UNSURE)))
    border = bisect_right(listed, BORDER, key=itemgetter(0))
    yield from listed[border : border + MOST_UNSURE]
    yield from listed[max(0, border - MOST_UNSURE) : border]


def _nearest(*, matched: bool, beyond: Sequence[Any] = (BORDER,)) -> "sa.Select[tuple[float, int, int]]":
    """In order from the border on. `beyond`: the pair after which to begin."""
    # One comparison of rows, which both databases look up in the index.
    columns, last = _COLUMNS[: len(beyond)], [sa.literal(value) for value in beyond]
    if matched:
        start = sa.tuple_(*columns) > sa.tuple_(*last) if len(last) > 1 else columns[0] > last[0]
        return sa.select(*_COLUMNS).where(UNSURE, start).order_by(*_COLUMNS)
    start = sa.tuple_(*columns) < sa.tuple_(*last) if len(last) > 1 else columns[0] <= last[0]
    return sa.select(*_COLUMNS).where(UNSURE, start).order_by(*map(sa.desc, _COLUMNS))


def _search(connection: Connection, wanted: Array, *, matched: bool) -> tuple[list[Sequence[Any]], bool]:
    """The first pairs about these claims on one side of the border; whether these are as many as there are, or enough.

    Read in growing steps, so that common claims cost little.
    """
    found: list[Sequence[Any]] = []
    beyond: Sequence[Any] = (BORDER,)
    for step in STEPS:
        # Rows of SQLAlchemy cost more than those of the cursor.
        nearest = _nearest(matched=matched, beyond=beyond).limit(step)
        part = connection.execute(nearest).cursor.fetchall()
        found += _about(part, wanted)
        if len(found) >= MOST_UNSURE or len(part) < step:
            return found[:MOST_UNSURE], True
        beyond = part[-1]
    return found, False


def _about(pairs: Sequence[Any], wanted: Array) -> list[Any]:
    left, right = (np.fromiter((row[side] for row in pairs), np.int64, len(pairs)) for side in (1, 2))
    return [pairs[int(place)] for place in np.flatnonzero(wanted[left] | wanted[right])]


def _pairs_of(
    connection: Connection, keys: list[int], condition: "sa.ColumnElement[bool] | sa.TextClause"
) -> Iterator[tuple[float, int, int]]:
    """The pairs of these claims that fit, some of them twice: score and keys."""
    for side in (_match.c.left_pk, _match.c.right_pk):
        pairs = sa.select(*_COLUMNS)
        rows = connection.execute(pairs.where(among(connection, side, keys), condition))
        yield from rows.cursor.fetchall()  # rows of SQLAlchemy cost more


def about_greatest(connection: Connection, known: Facts, there: Array) -> "Sequence[tuple[float, int, int]]":
    """Pairs about the greatest of these events: unsure ones, and matches that lie in two events."""
    rows = np.flatnonzero(there)
    some, _ = stretch(-known["usd"][rows], 0, MOST_EVENTS)
    ids = sa.select(event.c.anchor_pk).where(among(connection, event.c.anchor_pk, keys_of(known, rows[some])))
    greatest = connection.scalars(ids.order_by(event.c.usd_chosen.desc(), event.c.event_id).limit(MOST_EVENTS)).all()
    of_them = np.isin(known["anchor"], np.array(greatest, np.int64))[known["claim_row"]]
    found = set(_pairs_of(connection, known["claim_key"][of_them].tolist(), sa.or_(UNSURE, _match.c.score > BORDER)))
    event_of = known.event_of_claims
    usd = known["usd"]

    def worth(pair: tuple[float, int, int]) -> tuple[float, int, int]:
        stake = max(FLOOR, int(usd[event_of[pair[1]]]), int(usd[event_of[pair[2]]]))
        apart = pair[0] > BORDER and event_of[pair[1]] != event_of[pair[2]]
        doubt = 1 - abs(2 * pair[0] - 1)
        return -stake * (max(doubt, LEAST_DOUBT) if apart else doubt), *pair[1:]

    asked = (one for one in found if one[0] < SURE or event_of[one[1]] != event_of[one[2]])
    return nsmallest(MOST_PAIRS, asked, key=worth)
