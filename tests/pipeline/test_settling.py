"""Pieces to events: what a person decided holds, conflicts are kept, what did not change stays."""

import sqlalchemy as sa

from db.engine import open_engine, writing
from pipeline.settling import settle
from tests.factory import claim, judgement, load_notes, note
from tests.replay import CONFLICTS, all_claims, event_ids
from tests.worlds import claim_ids

TOLD = [note(number=n, claims=[claim(what=what, date=f"202{n}-03-10")]) for n, what in enumerate("abc", 1)]


def conflicts(url: str) -> list[list[str]]:
    with open_engine(url).connect() as connection:
        return [sorted(row) for row in connection.execute(sa.text(CONFLICTS))]


def test_a_chain_of_same_that_runs_into_a_different_is_kept_as_a_conflict_until_it_is_undone(url: str) -> None:
    one, two, three = sorted(claim_ids(TOLD))
    load_notes(url, TOLD)
    chain = [judgement(one, two, "same"), judgement(two, three, "same")]

    load_notes(url, (), (), [*chain, judgement(one, three, "different")])
    assert conflicts(url) == [[one, three]]
    assert len(event_ids(url)) == 2

    undone = {**chain[0], "undone_by": "Bo", "undone_when": "2026-02-01", "undone_why": "a slip"}
    load_notes(url, (), (), [undone])
    assert conflicts(url) == []
    assert len(event_ids(url)) == 2


def test_events_that_hold_the_same_claims_are_left_as_they_are(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    with writing(open_engine(url)) as connection:
        connection.execute(sa.text("UPDATE event SET title = 'as it was'"))
        keys = connection.scalars(sa.text("SELECT pk FROM claim")).all()

        settle(connection, (), beside=keys)
        assert connection.scalar(sa.text("SELECT title FROM event")) == "as it was"
        settle(connection, keys)
        assert connection.scalar(sa.text("SELECT title FROM event")) != "as it was"


def test_claims_that_are_gone_are_passed_over(url: str) -> None:
    load_notes(url, [note(number=1)])

    with writing(open_engine(url)) as connection:
        settle(connection, [1, 2, 99], beside=[77])

    assert len(all_claims(url)) == 1
