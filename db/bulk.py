"""Moving many rows at once, on either database: bulk insert, and membership in a long list."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

Row = tuple[object, ...]
T = TypeVar("T")


def table(model: type[SQLModel]) -> sa.Table:
    """The Core table behind a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def insert(connection: Connection, model: type[SQLModel], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values: executemany on SQLite, COPY on PostgreSQL. Constraints hold as always.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refuses the rows, or is lost.
    """
    statement = _insert_statement(str(model.__tablename__), tuple(columns), connection.dialect.name)
    with _errors_as_usual(connection, statement), closing(connection.connection.cursor()) as cursor:
        if connection.dialect.name == "sqlite":
            cursor.executemany(statement, rows)  # type: ignore[arg-type]
            return
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def _errors_as_usual(connection: Connection, statement: str) -> Iterator[None]:
    """The driver's errors as those that SQLAlchemy raises for its own statements."""
    driver_error = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except driver_error as error:
        raise sa.exc.DBAPIError.instance(statement, None, error, driver_error, dialect=connection.dialect) from error


@cache
def _insert_statement(name: str, columns: tuple[str, ...], dialect: str) -> str:
    quoted = ", ".join(f'"{column}"' for column in columns)
    if dialect == "sqlite":
        return f'INSERT INTO "{name}" ({quoted}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 (own names)
    return f'COPY "{name}" ({quoted}) FROM STDIN'


def among(
    connection: Connection,
    column: "sa.ColumnElement[int] | sa.ColumnElement[str]",
    values: Iterable[int] | Iterable[str],
) -> sa.ColumnElement[bool]:
    """`column IN values` with one bound parameter, however long the list: no limit on variables, one cached plan."""
    listed = list(values)
    if connection.dialect.name == "sqlite":
        each = sa.func.json_each(json.dumps(listed)).table_valued("value")
        return column.in_(sa.select(each.c.value))
    return column == sa.func.any(
        sa.cast(listed, sa.ARRAY(sa.String if isinstance(column.type, sa.String) else column.type))
    )


def rows_of(connection: Connection, names: Sequence[str], rows: Iterable[Sequence[int]]) -> sa.Subquery:
    """Rows of whole numbers as a table to join with, with one bound parameter (PostgreSQL: one for each column)."""
    listed = list(rows)
    if connection.dialect.name == "sqlite":
        each = sa.func.json_each(json.dumps(listed)).table_valued("value")
        cells = (sa.func.json_extract(each.c.value, f"$[{place}]").label(name) for place, name in enumerate(names))
        return sa.select(*cells).subquery()
    columns = zip(*listed, strict=True) if listed else ((),) * len(names)
    arrays = (sa.cast(list(column), sa.ARRAY(sa.BigInteger)) for column in columns)
    return sa.select(sa.func.unnest(*arrays).table_valued(*names).render_derived()).subquery()


def next_key(connection: Connection, model: type[SQLModel]) -> int:
    """The first unused whole-number key of a table. Only inside a writing transaction: writers take turns."""
    highest = connection.execute(sa.select(sa.func.max(table(model).c.pk))).scalar()
    return int(highest or 0) + 1


def chunks(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """A sequence in pieces of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
