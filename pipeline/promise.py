"""Whether two claims of one block are worth reading and comparing, from their sketches alone.

One rule for Python's numbers and for the database's columns: it is written once over the few operations in `Terms`.
Rough on purpose: it must not lose pairs that may match, only those that plainly do not.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from pipeline.sketches import SHARE, STEPS, TOTAL

ENOUGH = 0
"""Points that a pair needs."""
_NEAR, _LATER, _LONG = 45, 183, 730
"""Days between two acts."""
_AGREE, _UNLIKE = 30, 110
"""Steps between two figures: 35 %, and a factor of 3."""
_SLIPS = tuple(round(STEPS * power * 2.302585) for power in (1, 2, 3))
"""Figures that are 10, 100 or 1,000 times one another: slips in units."""


class Terms(Protocol):
    """How numbers are put together."""

    def meet(self, one: Any, other: Any) -> Any:
        """Whether two sets of bits share one."""

    def differ(self, one: Any, other: Any) -> Any:
        """Whether two sets of bits share none."""

    def size(self, number: Any) -> Any:
        """A number without its sign."""

    def every(self, *conditions: Any) -> Any:
        """Whether all conditions hold."""

    def some(self, *conditions: Any) -> Any:
        """Whether one condition holds."""

    def first(self, cases: Sequence[tuple[Any, int]], otherwise: int) -> Any:
        """The points of the first condition that holds."""


class Numbers:
    """Whole numbers of Python."""

    def meet(self, one: int, other: int) -> bool:
        """Whether two sets of bits share one."""
        return one & other != 0

    def differ(self, one: int, other: int) -> bool:
        """Whether two sets of bits share none."""
        return one & other == 0

    def size(self, number: int) -> int:
        """A number without its sign."""
        return abs(number)

    def every(self, *conditions: bool) -> bool:
        """Whether all conditions hold."""
        return all(conditions)

    def some(self, *conditions: bool) -> bool:
        """Whether one condition holds."""
        return any(conditions)

    def first(self, cases: Sequence[tuple[bool, int]], otherwise: int) -> int:
        """The points of the first condition that holds."""
        return next((points for holds, points in cases if holds), otherwise)


class Columns:
    """Columns of a table, in SQL."""

    def meet(self, one: Any, other: Any) -> Any:
        """Whether two sets of bits share one."""
        return one.bitwise_and(other) != 0

    def differ(self, one: Any, other: Any) -> Any:
        """Whether two sets of bits share none."""
        return one.bitwise_and(other) == 0

    def size(self, number: Any) -> "sa.ColumnElement[int]":
        """A number without its sign."""
        return sa.func.abs(number)

    def every(self, *conditions: "sa.ColumnElement[bool]") -> "sa.ColumnElement[bool]":
        """Whether all conditions hold."""
        return sa.and_(*conditions)

    def some(self, *conditions: "sa.ColumnElement[bool]") -> "sa.ColumnElement[bool]":
        """Whether one condition holds."""
        return sa.or_(*conditions)

    def first(self, cases: "Sequence[tuple[sa.ColumnElement[bool], int]]", otherwise: int) -> "sa.ColumnElement[int]":
        """The points of the first condition that holds."""
        return sa.case(*((holds, sa.literal_column(str(points))) for holds, points in cases), else_=otherwise)


def is_promising(one: Any, other: Any, by: Terms) -> Any:
    """Whether two sketches (or rows of `claim_block`) of one block may be of one event. Symmetric.

    Never: countries, rounds or a total against what is none. Else points for what agrees must make up for what does
    not: the parties of either role, the figures, the words, and the time between.
    """
    return by.every(
        by.some(one.countries == 0, other.countries == 0, by.meet(one.countries, other.countries)),
        by.some(one.series == 0, other.series == 0, one.series == other.series),
        (one.portion == TOTAL) == (other.portion == TOTAL),
        _points(one, other, by) >= ENOUGH,
    )


def _points(one: Any, other: Any, by: Terms) -> Any:
    gap = by.size(one.middle - other.middle) - one.slack - other.slack
    strangers = by.some(_are_apart(one.acting, other.acting, by), _are_apart(one.other, other.other, by))
    return (
        by.first([(gap <= _NEAR, 2), (gap <= _LATER, 1), (gap <= _LONG, 0)], -3)
        + by.first([(by.every(strangers, gap > _LATER), -2), (by.every(strangers, gap > _NEAR), -1)], 0)
        + _parties(one.acting, other.acting, by)
        + _parties(one.other, other.other, by)
        + _figures(one, other, by)
        + by.first([(by.meet(one.words, other.words), 1)], 0)
        + by.first([(by.every(gap <= _LATER, one.series != 0, one.series == other.series), 1)], 0)
    )


def _are_apart(one: Any, other: Any, by: Terms) -> Any:
    return by.every(one != 0, other != 0, by.differ(one, other))


def _parties(one: Any, other: Any, by: Terms) -> Any:
    return by.first([(by.meet(one, other), 1), (by.every(one != 0, other != 0), -1)], 0)


def _figures(one: Any, other: Any, by: Terms) -> Any:
    steps = by.size(one.figure - other.figure)
    return by.first(
        [
            (by.some(one.figure == 0, other.figure == 0), 0),
            (steps <= _AGREE, 2),
            (by.some(one.portion == SHARE, other.portion == SHARE), 0),
            (by.some(*(by.every(steps >= slip - 6, steps <= slip + 6) for slip in _SLIPS)), 0),
            (steps <= _UNLIKE, -1),
        ],
        -3,
    )
