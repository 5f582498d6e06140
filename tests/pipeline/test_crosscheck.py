"""Notices that need more than one record, as a load reports them."""

import pytest

from tests.factory import Entry, actor, claim, funding, judgement, load_notes, note
from tests.replay import all_claims

CIRCLE = [actor("Acme", parent="Globex"), actor("Globex", parent="Acme"), actor("Initech", parent="Acme")]


@pytest.mark.parametrize(
    ("actors", "rules"),
    [
        ([actor("Acme", parent="Nobody")], {"unknown_parent": 1}),
        (CIRCLE, {"owners_in_a_circle": 2}),
        ([actor("Acme"), actor("Globex", aliases=["Acme"])], {"alias_is_a_name": 1}),
        ([actor("Acme", aliases=["A."]), actor("Globex", aliases=["A."])], {"ambiguous_alias": 2}),
        ([actor("Acme"), actor("Acme", kind="fund")], {"duplicate_actor": 1}),
        ([actor("Acme", aliases=["Acme Inc"]), actor("Globex", parent="Acme Inc")], {}),
    ],
)
def test_actors_are_checked_against_one_another(url: str, actors: list[Entry], rules: dict[str, int]) -> None:
    assert load_notes(url, (), actors).by_rule == rules


def test_judgements_in_vain_are_noticed(url: str) -> None:
    load_notes(url, [note(number=1, claims=[claim(), funding()])])
    contract, money = sorted(all_claims(url).claim_id, key=len)[:2]
    judged = [
        judgement("no-such#aaaaaaaa", contract, "different"),
        judgement(contract, money, "same"),
        judgement("Acme", "Globex", "same", subject="actor"),
        judgement("Acme", "Government of Kenya", "same", subject="actor", when="2026-01-03"),
        judgement("Acme", "Initech", "same", subject="actor", when="2026-01-02"),
        judgement("Government of Kenya", "Initech", "different", subject="actor"),
    ]

    summary = load_notes(url, (), (), judged)

    assert summary.by_rule == {"judged_unknown": 1, "judged_other_kinds": 1, "judged_nobody": 1, "judged_apart": 1}
    assert summary.rejected == 0


def test_two_verdicts_of_one_person_at_one_moment_are_noticed_also_load_by_load(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    left, right = sorted(all_claims(url).claim_id)
    both = [judgement(left, right, "same"), judgement(right, left, "different")]

    assert load_notes(url, (), (), both[:1]).by_rule == {}
    assert load_notes(url, (), (), both[1:]).by_rule == {"judged_both_ways": 1}
    assert load_notes(url, (), (), both).by_rule == {"judged_both_ways": 2}
    undone = {"undone_by": "Bo", "undone_when": "2026-02-02"}
    assert load_notes(url, (), (), [{**both[0], **undone}]).by_rule == {}


def test_two_people_may_differ_and_one_may_answer_two_questions(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2, claims=[claim(suppliers=["Globex"])])])
    said = [judgement("Acme", "Globex", verdict, subject="actor") for verdict in ("different", "owns")]

    assert load_notes(url, (), (), [*said, {**said[0], "verdict": "unsure", "who": "Bo"}]).by_rule == {}


def test_an_owner_that_is_one_with_what_it_owns_is_noticed(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2, claims=[claim(suppliers=["Globex"])])])
    owns = judgement("Acme", "Globex", "owns", subject="actor")
    same = judgement("Acme", "Globex", "same", subject="actor", when="2026-01-02")

    assert load_notes(url, (), (), [owns]).by_rule == {}
    assert load_notes(url, (), (), [owns, same]).by_rule == {"judged_own_owner": 1}


def test_a_judgement_of_the_future_is_noticed(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    left, right = sorted(all_claims(url).claim_id)

    assert load_notes(url, (), (), [judgement(left, right, "same", when="2099-01-01")]).by_rule == {
        "judged_in_future": 1
    }


@pytest.mark.parametrize("correction", [{"evidence": "Acme"}, {"countries": ["UG"]}])
def test_a_judgement_is_noticed_whose_claim_was_corrected_away(url: str, correction: Entry) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    left, right = sorted(all_claims(url).claim_id)
    load_notes(url, [note(number=1, claims=[claim(**correction)])])

    assert load_notes(url, (), (), [judgement(left, right, "same")]).by_rule["judged_unknown"] == 1
