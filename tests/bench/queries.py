"""Measure the queries behind the views: `python -m tests.bench queries --database URL`.

First: in a process of its own that has read nothing yet. Warm: the median of the following runs. The database is only
read. The lists of queries and filters are also those whose plans `tests/db/queries/test_plans.py` looks at.
"""

import datetime as dt
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries import about, changes, contracts, coverage, event_page, events, funding, review, review_actors, sources
from db.vocabulary import Stage
from tests.bench.figures import Figure
from tests.bench.ground import Ground

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
COLD, WARM = 1000, 150
"""Aims, milliseconds."""
LIMIT = 3.0
"""Seconds after which a query is not run again."""

Query = Callable[[Connection, Filters], Any]


def filter_sets(connection: Connection) -> dict[str, Filters]:
    """Filters from none to many, with actors, countries and words that the database holds."""
    busy = sa.text("SELECT a.name FROM actor a JOIN event_party p ON p.actor_id = a.actor_id WHERE p.role = :role"
                   " GROUP BY a.name ORDER BY count(*) DESC, a.name LIMIT 1")  # fmt: skip
    supplier, recipient = (connection.scalar(busy, {"role": role}) for role in ("suppliers", "recipients"))
    state = connection.scalar(sa.text("SELECT name FROM actor WHERE kind = 'government' ORDER BY name LIMIT 1"))
    word = str(supplier).split()[0]
    return {
        "none": NO_FILTERS,
        "contracts": Filters(kinds=("contract",)),
        "region": Filters(regions=("Europe",)),
        "country": Filters(countries=("KE",)),
        "years": Filters(date_from=dt.date(2020, 1, 1), date_to=dt.date(2022, 12, 31)),
        "month": Filters(date_from=dt.date(2024, 5, 1), date_to=dt.date(2024, 5, 31)),
        "supplier": Filters(suppliers=(str(supplier),)),
        "actors": Filters(actors=(str(recipient), str(supplier)), roll_up=False),
        "government": Filters(actors=(str(state),)),
        "usd and sources": Filters(usd_from=50_000_000, sources_from=3),
        "nothing": Filters(countries=("KE",), blocs=("China",), usd_from=10**14),
        "many": Filters(
            kinds=("contract", "funding"),
            regions=("Asia",),
            stages=("signed",),
            sources_from=2,
            technologies=("foundation-model",),
            disputed=False,
            usd_to=10**9,
        ),
        "words, rare": Filters(text=f"{word} series"),
        "words, common": Filters(text="announced"),
        "words, typed": Filters(text=word[:3]),
        "words and more": Filters(text=word, kinds=("contract",), regions=("Africa",)),
    }


PAGE = 50
MARKS = 500
"""Marks of a timeline."""
QUERIES: dict[str, Query] = {
    "counts": events.counts,
    "figures": changes.figures,
    "map": contracts.by_country,
    "map at a stage": lambda connection, filters: contracts.by_country(connection, filters, Stage.SIGNED),
    "choices": lambda connection, _: about.choices(connection),
    "events, page 1": lambda connection, filters: events.latest(connection, filters, PAGE),
    "events, page 200": lambda connection, filters: events.latest(connection, filters, PAGE, 199 * PAGE),
    "funding marks": lambda connection, filters: funding.greatest(connection, filters, None, MARKS),
    "funding sums": lambda connection, filters: funding.sums(connection, filters, None, by_country=False),
    "coverage": coverage.coverage,
    "articles, page 1": lambda connection, filters: coverage.latest_articles(connection, filters, PAGE),
    "size": lambda connection, _: about.size(connection),
    "review queue": review.queue,
    "actors to review": lambda connection, _: review_actors.named_actors(connection),
    "judgements": lambda connection, _: review.judgements(connection),
}
WITHOUT_FILTERS = frozenset({"choices", "size", "actors to review", "judgements"})


def pages(connection: Connection) -> dict[str, Query]:
    """The pages of one thing each: the event with most claims, its first article, its first actor."""
    most = connection.scalar(sa.text("SELECT event_id FROM event ORDER BY claims DESC, event_id LIMIT 1"))
    about_it = "SELECT {} FROM event e JOIN claim c ON c.pk = e.anchor_pk JOIN article a ON a.pk = c.article_pk"
    article = connection.scalar(sa.text(f"{about_it.format('a.article_id')} WHERE e.event_id = :id"), {"id": most})
    named = "SELECT a.name FROM actor a JOIN event_party p ON p.actor_id = a.actor_id WHERE p.event_id = :id ORDER BY 1"
    name = connection.scalar(sa.text(named), {"id": most})
    return {
        "event page": lambda connection, _: event_page.event_page(connection, str(most)),
        "article page": lambda connection, _: sources.article_page(connection, str(article)),
        "actor page": lambda connection, _: review_actors.actor_page(connection, str(name)),
    }


def measure_one(url: str, query: str, choice: str) -> dict[str, float]:
    """First run and the median of the others in this process, milliseconds."""
    with open_engine(url).connect() as connection:
        run, filters = {**QUERIES, **pages(connection)}[query], filter_sets(connection)[choice]
    seconds = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        with open_engine(url).connect() as connection:
            run(connection, filters)
        seconds.append(time.perf_counter() - started)
        if seconds[0] > LIMIT:
            break
    return {"first": round(seconds[0] * 1000, 1), "warm": round(statistics.median(seconds[1:] or seconds) * 1000, 1)}


def measure(url: str, queries: list[str], choices: list[str] | None = None) -> dict[str, dict[str, dict[str, float]]]:
    """Query → filters → first and warm, milliseconds. Each pair in a process of its own."""
    with open_engine(url).connect() as connection:
        choices = choices or list(filter_sets(connection))
    found: dict[str, dict[str, dict[str, float]]] = {}
    for query in queries:
        alone = query in WITHOUT_FILTERS or query.endswith(" page")
        for choice in choices[:1] if alone else choices:
            command = [sys.executable, "-m", "tests.bench.queries", url, query, choice]
            done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
            found.setdefault(query, {})[choice] = json.loads(done.stdout)
    return found


def worst(ground: Ground, choices: list[str] | None = None, queries: list[str] | None = None) -> Iterator[Figure]:
    """The slowest of each query over all filters: in a process that has read nothing, and warm."""
    url = ground.url()
    with open_engine(url).connect() as connection:
        names = queries or [*QUERIES, *pages(connection)]
    for query in names:
        found = measure(url, [query], choices)[query]
        for form, aim in (("first", COLD), ("warm", WARM)):
            choice = max(found, key=lambda one: found[one][form])
            yield Figure("queries", f"{query}, {form} (worst: {choice})", found[choice][form], "ms", aim=aim)
        ground.tell(f"{query}: {_told(found)}")


def _told(found: dict[str, dict[str, float]]) -> str:
    return ", ".join(f"{choice} {ms['first']:.0f}/{ms['warm']:.0f}" for choice, ms in found.items())


if __name__ == "__main__":
    print(json.dumps(measure_one(*sys.argv[1:])))
