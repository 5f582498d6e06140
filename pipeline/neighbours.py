"""Claims in the database's blocks: which others each is to be compared with, kept the same whatever comes and goes.

A block is kept in order (sorted neighbourhood, Hernandez & Stolfo 1995). Two claims of a block are neighbours if fewer
than WINDOW others stand between them; those of them that look promising are compared. So in a block of up to
WINDOW + 1 claims all are neighbours, and a block of 100,000 costs each claim no more than 2 * WINDOW looks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from db.bulk import among, chunks, insert, rows_of, table
from db.models import ClaimBlock
from pipeline.blocking import block_keys
from pipeline.features import Features
from pipeline.promise import Columns, Numbers, is_promising
from pipeline.sketches import SKETCH_COLUMNS, place_of, row_of, sketch_of

WINDOW = 100
"""Claims that may stand between two neighbours."""
SPANS = 500
"""Stretches read at a time: bounds memory."""

Pair = tuple[int, int]
"""Keys of two claims, the smaller first."""

_block = table(ClaimBlock)
_FIRST, _LAST = -1, 2**63 - 1


def file_claims(connection: Connection, claims: Mapping[int, Features]) -> set[Pair]:
    """Put claims (by key) into their blocks; returns pairs of others that they part: no neighbours in one block now."""
    columns = ("block", "place", "claim_pk", *SKETCH_COLUMNS)
    insert(connection, ClaimBlock, columns, sorted(row for key, claim in claims.items() for row in _rows(key, claim)))
    return {_pair(left[_KEY], right[_KEY]) for left, right in _parted(connection, claims, ())}


def take_out(connection: Connection, keys: Collection[int]) -> set[Pair]:
    """Take claims out of their blocks; returns what `closing` says of them."""
    pairs = closing(connection, keys)
    connection.execute(sa.delete(_block).where(among(connection, _block.c.claim_pk, keys)))
    return pairs


def closing(connection: Connection, keys: Collection[int]) -> set[Pair]:
    """Promising pairs of other claims that are neighbours in some block only without these, which are filed."""
    return {
        _pair(left[_KEY], right[_KEY])
        for left, right in _parted(connection, keys, SKETCH_COLUMNS)
        if is_promising(left, right, Numbers())
    }


def neighbours(connection: Connection, keys: Collection[int]) -> set[Pair]:
    """All pairs worth comparing that one of these claims is in."""
    own, other = _block.alias("own"), _block.alias("other")
    rows = connection.execute(
        sa.select(own.c.claim_pk, other.c.claim_pk)
        .join(other, other.c.block == own.c.block)
        .where(among(connection, own.c.claim_pk, keys))
        .where(other.c.place.between(_edge(own, upward=False), _edge(own, upward=True)))
        .where(other.c.claim_pk != own.c.claim_pk)
        .where(is_promising(own.c, other.c, Columns()))
    )
    return {_pair(one, two) for one, two in rows.all()}


def _rows(key: int, claim: Features) -> Iterable[tuple[int, ...]]:
    sketch = sketch_of(claim)
    place, cells = place_of(claim, sketch), row_of(sketch)
    return ((block_hash(block), place, key, *cells) for block in block_keys(claim.claim))


@lru_cache(maxsize=65536)
def block_hash(block: str) -> int:
    """A block's key as a signed 64-bit number: a meeting by chance only costs some looks."""
    return int.from_bytes(blake2b(block.encode(), digest_size=8).digest(), "big", signed=True)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _edge(own: sa.FromClause, *, upward: bool) -> "sa.ColumnElement[int]":
    """The place of the last neighbour on one side of a row, in SQL."""
    step = _block.alias("above" if upward else "below")
    beyond = step.c.place > own.c.place if upward else step.c.place < own.c.place
    last = (
        sa.select(step.c.place)
        .where(step.c.block == own.c.block, beyond)
        .order_by(step.c.place.asc() if upward else step.c.place.desc())
        .limit(1)
        .offset(WINDOW - 1)
        .correlate(own)
        .scalar_subquery()
    )
    return sa.func.coalesce(last, sa.literal_column(str(_LAST if upward else _FIRST)))


Filed = Row[*tuple[int, ...]]
"""Block, first place of the stretch, place, key of the claim, and parts of its sketch."""
_PLACE, _KEY = 2, 3


def _parted(connection: Connection, keys: Collection[int], parts: Sequence[str]) -> Iterator[tuple[Filed, Filed]]:
    """Pairs of other claims that are neighbours without these (which are filed), and not with them."""
    own = keys if isinstance(keys, Mapping) else frozenset(keys)
    for rows in _stretches(connection, own, parts):
        others = [row for row in rows if row[_KEY] not in own]
        found = parted([row[_PLACE] for row in others], [row[_PLACE] for row in rows], WINDOW)
        yield from ((others[left], others[right]) for left, right in found)


def parted(others: Sequence[int], everyone: Sequence[int], window: int) -> list[Pair]:
    """Index pairs of `others` with fewer than `window` of the others between them, but as many or more of everyone.

    Both are places in ascending order; `everyone` holds the others too. Between is strictly between.
    """
    before_others = [bisect_left(others, place) for place in others]
    before_all = [bisect_left(everyone, place) for place in others]
    pairs = []
    for left, place in enumerate(others):
        start = bisect_left(before_all, window + bisect_right(everyone, place))
        end = bisect_left(before_others, window + bisect_right(others, place))
        pairs += [(left, right) for right in range(max(start, left + 1), end)]
    return pairs


Span = tuple[int, int, int]
"""A block, and the first and last place of a stretch of it."""


def _stretches(connection: Connection, keys: Collection[int], parts: Sequence[str]) -> Iterator[list[Filed]]:
    """The rows of long blocks around these claims, in order, each stretch without a gap."""
    for some in chunks(_spans(connection, keys), SPANS):
        span = rows_of(connection, ("block", "low", "high"), some)
        rows = connection.execute(
            sa.select(
                _block.c.block, span.c.low, _block.c.place, _block.c.claim_pk, *(_block.c[name] for name in parts)
            )
            .select_from(span)
            .join(_block, sa.and_(_block.c.block == span.c.block, _block.c.place.between(span.c.low, span.c.high)))
            .order_by(_block.c.block, span.c.low, _block.c.place, _block.c.claim_pk)
        )
        yield from (list(found) for _, found in groupby(rows.all(), key=itemgetter(0, 1)))


def _spans(connection: Connection, keys: Collection[int]) -> list[Span]:
    """What may be parted by these claims: they with their neighbours, where a block is long enough to part any."""
    own, step = _block.alias("own"), _block.alias("step")
    beyond = sa.select(step.c.place).where(step.c.block == own.c.block).limit(1).offset(WINDOW + 1).correlate(own)
    rows = connection.execute(
        sa.select(own.c.block, _edge(own, upward=False), _edge(own, upward=True))
        .where(among(connection, own.c.claim_pk, keys))
        .where(beyond.scalar_subquery().is_not(None))
        .order_by(own.c.block, own.c.place)
    )
    spans: list[Span] = []
    for block, low, high in rows.all():
        if spans and spans[-1][0] == block and low <= spans[-1][2]:
            spans[-1] = (block, spans[-1][1], max(high, spans[-1][2]))
        else:
            spans.append((block, low, high))
    return spans
