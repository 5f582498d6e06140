"""Dask's workers read as this process does, whatever becomes of them on the way."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.engine import ROOT, open_engine
from pipeline import parts
from pipeline.crew import Crew
from pipeline.dask_crew import dask_crew
from pipeline.errors import CrewError
from pipeline.load import load
from tests.conftest import Fresh
from tests.factory import exported
from tests.pipeline.deadly import deadly, dying_once
from tests.pipeline.test_crew import awkward, check_only_poison_is_refused, check_same_as_here, inputs_of, refused

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default"), pytest.mark.usefixtures("plain_main")]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 6000)


def test_a_cluster_of_our_own_loads_as_one_process_even_if_a_worker_is_killed(fresh: Fresh, tmp_path: Path) -> None:
    (tmp_path / "once").touch()
    (tmp_path / "notes").mkdir()
    said: list[str] = []

    check_same_as_here(fresh, awkward(tmp_path / "notes"), dask_crew(None, 2, said.append, dying_once))

    assert not (tmp_path / "once").exists()
    assert "dashboard" in said[0]


def test_a_record_that_kills_dask_workers_is_refused_alone(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    crew = dask_crew(None, 2, lambda _: None, deadly)

    check_only_poison_is_refused(fresh_sqlite, tmp_path, crew, "DEADLY", "FAILING")


def test_workers_of_a_scheduler_that_runs_already_load_as_one_process(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    folder = awkward(tmp_path)
    alone, by_crew = fresh_sqlite(), fresh_sqlite()
    load(open_engine(alone), inputs_of(folder))

    with _scheduler(ROOT) as address, dask_crew(address, 1, lambda _: None) as crew:
        assert isinstance(crew, Crew)
        load(open_engine(by_crew), inputs_of(folder), crew=crew)

    assert exported(open_engine(by_crew)) == exported(open_engine(alone))
    assert refused(by_crew) == refused(alone)


def test_workers_without_the_code_are_named_with_a_remedy(tmp_path: Path) -> None:
    with (
        _scheduler(tmp_path) as address,
        pytest.raises(CrewError, match=r"cannot use the tracker.*start the workers in the folder"),
        dask_crew(address, 1, lambda _: None),
    ):
        pass


def test_a_scheduler_that_is_not_there_is_named_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.dask_crew.PATIENCE", 1)

    with (
        pytest.raises(CrewError, match="no Dask scheduler with a worker is reached at tcp"),
        dask_crew("tcp://127.0.0.1:9", 1, lambda _: None),
    ):
        pass


@contextmanager
def _scheduler(folder: Path) -> Iterator[str]:
    """A scheduler with one worker, started in a folder."""
    program = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"]
    scheduler = subprocess.Popen(program, cwd=folder, stderr=subprocess.PIPE, text=True)
    worker = None
    try:
        assert scheduler.stderr is not None
        line = next(line for line in scheduler.stderr if "Scheduler at:" in line)
        address = line.rsplit(maxsplit=1)[-1]
        program = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
        worker = subprocess.Popen(program, cwd=folder, stderr=subprocess.DEVNULL)
        yield address
    finally:
        for process in (worker, scheduler):
            if process is not None:
                process.terminate()
                try:
                    process.communicate(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
