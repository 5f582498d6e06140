"""As known on a day: databases of their own, kept for each state of the data."""

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.engine import database, open_engine
from db.filters import NO_FILTERS
from db.history import forward
from db.queries.about import revision
from db.queries.events import counts
from pipeline import snapshot, snapshot_queue
from pipeline.maintain import withdraw
from pipeline.snapshot import cache_folder, is_kept, known_on
from tests.factory import claim, exported, load_notes, note
from tests.replay import all_claims

DAY = dt.date(2025, 3, 31)


def _articles(url: str, day: dt.date) -> int:
    with known_on(open_engine(url), day).connect() as connection:
        return counts(connection, NO_FILTERS).articles


@pytest.mark.parametrize(
    ("published", "day", "known"),
    [
        ("2025-03", dt.date(2025, 3, 30), 0),
        ("2025-03", dt.date(2025, 3, 31), 1),
        ("2025-03-11", dt.date(2025, 3, 11), 1),
        ("2025-03-11", dt.date(2025, 3, 10), 0),
        ("2025", dt.date(2025, 12, 30), 0),
        ("2025", dt.date(2025, 12, 31), 1),
    ],
)
def test_an_article_is_known_when_its_period_is_over(url: str, published: str, day: dt.date, known: int) -> None:
    load_notes(url, [note(published=published)])

    assert _articles(url, day) == known


def test_an_old_article_that_is_loaded_late_counts_as_known_then(url: str) -> None:
    load_notes(url, [note(number=1, published="2025-03-11"), note(number=2, published="2025-05-01")])
    assert _articles(url, DAY) == 1

    load_notes(url, [note(number=3, published="2024-01-01")])

    assert _articles(url, DAY) == 2


def test_a_withdrawal_holds_for_the_past_too(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    assert _articles(url, DAY) == 2

    withdraw(open_engine(url), note(number=1)["id"], "retracted")

    assert _articles(url, DAY) == 1


def test_a_snapshot_is_made_once_and_knows_its_revision(url: str) -> None:
    load_notes(url, [note()])

    first = known_on(open_engine(url), DAY)
    made = {path: path.stat().st_ino for path in cache_folder().glob("*.db")}

    assert known_on(open_engine(url), DAY) is first
    assert {path: path.stat().st_ino for path in cache_folder().glob("*.db")} == made
    with first.connect() as connection, open_engine(url).connect() as source:
        assert revision(connection) == revision(source)


def test_two_who_ask_at_once_share_one_snapshot(url: str) -> None:
    load_notes(url, [note()])
    engine = open_engine(url)
    assert not is_kept(engine, DAY)

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda _: known_on(engine, DAY), range(2))

    assert first.url == second.url
    assert is_kept(engine, DAY)
    assert len(list(cache_folder().glob("*.db"))) == 1


def test_a_database_made_anew_at_the_same_address_gets_a_snapshot_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    for notes, known in (([note(number=1)], 1), ([note(number=1), note(number=2)], 2)):
        url = f"sqlite:///{path}"
        database(url)
        load_notes(url, notes)
        assert _articles(url, DAY) == known
        open_engine(url).dispose()
        path.unlink()


def test_only_the_last_used_snapshots_are_kept(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "KEPT", 2)
    load_notes(url, [note()])

    for number in range(4):
        _articles(url, DAY + dt.timedelta(days=number))

    assert len(list(cache_folder().glob("*.db"))) == 2


def test_a_snapshot_that_is_forgotten_before_it_is_opened_is_made_again_whole(url: str) -> None:
    load_notes(url, [note()])
    forgotten = known_on(open_engine(url), DAY)
    for path in cache_folder().glob("*.db"):
        path.unlink()

    with pytest.raises(sa.exc.OperationalError):
        forgotten.connect()

    assert not is_kept(open_engine(url), DAY)
    assert _articles(url, DAY) == 1


def test_what_a_killed_process_left_half_made_is_taken_away_after_a_day(url: str) -> None:
    load_notes(url, [note()])
    old, new = (cache_folder() / name for name in ("making-old", "making-new"))
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "half.db").write_bytes(b"half")
    os.utime(old, (0, 0))

    known_on(open_engine(url), DAY)

    assert not old.exists()
    assert new.exists()


def test_late_old_articles_give_the_same_bytes_as_a_database_told_no_more(corpus_url: str, url: str) -> None:
    told = [note(number=number, published=f"2025-0{number}-11") for number in (5, 4, 3, 2, 1)]
    for entry in told:
        load_notes(url, [entry])
    then = exported(open_engine(url), as_known_on=DAY)
    again = f"sqlite:///{cache_folder().parent}/again.db"
    database(again)
    load_notes(again, [entry for entry in told if entry["published"] <= "2025-03-31"])

    expected = exported(open_engine(again))
    for name in ("events.csv", "claims.csv", "articles.csv", "actors.csv"):
        assert then[name] == expected[name]


def test_an_id_that_was_lost_says_so_also_as_known_on_a_day(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2, claims=[claim(suppliers=["Globex"], what="cameras")])])
    lost = set(all_claims(url)[all_claims(url).article_id == note(number=2)["id"]].event_id)
    withdraw(open_engine(url), note(number=2)["id"], "published in error")

    with known_on(open_engine(url), DAY).connect() as connection:
        (told,) = [forward(connection, event_id) for event_id in lost]

    assert told[0] is None
    assert told[1] is not None
    assert "published in error" in told[1]


def test_a_process_of_its_own_makes_the_same_snapshot(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load_notes(url, [note(number=1), note(number=2), note(number=3, published="2025-05-01")])
    here = exported(open_engine(url), as_known_on=DAY)
    for path in cache_folder().glob("*.db"):
        path.unlink()
    monkeypatch.setattr(snapshot, "LONG", 0.0)

    making = snapshot_queue.begin(open_engine(url), DAY)

    assert snapshot_queue.begin(open_engine(url), DAY) is making
    assert making.finished.wait(60)
    assert not making.failed
    assert is_kept(open_engine(url), DAY)
    assert exported(open_engine(url), as_known_on=DAY) == here
