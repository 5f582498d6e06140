"""Loads against the floor, their memory, small loads onto a large database, and a firm that all notes are on."""

import datetime as dt
import statistics
from collections.abc import Iterator

from tests.bench import floor, generate
from tests.bench.child import run
from tests.bench.figures import Figure
from tests.bench.ground import Ground

SMALL = 1000
"""Notes of the small load onto an empty and onto a full database."""
KNOWN = """
import datetime as dt, json, sys, time
from db.engine import database
from pipeline.snapshot import known_on
engine = database("sqlite:///" + sys.argv[1])
started = time.perf_counter()
known_on(engine, dt.date.fromisoformat(sys.argv[2]))
print(json.dumps({"seconds": time.perf_counter() - started}))
"""


def load(ground: Ground) -> Iterator[Figure]:
    """The floor and a full load of the same notes, in turns."""
    inputs, floors, loads = ground.inputs(ground.notes), [], []
    for turn in range(ground.runs):
        database = ground.folder / f"full-{turn}.db"
        database.unlink(missing_ok=True)
        loads.append(ground.load_all(database, inputs))
        scratch = ground.folder / f"floor-{turn}.db"
        scratch.unlink(missing_ok=True)
        floors.append(floor.measure(inputs / "notes" / "notes.jsonl", database, scratch))
        scratch.unlink()
    low, high = statistics.median(floors), statistics.median(one.seconds for one in loads)
    yield Figure("floor", f"{ground.notes:,} notes parsed, the same rows written", low, "s")
    yield Figure("load", f"{ground.notes:,} notes, times the floor", high, "s", high / low, 3)
    cpu = statistics.median(one.cpu for one in loads)
    yield Figure("load", "CPU of all its processes, times the floor", cpu, "s", cpu / low)
    yield Figure("load", "claims a second", loads[0].said["claims"] / high, "1/s")


def memory(ground: Ground) -> Iterator[Figure]:
    """Whether ten times the notes need more memory."""
    held = [_peak(ground, count) for count in (max(ground.notes // 10, 1), ground.notes)]
    yield Figure("memory", f"peak of all processes, {ground.notes // 10:,} notes", held[0], "MB")
    yield Figure("memory", f"the same, {ground.notes:,} notes", held[1], "MB", held[1] / held[0], 1.2)


def _peak(ground: Ground, count: int) -> float:
    database = ground.folder / "memory.db"
    database.unlink(missing_ok=True)
    return ground.load_all(database, ground.inputs(count)).megabytes


def incremental(ground: Ground) -> Iterator[Figure]:
    """A small load onto a full database against the same onto an empty one, and the day in the middle."""
    full, actors, more = ground.filled(), ground.inputs(ground.notes) / "actors.jsonl", ground.more(SMALL)
    empties, fulls = [], []
    for _ in range(ground.runs):
        empty = ground.folder / "empty.db"
        empty.unlink(missing_ok=True)
        empties.append(ground.load(empty, actors, more))
        fulls.append(ground.load(ground.copy(full, "more.db"), actors, more))
    low, high = (statistics.median(one.cpu for one in some) for some in (empties, fulls))
    yield Figure("incremental", f"{SMALL:,} notes onto an empty database, CPU", low, "s")
    yield Figure("incremental", f"the same onto {ground.notes:,} notes, CPU", high, "s", high / low, 1.5)
    middle = generate.FIRST_DAY + dt.timedelta(days=generate.DAYS // 2)
    known = run(KNOWN, full, middle.isoformat()).said["seconds"]
    yield Figure("incremental", "as known on a day in the middle, first time", known, "s")


def hot(ground: Ground) -> Iterator[Figure]:
    """What it costs that all notes are on one firm."""
    count = max(ground.notes // 20, 1)
    times = []
    for inputs in (ground.inputs(count, firms=1), ground.inputs(count)):
        database = ground.folder / "hot.db"
        database.unlink(missing_ok=True)
        times.append(ground.load(database, inputs).cpu)
    yield Figure("hot", f"{count:,} notes all on one firm, times as many spread", times[0], "s", times[0] / times[1])
