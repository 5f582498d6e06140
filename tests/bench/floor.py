"""The floor: parse the same file with orjson and write the same rows with plain sqlite3 in one transaction, no more.

The rows are read from a database that the pipeline filled, so that both write the same.
"""

import sqlite3
import time
from pathlib import Path

import orjson

TABLES = (
    "actor", "actor_alias", "article", "article_text", "claim", "claim_party", "claim_country", "claim_technology",
    "claim_block", "claim_match", "article_band", "reprint_pair", "reprint", "event", "event_claim", "event_stage",
    "event_party", "event_country", "event_technology",
)  # fmt: skip


def measure(notes: Path, filled: Path, scratch: Path) -> float:
    """Seconds of the floor: parsing all lines, then executemany of all rows into tables without index or check."""
    source = sqlite3.connect(filled)
    target = sqlite3.connect(scratch, isolation_level=None)
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("PRAGMA synchronous = NORMAL")
    seconds = _parse(notes)
    target.execute("BEGIN")
    for table in TABLES:
        rows = source.execute(f"SELECT * FROM {table}").fetchall()
        if rows:
            started = time.perf_counter()
            width = len(rows[0])
            target.execute(f"CREATE TABLE {table} ({', '.join(f'c{number}' for number in range(width))})")
            target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)
            seconds += time.perf_counter() - started
    started = time.perf_counter()
    target.execute("COMMIT")
    seconds += time.perf_counter() - started
    target.close()
    source.close()
    return seconds


def _parse(notes: Path) -> float:
    started = time.perf_counter()
    with notes.open("rb") as file:
        for line in file:
            orjson.loads(line)
    return time.perf_counter() - started
