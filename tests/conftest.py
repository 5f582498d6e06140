"""What tests share: databases on both engines, the bundled corpus loaded once, clean caches."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from db.engine import database
from pipeline.load import load
from pipeline.readers import find_inputs

CORPUS = Path(__file__).resolve().parent.parent / "pipeline" / "corpus"


@pytest.fixture(autouse=True)
def _clear_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()


@pytest.fixture(autouse=True)
def _own_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_CACHE", str(tmp_path / "known-on"))


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
