import re
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st

from db.engine import database
from pipeline.load import load
from pipeline.readers import find_inputs
from tests.dashboard.running import APP, open_app
from tests.factory import load_notes, note

SOURCES = sorted(APP.parent.rglob("*.py"))


@pytest.mark.parametrize("view", ["contracts", "funding", "events", "sources", "review", "changes", "about"])
def test_every_view_opens_on_the_corpus_and_ends_with_the_version_of_the_data(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    app = open_app(monkeypatch, corpus_url, view)

    assert len(app.title) == 1
    assert app.caption[-1].value.startswith("Data version ")


@pytest.mark.parametrize("view", ["contracts", "funding", "events", "sources", "review", "changes", "about"])
def test_every_view_opens_on_an_empty_database(empty_url: str, monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    assert len(open_app(monkeypatch, empty_url, view).title) == 1


def test_a_load_shows_on_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpus_url: str) -> None:
    url = f"sqlite:///{tmp_path}/growing.db"
    database(url)
    app = open_app(monkeypatch, url)
    notes = APP.parents[1] / "pipeline" / "corpus" / "notes" / "2017.jsonl"
    actors = APP.parents[1] / "pipeline" / "corpus" / "actors.jsonl"

    load(database(url), find_inputs([str(notes), str(actors)]))
    app.run()

    assert not any("The database is empty" in element.value for element in app.info)


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (r"session_state", {"filters.py", "place.py", "reviewing.py"}),
        (r"query_params\b(?!=)", {"filters.py", "place.py"}),
        (r"st\.cache_", {"cache.py"}),
        (r"unsafe_allow_html", set()),
        (
            r"import sqlalchemy|from sqlalchemy|import sqlmodel|from sqlmodel",
            {"cache.py", "csv_route.py", "csv_tables.py"},
        ),
    ],
)
def test_what_belongs_in_one_place_stays_there(pattern: str, allowed: set[str]) -> None:
    found = {path.name for path in SOURCES if re.search(pattern, path.read_text(encoding="utf-8"))}

    assert found <= allowed


def test_events_of_older_rules_are_warned_of_on_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    database(url)
    load_notes(url, [note(number=1)])
    assert not open_app(monkeypatch, url).warning
    with database(url).begin() as connection:
        connection.execute(sa.text("UPDATE revision SET rules = 0"))
    st.cache_data.clear()

    app = open_app(monkeypatch, url, "about")

    assert "rules of another version" in app.warning[0].value
    assert app.code[-1].value == "python -m pipeline rebuild"
