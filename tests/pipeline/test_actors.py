"""Actors: strict records, careful folding of names, one owner for each name or none, groups without endless chains."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.actors import ActorIndex, ActorNote, actor_id, groups, name_key, parent_cycles, parse_actor
from pipeline.issues import Rule
from pipeline.readers import find_inputs, records
from tests.pipeline.samples import ABSENT, ACTOR, changed, record_of

CORPUS = Path(__file__).parents[2] / "pipeline" / "corpus"


@pytest.mark.parametrize(
    ("place", "value", "rule", "where"),
    [
        ("name", "", Rule.EMPTY_VALUE, "name"),
        ("name", "...", Rule.EMPTY_VALUE, "name"),
        ("name", "\u200b", Rule.EMPTY_VALUE, "name"),
        ("name", "– & ™ 🙂", Rule.EMPTY_VALUE, "name"),
        ("name", ABSENT, Rule.MISSING_KEY, ""),
        ("name", "two\nlines", Rule.BAD_CHARACTER, "name"),
        ("kind", "firm", Rule.UNKNOWN_KIND, "kind"),
        ("country", "UK", Rule.UNKNOWN_COUNTRY, "country"),
        ("country", ABSENT, Rule.MISSING_KEY, ""),
        ("aliases", "Z.ai", Rule.WRONG_TYPE, "aliases"),
        ("aliases", ["Z.ai", "?"], Rule.EMPTY_VALUE, "aliases[1]"),
        ("aliases", ["Z.ai", "Z.ai"], Rule.REPEATED_VALUE, "aliases"),
        ("wikidata", "95", Rule.BAD_WIKIDATA, "wikidata"),
        ("wikidata", "https://www.wikidata.org/wiki/Q95", Rule.BAD_WIKIDATA, "wikidata"),
        ("parent", "Zhipu AI", Rule.PARENT_CYCLE, "parent"),
        ("alias", [], Rule.UNKNOWN_KEY, ""),
    ],
)
def test_a_bad_actor_is_refused_by_its_rule(place: str, value: Any, rule: Rule, where: str) -> None:
    issues = parse_actor(record_of(changed(ACTOR, place, value)))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.where) for issue in issues] == [(rule, where)]


@pytest.mark.parametrize(
    ("place", "value"),
    [("name", "字"), ("name", "٣"), ("name", "(ก)"), ("name", "X"), ("name", "4")],
)
def test_one_letter_or_digit_of_any_script_makes_a_name(place: str, value: str) -> None:
    assert isinstance(parse_actor(record_of(changed(ACTOR, place, value))), ActorNote)


@pytest.mark.parametrize(
    ("place", "value"), [("country", None), ("aliases", []), ("aliases", ABSENT), ("parent", "X"), ("wikidata", ABSENT)]
)
def test_what_is_not_known_of_an_actor_may_be_left_open(place: str, value: Any) -> None:
    assert isinstance(parse_actor(record_of(changed(ACTOR, place, value))), ActorNote)


def test_all_bundled_actors_parse_clean_and_share_no_name() -> None:
    parsed = [parse_actor(record) for path in find_inputs([str(CORPUS)]).actors for record in records(path)]
    actors = [actor for actor in parsed if isinstance(actor, ActorNote)]
    index = ActorIndex((actor_id(actor.name), actor.name, actor.aliases) for actor in actors)

    assert len(actors) == len(parsed) >= 522
    assert index.ambiguous() == {}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("OpenAI", " openai\u00a0"),
        ("Naver  Corp.", "NAVER Corp"),
        ("サカナＡＩ", "サカナAI"),
        ("“G42”", "G42"),
        ("STRASSE", "straße"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_names_that_differ_in_writing_only_fold_alike(left: str, right: str) -> None:
    assert name_key(left) == name_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("OpenAI", "Open AI"), ("Naver", "Naver Corp"), ("Mistral AI", "AI Mistral"), ("Sao", "São"), ("G42", "G-42")],
)
def test_names_that_may_mean_two_actors_stay_apart(left: str, right: str) -> None:
    assert name_key(left) != name_key(right)


@given(st.text(min_size=1))
def test_folding_twice_changes_nothing_and_leaves_something(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_an_actor_id_depends_on_the_name_as_written() -> None:
    assert actor_id("Zhipu AI") == "ac-7ngpgkj5uavb"
    assert actor_id("Cafe\u0301") == actor_id("Café")
    assert actor_id("zhipu ai") != actor_id("Zhipu AI")


def test_a_canonical_name_wins_over_an_alias_and_a_shared_alias_resolves_to_none() -> None:
    rows = [("1", "Humain", ["HMN", "Alat"]), ("2", "Alat", ["HMN"]), ("3", "G42", ["group 42"])]
    index = ActorIndex(rows)

    assert [index.resolve(name) for name in ["alat", "HMN", "Group 42", "G-42", "“Humain”"]] == [
        "2", None, "3", None, "1",
    ]  # fmt: skip
    assert index.ambiguous() == {"hmn": ("1", "2")}
    assert index.owners("hmn") == ("1", "2")


def test_names_that_differ_in_capitals_only_resolve_when_written_exactly() -> None:
    index = ActorIndex([("1", "Neom", []), ("2", "NEOM", [])])

    assert [index.resolve(name) for name in ["Neom", "NEOM", "neom"]] == ["1", "2", None]


@given(st.permutations([("1", "A", ["x"]), ("2", "B", ["x", "a"]), ("3", "C", ["y"])]), st.sampled_from("ABCxyaz"))
def test_the_order_of_actors_changes_no_answer(rows: list[tuple[str, str, list[str]]], name: str) -> None:
    assert ActorIndex(rows).resolve(name) == {"a": "1", "b": "2", "c": "3", "y": "3"}.get(name.lower())


def test_a_group_is_the_topmost_owner() -> None:
    assert groups({"a": None, "b": "a", "c": "b", "d": "unknown"}) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_each_member_of_a_cycle_is_its_own_group() -> None:
    parents = {"a": "b", "b": "c", "c": "a", "d": "b", "e": "d", "f": "f"}

    assert groups(parents) == {"a": "a", "b": "b", "c": "c", "d": "b", "e": "b", "f": "f"}
    assert parent_cycles(parents) == (("a", "b", "c"), ("f",))


def _naive_group(actor: str, parents: dict[str, str | None]) -> str:
    def climbs_back_to(start: str) -> bool:
        owner, steps = parents.get(start), 0
        while owner is not None and owner != start and steps <= len(parents):
            owner, steps = parents.get(owner), steps + 1
        return owner == start

    while not climbs_back_to(actor) and (parent := parents[actor]) is not None and parent in parents:
        actor = parent
    return actor


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.sampled_from("abcdefghz")))
def test_groups_agree_with_climbing_step_by_step(parents: dict[str, str | None]) -> None:
    assert groups(parents) == {actor: _naive_group(actor, parents) for actor in parents}


def test_a_long_chain_of_owners_is_climbed_once() -> None:
    parents = {str(number): str(number - 1) if number else None for number in range(50_000)}

    assert set(groups(parents).values()) == {"0"}
