"""Names of the states, provinces, regions of federal and of large countries, by which their own bodies are told.

The table `subdivisions.csv` was made once from pycountry 26.2 (LGPL-2.1; Debian iso-codes): names of the first-level
subdivisions of ISO 3166-2, without words such as `Sheng`; common English names and adjectives (Bavaria, Scottish) are
added by hand. Names that are everyday words stand with `State`, as in `Delta State`.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


def _read() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with Path(__file__).with_name("subdivisions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["country"]].add(row["name"])
    return MappingProxyType({country: frozenset(names) for country, names in found.items()})


SUBDIVISIONS = _read()
"""Country (ISO 3166-1 alpha-2) → names of its subdivisions, as people write them."""
