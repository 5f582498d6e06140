"""A database moved from one engine to the other and back: nothing is lost, and loading goes on as if it had stayed."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.engine import ROOT, open_engine
from pipeline.copying import copy, open_source, open_target, rows_in, tables
from pipeline.errors import DatabaseError, InputError
from pipeline.maintain import withdraw
from pipeline.release import release
from tests.conftest import Fresh
from tests.factory import actor, claim, exported, funding, judgement, load_notes, note
from tests.worlds import claim_ids

OLD = note(
    number=1, claims=[claim(), claim(countries=["FR"], evidence="Acme sells it to France, too 🙂", capacity=None)]
)
NOTES = [
    OLD,
    note(number=2, claims=[claim(capacity={"value": 1.1, "unit": "MW"})]),
    note(number=3, claims=[funding(), claim(evidence="阿克米公司获得合同", technology=[])]),
    note(number=4, published="2025-04", publisher='The "Gazette", \\N'),
    note(number=5, id="paper-2025-withdrawn"),
    note(number=6, id="paper-2025-reprint", text=None),
]
LATER = [note(number=7), {**NOTES[1], "claims": [claim(stage="signed")]}, note(number=8, language="xx")]


def _history(url: str, folder: Path) -> None:
    """All that a database can hold: articles, some replaced, withdrawn or refused; actors, judgements, a release."""
    told = [{**one, "text": OLD["text"]} if one["text"] is None else one for one in NOTES]
    known = [actor("Acme", aliases=["Acme Inc"], parent="Hooli Fund"), actor("Hooli Fund", kind="fund")]
    one, other = sorted(claim_ids(told[1:3]))[:2]
    load_notes(
        url, told, known, [judgement(one, other, "different"), judgement("Acme", "Initech", "same", subject="actor")]
    )
    load_notes(url, [{**OLD, "claims": [claim(stage="signed")]}, note(number=9, language="xx")])
    withdraw(open_engine(url), "paper-2025-withdrawn", "retracted")
    release(open_engine(url), "1.0", folder / "release", dt.date(2026, 1, 1))


@pytest.fixture
def full(fresh_sqlite: Fresh, tmp_path: Path) -> str:
    url = fresh_sqlite()
    _history(url, tmp_path)
    return url


def _copied(from_url: str, to_url: str) -> str:
    source = open_source(from_url)
    copy(source, open_target(to_url, source))
    return to_url


def _content(url: str) -> dict[str, list[tuple[object, ...]]]:
    with open_engine(url).connect() as connection:
        return {
            one.name: [tuple(row) for row in connection.execute(sa.select(one).order_by(*one.primary_key.columns))]
            for one in tables()
        }


def test_there_and_back_everything_is_as_it_was(full: str, fresh_sqlite: Fresh, fresh_postgresql: Fresh) -> None:
    server = _copied(full, fresh_postgresql())
    back = _copied(server, fresh_sqlite())

    before = _content(full)
    assert {"lost_claim", "release", "withdrawal", "judgement", "rejection", "run", "event"} <= {
        name for name, rows in before.items() if rows
    }
    assert _content(server) == before
    assert _content(back) == before
    assert exported(open_engine(server)) == exported(open_engine(back)) == exported(open_engine(full))


def test_the_corpus_is_the_same_on_the_other_side(corpus_url: str, fresh_postgresql: Fresh) -> None:
    server = _copied(corpus_url, fresh_postgresql())

    assert exported(open_engine(server)) == exported(open_engine(corpus_url))


def test_loading_goes_on_after_a_copy_as_if_nothing_had_happened(
    full: str, fresh_sqlite: Fresh, fresh_postgresql: Fresh
) -> None:
    server = _copied(full, fresh_postgresql())
    back = _copied(server, fresh_sqlite())

    summaries = [load_notes(url, LATER) for url in (full, server, back)]

    assert len({one.run_id for one in summaries}) == 1
    assert {(one.new, one.replaced, one.rejected) for one in summaries} == {(1, 1, 1)}
    assert exported(open_engine(server)) == exported(open_engine(back)) == exported(open_engine(full))


def test_rows_are_counted_before_and_as_they_arrive(full: str, fresh: Fresh) -> None:
    source, arrived = open_source(full), list[int]()

    moved = copy(source, open_target(fresh(), source), arrived.append)

    assert sum(arrived) == sum(moved.values()) == rows_in(source)


def test_a_target_that_holds_something_is_refused_and_left_alone(full: str, url: str) -> None:
    load_notes(url, [note()])
    before = exported(open_engine(url))
    source = open_source(full)

    with pytest.raises(InputError, match=r"not empty.*article"):
        open_target(url, source)
    with pytest.raises(InputError, match=r"not empty.*article"):
        copy(source, open_engine(url))

    assert exported(open_engine(url)) == before


def test_a_database_is_not_copied_onto_itself(full: str, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(full.removeprefix("sqlite:///"))

    for same in (full, f"sqlite:///{link}"):
        with pytest.raises(InputError, match="same database"):
            open_target(same, open_source(full))


def test_a_source_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        open_source(f"sqlite:///{tmp_path}/none.db")

    assert list(tmp_path.iterdir()) == []


def test_a_source_without_our_tables_is_refused(bare_url: str) -> None:
    if bare_url.startswith("sqlite"):
        Path(bare_url.removeprefix("sqlite:///")).touch()

    with pytest.raises(InputError, match="no tables of the tracker"):
        open_source(bare_url)


def test_an_address_without_a_file_cannot_be_copied_to(full: str) -> None:
    with pytest.raises(InputError, match="names no file"):
        open_target("sqlite:///", open_source(full))


def test_what_the_source_is_given_meanwhile_stays_behind(full: str, fresh: Fresh) -> None:
    before, source, target = exported(open_engine(full)), open_source(full), fresh()

    def write_meanwhile(_: int, told: list[bool] = []) -> None:  # noqa: B006 (once)
        if not told:
            told.append(True)
            load_notes(full, LATER)

    copy(source, open_target(target, source), write_meanwhile)

    assert exported(open_engine(target)) == before


COPIER = """
import sys, time
from pipeline.copying import copy, open_source, open_target
source = open_source(sys.argv[1])
target = open_target(sys.argv[2], source)
def stop(rows):
    if rows > 1000:
        print("half", flush=True)
        time.sleep(60)
copy(source, target, stop)
"""


def test_a_copy_that_is_killed_leaves_the_target_empty_and_can_be_made_again(corpus_url: str, url: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", COPIER, corpus_url, url],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"half\n"
    process.kill()
    process.communicate()

    assert not any(_content(url).values())
    assert exported(open_engine(_copied(corpus_url, url))) == exported(open_engine(corpus_url))


def test_rows_that_do_not_arrive_undo_the_copy(full: str, fresh_postgresql: Fresh) -> None:
    target = fresh_postgresql()
    with open_engine(target).begin() as connection:
        connection.execute(
            sa.text("CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
        )
        connection.execute(
            sa.text("CREATE TRIGGER lossy BEFORE INSERT ON withdrawal FOR EACH ROW EXECUTE FUNCTION swallow()")
        )

    with pytest.raises(DatabaseError, match="withdrawal"):
        _copied(full, target)

    assert not any(_content(target).values())
