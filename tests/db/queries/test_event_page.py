"""One event with all that it rests on."""

import pytest

from db.engine import open_engine
from db.queries.event_page import event_page
from tests.factory import claim, judgement, load_notes, note
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
