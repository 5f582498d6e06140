"""Analysts at once, without browsers: each opens a page and goes on changing its filters, with pauses to think."""

import random
import statistics
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.bench.analyst import Analyst, Visit
from tests.bench.figures import Figure
from tests.bench.ground import Ground
from tests.bench.serving import served

PAGES = ("", "funding", "events", "sources")
"""The pages with filters, by their names in the address."""
KEYS = ("country", "actor", "kind", "technology", "region")
MANY = 10
CHANGES = 12
PAUSE = (2.0, 5.0)
"""Seconds to think between two changes, from and to."""


def title(page: str) -> str:
    """A page's name in words."""
    return page or "contracts"


def pages(ground: Ground) -> Iterator[Figure]:
    """Payload of each page, first and after a change."""
    with served(ground.url()) as server:
        for page in PAGES:
            with Analyst(server.address) as analyst:
                first = analyst.open(page)
                changed = analyst.choose("country", analyst.options["country"][:1])
            ground.tell(f"{title(page)}: {first.seconds:.2f} s, then {changed.seconds:.2f} s")
            yield Figure("payload", f"{title(page)}, opened", first.size / 1e6, "MB", aim=1.5)
            yield Figure("payload", f"{title(page)}, a filter changed", changed.size / 1e6, "MB")


def crowd(
    ground: Ground, many: int = MANY, changes: int = CHANGES, pause: tuple[float, float] = PAUSE
) -> Iterator[Figure]:
    """How long a change of filters takes where so many analysts work at once."""
    with served(ground.url()) as server:
        for page in PAGES:  # Somebody has been here before.
            with Analyst(server.address) as analyst:
                analyst.open(page)
        ground.tell(f"{many} analysts at once")
        start = threading.Barrier(many)
        with ThreadPoolExecutor(many) as pool:
            working = [pool.submit(_work, server.address, number, changes, pause, start) for number in range(many)]
            visits = [visit for one in working for visit in one.result()]
        memory = server.megabytes("VmHWM")
    seconds = sorted(visit.seconds for visit in visits)
    yield Figure("crowd", f"{many} analysts, a filter changed, median", statistics.median(seconds), "s", aim=2)
    yield Figure("crowd", "the same, 95th percentile", seconds[int(0.95 * (len(seconds) - 1))], "s")
    yield Figure("crowd", "failed", sum(visit.failed for visit in visits), "runs", aim=0)
    yield Figure("crowd", "the server's memory at most", memory, "MB")


def _work(
    address: str, number: int, changes: int, pause: tuple[float, float], start: threading.Barrier
) -> Sequence[Visit]:
    chance, visits, idle = random.Random(number), [], threading.Event()
    with Analyst(address) as analyst:
        analyst.open(PAGES[number % len(PAGES)])
        start.wait()
        for _ in range(changes):
            idle.wait(chance.uniform(*pause))
            key = chance.choice([key for key in KEYS if analyst.options.get(key)])
            values = [chance.choice(analyst.options[key])] if chance.random() < 0.8 else []
            visits.append(analyst.choose(key, values))
    return visits
