"""Measure loading: `python -m tests.bench [NOTES] [RUNS]`. Prints a table, writes build/bench.json.

Each load runs in a process of its own, so that its peak memory is its own.
"""

import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import floor, generate

ROOT = Path(__file__).resolve().parents[2]
SMALL = 1000
"""Notes of the small load that is timed on an empty and on a full database."""

LOAD = """
import json, resource, sys, time
from db.engine import database
from pipeline.load import load
from pipeline.readers import find_inputs
engine = database("sqlite:///" + sys.argv[1])
started = time.perf_counter()
summary = load(engine, find_inputs(sys.argv[2:]))
print(json.dumps({
    "seconds": time.perf_counter() - started,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "articles": summary.new, "claims": summary.claims, "rejected": summary.rejected,
}))
"""


def load(database: Path, *inputs: Path) -> dict[str, float]:
    """One load in a process of its own: seconds, peak megabytes, counts."""
    command = [sys.executable, "-c", LOAD, str(database), *map(str, inputs)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def bench(folder: Path, count: int, runs: int) -> dict[str, object]:
    """All figures, medians of so many runs."""
    notes = generate.write(folder / "full", count)
    generate.write(folder / "tenth", count // 10)
    more = generate.write(folder / "more", SMALL, seed=2)
    fulls, floors, smalls, empties = [], [], [], []
    for run in range(runs):
        full, empty = folder / f"full-{run}.db", folder / f"empty-{run}.db"
        fulls.append(load(full, folder / "full"))
        floors.append(floor.measure(notes, full, folder / f"floor-{run}.db"))
        smalls.append(load(full, folder / "full" / "actors.jsonl", _renamed(more)))
        empties.append(load(empty, folder / "full" / "actors.jsonl", _renamed(more)))
    tenth = load(folder / "tenth.db", folder / "tenth")
    seconds = _median(fulls, "seconds")
    return {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "date": time.strftime("%Y-%m-%d"),
        "notes": count,
        "claims": int(fulls[0]["claims"]),
        "runs": runs,
        "floor seconds": round(statistics.median(floors), 2),
        "load seconds": round(seconds, 2),
        "load, times the floor": round(seconds / statistics.median(floors), 2),
        "notes a second": round(count / seconds),
        "peak memory, MB": round(_median(fulls, "megabytes")),
        f"peak memory for {count // 10:,} notes, MB": round(tenth["megabytes"]),
        f"{SMALL:,} more notes onto an empty database, seconds": round(_median(empties, "seconds"), 2),
        f"{SMALL:,} more notes onto the full one, seconds": round(_median(smalls, "seconds"), 2),
    }


def _renamed(path: Path) -> Path:
    """The notes under ids of their own, so that they are new to the full database."""
    target = path.with_name("more.jsonl")
    target.write_bytes(path.read_bytes().replace(b'{"id":"paper', b'{"id":"more-paper'))
    return target


def _median(measured: list[dict[str, float]], name: str) -> float:
    return statistics.median(one[name] for one in measured)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as scratch:
        figures = bench(Path(scratch), count, runs)
    for name, value in figures.items():
        print(f"{name:<60} {value:,}" if isinstance(value, int) else f"{name:<60} {value}")
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
