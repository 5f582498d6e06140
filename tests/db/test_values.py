"""Dates as precise as known, and amounts as reported."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.values import Amount, PartialDate
from db.vocabulary import Bound

texts = st.one_of(
    st.integers(1950, 2100).map(str),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)).map(dt.date.isoformat),
)


@given(texts)
def test_a_date_is_written_as_it_was_read(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023-02", "2023-02-01", "2023-02-28", "month"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2024-12", "2024-12-01", "2024-12-31", "month"),
    ],
)
def test_a_date_spans_the_days_it_may_be(text: str, first: str, last: str, precision: str) -> None:
    date = PartialDate.parse(text)

    assert (date.first.isoformat(), date.last.isoformat(), date.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-1", "2024-13", "2023-02-29", "2024-00", "2024-01-01T00:00", "1949", "2101", "２０２４", "2024\n"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not|year"):
        PartialDate.parse(text)


def test_an_exact_day_sorts_before_its_month_and_that_before_its_year() -> None:
    dates = [PartialDate.parse(text) for text in ("2024", "2024-01", "2024-01-01", "2023-12-31")]

    assert [str(date) for date in sorted(dates)] == ["2023-12-31", "2024-01-01", "2024-01", "2024"]


@given(texts, texts)
def test_days_apart_is_symmetric_and_nought_where_periods_meet(one: str, other: str) -> None:
    left, right = PartialDate.parse(one), PartialDate.parse(other)
    meet = left.first <= right.last and right.first <= left.last

    assert left.days_apart(right) == right.days_apart(left) >= 0
    assert (left.days_apart(right) == 0) == meet


@pytest.mark.parametrize(
    ("amount", "figure", "span"),
    [
        (Amount("USD", Bound.EXACT, value=5), 5, (5, 5)),
        (Amount("USD", Bound.ABOUT, value=5), 5, (5, 5)),
        (Amount("USD", Bound.AT_LEAST, value=5), 5, (5, None)),
        (Amount("USD", Bound.UP_TO, value=5), 5, (0, 5)),
        (Amount("USD", Bound.RANGE, low=3, high=5), 3, (3, 5)),
    ],
)
def test_an_amount_stands_at_its_value_or_the_lower_end(
    amount: Amount, figure: int, span: tuple[int, int | None]
) -> None:
    assert (amount.figure, amount.span) == (figure, span)


def test_an_amount_without_a_figure_is_an_error() -> None:
    with pytest.raises(ValueError, match="value or a range"):
        _ = Amount("USD", Bound.EXACT).figure
