"""One judgement by a person: it takes effect at once, can be taken back, and says what came of it."""

import json
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.engine import BusyDatabaseError, open_engine, writing
from db.queries.about import revision
from pipeline import judgements_file, judging
from pipeline.errors import InputError
from pipeline.judgements import Subject
from pipeline.maintain import rebuild
from tests.conftest import Fresh
from tests.factory import actor, claim, exported, funding, judgement, load_notes, note
from tests.pipeline.test_decisions import table_of
from tests.replay import all_claims, all_events, event_ids

APART = [
    note(number=1),
    note(number=2, claims=[claim(suppliers=["Globex"], evidence="Globex sells cameras to Kenya", what="cameras")]),
]


def pair(url: str) -> list[str]:
    return sorted(all_claims(url)["claim_id"])


def judge(url: str, verdict: str, who: str = "Ada") -> judging.Outcome:
    left, right = pair(url)[:2]
    return judging.judge(open_engine(url), judging.decision(Subject.CLAIM, left, right, verdict, who, "read both"))


def test_same_joins_two_events_at_once_and_undoing_it_parts_them(url: str) -> None:
    load_notes(url, APART)
    before = event_ids(url)

    joined = judge(url, "same")

    assert [(event.reports, event.claims) for event in joined.events] == [(2, 2)]
    assert len(event_ids(url)) == 1
    parted = judging.undo(open_engine(url), joined.judgement_ids, "Ada", "misread")
    assert event_ids(url) == before == {event.event_id for event in parted.events}


def test_different_parts_one_event(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    assert len(event_ids(url)) == 1

    assert len(judge(url, "different").events) == 2


def test_a_judgement_and_its_undoing_survive_a_rebuild(url: str) -> None:
    load_notes(url, APART)
    undone = judge(url, "same", "Bo")
    judge(url, "same", "Cy")
    judging.undo(open_engine(url), undone.judgement_ids, "Ada", "misread")
    before = exported(open_engine(url))

    rebuild(open_engine(url))

    assert exported(open_engine(url)) == before
    assert len(event_ids(url)) == 1


def test_a_judgement_shows_in_the_revision(url: str) -> None:
    load_notes(url, APART)
    with open_engine(url).connect() as connection:
        before = revision(connection)

    judge(url, "unsure")

    with open_engine(url).connect() as connection:
        assert revision(connection) == before + 1


def test_a_judgement_of_the_future_can_be_overruled_today(url: str) -> None:
    load_notes(url, APART)
    left, right = pair(url)
    load_notes(url, (), (), [judgement(left, right, "same", when="2099-01-01")])
    assert len(event_ids(url)) == 1

    made = judge(url, "different")

    assert len(event_ids(url)) == 2
    judging.undo(open_engine(url), made.judgement_ids, "Ada", "misread")
    assert len(event_ids(url)) == 1


def test_a_judgement_that_cannot_be_overruled_is_named(url: str) -> None:
    load_notes(url, APART)
    left, right = pair(url)
    load_notes(url, (), (), [judgement(left, right, "same", when="2100-12-31T23:59:59.999")])
    before = table_of(url)

    with pytest.raises(InputError, match="2100"):
        judge(url, "different")

    assert table_of(url) == before


def test_what_is_judged_must_be_there(url: str) -> None:
    load_notes(url, APART)
    unknown = judging.decision(Subject.CLAIM, pair(url)[0], "no-such#aaaaaaaa", "same", "Ada", "why")
    nobody = judging.decision(Subject.ACTOR, "Acme", "Nobody", "same", "Ada", "why")

    with pytest.raises(InputError, match="there is no claim 'no-such#aaaaaaaa'"):
        judging.judge(open_engine(url), unknown)
    with pytest.raises(InputError, match="no actor goes by the name 'Nobody'"):
        judging.judge(open_engine(url), nobody)
    assert table_of(url) == []


def test_two_kinds_of_act_are_never_called_one(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2, claims=[funding()])])

    with pytest.raises(InputError, match="cannot be one event"):
        judge(url, "same")


