"""Several processes on one database: loads take turns, readers never wait nor fail, and the outcome is that of one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from db.engine import ROOT, open_engine
from tests.conftest import CORPUS
from tests.factory import exported
from tests.replay import claims_without_event

LOADER = """
import sys
from pathlib import Path
from db.engine import database
from pipeline.load import load
from pipeline.readers import Inputs
engine, folder, notes = database(), Path(sys.argv[1]), tuple(map(Path, sys.argv[2:]))
print("ready", flush=True)
sys.stdin.readline()
load(engine, Inputs(notes, (folder / "actors.jsonl",), (), (folder / "checked.csv",)), batch_records=60)
"""
EXPORTER = """
import sys, tempfile
from pathlib import Path
from db.engine import database
from pipeline.export import export
print("ready", flush=True)
sys.stdin.readline()
rounds = 0
while rounds < 3 or not Path(sys.argv[1]).exists():
    with tempfile.TemporaryDirectory() as folder:
        export(database(), Path(folder))
    rounds += 1
"""
VIEWER = """
import sys
from pathlib import Path
from db.engine import database
from db.filters import NO_FILTERS
from db.queries.about import choices, revision
from db.queries.contracts import by_country
from db.queries.events import counts
from tests.replay import claims_without_event
print("ready", flush=True)
sys.stdin.readline()
seen = []
while len(seen) < 3 or not Path(sys.argv[1]).exists():
    with database().connect() as connection:
        seen.append(revision(connection))
        choices(connection), counts(connection, NO_FILTERS), by_country(connection, NO_FILTERS)
        assert claims_without_event(connection) == 0
        assert revision(connection) == seen[-1]
assert seen == sorted(seen), seen
"""


def _started(url: str, program: str, *arguments: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def _at_once(processes: "list[subprocess.Popen[str]]") -> Iterator[None]:
    """Let all go at one moment, once all have started; whatever happens, none is left."""
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", process.communicate()[1]
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        yield
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _ended(processes: "list[subprocess.Popen[str]]") -> list[str]:
    """What each that failed said."""
    said = [process.communicate(timeout=240)[1] for process in processes]
    return [words for process, words in zip(processes, said, strict=True) if process.returncode]


def test_four_loaders_and_two_readers_end_as_one_load(url: str, corpus_url: str, tmp_path: Path) -> None:
    files, done = sorted((CORPUS / "notes").iterdir()), tmp_path / "done"
    # Each file is given to two of them, one from the front and one from the back.
    shares = [files[::2], files[1::2], files[::-2], files[-2::-2]]
    loaders = [_started(url, LOADER, CORPUS, *share) for share in shares]
    readers = [_started(url, program, done) for program in (EXPORTER, VIEWER)]

    with _at_once([*loaders, *readers]):
        failed = _ended(loaders)
        done.touch()
        failed += _ended(readers)

    assert failed == []
    assert exported(open_engine(url)) == exported(open_engine(corpus_url))
    with open_engine(url).connect() as connection:
        assert claims_without_event(connection) == 0
        articles, new = (
            connection.scalar(sa.text(asked))
            for asked in ("SELECT count(*) FROM article", "SELECT sum(articles_new) FROM run")
        )
        assert articles == new
