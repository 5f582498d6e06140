"""The tables behind the pages as CSV: what a button and the address for scripts give, to the byte the same.

The addresses are answered by `dashboard/server.py` alone; under `streamlit run dashboard/app.py` there are none.
"""

from collections.abc import Generator
from dataclasses import replace
from urllib.parse import urljoin

from sqlalchemy.engine import Connection

from dashboard.address import query
from dashboard.filter_words import address_values
from db import dictionary
from db.engine import database
from db.extracts import BYTE_ORDER_MARK, to_csv
from db.filters import Filters
from db.queries.streams import TABLES
from pipeline.export import reading
from pipeline.snapshot import known_on

MOST_AT_ONCE = 5000
"""Rows of a file that is put together in memory; longer ones are streamed."""
FOR_SPREADSHEETS = "bom"
"""The key that asks for a byte-order mark, as buttons give it: Excel needs it, programs may trip over it."""
Lines = Generator[bytes, None, None]


class _Served:
    """Whether this process answers the addresses for scripts."""

    holds = False


def serve() -> None:
    """Say that this process answers the addresses for scripts. Called by server.py before any page is drawn."""
    _Served.holds = True


def are_served() -> bool:
    """Whether there is something behind `address_of`."""
    return _Served.holds


def address_of(page: str | None, table: str, filters: Filters, **more: str) -> str:
    """Where a table of the events of these filters is. `page`: the address of any page; without it relative to it."""
    asked = query({**address_values(filters), **more})
    return urljoin(page or "", f"data/{table}.csv{'?' if asked else ''}{asked}")


def lines(connection: Connection, table: str, filters: Filters, *, guard: bool = True, mark: bool = False) -> Lines:
    """A table (one of `TABLES`) by id, some thousand rows at a time. The connection is that of the filters' day."""
    columns = [column.name for column in dictionary.TABLES[table]]
    yield (f"{BYTE_ORDER_MARK if mark else ''}{','.join(columns)}\n").encode()
    for frame in TABLES[table](connection, replace(filters, as_known_on=None)):
        yield to_csv(frame[columns], header=False, guard=guard).encode()


def whole(url: str, table: str, filters: Filters) -> bytes:
    """A short table at once, for a spreadsheet. `url`: the database's address."""
    engine = database(url)
    with reading(known_on(engine, filters.as_known_on) if filters.as_known_on else engine) as connection:
        return b"".join(lines(connection, table, filters, mark=True))
