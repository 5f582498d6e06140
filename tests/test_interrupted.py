"""Rule 11, nothing half-done: loads that are killed, and readers that look while a load runs (DESIGN.md, section 2)."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from db.engine import ROOT, database, open_engine
from db.filters import NO_FILTERS
from db.queries.about import revision
from db.queries.contracts import by_country
from db.queries.events import counts
from pipeline.load import load
from pipeline.readers import find_inputs
from tests.conftest import CORPUS
from tests.factory import exported
from tests.replay import claims_without_event

LOADER = """
import sys
from db.engine import database
from pipeline.load import load
from pipeline.readers import find_inputs
engine, inputs = database(), find_inputs([sys.argv[1]])
print("ready", flush=True)
load(engine, inputs, batch_records=10)
"""


@pytest.fixture(scope="module")
def expected(corpus_url: str) -> dict[str, bytes]:
    return exported(open_engine(corpus_url))


def _start_load(url: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", LOADER, str(CORPUS)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _kill_soon(process: "subprocess.Popen[str]", seconds: float) -> None:
    time.sleep(seconds)
    process.kill()
    process.communicate()


def _check_killed_load(url: str, moments: Iterator[float], expected: dict[str, bytes]) -> None:
    for seconds in moments:
        _kill_soon(_start_load(url), seconds)
        with database(url).connect() as connection:
            assert claims_without_event(connection) == 0
            by_country(connection, NO_FILTERS)

    load(open_engine(url), find_inputs([str(CORPUS)]))

    assert exported(open_engine(url)) == expected


def test_a_load_that_is_killed_is_finished_by_the_next(url: str, expected: dict[str, bytes]) -> None:
    _check_killed_load(url, iter([random.uniform(0.05, 1.5)]), expected)


@pytest.mark.slow
def test_a_load_that_is_killed_time_and_again_is_finished_by_the_next(url: str, expected: dict[str, bytes]) -> None:
    _check_killed_load(url, (random.uniform(0.0, 2.5) for _ in range(8)), expected)


def test_a_run_that_was_cut_off_has_no_end(url: str) -> None:
    _kill_soon(_start_load(url), 0.4)

    with open_engine(url).connect() as connection:
        ends = connection.scalars(sa.text("SELECT finished_at FROM run")).all()
    assert ends in ([None], [])


def test_readers_during_a_load_see_whole_states_only(url: str, expected: dict[str, bytes]) -> None:
    loader = threading.Thread(
        target=load, args=(open_engine(url), find_inputs([str(CORPUS)])), kwargs={"batch_records": 25}
    )
    seen: list[int] = []
    loader.start()
    try:
        while loader.is_alive():
            with open_engine(url).connect() as connection:
                assert claims_without_event(connection) == 0
                seen.append(revision(connection))
                counts(connection, NO_FILTERS)
                by_country(connection, NO_FILTERS)
    finally:
        loader.join()

    assert seen == sorted(seen)
    assert len(set(seen)) > 2
    assert exported(open_engine(url)) == expected


def test_two_loads_at_once_end_as_one(url: str, expected: dict[str, bytes]) -> None:
    processes = [_start_load(url), _start_load(url)]

    assert [process.wait(60) for process in processes] == [0, 0]
    for process in processes:
        process.communicate()
    assert exported(open_engine(url)) == expected
