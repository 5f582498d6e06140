"""Programs run in processes of their own, so that their time and memory are theirs; what they print is JSON.

Where /proc is, all processes of a program are counted, also those that it starts: by their session.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROC = Path("/proc")
EVERY = 0.1
"""Seconds between two looks at the processes."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program printed, how long it took, CPU seconds of all its processes, and megabytes that they held at most,
    together."""

    said: dict[str, Any]
    seconds: float
    cpu: float
    megabytes: float


def run(program: str, *arguments: object) -> Ran:
    """Run a program with these arguments, and a cache of its own."""
    return _run(["-c", program, *map(str, arguments)], {})


def run_command(url: str, *arguments: object) -> Ran:
    """Run `python -m pipeline ARGUMENTS --json` on a database."""
    return _run(["-m", "pipeline", *map(str, arguments), "--json"], {"DATABASE_URL": url})


def _run(arguments: Sequence[str], environment: dict[str, str]) -> Ran:
    with tempfile.TemporaryDirectory() as cache:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, "ENTENTE_CACHE": cache, **environment},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        watch = _Watch(process.pid)
        watch.start()
        said, _ = process.communicate()
        seconds = time.perf_counter() - started
        watch.end()
    if process.returncode:
        raise RuntimeError(f"a measured program ended with status {process.returncode}")
    return Ran(json.loads(said), seconds, watch.cpu, watch.megabytes)


class _Watch(threading.Thread):
    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session, self._ended = session, threading.Event()
        self._seconds: dict[int, float] = {}
        self.megabytes = 0.0

    @property
    def cpu(self) -> float:
        return sum(self._seconds.values())

    def run(self) -> None:
        while not self._ended.wait(EVERY):
            self._look()

    def end(self) -> None:
        self._ended.set()
        self.join()

    def _look(self) -> None:
        held = 0.0
        for pid, seconds, megabytes in processes(self._session):
            self._seconds[pid] = seconds
            held += megabytes
        self.megabytes = max(self.megabytes, held)


def processes(session: int) -> Sequence[tuple[int, float, float]]:
    """Process, CPU seconds and resident megabytes of each process of a session; none without /proc."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # It has just ended.
            continue
        if int(fields[3]) == session:
            seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            found.append((int(folder.name), seconds, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20))
    return found
