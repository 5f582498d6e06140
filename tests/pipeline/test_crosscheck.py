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
