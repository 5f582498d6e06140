"""The two value types that every figure rests on: a date as precise as known, and an amount as reported."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from db.vocabulary import Bound

_DATE = re.compile(r"\A(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Years outside this span are taken for slips of the pen."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the year, the month or the day: `first` and `last` are the days it may be.

    Sorts by first possible day, then by last: an exact day comes before its month.
    """

    first: dt.date
    last: dt.date

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

        Raises:
            ValueError: not one of these forms, or no such day.
        """
        return _parse_date(text)

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        days = (self.last - self.first).days
        return "day" if days == 0 else "month" if days < 31 else "year"

    def __str__(self) -> str:
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]

    def days_apart(self, other: "PartialDate") -> int:
        """Days between the two periods; 0 where they touch or overlap."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


@lru_cache(maxsize=65536)
def _parse_date(text: str) -> PartialDate:
    found = _DATE.match(text)
    if found is None:
        raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year of {text!r} is not within {FIRST_YEAR} to {LAST_YEAR}")
    try:
        first = dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None
    if day is not None:
        return PartialDate(first, first)
    last_month = 12 if month is None else month
    return PartialDate(first, dt.date(year, last_month, calendar.monthrange(year, last_month)[1]))


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as reported: whole units of one ISO 4217 currency. A range has `low` and `high`, all else `value`."""

    currency: str
    bound: Bound
    value: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def figure(self) -> int:
        """The one number that stands for the amount in totals: the value, or the lower end of a range.

        The lower end, since a total that takes upper ends would claim more than any source did.
        """
        figure = self.value if self.value is not None else self.low
        if figure is None:
            raise ValueError("an amount has a value or a range")
        return figure

    @property
    def span(self) -> tuple[int, int | None]:
        """The least and the most that the report can mean; None where it sets no upper end."""
        if self.bound is Bound.RANGE and self.low is not None:
            return self.low, self.high
        if self.bound is Bound.AT_LEAST:
            return self.figure, None
        return (0, self.figure) if self.bound is Bound.UP_TO else (self.figure, self.figure)