@pytest.mark.parametrize(
    ("verdict", "who", "why", "rule"),
    [("owns", "Ada", "why", "unknown verdict"), ("same", " ", "why", "empty value"), ("same", "Ada", "", "empty")],
)
def test_a_judgement_keeps_to_the_rules_of_the_format(verdict: str, who: str, why: str, rule: str) -> None:
    with pytest.raises(InputError, match=rule):
        judging.decision(Subject.CLAIM, "a", "b", verdict, who, why)


def test_nothing_is_undone_twice_or_without_a_reason(url: str) -> None:
    load_notes(url, APART)
    done = judge(url, "same").judgement_ids
    engine = open_engine(url)

    for ids, who, why in ((done, "Ada", " "), (done, "", "why"), (["ju-none"], "Ada", "why")):
        with pytest.raises(InputError):
            judging.undo(engine, ids, who, why)
    judging.undo(engine, done, "Ada", "why")
    with pytest.raises(InputError, match="undone before, by Ada"):
        judging.undo(engine, done, "Bo", "why")


def test_an_event_stands_for_the_claim_that_anchors_it(url: str) -> None:
    load_notes(url, [note(number=1, published="2025-03-10"), note(number=2)])
    (event_id,) = event_ids(url)

    with open_engine(url).connect() as connection:
        assert judging.claim_of(connection, event_id) == pair(url)[0]
        assert judging.claim_of(connection, "ev-2025-a#bbbbbbbb") == "ev-2025-a#bbbbbbbb"
        with pytest.raises(InputError, match="no event 'ev-none'"):
            judging.claim_of(connection, "ev-none")


def test_a_judgement_waits_for_a_load_that_is_writing(fresh: Fresh) -> None:
    url = fresh()
    load_notes(url, APART)
    holding = threading.Event()

    def hold() -> None:
        with writing(open_engine(url)):
            holding.set()
            time.sleep(0.5)

    writer = threading.Thread(target=hold)
    writer.start()
    holding.wait()

    assert len(judge(url, "same").events) == 1
    writer.join()


def test_a_load_that_takes_too_long_is_said_and_nothing_changes(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load_notes(url, APART)
    monkeypatch.setattr(judging, "PATIENCE", 0.1)

    with writing(open_engine(url)), pytest.raises(BusyDatabaseError):
        judge(url, "same")

    assert table_of(url) == []


def test_actors_called_the_same_are_one_and_apart_again_when_it_is_undone(url: str) -> None:
    load_notes(url, APART, [actor("Acme"), actor("Globex")])
    engine = open_engine(url)

    done = judging.judge(engine, judging.decision(Subject.ACTOR, "Acme", "Globex", "same", "Ada", "renamed"))

    assert suppliers(url) == {"Acme"}
    judging.undo(engine, done.judgement_ids, "Ada", "misread")
    assert suppliers(url) == {"Acme", "Globex"}


def suppliers(url: str) -> set[str]:
    return set(all_events(url)["suppliers"])


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_judging_and_undoing_leave_what_loading_the_file_of_judgements_gives(
    fresh_sqlite: Fresh, data: st.DataObject
) -> None:
    here, there = fresh_sqlite(), fresh_sqlite()
    told = [*APART, note(number=3), note(number=4)]
    for url in (here, there):
        load_notes(url, told)
    engine, claims, standing = open_engine(here), pair(here), []
    for step in range(data.draw(st.integers(1, 6))):
        if standing and data.draw(st.booleans()):
            judging.undo(engine, [standing.pop(data.draw(st.integers(0, len(standing) - 1)))], "Bo", "misread")
            continue
        left, right = data.draw(st.lists(st.sampled_from(claims), min_size=2, max_size=2, unique=True))
        verdict = data.draw(st.sampled_from(["same", "same", "different", "unsure"]))
        moment = f"2026-01-0{step + 1}"
        decided = judging.decision(Subject.CLAIM, left, right, verdict, "Ada", "read both", moment)
        standing += judging.judge(engine, decided).judgement_ids

    with engine.connect() as connection:
        lines = [json.loads(line) for line in judgements_file.lines(connection)]
    load_notes(there, (), (), data.draw(st.permutations(lines)))

    assert table_of(there) == table_of(here)
    assert exported(open_engine(there)) == exported(engine)
