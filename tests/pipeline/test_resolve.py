"""Claims to events, for what a change touches only."""

import pytest
import sqlalchemy as sa

from db.engine import open_engine, writing
from pipeline import desk
from pipeline.maintain import rebuild
from pipeline.neighbours import block_hash
from pipeline.resolve import resolve, settle
from tests.factory import claim, exported, judgement, load_notes, note
from tests.replay import all_claims, all_events, claims_without_event, event_ids
from tests.worlds import claim_ids


def test_judgements_hold_over_any_score_and_the_latest_holds(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    left, right = sorted(all_claims(url).claim_id)
    events = [len(event_ids(url))]

    for day, verdict in (("2026-01-02", "different"), ("2026-01-01", "same"), ("2026-01-03", "unsure")):
        load_notes(url, (), (), [judgement(left, right, verdict, when=day)])
        events.append(len(event_ids(url)))

    assert events == [1, 2, 2, 1]


def test_a_judgement_may_come_before_its_claims(url: str) -> None:
    told = [note(number=1), note(number=2, claims=[claim(suppliers=["Globex"], what="cameras")])]
    left, right = sorted(claim_ids(told))

    load_notes(url, (), (), [judgement(left, right, "same")])
    for entry in told:
        load_notes(url, [entry])

    assert len(event_ids(url)) == 1


def test_small_chunks_change_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [
        note(number=n, claims=[claim(), claim(countries=["FR"]), claim(suppliers=[f"Firm {n % 3}"])])
        for n in range(1, 9)
    ]
    load_notes(url, told)
    before = exported(open_engine(url))
    monkeypatch.setattr(desk, "CHUNK", 2)

    rebuild(open_engine(url))

    assert exported(open_engine(url)) == before


def test_settling_again_changes_nothing(url: str) -> None:
    load_notes(url, [note(number=number) for number in (1, 2, 3)])
    before = exported(open_engine(url))

    with writing(open_engine(url)) as connection:
        settle(connection, connection.scalars(sa.text("SELECT pk FROM claim")).all())
        resolve(connection, (), connection.scalars(sa.text("SELECT pk FROM claim")).all())

    assert exported(open_engine(url)) == before


def test_an_article_touches_the_events_of_its_own_subject_only(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2, claims=[claim(suppliers=["Globex"], what="cameras")])])

    with open_engine(url).connect() as connection:
        before = dict(connection.execute(sa.text("SELECT event_id, claims FROM event")).all())  # type: ignore[arg-type]
    load_notes(url, [note(number=3)])

    after = dict(zip(all_events(url).event_id, all_events(url).claims, strict=True))
    assert sorted(after.values()) == [1, 2]
    assert before.keys() == after.keys()
    with open_engine(url).connect() as connection:
        assert claims_without_event(connection) == 0


def test_blocks_are_told_apart_by_64_bits() -> None:
    hashes = {block_hash(f"c{number}") for number in range(1000)}

    assert len(hashes) == 1000
    assert all(-(2**63) <= one < 2**63 for one in hashes)
