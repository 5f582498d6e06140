"""Where the database is and how it is opened: address, SQLite settings, migrations, write transactions."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

ROOT = Path(__file__).resolve().parent.parent
BUSY_SECONDS = 60
LOG_PAGES = 65536
"""Pages of 4 KiB in SQLite's log from which on a commit writes them back: what batch after batch touches goes once."""
WRITE_LOCK = 7_316_001
"""Key of the PostgreSQL advisory lock that makes writers take turns (any constant of ours will do)."""


def database_url() -> str:
    """The address in DATABASE_URL, or the SQLite file tracker.db in the repository's root."""
    return address(os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'tracker.db'}")


def address(url: str) -> str:
    """An address as people give it, with the driver that we use."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


class UnusableDatabaseError(Exception):
    """The address is of a sort that the tracker cannot use, or the database was made by a later version of it."""


@lru_cache(maxsize=16)
def open_engine(url: str) -> Engine:
    """The engine for an address, one for each in a process. A reader's transaction sees one state throughout.

    Raises:
        UnusableDatabaseError: an address of another sort, or one that cannot be read.
    """
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise UnusableDatabaseError("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
    try:
        return _make_engine(url)
    except (sa.exc.ArgumentError, ValueError):
        # What the error says is left out: it may quote a part of the password.
        raise UnusableDatabaseError(
            "DATABASE_URL cannot be read: the port must be a number, options must have values of their sort, and "
            "signs such as @ : / in a name or password must be written as %40 %3A %2F"
        ) from None


def _make_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    # No pool: a kept connection would go on reading a file that was deleted and made anew.
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would otherwise start transactions by itself, and only before writes: reads would not be one snapshot.
    connection.isolation_level = None
    for pragma in (
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "cache_size = -65536",
        "temp_store = MEMORY",
        f"wal_autocheckpoint = {LOG_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if "patience" in options:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {options['patience']}")
    if not options.get("writing", False):
        connection.exec_driver_sql("BEGIN")
        return
    while not _took_turn(connection, waits_on="patience" not in options):
        pass


def _took_turn(connection: Connection, waits_on: bool) -> bool:
    """Whether the file is ours to write. Without a limit one waits as on PostgreSQL: a rebuild may take an hour."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except sa.exc.OperationalError as error:
        extended: int = getattr(error.orig, "sqlite_errorcode", 0)
        if waits_on and extended & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True


@contextmanager
def kept_open(engine: Engine) -> Iterator[None]:
    """For many transactions in a row on one SQLite file: closing its last connection would write back the whole log."""
    with engine.connect():
        yield


class BusyDatabaseError(Exception):
    """Somebody else was writing for longer than we meant to wait. Nothing was changed."""


@contextmanager
def writing(engine: Engine, patience: float | None = None) -> Iterator[Connection]:
    """A transaction that writes: waits its turn, commits at the end, leaves nothing behind on an error.

    Raises:
        BusyDatabaseError: its turn did not come within `patience` seconds, if any are given.
    """
    is_server = engine.dialect.name == "postgresql"
    # Who waited for the lock must then see what the one before it wrote: not the state of when it began to wait.
    options: dict[str, object] = {"isolation_level": "READ COMMITTED"} if is_server else {"writing": True}
    if patience is not None and not is_server:
        options["patience"] = round(patience * 1000)
    with engine.connect().execution_options(**options) as connection, _turn(connection, patience):
        yield connection


@contextmanager
def _turn(connection: Connection, patience: float | None) -> Iterator[None]:
    try:
        transaction = connection.begin()
        if connection.dialect.name == "postgresql":
            if patience is not None:
                milliseconds = str(round(patience * 1000))
                connection.execute(sa.select(sa.func.set_config("lock_timeout", milliseconds, True)))
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITE_LOCK)))
    except sa.exc.OperationalError as error:
        if patience is None:
            raise
        raise BusyDatabaseError(f"another run has been writing for more than {patience:g} seconds") from error
    with transaction:
        yield


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest form. Safe to call at every start, from several processes at once.

    Where they are in it, nothing is written: who only reads does not wait for a load or a rebuild.
    """
    if form_of(engine) == newest_form():
        return
    config = Config()
    config.set_main_option("script_location", str(ROOT / "db" / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise UnusableDatabaseError(f"the database is of another version of the tracker: {error}") from error


def form_of(engine: Engine) -> str | None:
    """The name of the form that the tables of a database are in; None where there are none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@lru_cache(maxsize=1)
def newest_form() -> str:
    """The name of the newest form of the tables: part of the name of whatever is kept in them beside the database."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "db" / "migrations"))
    return str(ScriptDirectory.from_config(config).get_current_head())


def database(url: str | None = None) -> Engine:
    """The engine of an address (default: `database_url()`), its tables brought up to date."""
    engine = open_engine(url or database_url())
    migrate(engine)
    return engine
