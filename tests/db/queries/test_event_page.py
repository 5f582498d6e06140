"""One event with all that it rests on."""

import pytest

from db.engine import open_engine
from db.queries.event_page import event_page
from tests.factory import claim, judgement, load_notes, note
from tests.matches import load_apart, put_match
from tests.replay import all_claims, event_ids


@pytest.fixture
def told(url: str) -> str:
    load_notes(
        url,
        [
            note(number=1, claims=[claim(stage="signed", date="2025-03-10")]),
            note(number=2, claims=[claim(date="2025-03-01")]),
            note(number=3, claims=[claim(stage="cancelled", date="2025-04-01")], published="2025-04-02"),
        ],
    )
    return url


def test_a_page_holds_the_ladder_the_claims_and_their_texts(told: str) -> None:
    (event_id,) = event_ids(told)
    with open_engine(told).connect() as connection:
        page = event_page(connection, event_id)

    assert page is not None
    assert page.event["stage"] == "cancelled"
    assert page.stages.stage.tolist() == ["announced", "signed", "cancelled"]
    assert len(page.claims) == 3
    for row in page.claims.itertuples():
        assert page.texts[row.article_id][row.evidence_start : row.evidence_end] == row.evidence
    assert page.links.score.is_monotonic_decreasing
    assert page.links.reasons.str.len().min() > 0


def test_a_page_names_who_decided(told: str) -> None:
    left, right, _ = sorted(all_claims(told).claim_id)
    load_notes(told, (), (), [judgement(left, right, "same", who="Ada")])

    (event_id,) = event_ids(told)
    with open_engine(told).connect() as connection:
        page = event_page(connection, event_id)

    assert page is not None
    assert [(row.left_id, row.right_id, row.verdict, row.who) for row in page.decisions.itertuples()] == [
        (left, right, "same", "Ada")
    ]


def test_an_unknown_id_has_no_page(url: str) -> None:
    with open_engine(url).connect() as connection:
        assert event_page(connection, "ev-none") is None


def test_near_misses_come_with_why_not_and_one_pair_for_each_other_event(url: str) -> None:
    a, b, c = load_apart(url, 5, 5, 5)
    load_notes(url, (), (), [judgement(a, b, "same", when="2026-01-01")])
    put_match(url, a, c, 0.3, against="332 days apart")
    put_match(url, b, c, 0.4, "same recipient: X", "different rounds: c and d")
    ours, theirs = (all_claims(url).set_index("claim_id")["event_id"][key] for key in (a, c))

    with open_engine(url).connect() as connection:
        here, there = event_page(connection, ours), event_page(connection, theirs)

    assert here is not None
    assert there is not None
    [near] = here.near.to_dict("records")
    assert (near["own_id"], near["other_id"], near["event_id"], near["score"]) == (b, c, theirs, 0.4)
    assert (near["reasons"], near["against"]) == ("same recipient: X", "different rounds: c and d")
    assert list(there.near["event_id"]) == [ours]


def test_a_decision_stands_before_what_the_rules_say_of_the_same_event(url: str) -> None:
    a, b = load_apart(url, 5, 5)
    load_notes(url, (), (), [judgement(a, b, "different", why="two sites")])
    put_match(url, a, b, 0.4)
    event_id = all_claims(url).set_index("claim_id")["event_id"][a]

    with open_engine(url).connect() as connection:
        page = event_page(connection, event_id)

    assert page is not None
    assert page.near[["verdict", "why"]].to_numpy().tolist() == [["different", "two sites"]]


def test_near_misses_within_an_event_hold_nothing_together(told: str) -> None:
    first, second, *_ = sorted(all_claims(told)["claim_id"])
    put_match(told, first, second, 0.4)
    (event_id,) = event_ids(told)

    with open_engine(told).connect() as connection:
        page = event_page(connection, event_id)

    assert page is not None
    assert (page.links["score"] > 0.5).all()
    assert page.near.empty
