"""Which actors are put before a person as perhaps one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.likeness import CROWDED, Named, likely_pairs


def named(name: str, *others: str, group: str | None = None, events: int = 1) -> Named:
    return Named(name, name, (name, *others), group or name, events, False)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("Zhipu AI", "AI Zhipu", "the same words"),
        ("Société Générale", "Societe Generale", "the same words"),
        ("Alibaba", "Alibaba Cloud", "has all words of"),
        ("Anthropic", "Antropic", "spelled nearly alike"),
    ],
)
def test_names_that_may_mean_one_body_are_asked_about(left: str, right: str, said: str) -> None:
    [pair] = likely_pairs([named(left), named(right)])

    assert (pair.left, pair.right) == (min(left, right), max(left, right))
    assert said in pair.reason


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Government of Argentina", "Government of Armenia"),
        ("Government of Niger", "Government of Nigeria"),
        ("Kuwait Investment Authority", "Qatar Investment Authority"),
        ("CSC", "CSCS"),
        ("AI", "AI Singapore"),
        ("OpenAI", "Mistral"),
    ],
)
def test_names_that_plainly_mean_two_are_not(left: str, right: str) -> None:
    assert likely_pairs([named(left), named(right)]) == []


def test_any_of_their_names_may_be_alike() -> None:
    [pair] = likely_pairs([named("Zhipu AI", "智谱AI"), named("Knowledge Atlas", "智谱AI")])

    assert "智谱AI" in pair.reason


def test_one_group_and_what_was_decided_are_not_asked_again() -> None:
    actors = [named("Alibaba"), named("Alibaba Cloud", group="Alibaba"), named("Alibaba Health")]

    assert [(pair.left, pair.right) for pair in likely_pairs(actors)] == [("Alibaba", "Alibaba Health")]
    assert likely_pairs(actors, [("Alibaba Health", "Alibaba")]) == []


def test_the_pair_in_most_events_comes_first() -> None:
    actors = [named("Acme"), named("Acme Cloud", events=3), named("Globex", events=9), named("Globex Cloud", events=7)]

    assert [pair.left for pair in likely_pairs(actors)] == ["Globex", "Acme"]
    assert len(likely_pairs(actors, most=1)) == 1


def test_a_word_of_many_names_makes_no_pairs() -> None:
    assert likely_pairs([named(f"Fund {chr(0x4E00 + number)}") for number in range(CROWDED + 1)]) == []


@given(st.permutations([named("Acme"), named("Acme Cloud"), named("Cloud Acme"), named("Globex"), named("Globexx")]))
def test_the_order_of_actors_changes_nothing(actors: list[Named]) -> None:
    assert likely_pairs(actors) == likely_pairs(sorted(actors, key=lambda actor: actor.name))
