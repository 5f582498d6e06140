"""What kind of statement a text makes."""

from collections.abc import Callable

import pytest

from pipeline.phrases import (
    acts_of,
    budget_years_of,
    capacities_of,
    exchange_of,
    marks_of,
    programmes_of,
    series_of,
    share_an_act,
    speaks_of_share,
    speaks_of_total,
    valuation_of,
)


@pytest.mark.parametrize(
    "text",
    [
        "it has drawn 450 million so far",
        "cumulative state investment",
        "12.5 billion in eleven rounds",
        "money that five cities gave",
        "total public support",
    ],
)
def test_sums_over_several_rounds_are_totals(text: str) -> None:
    assert speaks_of_total(text)


@pytest.mark.parametrize("text", ["the largest private round to date", "the whole round", "a round of 40 billion"])
def test_one_round_is_no_total(text: str) -> None:
    assert not speaks_of_total(text)


@pytest.mark.parametrize("text", ["its share of the round", "a first payment", "the second tranche", "each put in 5"])
def test_parts_of_a_round_are_shares(text: str) -> None:
    assert speaks_of_share(text)


@pytest.mark.parametrize("text", ["took part in a round of 5 billion", "a round at a new price"])
def test_taking_part_is_no_share(text: str) -> None:
    assert not speaks_of_share(text)


def test_marks_name_the_sort_of_act() -> None:
    assert marks_of("added to the Entity List") == {"listing", "further"}
    assert "float" in marks_of("an IPO in the autumn")
    assert "float" not in marks_of("the last round before the listing")


def test_rounds_are_known_by_their_letter() -> None:
    assert series_of("series B+", "") == series_of("", "a B+ round") == "b"
    assert series_of("strategic round", "", "an early seed") == "seed"
    assert series_of("IPO") is None


def test_exchanges_of_one_place_are_one() -> None:
    assert exchange_of("on the STAR Market") == exchange_of("a float in Shanghai") == "shanghai"
    assert exchange_of("a listing") is None


def test_valuations_are_read_in_figures() -> None:
    assert valuation_of("round at $350bn") == valuation_of("a $350 billion valuation") == 350e9
    assert valuation_of("it raised $30 billion") is None


def test_acts_and_budget_years_are_named() -> None:
    assert acts_of("the Chip Security Act introduced") == {"chip security"}
    assert budget_years_of("spending in 2024-25 and fiscal 2027") == {"2025", "2027"}
    assert budget_years_of("for 2024 to 2028, and 2019-2030") == frozenset()


def test_rules_are_known_by_their_names_as_acts_are() -> None:
    assert acts_of("withdrew the AI Diffusion Rule") == {"ai diffusion"}
    assert acts_of("a new rule on chips") == frozenset()
    assert acts_of("The AI Diffusion Rule was withdrawn") == {"ai diffusion"}
    assert acts_of("the AI Diffusion Interim Final Rule") == {"ai diffusion"}


@pytest.mark.parametrize("text", ["BIS published the Final Rule", "a Proposed Rule", "The Interim Final Rule on chips"])
def test_the_form_of_a_rule_is_no_name(text: str) -> None:
    assert acts_of(text) == frozenset()


def test_longer_and_shorter_names_of_an_act_are_one() -> None:
    assert share_an_act(acts_of("under the EU AI Act"), acts_of("the AI Act applies"))
    assert not share_an_act(acts_of("the Chip Security Act"), acts_of("the GAIN AI Act"))
    assert not share_an_act(frozenset(), acts_of("the AI Act"))


@pytest.mark.parametrize("read", [acts_of, programmes_of, marks_of, capacities_of])
@pytest.mark.parametrize("part", ["Aa ", "A-", "Aa for ", "up to a ", "1,"])
def test_a_million_hostile_letters_are_read_in_one_pass(read: Callable[[str], frozenset[object]], part: str) -> None:
    # With work that grows with the square this would go on for hours.
    assert read(part * (1_000_000 // len(part))) <= {"aa for aa"}


def test_programmes_are_known_by_their_names() -> None:
    assert programmes_of("launched OpenAI for Germany") == {"openai for germany"}
    assert programmes_of("chips for Germany") == frozenset()


@pytest.mark.parametrize(
    "text",
    ["the Department for Science, Innovation", "Minister for Digital Affairs", "the Centre for AI Safety",
     "Secretary of State for Technology", "a Memorandum for Cooperation"],
)  # fmt: skip
def test_names_of_offices_and_papers_are_no_programmes(text: str) -> None:
    assert programmes_of(text) == frozenset()


def test_power_is_read_in_megawatts() -> None:
    assert capacities_of("a 500-megawatt site") == capacities_of("0.5 GW in all") == {500.0}
    assert capacities_of("one gigawatt, of which 1,000 MW by 2027") == {1000.0}
    assert capacities_of("500 million for 3 sites") == frozenset()
    assert capacities_of("1,5 GW") == capacities_of("1.5 gigawatts") == {1500.0}
    assert capacities_of(f"{'9' * 400} MW and 1,,,2 MW") == frozenset()


@pytest.mark.parametrize(
    "text", ["the rule is in force", "takes effect in May", "the final export rule", "effective from May"]
)
def test_entry_into_force_is_marked(text: str) -> None:
    assert "in force" in marks_of(text)
    assert "in force" not in marks_of("a cost-effective ban and effective AI policy")


def test_goals_for_years_ahead_are_marked() -> None:
    assert "goal" in marks_of("a goal of six gigawatts") & marks_of("up to six gigawatts by 2034")
    assert "goal" not in marks_of("a site ready by 2030")
    assert "goal" not in marks_of("100,000 chips by late 2026")
