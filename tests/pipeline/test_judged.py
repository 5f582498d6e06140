"""What judgements link, also through claims that are gone."""

from db.engine import open_engine
from pipeline import judging, regrouping
from pipeline.judgements import Subject
from pipeline.maintain import rebuild, withdraw
from tests.conftest import Fresh
from tests.factory import claim, exported, judgement, load_notes, note
from tests.replay import all_claims, all_events, event_ids

FIRMS = ("Acme", "Zeta", "Globex")
APART = [
    note(number=number, claims=[claim(suppliers=[firm], evidence=f"{firm} sells {what}", what=what)])
    for number, (firm, what) in enumerate(zip(FIRMS, ("cameras", "a tax office model", "drones"), strict=True), 1)
]
ALIKE = [note(number=number) for number in range(1, 5)]


def ids_by_article(url: str) -> list[str]:
    return list(all_claims(url).sort_values("article_id")["claim_id"])


def test_a_chain_of_same_holds_though_the_claim_between_is_withdrawn(url: str) -> None:
    load_notes(url, APART)
    one, between, other = ids_by_article(url)
    load_notes(url, (), (), [judgement(one, between, "same"), judgement(between, other, "same")])
    assert len(event_ids(url)) == 1

    withdraw(open_engine(url), APART[1]["id"], "retracted")

    assert list(all_events(url)["claims"]) == [2]
    rebuild(open_engine(url))
    assert list(all_events(url)["claims"]) == [2]


def test_what_is_loaded_later_meets_through_a_claim_that_never_came(fresh: Fresh) -> None:
    known, url = fresh(), fresh()
    load_notes(known, APART)
    one, between, other = ids_by_article(known)
    judged = [judgement(one, between, "same"), judgement(between, other, "same")]

    load_notes(url, [APART[0]], (), judged)
    load_notes(url, [APART[2]])

    assert list(all_events(url)["claims"]) == [2]


def test_undoing_a_judgement_between_two_claims_that_are_gone_parts_those_at_the_ends(url: str) -> None:
    load_notes(url, APART)
    one, between, other = ids_by_article(url)
    absent = "elsewhere#1"
    chain = [judgement(one, between, "same"), judgement(between, absent, "same"), judgement(absent, other, "same")]
    load_notes(url, (), (), chain)
    withdraw(open_engine(url), APART[1]["id"], "retracted")
    assert list(all_events(url)["claims"]) == [2]

    undone = {"undone_by": "Ada", "undone_when": "2026-03-01", "undone_why": "misread"}
    load_notes(url, (), (), [{**chain[1], **undone}])

    assert list(all_events(url)["claims"]) == [1, 1]


def test_different_on_a_claim_that_is_gone_parts_what_was_called_the_same_as_it(fresh: Fresh) -> None:
    url, other = fresh(), fresh()
    load_notes(url, ALIKE)
    first, second, third, _fourth = ids_by_article(url)
    judged = [judgement(second, third, "same"), judgement(third, first, "different")]
    load_notes(url, (), (), judged)

    withdraw(open_engine(url), ALIKE[2]["id"], "retracted")

    event_of = all_claims(url).set_index("claim_id")["event_id"]
    assert event_of[first] != event_of[second]
    load_notes(other, [ALIKE[0], ALIKE[1], ALIKE[3]], (), judged)
    assert exported(open_engine(other)) == exported(open_engine(url))


def test_a_split_outlasts_the_withdrawal_of_the_claim_that_it_hangs_on(url: str) -> None:
    load_notes(url, ALIKE)
    (event_id,) = event_ids(url)
    first, second, third, fourth = ids_by_article(url)
    regrouping.split(open_engine(url), event_id, [second, third], "Ada", "another deal")

    withdraw(open_engine(url), ALIKE[1]["id"], "retracted")

    event_of = all_claims(url).set_index("claim_id")["event_id"]
    assert event_of[first] == event_of[fourth] != event_of[third]


def test_two_kinds_of_act_never_meet_through_a_claim_that_is_gone(url: str) -> None:
    other = claim(kind="partnership", suppliers=None, buyers=None, partners=["Zeta", "Acme"], evidence="Zeta joins")
    load_notes(url, [APART[0], note(number=2, claims=[other])])
    one, two = ids_by_article(url)

    load_notes(url, (), (), [judgement(one, "elsewhere#1", "same"), judgement("elsewhere#1", two, "same")])

    assert len(event_ids(url)) == 2


def test_a_judgement_by_hand_moves_what_hangs_on_a_claim_that_is_gone(url: str) -> None:
    load_notes(url, APART)
    one, between, other = ids_by_article(url)
    load_notes(url, (), (), [judgement(one, between, "same")])
    withdraw(open_engine(url), APART[1]["id"], "retracted")

    judging.judge(open_engine(url), judging.decision(Subject.CLAIM, one, other, "same", "Ada", "one deal"))

    assert list(all_events(url)["claims"]) == [2]
