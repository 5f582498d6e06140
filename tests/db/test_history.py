"""Where the ids of events lead."""

import datetime as dt

import pytest
import sqlalchemy as sa

from db.bulk import table
from db.engine import open_engine
from db.history import forward
from db.models import Event
from pipeline.maintain import withdraw
from pipeline.snapshot import known_on
from tests.factory import claim, funding, judgement, load_notes, note
from tests.replay import all_claims, event_ids


def _lead(url: str, event_id: str) -> tuple[str | None, str | None]:
    with open_engine(url).connect() as connection:
        return forward(connection, event_id)


@pytest.fixture
def apart(url: str) -> str:
    """Two events of one claim each."""
    load_notes(url, [note(number=1), note(number=2, claims=[claim(suppliers=["Globex"], what="cameras")])])
    assert len(event_ids(url)) == 2
    return url


def test_an_event_leads_to_itself(apart: str) -> None:
    for event_id in event_ids(apart):
        assert _lead(apart, event_id) == (event_id, None)


def test_a_merged_event_leads_to_the_one_it_is_part_of_and_back_when_undone(apart: str) -> None:
    before = event_ids(apart)
    left, right = sorted(all_claims(apart).claim_id)

    load_notes(apart, (), (), [judgement(left, right, "same", when="2026-01-01")])
    (merged,) = event_ids(apart)
    assert {_lead(apart, event_id) for event_id in before} == {(merged, None)}
    load_notes(apart, (), (), [judgement(left, right, "different", when="2026-01-02")])

    assert event_ids(apart) == before


def test_redirects_follow_through_several_losses_to_the_last_reason(url: str) -> None:
    told = [note(number=number, published=f"2025-03-1{number}") for number in (1, 2, 3)]
    load_notes(url, told)
    ids = event_ids(url)
    for entry in told:
        withdraw(open_engine(url), entry["id"], f"retracted {entry['id']}")
        ids |= event_ids(url)

    assert len(ids) == 3
    for event_id in ids:
        target, reason = _lead(url, event_id)
        assert target is None
        assert reason is not None
        assert told[2]["id"] in reason


def test_an_id_whose_claim_was_corrected_leads_to_the_claim_in_its_place(url: str) -> None:
    load_notes(url, [note(claims=[claim()])])
    (before,) = event_ids(url)

    load_notes(url, [note(claims=[claim(evidence="something else altogether")])])

    (after,) = event_ids(url)
    assert after != before
    assert _lead(url, before) == (after, None)


def test_an_id_whose_claim_was_annotated_away_says_so(url: str) -> None:
    load_notes(url, [note(claims=[claim()])])
    (before,) = event_ids(url)

    load_notes(url, [note(claims=[funding()])])

    assert _lead(url, before) == (None, "its article was annotated again")


def test_an_event_outlives_the_correction_of_all_its_articles_in_one_load(url: str) -> None:
    told = [note(number=number, published=f"2025-03-1{number}") for number in (1, 2)]
    load_notes(url, told)
    (before,) = event_ids(url)

    changed = note(number=1, published="2025-03-11", claims=[claim(evidence="Acme sells its model to Kenya")])
    load_notes(url, [changed, {**told[1], "title": "Another title"}])

    (after,) = event_ids(url)
    assert after != before
    assert _lead(url, before) == (after, None)


def test_every_id_of_an_earlier_day_leads_somewhere_today(corpus_url: str) -> None:
    engine = open_engine(corpus_url)
    with known_on(engine, dt.date(2024, 7, 15)).connect() as then:
        ids = then.scalars(sa.select(table(Event).c.event_id)).all()

    with engine.connect() as now:
        assert [each for each in ids if forward(now, each)[0] is None] == []


def test_an_id_that_never_was_leads_nowhere(url: str) -> None:
    assert _lead(url, "ev-never") == (None, None)
