"""Measure loading: `python -m tests.bench [NOTES] [RUNS]`. Prints a table, writes build/bench.json.

Each load runs in a process of its own, so that its peak memory is its own. Whether a small load grows with the
database, and a load with how busy one firm is, are ratios of two loads measured one after the other.
"""

import datetime as dt
import json
import os
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
HOT = 5000
"""Notes that are all on one firm, against as many that are spread."""

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
COUNT = """
import json, sys
import sqlalchemy as sa
from db.bulk import chunks
from db.engine import database
from pipeline.neighbours import neighbours
with database("sqlite:///" + sys.argv[1]).connect() as connection:
    keys = connection.scalars(sa.text("SELECT pk FROM claim ORDER BY pk")).all()
    pairs = sum(
        left in some
        for some in map(frozenset, chunks(keys, 2000))
        for left, _ in neighbours(connection, some)
    )
    near = connection.scalar(sa.text("SELECT count(*) FROM claim_match WHERE score <= 0.5"))
    print(json.dumps({"pairs": pairs / len(keys), "near": near / len(keys)}))
"""
KNOWN = """
import datetime as dt, json, sys, time
from db.engine import database
from pipeline.snapshot import known_on
engine = database("sqlite:///" + sys.argv[1])
started = time.perf_counter()
known_on(engine, dt.date.fromisoformat(sys.argv[2]))
print(json.dumps({"seconds": time.perf_counter() - started}))
"""


def load(database: Path, *inputs: Path) -> dict[str, float]:
    """One load in a process of its own: seconds, peak megabytes, counts."""
    return _measure(LOAD, database, *inputs)


def _measure(program: str, *arguments: Path | str) -> dict[str, float]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    environment = {**os.environ, "ENTENTE_CACHE": tempfile.mkdtemp(dir=Path(str(arguments[0])).parent)}
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=environment)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def hot(folder: Path) -> dict[str, object]:
    """What it costs that all notes are on one firm: loading them, and a small load onto them."""
    generate.write(folder / "hot", HOT, firms=1)
    generate.write(folder / "spread", HOT)
    more = _renamed(generate.write(folder / "hot-more", SMALL // 10, seed=2, firms=1))
    whole = (
        load(folder / "hot.db", folder / "hot")["seconds"] / load(folder / "spread.db", folder / "spread")["seconds"]
    )
    actors = folder / "hot" / "actors.jsonl"
    small = load(folder / "hot.db", actors, more)["seconds"] / load(folder / "none.db", actors, more)["seconds"]
    pairs = _measure(COUNT, folder / "hot.db")
    return {
        f"{HOT:,} notes all on one firm, times as many spread": round(whole, 2),
        f"{SMALL // 10:,} more notes on that firm, times onto an empty database": round(small, 2),
        "pairs compared a claim for that firm": round(pairs["pairs"], 1),
    }


def bench(folder: Path, count: int, runs: int) -> dict[str, object]:
    """All figures, medians of so many runs."""
    notes = generate.write(folder / "full", count)
    generate.write(folder / "tenth", count // 10)
    more = generate.write(folder / "more", SMALL, seed=2)
    fulls, floors, smalls, empties = [], [], [], []
    known: list[dict[str, float]] = []
    for run in range(runs):
        full, empty = folder / f"full-{run}.db", folder / f"empty-{run}.db"
        fulls.append(load(full, folder / "full"))
        floors.append(floor.measure(notes, full, folder / f"floor-{run}.db"))
        known.append(_measure(KNOWN, full, (generate.FIRST_DAY + dt.timedelta(days=generate.DAYS // 2)).isoformat()))
        smalls.append(load(full, folder / "full" / "actors.jsonl", _renamed(more)))
        empties.append(load(empty, folder / "full" / "actors.jsonl", _renamed(more)))
    tenth = load(folder / "tenth.db", folder / "tenth")
    tenth_more = load(folder / "tenth.db", folder / "full" / "actors.jsonl", _renamed(more))["seconds"]
    seconds, onto_empty = _median(fulls, "seconds"), _median(empties, "seconds")
    counted = _measure(COUNT, folder / "full-0.db")
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
        f"{SMALL:,} more notes onto an empty database, seconds": round(onto_empty, 2),
        f"{SMALL:,} more notes onto {count // 10:,}, times onto an empty one": round(tenth_more / onto_empty, 2),
        f"{SMALL:,} more notes onto {count:,}, times onto an empty one": round(
            _median(smalls, "seconds") / onto_empty, 2
        ),
        "as known on a day in the middle, seconds": round(_median(known, "seconds"), 2),
        "pairs compared a claim": round(counted["pairs"], 1),
        "near misses kept a claim": round(counted["near"], 2),
        **hot(folder),
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
