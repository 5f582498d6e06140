"""Money, dates, counts and codes in words."""

import datetime as dt

import pandas as pd
import pytest

from dashboard import wording
from db.vocabulary import ActorKind, Bound, Check, Kind, Role, Stage, Stance, Technology


@pytest.mark.parametrize(
    ("amount", "currency", "bound", "said"),
    [
        (1_400_000_000, "USD", "at_least", "at least USD 1.4 billion"),
        (1_400_000_000, "USD", "exact", "USD 1.4 billion"),
        (500_000_000, "EUR", "up_to", "up to EUR 500 million"),
        (2_000_000_000_000, "CNY", "about", "about CNY 2 trillion"),
        (10_585_000_000, "INR", "exact", "INR 10.585 billion"),
        (250_000, "GBP", "exact", "GBP 250,000"),
        (None, "USD", "exact", ""),
        (pd.NA, None, None, ""),
    ],
)
def test_money_keeps_its_bound_and_currency(amount: object, currency: object, bound: object, said: str) -> None:
    assert wording.money(amount, currency, bound) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1_200_000_000, 1_500_000_000, "EUR 1.2 to 1.5 billion"),
        (900_000_000, 1_100_000_000, "EUR 900 million to 1.1 billion"),
        (7, 7, "EUR 7"),
        (250_000, 300_000, "EUR 250,000 to 300,000"),
        (None, 300_000, "EUR 300,000"),
        (None, None, ""),
    ],
)
def test_a_range_says_the_unit_once_where_both_ends_share_it(low: object, high: object, said: str) -> None:
    assert wording.money_range(low, high, "EUR") == said


def test_the_amount_of_a_row_is_its_range_or_its_value() -> None:
    row = {"amount": pd.NA, "amount_min": 10**9, "amount_max": 2 * 10**9, "currency": "USD", "bound": "range"}

    assert wording.money_of(row) == "USD 1 to 2 billion"
    assert wording.money_of({**row, "amount": 5 * 10**6, "bound": "about"}) == "about USD 5 million"
    assert wording.money_of({**row, "bound": None, "currency": None}) == ""


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2025-06-05", "5 June 2025"),
        ("2025-06", "June 2025"),
        ("2025", "2025"),
        (dt.date(2025, 6, 5), "5 June 2025"),
        (pd.Timestamp("2025-06-05"), "5 June 2025"),
        (pd.NaT, ""),
        (None, ""),
        ("", ""),
    ],
)
def test_dates_are_said_as_precisely_as_known(date: object, said: str) -> None:
    assert wording.date_words(date) == said


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "event", "0 events"),
        (1, "event", "1 event"),
        (1204, "event", "1,204 events"),
        (3, "country", "3 countries"),
        (2, "day", "2 days"),
    ],
)
def test_counts_agree_with_their_noun(number: int, noun: str, said: str) -> None:
    assert wording.plural(number, noun) == said


@pytest.mark.parametrize(
    ("table", "vocabulary"),
    [
        (wording.KINDS, Kind),
        (wording.STAGES, Stage),
        (wording.ROLES, Role),
        (wording.TECHNOLOGIES, Technology),
        (wording.ACTOR_KINDS, ActorKind),
        (wording.STANCES, Stance),
        (wording.BOUNDS, Bound),
        (wording.REVIEWS, Check),
        (wording.REVIEWS_SHORT, Check),
    ],
)
def test_every_code_of_the_vocabulary_has_words(table: dict[str, object], vocabulary: type[Kind]) -> None:
    assert list(table) == [code.value for code in vocabulary]


def test_missing_codes_are_empty_and_unknown_ones_stand_for_themselves() -> None:
    assert wording.kind_words(None) == ""
    assert wording.kind_words("treaty") == "treaty"
    assert wording.country_words("XK") == "Kosovo"
    assert wording.language_words("zh") == "Chinese"
    assert wording.review_words(None) == wording.NOT_REVIEWED


def test_long_lists_say_how_many_more_there_are() -> None:
    assert wording.listed("A; B; C; D; E", 2) == "A, B and 3 more"
    assert wording.listed("A; B; C", 2) == "A, B, C"  # "and 1 more" would be longer than the name
    assert wording.countries_words("MY; SG") == "Malaysia, Singapore"
    assert wording.listed(None) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** [a](b)", r"\*\*bold\*\* \[a\]\(b\)"),
        ("<b>", r"\<b\>"),
        ("$5 to $6", r"\$5 to \$6"),
        ("a\nb", "a b"),
        ("say :smile: now", "say :\u2060smile: now"),
    ],
)
def test_texts_of_others_cannot_act_as_markdown(text: str, shown: str) -> None:
    assert wording.escape_markdown(text) == shown
