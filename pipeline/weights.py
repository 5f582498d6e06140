"""The points of each signal, from weights.csv: what it is worth for (above 0) or against one event, as log-odds.

`expected` is what section 3 of DESIGN.md lets a reader expect, as a round number; `points` is what the labelled events
made of it: `python -m tests.accuracy --write` learns them anew.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).with_name("weights.csv")


def read_points(column: str) -> dict[str, float]:
    """One column of weights.csv by signal: `expected` or `points`."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["signal"]: float(row[column]) for row in csv.DictReader(file)}


POINTS: Mapping[str, float] = MappingProxyType(read_points("points"))
