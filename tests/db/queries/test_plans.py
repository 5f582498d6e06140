"""How the databases find the rows: no query behind a view may read a big table whole where an index should serve."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.engine import open_engine, writing
from db.facts import forget
from db.filters import Filters
from db.packing import pack_all
from tests.bench.queries import QUERIES, filter_sets, pages
from tests.factory import actor, claim, load_notes, note

BIG = frozenset({
    "actor", "actor_alias", "actor_key", "actor_word", "article", "article_band", "article_text", "article_words",
    "claim", "claim_block", "claim_country", "claim_match", "claim_party", "claim_technology", "column_loose", "event",
    "event_claim", "event_country", "event_party", "event_stage", "event_technology", "judgement", "lost_claim",
    "reprint", "reprint_pair",
})  # fmt: skip

MAY_BE_READ_WHOLE = {
    "actor": "names and groups of all actors are read once a revision, and counted on the About page: a row each",
    "reprint": "which articles are reprints: keys alone, of one article in twenty",
    "judgement": "people's decisions, by the thousand at most; their list shows the latest of all",
}
"""Exceptions, each with its reason. Parts of columns are no tables of rows: they are read whole on purpose."""

Told = list[tuple[str, Any]]


@contextmanager
def statements(connection: Connection) -> Iterator[Told]:
    """What is asked of the database meanwhile: statements with their parameters."""
    told: Told = []

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool) -> None:
        told.append((statement, parameters))

    sa.event.listen(connection, "before_cursor_execute", hear)
    yield told
    sa.event.remove(connection, "before_cursor_execute", hear)


def read_whole(connection: Connection, statement: str, parameters: Any) -> set[str]:
    """The big tables that a statement reads from the first row to the last."""
    if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
        return set()
    names = {alias: table for table, alias in re.findall(r'"?(\w+)"? AS "?(\w+)"?', statement)}
    scans = _scans_of_sqlite if connection.dialect.name == "sqlite" else _scans_of_postgresql
    return {names.get(one, one) for one in scans(connection, statement, parameters)} & BIG - MAY_BE_READ_WHOLE.keys()


def _scans_of_sqlite(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    for *_, step in plan.all():
        # The index of words is asked by its own means: `VIRTUAL TABLE INDEX 0:` alone would be all of it.
        found = re.match(r"SCAN (\w+)(?P<how>(?! VIRTUAL TABLE INDEX \d+:\w).*)", step)
        # A scan in the order of an index that ends at a LIMIT reads as many rows as it shows.
        if found and not (
            "USING" in found["how"] and ("LIMIT" in statement or "min(" in statement or "max(" in statement)
        ):
            yield found[1]


def _scans_of_postgresql(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:
    [[plan]] = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).all()
    steps = [one["Plan"] for one in (json.loads(plan) if isinstance(plan, str) else plan)]
    while steps:
        step = steps.pop()
        steps += step.get("Plans", [])
        if step["Node Type"] == "Seq Scan":
            yield step["Relation Name"]


@pytest.fixture
def filled(url: str) -> str:
    """A database with some hundred events, its columns packed."""
    made = [
        note(
            number=number,
            claims=[claim(suppliers=[f"Firm {number % 20}"], what=f"cloud {number}",
                          countries=[("KE", "FR")[number % 2]],
                          amount={"value": 1000 + number, "currency": "USD", "bound": "exact"})],
        )
        for number in range(1, 200)
    ]  # fmt: skip
    load_notes(url, made, [actor(f"Firm {number}") for number in range(20)])
    with writing(open_engine(url)) as connection:
        pack_all(connection)
    if url.startswith("postgresql"):
        with open_engine(url).connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(sa.text("ANALYZE"))
    return url


def test_no_query_behind_a_view_reads_a_big_table_whole(filled: str) -> None:
    whole: dict[str, set[tuple[frozenset[str], str]]] = {}
    with open_engine(filled).connect() as connection:
        if connection.dialect.name == "postgresql":
            # On a small database reading all is the cheapest: where an index serves, it is taken with this.
            connection.execute(sa.text("SET enable_seqscan = off"))
        for name, query in {**QUERIES, **pages(connection)}.items():
            told: Told = []
            for filters in filter_sets(connection).values():
                forget()
                with statements(connection) as some:
                    query(connection, filters)
                told += some
            for said, given in told:
                if found := read_whole(connection, said, given):
                    whole.setdefault(name, set()).add((frozenset(found), said))

    assert whole == {}


def test_a_full_scan_would_be_seen(filled: str) -> None:
    with open_engine(filled).connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET enable_seqscan = off"))
        assert read_whole(connection, "SELECT count(evidence) FROM claim AS told", ()) == {"claim"}
        assert read_whole(connection, "SELECT evidence FROM claim WHERE pk = 1", ()) == set()


def test_filters_of_the_bench_choose_something(filled: str) -> None:
    with open_engine(filled).connect() as connection:
        sets = filter_sets(connection)

    assert sets["supplier"].suppliers[0].startswith("Firm")
    assert all(isinstance(filters, Filters) for filters in sets.values())
