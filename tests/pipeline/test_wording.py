"""Distinctive words, names, codes and numbers of a text."""

import pytest

from pipeline.wording import codes_of, names_of, numbers_of, plain, stem, words_of


def test_generic_words_and_bare_numbers_tell_nothing() -> None:
    assert words_of("The company signed a new deal worth 2025 million") == frozenset()


def test_inflected_forms_meet_in_one_stem() -> None:
    assert stem("licences") == stem("licence") == stem("licencing")
    assert words_of("cameras in Kraków") == words_of("camera, Krakow's")


def test_names_are_capitalised_words_inside_a_sentence() -> None:
    assert names_of("Construction starts at Narvik in northern Norway") == {"narvik", stem("norway")}


def test_codes_mix_letters_and_digits() -> None:
    assert codes_of("up to 3,056 H200s under Section 1260H") == {"H200", "1260H"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a site of 500 megawatts with 100,000 GPUs", {"500", "100000"}),
        ("$500 million, ₩1460 billion and 300 yuan", set()),
        ("on 12 September 2025", set()),
        ("140 entities", {"140"}),
    ],
)
def test_numbers_leave_out_money_and_dates(text: str, numbers: set[str]) -> None:
    assert numbers_of(text) == numbers


def test_plain_text_has_no_accents_or_capitals() -> None:
    assert plain("Kraków, TÜBİTAK") == "krakow, tubitak"


def test_quantities_and_periods_are_no_codes() -> None:
    assert codes_of("a round at $350bn, 500MW in Q3 of FY2026, RM2bn, the 5th of 10GB") == frozenset()
    assert codes_of("the H20 and MI308 chips, list 1260H, R1") == {"H20", "MI308", "1260H", "R1"}
