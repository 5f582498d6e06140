"""Merging and splitting events by hand."""

import pytest

from db.engine import open_engine
from db.history import forward
from pipeline import judging
from pipeline.errors import InputError
from pipeline.maintain import rebuild, withdraw
from pipeline.regrouping import lasting, merge, split
from tests.factory import claim, exported, funding, judgement, load_notes, note
from tests.pipeline.test_decisions import table_of
from tests.replay import all_claims, event_ids

OTHER = claim(suppliers=["Globex"], evidence="Globex sells cameras to Kenya", what="cameras", date="2024-01-05")
TWO_EVENTS = [
    note(number=1, published="2025-03-10"),
    note(number=2),
    note(number=3, claims=[OTHER]),
    note(number=4, claims=[OTHER]),
]


def sizes(url: str) -> list[int]:
    return sorted(all_claims(url)["event_id"].value_counts())


def loaded(url: str) -> list[str]:
    load_notes(url, TWO_EVENTS)
    assert sizes(url) == [2, 2]
    return sorted(event_ids(url))


def test_merged_events_stay_whole_and_both_ids_lead_to_the_one(url: str) -> None:
    events = loaded(url)

    outcome = merge(open_engine(url), *events, "Ada", "one deal")

    assert sizes(url) == [4]
    [merged] = outcome.events
    with open_engine(url).connect() as connection:
        assert {forward(connection, event_id)[0] for event_id in events} == {merged.event_id}


def test_a_merge_survives_a_rebuild_and_is_undone_as_one(url: str) -> None:
    events = loaded(url)
    before = exported(open_engine(url))
    outcome = merge(open_engine(url), *events, "Ada", "one deal")
    rebuild(open_engine(url))
    assert sizes(url) == [4]

    judging.undo(open_engine(url), outcome.judgement_ids, "Ada", "misread")

    assert exported(open_engine(url)) == before


@pytest.mark.parametrize("number", range(4))
def test_a_merge_outlives_the_withdrawal_of_any_one_article(url: str, number: int) -> None:
    events = loaded(url)
    merge(open_engine(url), *events, "Ada", "one deal")
    article_id = sorted(set(all_claims(url)["article_id"]))[number]

    withdraw(open_engine(url), article_id, "retracted")

    assert sizes(url) == [3]


@pytest.mark.parametrize(
    ("ours", "theirs", "articles"),
    [
        ("ab", "xy", {"a": 1, "b": 2, "x": 3, "y": 4}),
        ("abc", "x", {"a": 1, "b": 1, "c": 2, "x": 3}),
        ("ab", "xy", {"a": 1, "b": 2, "x": 2, "y": 3}),
        ("ab", "xyz", {"a": 1, "b": 2, "x": 1, "y": 2, "z": 3}),
        ("a", "x", {"a": 1, "x": 2}),
    ],
)
def test_whichever_article_goes_a_link_is_left_where_both_sides_are(
    ours: str, theirs: str, articles: dict[str, int]
) -> None:
    links = lasting((ours[0], theirs[0]), ours, theirs, articles)

    for gone in articles.values():
        left = [pair for pair in links if gone not in (articles[pair[0]], articles[pair[1]])]
        both_stay = all(any(articles[one] != gone for one in side) for side in (ours, theirs))
        assert bool(left) == both_stay
    assert len(links) <= 3


def test_a_trial_says_what_would_come_of_it_and_changes_nothing(url: str) -> None:
    events = loaded(url)
    before = exported(open_engine(url))

    tried = merge(open_engine(url), *events, "Ada", "one deal", keep=False)

    assert [event.claims for event in tried.events] == [4]
    assert [(event.event_id, event.claims) for event in tried.before] == [(event_id, 2) for event_id in events]
    assert exported(open_engine(url)) == before
    assert table_of(url) == []


def test_what_was_called_different_can_be_merged_after_all(url: str) -> None:
    events = loaded(url)
    claims = all_claims(url).sort_values("claim_id")["claim_id"].tolist()
    engine = open_engine(url)
    for left, right in ((claims[0], claims[2]), (claims[1], claims[3])):
        judging.judge(engine, judging.decision(judging.Subject.CLAIM, left, right, "different", "Bo", "two deals"))

    merge(engine, *events, "Ada", "one deal")

    assert sizes(url) == [4]


def test_claims_that_are_split_off_make_one_event_and_what_stays_another(url: str) -> None:
    load_notes(url, [note(number=number) for number in range(1, 6)])
    [event_id] = event_ids(url)
    leaving = sorted(all_claims(url)["claim_id"])[1:3]

    outcome = split(open_engine(url), event_id, leaving, "Ada", "the second award")

    assert [event.claims for event in sorted(outcome.events, key=lambda event: event.claims)] == [2, 3]
    of_leaving = all_claims(url).set_index("claim_id").loc[leaving, "event_id"]
    assert of_leaving.nunique() == 1
    judging.undo(open_engine(url), outcome.judgement_ids, "Ada", "misread")
    assert event_ids(url) == {event_id}


def test_a_split_of_what_was_merged_by_hand_holds(url: str) -> None:
    events = loaded(url)
    engine = open_engine(url)
    [merged] = merge(engine, *events, "Ada", "one deal").events
    leaving = [claim_id for claim_id in all_claims(url)["claim_id"] if claim_id.startswith("paper-2025-03-11-story-2")]

    split(engine, merged.event_id, leaving, "Bo", "another award")

    assert sizes(url) == [1, 3]


@pytest.mark.parametrize("leaving", [[], ["all"], ["no-such#aaaaaaaa"]])
def test_some_claims_must_leave_and_some_must_stay(url: str, leaving: list[str]) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    [event_id] = event_ids(url)
    claims = list(all_claims(url)["claim_id"]) if leaving == ["all"] else leaving

    with pytest.raises(InputError, match="at least one claim"):
        split(open_engine(url), event_id, claims, "Ada", "why")


def test_only_two_events_of_one_kind_can_be_merged(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2, claims=[funding()])])
    contract, money = sorted(event_ids(url))
    engine = open_engine(url)

    with pytest.raises(InputError, match="different kinds"):
        merge(engine, contract, money, "Ada", "why")
    with pytest.raises(InputError, match="one event already"):
        merge(engine, contract, contract, "Ada", "why")
    with pytest.raises(InputError, match="no event 'ev-none'"):
        merge(engine, contract, "ev-none", "Ada", "why")


def test_merging_and_splitting_overrule_judgements_of_the_future(url: str) -> None:
    events = loaded(url)
    claims = sorted(all_claims(url)["claim_id"])
    across = [judgement(left, right, "different", when="2099-01-01") for left in claims[:2] for right in claims[2:]]
    load_notes(url, (), (), across)
    engine = open_engine(url)

    [merged] = merge(engine, *events, "Ada", "one deal").events
    assert sizes(url) == [4]

    split(engine, merged.event_id, claims[2:], "Bo", "another award")
    assert sizes(url) == [2, 2]
