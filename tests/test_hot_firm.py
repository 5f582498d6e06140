"""One firm that is in the news every day: work grows with its claims, not their square, and stays near a change."""

from collections import Counter

import pytest
import sqlalchemy as sa

from db.engine import open_engine, writing
from pipeline import neighbours as blocks
from pipeline import pieces
from pipeline.maintain import rebuild
from pipeline.neighbours import neighbours
from tests.bench import generate
from tests.conftest import Fresh
from tests.factory import Entry, actor, claim, exported, load_notes, note
from tests.replay import all_events, event_ids, kept_pairs


def reports(count: int, first: int = 1) -> list[Entry]:
    """So many reports of one act, of one day."""
    return [note(number=number, claims=[claim()]) for number in range(first, first + count)]


def pairs_compared(url: str) -> int:
    """How many pairs a rebuild would compare."""
    with open_engine(url).connect() as connection:
        return len(neighbours(connection, connection.scalars(sa.text("SELECT pk FROM claim")).all()))


def events_by_size(url: str) -> Counter[int]:
    return Counter(all_events(url).claims)


def test_many_reports_of_one_act_are_one_event(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "WINDOW", 8)
    monkeypatch.setattr(pieces, "LARGEST", 20)

    load_notes(url, reports(120), batch_records=50)

    assert events_by_size(url) == {120: 1}
    assert pairs_compared(url) <= 120 * 9


def test_a_block_that_grows_and_shrinks_ends_as_it_was(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "WINDOW", 4)
    monkeypatch.setattr(pieces, "LARGEST", 6)
    told = [note(number=n, claims=[claim(date=f"2025-03-{n:02}", what=f"order {n % 3}")]) for n in range(1, 15)]
    load_notes(url, told[:7])
    few = exported(open_engine(url)), kept_pairs(url)
    load_notes(url, told[7:])
    many = exported(open_engine(url)), kept_pairs(url)

    rebuild(open_engine(url))
    assert (exported(open_engine(url)), kept_pairs(url)) == many
    moved = [{**entry, "claims": [claim(suppliers=["Globex"], countries=["FR"])]} for entry in told[7:]]
    load_notes(url, moved)
    with open_engine(url).connect() as connection:
        ours = "SELECT count(*) FROM claim_party p JOIN actor a USING (actor_id) WHERE a.name = 'Acme'"
        assert connection.scalar(sa.text(ours)) == 7
    load_notes(url, told[7:])
    assert (exported(open_engine(url)), kept_pairs(url)) == many
    assert few != many


def _pairs_of_hot_firm(url: str, count: int) -> int:
    told = list(generate.notes(count, firms=1))
    load_notes(url, told, [actor(generate.firm_names()[0])])
    return pairs_compared(url)


def test_pairs_grow_with_the_claims_of_a_firm(fresh_sqlite: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "WINDOW", 10)

    few, many = (_pairs_of_hot_firm(fresh_sqlite(), count) for count in (400, 1600))

    assert few <= 800 * 10
    assert many <= 3200 * 10


@pytest.mark.slow
def test_pairs_stay_few_for_a_firm_with_6_000_claims_and_a_small_load_touches_few(fresh_sqlite: Fresh) -> None:
    url = fresh_sqlite()
    told = list(generate.notes(3_000, firms=1))
    load_notes(url, told, [actor(generate.firm_names()[0])])
    before = event_ids(url)
    with writing(open_engine(url)) as connection:
        connection.execute(sa.text("CREATE TABLE was AS SELECT event_id, rowid AS place FROM event"))

    load_notes(url, [{**next(generate.notes(1, seed=5, firms=1)), "id": "late", "published": "2026-08-01"}])

    assert pairs_compared(url) <= 6_000 * 2 * blocks.WINDOW
    assert len(before - event_ids(url)) < 50
    with open_engine(url).connect() as connection:
        remade = "SELECT count(*) FROM event e JOIN was w ON w.event_id = e.event_id WHERE w.place <> e.rowid"
        assert (connection.scalar(sa.text(remade)) or 0) < 200
