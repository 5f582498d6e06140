"""A small change looks things up: no statement of it reads a whole table, so that it costs as much on a large one."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from db.engine import open_engine
from pipeline.maintain import rebuild, restore, withdraw
from tests.factory import claim, exported, funding, judgement, load_notes, note
from tests.worlds import claim_ids

TOLD = [note(number=number, claims=[claim(), funding()]) for number in range(1, 6)]
ONE_ROW = ("revision", "alembic_version")


def scans(url: str, change: Callable[[], object]) -> list[str]:
    """The statements of a change that read a whole table by SQLite's plan, asked for one row or not, apart."""
    seen: dict[str, Any] = {}

    def keep(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        seen.setdefault(statement, parameters)

    engine = open_engine(url)
    event.listen(engine, "before_cursor_execute", keep)
    try:
        change()
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    found = []
    with engine.connect() as connection:
        for statement, parameters in seen.items():
            if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE")) and not _asks_for_one(statement):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                found += [f"{row[3]}: {statement}" for row in plan if _reads_all(row[3])]
    return found


def _asks_for_one(statement: str) -> bool:
    return " LIMIT ? OFFSET ?" in statement and " WHERE " not in statement


def _reads_all(step: str) -> bool:
    return step.startswith("SCAN ") and "VIRTUAL TABLE" not in step and step.split()[1] not in (*ONE_ROW, "CONSTANT")


@pytest.mark.parametrize("what", ["new", "replaced", "judged", "withdrawn"])
def test_a_small_change_reads_no_whole_table(empty_url: str, what: str) -> None:
    load_notes(empty_url, TOLD)
    left, right = sorted(claim_ids(TOLD))[:2]
    changes: dict[str, Callable[[], object]] = {
        "new": lambda: load_notes(empty_url, [note(number=9, claims=[claim(), funding()])]),
        "replaced": lambda: load_notes(empty_url, [{**TOLD[0], "claims": [claim(countries=["FR"])]}]),
        "judged": lambda: load_notes(empty_url, (), (), [judgement(left, right, "different")]),
        "withdrawn": lambda: withdraw(open_engine(empty_url), TOLD[0]["id"], "retracted"),
    }

    assert scans(empty_url, changes[what]) == []


def test_a_rebuild_is_seen_to_read_whole_tables(empty_url: str) -> None:
    load_notes(empty_url, TOLD)

    assert scans(empty_url, lambda: rebuild(open_engine(empty_url)))


def test_claims_that_an_earlier_version_left_without_blocks_are_filed_by_the_next_load(url: str) -> None:
    load_notes(url, TOLD)
    before = exported(open_engine(url))
    withdraw(open_engine(url), TOLD[0]["id"], "retracted")
    restore(open_engine(url), TOLD[0]["id"])
    with open_engine(url).begin() as connection:
        connection.execute(sa.text("DELETE FROM claim_match"))
        connection.execute(sa.text("DELETE FROM claim_block"))
        connection.execute(sa.text("UPDATE revision SET rules = 0"))

    load_notes(url, TOLD[:1])

    assert exported(open_engine(url)) == before
