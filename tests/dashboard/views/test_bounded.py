"""No page reads a whole list: what it fetches does not follow the number of events."""

import sqlite3
from typing import Any

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import event_parts, event_view, funding_words, tables
from db.engine import database, open_engine
from db.queries import event_page
from tests.conftest import Fresh
from tests.dashboard.running import html
from tests.dashboard.views.opened import opened, shown
from tests.factory import Entry, claim, funding, load_notes, note

NOTES, PAGE = 40, 10
"""Events of each kind, and rows on a page of any list or marks of a chart, in these tests."""
ROWS = 2 * 12
"""That one statement may give: two parties of each event, of which cards show at most twelve."""


def contract(firm: str) -> Entry:
    return claim(suppliers=[firm])


def round_(firm: str) -> Entry:
    return funding(recipients=[firm])


def decision(firm: str) -> Entry:
    parties = {"suppliers": None, "buyers": None, "authorities": [f"Agency over {firm}"], "targets": [firm]}
    return claim(kind="export_control", what=f"rule on {firm}", **parties)


class Fetched:
    """The statements sent to SQLite with more than one column, by the rows that were taken from them."""

    def __init__(self, url: str) -> None:
        self.rows: dict[str, int] = {}
        fetched = self.rows

        class Rows(sqlite3.Cursor):
            said, number = "", 0

            def execute(self, sql: str, *rest: Any) -> Any:
                self.said, self.number = " ".join(sql.split()), 0
                return super().execute(sql, *rest)

            def _count(self, rows: list[Any]) -> None:
                if rows and len(rows[0]) > 1:
                    self.number += len(rows)
                    fetched[self.said] = max(self.number, fetched.get(self.said, 0))

            def fetchall(self) -> list[Any]:
                found = super().fetchall()
                self._count(found)
                return found

            def fetchmany(self, *size: Any) -> list[Any]:
                found = super().fetchmany(*size)
                self._count(found)
                return found

            def fetchone(self) -> Any:
                found = super().fetchone()
                self._count([found] if found else [])
                return found

        class Counting(sqlite3.Connection):
            def cursor(self, *_: Any) -> Any:
                return super().cursor(Rows)

        def connect(_: Any, __: Any, arguments: Any, options: dict[str, Any]) -> Any:
            return sqlite3.connect(*arguments, factory=Counting, **options)

        open_engine(url).dispose()
        sa.event.listen(open_engine(url), "do_connect", connect)


@pytest.fixture(scope="module")
def many(fresh_sqlite: Fresh) -> tuple[str, Fetched]:
    url = fresh_sqlite()
    database(url)
    acts = [contract, round_, decision]
    load_notes(url, [note(number=sort * NOTES + number, claims=[act(f"Firm {sort} {number}")])
                     for sort, act in enumerate(acts) for number in range(1, NOTES + 1)])  # fmt: skip
    return url, Fetched(url)


@pytest.mark.parametrize(("view", "page"), [
    ("contracts", ""), ("events", ""), ("events", "2"), ("sources", ""), ("sources", "3"), ("funding", ""),
])  # fmt: skip
def test_a_page_fetches_a_page(
    many: tuple[str, Fetched], monkeypatch: pytest.MonkeyPatch, view: str, page: str
) -> None:
    url, fetched = many
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(tables, "PAGE", PAGE)
    monkeypatch.setattr(funding_words, "MARKS", PAGE)
    monkeypatch.setattr(funding_words, "DECISIONS", PAGE)
    opened("about")  # columns in memory are read once for all pages, and so is what the sidebar offers
    fetched.rows.clear()
    st.cache_data.clear()

    opened(view, page=page)

    assert fetched.rows
    assert {said: number for said, number in fetched.rows.items() if number > ROWS} == {}


def test_an_event_of_many_claims_draws_some_at_a_time(fresh_sqlite: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    url = fresh_sqlite()
    load_notes(url, [note(number=number, publisher=f"Paper {number}") for number in range(1, 8)])
    with open_engine(url).connect() as connection:
        event_id = connection.scalar(sa.text("SELECT event_id FROM event"))
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(event_view, "CLAIMS_AT_ONCE", 3)
    monkeypatch.setattr(event_view, "LINKS_AT_ONCE", 4)
    monkeypatch.setattr(event_parts, "PASSAGES", 2)
    monkeypatch.setattr(event_page, "MOST_LINKS", 8)
    monkeypatch.setattr(event_view, "MOST_LINKS", 8)

    first, last = (opened("events", event=event_id, asserts_page=page) for page in ("1", "3"))

    assert [_cards(page) for page in (first, last)] == [3, 1]
    said = shown(first)
    assert "Claims **1–3** of 7" in said
    assert "and 5 more: see the claims below" in said
    assert "The surest 8 of all links" in said
    assert "7 claims by 7 publishers" in said


def _cards(page: AppTest) -> int:
    return sum(body.count('id="claim-') for body in html(page))
