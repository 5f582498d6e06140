"""Reading by several: the part of a load that is distributed, by one reader and by two, here and on Dask."""

import importlib.util
import statistics
from collections.abc import Iterator

from tests.bench.child import run
from tests.bench.figures import Figure
from tests.bench.ground import Ground

READ = """
import json, sys, time
from pipeline.crew import local_crew
from pipeline.dask_crew import dask_crew
from pipeline.readers import find_inputs

def main():
    workers = int(sys.argv[2])
    crew_of = {
        "local": lambda: local_crew(workers),
        "dask": lambda: dask_crew(None, workers, lambda said: None),
    }[sys.argv[1]]
    few, all_ = (find_inputs([path]).notes for path in sys.argv[3:5])
    with crew_of() as crew:
        for _ in crew.read(few * 4):  # Now everybody has come.
            pass
        started = time.perf_counter()
        records = sum(len(done.outcomes) for done in crew.read(all_))
        print(json.dumps({"seconds": time.perf_counter() - started, "records": records}))

if __name__ == "__main__":
    main()
"""


def readers(ground: Ground) -> Iterator[Figure]:
    """Two processes of this machine against reading in the process itself."""
    yield from _both(ground, "readers", "local", None)


def dask(ground: Ground) -> Iterator[Figure]:
    """Two workers of Dask against one."""
    if importlib.util.find_spec("distributed") is None:
        ground.tell("Dask is not installed (requirements-dask.txt); left out")
        return
    yield from _both(ground, "dask", "dask", 1.6)


def _both(ground: Ground, part: str, engine: str, aim: float | None) -> Iterator[Figure]:
    few, all_ = ground.inputs(min(ground.notes, 1000)), ground.inputs(ground.notes)
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(ground.runs):
        for workers, taken in seconds.items():
            ground.tell(f"{part}: {ground.notes:,} notes read by {workers}")
            taken.append(run(READ, engine, workers, few, all_).said["seconds"])
    one, two = (statistics.median(some) for some in seconds.values())
    yield Figure(part, f"{ground.notes:,} notes read and checked by one", one, "s")
    yield Figure(part, "the same by two, times as fast", two, "s", one / two, aim, at_least=True)
