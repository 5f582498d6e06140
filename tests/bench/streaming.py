"""The tables for scripts: rows a second, and whether the server's memory stays as it is while a large one streams."""

import http.client
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.bench.figures import Figure
from tests.bench.ground import Ground
from tests.bench.serving import served

PART = 1 << 20


def csv(ground: Ground) -> Iterator[Figure]:
    """All claims as CSV. The first fetch brings what each further one needs too: memory is looked at from there on."""
    seconds, rows = [], 0
    with served(ground.url()) as server:
        fetch(server.address, "/data/claims.csv?country=KE")
        before = server.megabytes("VmHWM")
        for _ in range(ground.runs):
            ground.tell("fetching all claims")
            started = time.perf_counter()
            rows = fetch(server.address, "/data/claims.csv") - 1
            seconds.append(time.perf_counter() - started)
        after = server.megabytes("VmHWM")
    yield Figure("csv", f"{rows:,} claims, rows a second", rows / statistics.median(seconds), "1/s")
    yield Figure("csv", "the server's memory at most, against before", after, "MB", after / before, 1.2)


def fetch(address: str, path: str) -> int:
    """Lines of an answer (a quoted cell with a line end counts as two)."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=600)
    connection.request("GET", path)
    answer = connection.getresponse()
    lines = 0
    while part := answer.read(PART):
        lines += part.count(b"\n")
    connection.close()
    return lines
