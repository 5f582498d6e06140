"""USD at the date of an act."""

from decimal import Decimal

import pytest

from db.values import PartialDate
from pipeline.money import PEGS, Rate, rate_on


def on(currency: str, date: str) -> Rate | None:
    return rate_on(currency, PartialDate.parse(date))


@pytest.mark.parametrize(
    ("currency", "date", "usd", "rate_date"),
    [
        ("USD", "2024", "1", "2024"),
        ("EUR", "2025-01-15", "1.03", "2025-01-15"),
        ("EUR", "2025-01-18", "1.0298", "2025-01-17"),
        ("SAR", "2025-03", "0.266667", "2025-03"),
        ("AED", "1997-11-01", "0.272294", "1997-11-01"),
    ],
)
def test_rates_are_those_of_the_day_or_the_last_one_before(currency: str, date: str, usd: str, rate_date: str) -> None:
    rate = on(currency, date)

    assert rate is not None
    assert (rate.usd, rate.date) == (Decimal(usd), rate_date)


@pytest.mark.parametrize(
    ("currency", "date"),
    [("KES", "2025-01-15"), ("EUR", "1998-12-31"), ("EUR", "2099-01-01"), ("AED", "1997-10-31"), ("EUR", "1950")],
)
def test_no_rate_known_means_no_rate(currency: str, date: str) -> None:
    assert on(currency, date) is None


@pytest.mark.parametrize(("date", "rate_date"), [("2009-01-09", "2008-12-09"), ("2009-01-10", None)])
def test_a_rate_stands_for_31_days_and_no_longer(date: str, rate_date: str | None) -> None:
    rate = on("ISK", date)  # the ECB suspended its rate after 9 December 2008

    assert (rate and rate.date) == rate_date


def test_a_month_has_the_mean_of_its_daily_rates() -> None:
    rate = on("EUR", "2025-01")
    assert rate is not None
    days = [on("EUR", f"2025-01-{day:02}") for day in range(1, 32)]
    trading = {day.date: day.usd for day in days if day is not None and day.date.startswith("2025-01")}

    assert abs(rate.usd - sum(trading.values()) / len(trading)) < Decimal("0.00001")
    assert "mean of daily rates" in rate.source


@pytest.mark.parametrize("currency", sorted(PEGS))
def test_pegs_name_their_central_bank(currency: str) -> None:
    rate = on(currency, "2025")

    assert rate is not None
    assert rate.source == f"peg, {PEGS[currency].source}"


@pytest.mark.parametrize(("amount", "usd", "whole"), [(3, "0.5", 2), (5, "0.5", 2), (7, "0.5", 4), (10, "0.26", 3)])
def test_conversion_rounds_half_to_even(amount: int, usd: str, whole: int) -> None:
    assert Rate(Decimal(usd), "", "").convert(amount) == whole


def test_nine_quadrillion_is_converted_to_the_last_unit() -> None:
    assert Rate(Decimal("1.00001"), "", "").convert(9 * 10**15 - 1) == 9_000_089_999_999_999


def test_a_mean_over_part_of_a_period_names_the_days_it_covers() -> None:
    rate = on("RUB", "2022")  # the ECB stopped publishing it on 1 March 2022

    assert rate is not None
    assert rate.date == "2022-01-03/2022-03-01"
    assert on("CNY", "2025").date == "2025"  # type: ignore[union-attr]
