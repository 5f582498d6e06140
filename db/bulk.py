"""Moving many rows at once, on either database: bulk insert, and membership in a long list."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

Row = tuple[object, ...]
T = TypeVar("T")
ROWS_AT_ONCE = 2000
"""Rows held while a table is read."""


def table(model: type[SQLModel]) -> sa.Table:
    """The Core table behind a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def insert(connection: Connection, model: type[SQLModel], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values: executemany on SQLite, COPY on PostgreSQL. Constraints hold as always.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refuses the rows, or is lost.
    """
    fill(connection, table(model), columns, rows)


def fill(connection: Connection, target: sa.Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """As `insert`, for a table that is at hand without its model."""
    name = target.name
    if connection.dialect.name == "postgresql":
        _copy_in(connection, name, columns, rows)
        return
    statement = _insert_statement(name, tuple(columns))
    with _errors_as_usual(connection, statement), closing(connection.connection.cursor()) as cursor:
        cursor.executemany(statement, rows)  # type: ignore[arg-type]


def _copy_in(connection: Connection, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    statement = f'COPY "{name}" ({_listed(columns)}) FROM STDIN'
    with (
        _errors_as_usual(connection, statement),
        closing(connection.connection.cursor()) as cursor,
        cursor.copy(statement) as copy,
    ):
        write = copy.write_row
        for row in rows:
            write(row)


def stream(connection: Connection, source: sa.Table) -> Iterator[Row]:
    """All rows of a table by its key, as the driver gives them; only some are held at a time. In a transaction only.

    Raises:
        sqlalchemy.exc.DBAPIError: the database is lost.
    """
    statement = str(sa.select(source).order_by(*source.primary_key.columns).compile(connection))
    # A named cursor of PostgreSQL stays on the server and sends rows as they are asked for.
    named = {"name": f"all_{source.name}"} if connection.dialect.name == "postgresql" else {}
    with _errors_as_usual(connection, statement), closing(connection.connection.cursor(**named)) as cursor:
        if named:
            cursor.itersize = ROWS_AT_ONCE  # type: ignore[attr-defined]
        cursor.execute(statement)
        yield from cursor  # type: ignore[misc]


def update(
    connection: Connection, model: type[SQLModel], keys: Sequence[str], columns: Sequence[str], rows: Collection[Row]
) -> None:
    """Change rows that are there: executemany on SQLite, COPY into a temporary table and one merge on PostgreSQL.

    Args:
        rows: the values of `keys`, then those of `columns`. A row that is not there is passed over.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refuses the rows, or is lost.
    """
    if not rows:
        return
    name = str(model.__tablename__)
    if connection.dialect.name == "sqlite":
        statement = _update_statement(name, tuple(keys), tuple(columns))
        with _errors_as_usual(connection, statement), closing(connection.connection.cursor()) as cursor:
            cursor.executemany(statement, rows)  # type: ignore[arg-type]
        return
    target = table(model)
    staged = sa.Table(f"new_{name}", sa.MetaData(), *(sa.Column(c, target.c[c].type) for c in (*keys, *columns)),
                      prefixes=["TEMPORARY"])  # fmt: skip
    staged.create(connection)
    _copy_in(connection, staged.name, (*keys, *columns), rows)
    found = sa.and_(*(target.c[key] == staged.c[key] for key in keys))
    connection.execute(sa.update(target).where(found).values({column: staged.c[column] for column in columns}))
    staged.drop(connection)


def delete_pairs(
    connection: Connection, model: type[SQLModel], keys: Sequence[str], rows: Iterable[Sequence[int]]
) -> None:
    """Delete the rows with these whole-number keys."""
    target, asked = table(model), rows_of(connection, keys, rows)
    there = sa.tuple_(*(target.c[key] for key in keys)).in_(sa.select(*(asked.c[key] for key in keys)))
    connection.execute(sa.delete(target).where(there))


@contextmanager
def _errors_as_usual(connection: Connection, statement: str) -> Iterator[None]:
    """The driver's errors as those that SQLAlchemy raises for its own statements."""
    driver_error = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except driver_error as error:
        raise sa.exc.DBAPIError.instance(statement, None, error, driver_error, dialect=connection.dialect) from error


@cache
def _insert_statement(name: str, columns: tuple[str, ...]) -> str:
    return f'INSERT INTO "{name}" ({_listed(columns)}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 (own names)


@cache
def _update_statement(name: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> str:
    places = {column: place for place, column in enumerate((*keys, *columns), 1)}
    sets = ", ".join(f'"{column}" = ?{places[column]}' for column in columns)
    where = " AND ".join(f'"{key}" = ?{places[key]}' for key in keys)
    return f'UPDATE "{name}" SET {sets} WHERE {where}'  # noqa: S608 (own names)


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


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
    return column == sa.func.any(_array(listed, sa.String() if isinstance(column.type, sa.String) else column.type))


def _array(values: Iterable[object], kind: "sa.types.TypeEngine[T]") -> "sa.Cast[Sequence[T]]":
    """A PostgreSQL array as one text: quicker than the driver's, which looks at each value by itself.

    The text has no type of its own, so that the server reads it once, as an array. One of a text type would be read
    again for each row.
    """
    cells = map(str, values) if not isinstance(kind, sa.String) else map(_quoted, values)
    return sa.cast(sa.literal("{" + ",".join(cells) + "}", sa.types.NULLTYPE), sa.ARRAY(kind))


def _quoted(value: object) -> str:
    if value is None:
        return "NULL"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def rows_of(connection: Connection, names: Sequence[str], rows: Iterable[Sequence[int]]) -> sa.Subquery:
    """Rows of whole numbers as a table to join with, with one bound parameter (PostgreSQL: one for each column)."""
    listed = list(rows)
    if connection.dialect.name == "sqlite":
        each = sa.func.json_each(json.dumps(listed)).table_valued("value")
        cells = (sa.func.json_extract(each.c.value, f"$[{place}]").label(name) for place, name in enumerate(names))
        return sa.select(*cells).subquery()
    columns = zip(*listed, strict=True) if listed else ((),) * len(names)
    arrays = (_array(column, sa.BigInteger()) for column in columns)
    return sa.select(sa.func.unnest(*arrays).table_valued(*names).render_derived()).subquery()


def next_key(connection: Connection, model: type[SQLModel]) -> int:
    """The first unused whole-number key of a table. Only inside a writing transaction: writers take turns."""
    highest = connection.execute(sa.select(sa.func.max(table(model).c.pk))).scalar()
    return int(highest or 0) + 1


def chunks(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """A sequence in pieces of at most `size`."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
