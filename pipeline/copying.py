"""A whole database moved to another one, on either engine: the same rows, and so the same export to the byte."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlmodel import SQLModel

from db.bulk import ROWS_AT_ONCE, Row, fill, stream
from db.engine import form_of, migrate, open_engine, writing
from db.packing import pack_all
from db.search import file_all
from pipeline.errors import DatabaseError, InputError

Advance = Callable[[int], None]
"""Told how many more rows have arrived."""

MADE_ANEW = frozenset({"actor_word", "column_part", "column_loose"})
"""Tables that only hold again what stands in others: the target makes its own."""
_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy writes a moment into SQLite."""


def _unheard(_: int) -> None:
    """Tell nobody."""


def tables() -> list[sa.Table]:
    """What is copied, in an order in which each row finds what it points to."""
    return [one for one in SQLModel.metadata.sorted_tables if one.name not in MADE_ANEW]


def open_source(url: str) -> Engine:
    """The database at an address, brought to the newest form of the tables.

    Raises:
        InputError: there is none.
        UnusableDatabaseError: the address cannot be used, or a later version of the tracker made the database.
    """
    engine = open_engine(url)
    path = engine.url.database or ""
    if engine.dialect.name == "sqlite" and not (path and Path(path).is_file()):
        raise InputError(f"there is no file {path!r} to copy from")
    if form_of(engine) is None:
        raise InputError(f"{engine.url.render_as_string()} holds no tables of the tracker: there is nothing to copy")
    migrate(engine)
    return engine


def open_target(url: str, source: Engine) -> Engine:
    """The database at another address, with all tables and nothing in them.

    Raises:
        InputError: it is the source itself, or something is in it.
        UnusableDatabaseError: the address cannot be used, or a later version of the tracker made the database.
    """
    engine = open_engine(url)
    if _place(engine.url) == _place(source.url):
        raise InputError("both addresses name the same database; give another one to copy to")
    if engine.dialect.name == "sqlite" and not engine.url.database:
        raise InputError("the address to copy to names no file; write sqlite:///FILE or sqlite:////ABSOLUTE/FILE")
    migrate(engine)
    with engine.connect() as connection:
        _refuse_filled(connection)
    return engine


def _place(url: URL) -> tuple[str, ...]:
    if url.get_backend_name() == "sqlite":
        return "sqlite", str(Path(url.database or "").resolve())
    host = str(url.query.get("host") or url.host or "localhost").replace("127.0.0.1", "localhost")
    return "postgresql", host, str(url.query.get("port") or url.port or 5432), url.database or ""


def _refuse_filled(connection: Connection) -> None:
    filled = [one.name for one in tables() if connection.scalar(sa.select(sa.literal(1)).select_from(one).limit(1))]
    if filled:
        url = connection.engine.url
        how = (
            "delete the file"
            if url.get_backend_name() == "sqlite"
            else f"dropdb {url.database}, createdb {url.database}"
        )
        raise InputError(
            f"{url.render_as_string()} is not empty (rows in {', '.join(sorted(filled)[:3])} ...): nothing was copied; "
            f"give an empty database, or empty this one ({how})"
        )


def rows_in(engine: Engine) -> int:
    """How many rows a copy will move."""
    with engine.connect() as connection:
        return sum(_count(connection, one) for one in tables())


def copy(source: Engine, target: Engine, advance: Advance = _unheard) -> dict[str, int]:
    """Move all rows, in one transaction of either side; returns how many, by table.

    The source may be written to meanwhile: what is copied is its state when it began. A copy that is cut off leaves
    the target empty.

    Raises:
        InputError: something is in the target.
        DatabaseError: what arrived is not what was sent.
    """
    with source.begin() as giving, writing(target) as taking:
        _refuse_filled(taking)
        for one in tables():
            columns = [column.name for column in one.columns]
            fill(taking, one, columns, _counted(_as_taken(giving, taking, one), advance))
        moved = {one.name: _count(taking, one) for one in tables()}
        lost = [name for name, rows in moved.items() if rows != _count(giving, SQLModel.metadata.tables[name])]
        if lost:
            raise DatabaseError(f"not all rows of {', '.join(lost)} arrived: nothing was kept; copy again")
        file_all(taking)
        pack_all(taking)
        if taking.dialect.name == "postgresql":
            _number_on(taking)
            taking.execute(sa.text("ANALYZE"))
    return moved


def _as_taken(giving: Connection, taking: Connection, source: sa.Table) -> Iterator[Row]:
    """The rows of a table as the other driver takes them."""
    rows = stream(giving, source)
    moments = [place for place, column in enumerate(source.columns) if isinstance(column.type, sa.Date | sa.DateTime)]
    if not moments or giving.dialect.name == "sqlite" or taking.dialect.name == "postgresql":
        return rows
    return (_with_text(row, moments) for row in rows)


def _with_text(row: Row, moments: list[int]) -> Row:
    """SQLite has no type for moments: they are kept as text."""
    cells = list(row)
    for place in moments:
        value = cells[place]
        if isinstance(value, dt.datetime):
            cells[place] = value.strftime(_MOMENT)
        elif isinstance(value, dt.date):
            cells[place] = value.isoformat()
    return tuple(cells)


def _counted(rows: Iterator[Row], advance: Advance) -> Iterator[Row]:
    count = 0
    for row in rows:
        yield row
        count += 1
        if count == ROWS_AT_ONCE:
            advance(count)
            count = 0
    advance(count)


def _count(connection: Connection, source: sa.Table) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(source)) or 0)


def _number_on(connection: Connection) -> None:
    """Let PostgreSQL go on numbering after the highest key of each table that numbers its rows itself."""
    for one in tables():
        key = one.autoincrement_column
        if key is not None and key.autoincrement is not False:
            sequence = sa.func.pg_get_serial_sequence(one.name, key.name)
            highest = sa.select(sa.func.max(key)).scalar_subquery()
            set_on = sa.select(sa.func.setval(sequence, highest)).where(sequence.is_not(None), highest.is_not(None))
            connection.execute(set_on)
