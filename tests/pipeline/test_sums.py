"""Sums of money of two claims: their ratio, slips in units, and words with bounds."""

import dataclasses
from functools import cache

import pytest

from db.values import Amount
from db.vocabulary import Bound
from pipeline.matching import Features, features
from pipeline.sums import figures_agree, is_slip, money, money_words, ratio
from tests.corpus_claims import load_corpus


@cache
def some_claim() -> Features:
    return features(next(claim for claim in load_corpus() if claim.amount is not None))


def with_amount(amount: Amount | None, usd: int | None = None) -> Features:
    return features(dataclasses.replace(some_claim().claim, amount=amount), usd)


def euros(value: int, bound: Bound = Bound.EXACT) -> Amount:
    return Amount("EUR", bound, value)


def test_a_ratio_is_of_the_greater_to_the_smaller_and_symmetric() -> None:
    small, great = with_amount(euros(2_000)), with_amount(euros(3_000))

    assert ratio(small, great) == ratio(great, small) == 1.5


def test_there_is_no_ratio_without_a_figure_or_a_rate() -> None:
    assert ratio(with_amount(None), with_amount(euros(1))) is None
    assert ratio(with_amount(euros(1)), with_amount(Amount("CHF", Bound.EXACT, 1))) is None


def test_figures_in_two_currencies_agree_within_the_move_of_rates() -> None:
    dollars = with_amount(Amount("USD", Bound.EXACT, 2_300))

    assert figures_agree(with_amount(euros(2_000), 2_200), dollars)
    assert not figures_agree(with_amount(euros(2_000), 2_000), dollars)


@pytest.mark.parametrize(
    ("times", "slip"), [(10.0, True), (98.0, True), (1000.0, True), (1040.0, False), (12.0, False), (1.0, False)]
)
def test_powers_of_ten_are_slips(times: float, slip: bool) -> None:
    assert is_slip(times) is slip


def test_one_article_makes_no_slip_in_units() -> None:
    small, great = with_amount(euros(8_000_000)), with_amount(euros(80_000_000))
    elsewhere = features(dataclasses.replace(great.claim, article_id="another"))

    def said(other: Features) -> list[str]:
        return [name for terms, _ in money(small, other) for name, _ in terms]

    assert said(elsewhere) == ["amounts a power of ten apart"]
    assert "amounts a power of ten apart" not in said(great)


def test_words_give_the_bounds() -> None:
    exact, about = with_amount(euros(2_000_000_000)), with_amount(Amount("USD", Bound.ABOUT, 2_300_000_000))
    span = with_amount(Amount("EUR", Bound.RANGE, None, 5_000_000, 7_500_000))

    assert money_words(exact, about) == "2 billion EUR and about 2.3 billion USD"
    assert money_words(span, exact) == "5 million to 7.5 million EUR and 2 billion EUR"
