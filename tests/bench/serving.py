"""The dashboard's server, started for a part of the benchmark, and what it holds."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.child import PROC, ROOT

START = 60.0
"""Seconds that a server may take to answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """Its address and process."""

    address: str
    process: int

    def megabytes(self, what: str) -> float:
        """Memory as the kernel counts it: `VmRSS` now, `VmHWM` the most so far. Raises OSError without /proc."""
        lines = (PROC / str(self.process) / "status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(what + ":"))


@contextmanager
def served(url: str) -> Iterator[Server]:
    """A server on a database, until the block ends; nobody can judge through it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/server.py", "--server.port", str(port),
               "--server.address", "127.0.0.1"]  # fmt: skip
    with tempfile.TemporaryDirectory() as cache:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url, "ENTENTE_REVIEW": "off", "ENTENTE_CACHE": cache},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield Server(f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str) -> None:
    until = time.monotonic() + START
    while True:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 our own server
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
