"""Benchmarks: `python -m tests.bench [PART...] [--notes N] [--runs N] [--database URL]`, all parts without any named.

Prints a table, and writes it to build/bench.json. `--database`: where queries and pages are measured, instead of on the
notes that are loaded here; it is brought up to date, and only read.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import browser, crowd, loading, queries, readers, streaming
from tests.bench.child import ROOT
from tests.bench.figures import Figure, table, write
from tests.bench.ground import Ground

Part = Callable[[Ground], Iterator[Figure]]


def generator(ground: Ground) -> Iterator[Figure]:
    """How fast notes are made."""
    started = time.perf_counter()
    ground.inputs(ground.notes)
    yield Figure(
        "generator", f"{ground.notes:,} notes made, a second", ground.notes / (time.perf_counter() - started), "1/s"
    )


PARTS: dict[str, Part] = {
    "generator": generator,
    "load": loading.load,
    "memory": loading.memory,
    "incremental": loading.incremental,
    "hot": loading.hot,
    "readers": readers.readers,
    "dask": readers.dask,
    "queries": queries.worst,
    "payload": crowd.pages,
    "csv": streaming.csv,
    "browser": browser.browser,
    "crowd": crowd.crowd,
}
ALSO = {"floor": "load"}
"""What is measured as a part of another."""


def measure(ground: Ground, names: list[str]) -> list[Figure]:
    """All figures of some parts, each told when its part has ended."""
    figures: list[Figure] = []
    for name in dict.fromkeys(ALSO.get(name, name) for name in names):
        started = time.perf_counter()
        figures += PARTS[name](ground)
        ground.tell(f"{name}: done in {time.perf_counter() - started:,.0f} s")
    return figures


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure Entente.")
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, *ALSO, []], metavar="PART", help=", ".join([*PARTS, *ALSO])
    )
    parser.add_argument("--notes", type=int, default=100_000, help="notes that are generated and loaded")
    parser.add_argument("--runs", type=int, default=3, help="runs that a median is taken of")
    parser.add_argument("--database", help="the address of a database for queries and pages")
    parser.add_argument("--folder", type=Path, help="where notes and databases are made, and kept; default: nowhere")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json", help="the file for the figures")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        figures = measure(Ground(folder, asked.notes, asked.runs, asked.database, _tell), asked.parts or list(PARTS))
    print(table(figures))
    write(asked.json, figures, {"notes": asked.notes, "runs": asked.runs, "database": bool(asked.database)})


if __name__ == "__main__":
    main()
