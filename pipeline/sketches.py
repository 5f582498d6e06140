"""What is kept of a claim for finding others like it without reading them: a few numbers, and a place in an order.

Sets of names are kept as bits of one 63-bit number: two sets that share a name share a bit, and rarely otherwise.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter

from db.vocabulary import Kind
from pipeline.features import Features, Portion, Side

_BITS = 63
_HELD_TO_COUNTRY = (Kind.CONTRACT, Kind.INFRASTRUCTURE, Kind.RESTRICTION)
"""Kinds of which one event lies in one country."""
_WHOLE, SHARE, TOTAL = range(3)
STEPS = 100
"""Figures are kept as logarithms, so many steps to a factor of e: 30 steps are 35 %."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """One claim in short. All fields are whole numbers below 2**63; 0 is unknown or none.

    `middle`: the day (ordinal) in the middle of the act's period, and `slack` the days to either end. `portion`: 1 a
    share, 2 a total over several acts; `series`: of a round; `figure`: the logarithm of the amount in USD. `words`,
    `acting`, `other`, `countries` are sets as bits. What a kind of act is not told apart by is left out.
    """

    middle: int
    slack: int
    portion: int
    series: int
    figure: int
    words: int
    acting: int
    other: int
    countries: int


SKETCH_COLUMNS = tuple(Sketch.__dataclass_fields__)
_cells = attrgetter(*SKETCH_COLUMNS)


def sketch_of(claim: Features) -> Sketch:
    """The sketch of a claim, from what the matcher looks at."""
    is_money = claim.kind is Kind.FUNDING
    acting, other = _bits(_names(claim.acting)), _bits(_names(claim.other))
    if claim.kind is Kind.INFRASTRUCTURE:
        # Sources differ on who builds and who hosts.
        acting = other = acting | other
    portions = {Portion.SHARE: SHARE, Portion.TOTAL: TOTAL}
    return Sketch(
        middle=(claim.first + claim.last) // 2,
        slack=(claim.last - claim.first + 1) // 2,
        portion=portions.get(claim.portion, _WHOLE) if is_money else _WHOLE,
        series=number_of(claim.series, 31) or 1 if is_money and claim.series else 0,
        figure=1 + round(STEPS * math.log(claim.usd)) if claim.usd else 0,
        words=_bits(claim.words | claim.codes),
        acting=acting,
        other=other,
        countries=_bits(claim.countries) if claim.kind in _HELD_TO_COUNTRY else 0,
    )


def place_of(claim: Features, sketch: Sketch) -> int:
    """Where a claim stands in the order of a block (below 2**63): by day, figure, what it says, and its id.

    Claims of one act come to stand together also where many acts of one day stand: those with one word or party in
    common often have the same least hash (Broder 1997).
    """
    told = min((number_of(word, 16) for word in (*claim.words, *claim.codes, *claim.other.actors)), default=0)
    return (sketch.middle << 41) | (min(sketch.figure // 4, 1023) << 31) | (told << 15) | number_of(claim.claim_id, 15)


def row_of(sketch: Sketch) -> tuple[int, ...]:
    """The fields in the order of SKETCH_COLUMNS."""
    return _cells(sketch)


def _names(side: Side) -> frozenset[str]:
    return side.actors | side.groups | {f"state of {country}" for country in side.bodies}


def _bits(names: Iterable[str]) -> int:
    found = 0
    for name in names:
        found |= _bit(name)
    return found


@lru_cache(maxsize=65536)
def _bit(name: str) -> int:
    return 1 << int.from_bytes(_digest(name), "big") % _BITS


@lru_cache(maxsize=65536)
def number_of(text: str, bits: int) -> int:
    """A number below 2**bits that a text always has."""
    return int.from_bytes(_digest(text), "big") >> (64 - bits)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()
