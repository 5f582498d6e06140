"""Opening databases: settings, migrations from nothing, several processes at once."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from db.engine import (
    ROOT,
    BusyDatabaseError,
    UnusableDatabaseError,
    database,
    database_url,
    form_of,
    migrate,
    newest_form,
    open_engine,
    writing,
)
from tests.conftest import Fresh


def test_the_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/name")
    assert database_url() == "postgresql+psycopg://host/name"
    monkeypatch.delenv("DATABASE_URL")
    assert database_url() == f"sqlite:///{ROOT / 'tracker.db'}"


@pytest.mark.parametrize(
    "address",
    ["postgresql+psycopg://u:secret@host:abc/x", "postgresql+psycopg://host:secret/x", "sqlite:///x?timeout=abc"],
)
def test_an_address_that_cannot_be_read_is_named_without_its_password(address: str) -> None:
    with pytest.raises(UnusableDatabaseError, match="DATABASE_URL cannot be read") as refused:
        open_engine(address)

    assert "secret" not in str(refused.value)


def test_sqlite_is_opened_for_many_readers_and_guards_references(empty_url: str) -> None:
    with open_engine(empty_url).connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "journal_mode", "busy_timeout")
        }
    assert pragmas == {"foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 60_000}


def test_migrations_make_from_nothing_what_the_models_say(bare_url: str) -> None:
    engine = database(bare_url)

    with engine.connect() as connection:
        # The index of words has another form on each database: no model can say it.
        told = {"compare_type": True, "include_object": lambda _, name, *__: not str(name).startswith("article_words")}
        context = MigrationContext.configure(connection, opts=told)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_again_changes_nothing(bare_url: str) -> None:
    engine = database(bare_url)
    before = sa.inspect(engine).get_table_names()

    migrate(engine)

    assert sa.inspect(engine).get_table_names() == before
    assert {"claim", "event", "alembic_version"} <= set(before)


def test_two_processes_may_start_first_at_once(bare_url: str) -> None:
    command = [sys.executable, "-c", "from db.engine import database; database()"]
    environment = {**os.environ, "DATABASE_URL": bare_url, "PYTHONPATH": str(ROOT)}

    started = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) for _ in range(3)]

    errors = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], errors


def test_a_write_that_fails_leaves_nothing(url: str) -> None:
    engine = open_engine(url)

    def write_and_fail() -> None:
        with writing(engine) as connection:
            connection.execute(sa.text("INSERT INTO revision VALUES (1, 7, '2026-01-01', 0)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM revision")) == 0


def test_a_reader_sees_one_state_throughout(url: str) -> None:
    engine = open_engine(url)
    with engine.connect() as reader:
        before = reader.scalar(sa.text("SELECT count(*) FROM revision"))
        with writing(engine) as writer:
            writer.execute(sa.text("INSERT INTO revision VALUES (1, 7, '2026-01-01', 0)"))

        assert reader.scalar(sa.text("SELECT count(*) FROM revision")) == before == 0


def test_engines_are_shared_within_a_process(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/one.db"

    assert open_engine(address) is open_engine(address)


def test_postgresql_sorts_text_by_code_points_whatever_its_locale(fresh_postgresql: Fresh) -> None:
    asked = sa.text(
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name <> 'alembic_version' AND data_type = 'character varying'"
        " AND collation_name IS DISTINCT FROM 'C'"
    )
    with open_engine(fresh_postgresql()).connect() as connection:
        assert connection.scalars(asked).all() == []


def test_who_has_waited_long_enough_for_another_writer_is_told_and_changes_nothing(url: str) -> None:
    engine = open_engine(url)
    with (
        writing(engine) as first,
        pytest.raises(BusyDatabaseError, match=r"more than 0\.2 seconds"),
        writing(engine, patience=0.2),
    ):
        first.execute(sa.text("SELECT 1"))

    with writing(engine, patience=0.2) as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1


def test_who_only_reads_is_not_kept_waiting_by_a_writer(url: str) -> None:
    engine = open_engine(url)
    with writing(engine):
        reader = threading.Thread(target=database, args=(url,))
        reader.start()
        reader.join(10)

        assert not reader.is_alive()


def test_a_writer_waits_longer_for_its_turn_than_the_driver_would(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0)
    engine, done = open_engine(fresh()), list[int]()

    def write(number: int) -> None:
        with writing(engine) as connection:
            connection.execute(sa.text("SELECT 1"))
            done.append(number)

    with writing(engine):
        other = threading.Thread(target=write, args=(2,))
        other.start()
        other.join(0.3)
        done.append(1)
    other.join(10)

    assert done == [1, 2]


def test_the_form_of_the_tables_is_known_by_name(bare_url: str) -> None:
    engine = open_engine(bare_url)

    assert form_of(engine) is None
    migrate(engine)
    assert form_of(engine) == newest_form()
