"""Sketches: small numbers that two claims share where they share something, and an order that keeps like by like."""

import dataclasses
from itertools import pairwise

from db.values import PartialDate
from db.vocabulary import Kind
from pipeline.matching import Features, features
from pipeline.sketches import SKETCH_COLUMNS, number_of, place_of, row_of, sketch_of
from tests.corpus_claims import load_corpus, usd_of

CORPUS = [features(claim, usd_of(claim)) for claim in load_corpus()]


def on(claim: Features, day: str) -> Features:
    date = PartialDate.parse(day)
    return features(dataclasses.replace(claim.claim, date=date, published=date))


def test_all_numbers_fit_into_63_bits() -> None:
    for claim in CORPUS:
        sketch = sketch_of(claim)
        numbers = (*row_of(sketch), place_of(claim, sketch))

        assert len(row_of(sketch)) == len(SKETCH_COLUMNS)
        assert all(isinstance(number, int) and 0 <= number < 2**63 for number in numbers)


def test_claims_that_share_a_name_share_a_bit() -> None:
    for one, other in pairwise(CORPUS):
        left, right = sketch_of(one), sketch_of(other)

        assert not one.acting.actors & other.acting.actors or left.acting & right.acting
        assert not one.other.groups & other.other.groups or left.other & right.other
        assert not one.words & other.words or left.words & right.words


def test_what_does_not_tell_a_kind_of_act_apart_is_left_out() -> None:
    for claim in CORPUS:
        sketch = sketch_of(claim)

        assert claim.kind is Kind.FUNDING or (sketch.series, sketch.portion) == (0, 0)
        assert claim.kind not in (Kind.FUNDING, Kind.PARTNERSHIP, Kind.EXPORT_CONTROL) or sketch.countries == 0


def test_an_unknown_figure_is_0_and_a_known_one_is_not() -> None:
    assert all((sketch_of(claim).figure == 0) == (not claim.usd) for claim in CORPUS)


def test_the_order_is_by_day_first() -> None:
    claim = next(claim for claim in CORPUS if claim.claim.date.precision == "day")
    days = ["2019-12-31", "2020-01-01", "2024-02-29", "2100-12-31"]
    dated = [on(claim, day) for day in days]

    places = [place_of(one, sketch_of(one)) for one in dated]

    assert places == sorted(places)
    assert [place >> 41 for place in places] == [one.first for one in dated]


def test_a_year_stands_in_its_middle_with_half_a_year_of_slack() -> None:
    claim = features(dataclasses.replace(CORPUS[0].claim, date=PartialDate.parse("2024"),
                                         published=PartialDate.parse("2025-01-01")))  # fmt: skip

    assert (claim.first + claim.last) // 2 == sketch_of(claim).middle
    assert sketch_of(claim).slack in (183, 184)


def test_numbers_of_texts_stay_the_same() -> None:
    assert [number_of(text, 16) for text in ("", "Acme", "阿克米")] == [58534, 49424, 43392]
