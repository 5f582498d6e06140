"""The About page."""

import json
from pathlib import Path

import pytest

from dashboard.shapes import BORDER_POLICY
from dashboard.wording import escape_markdown
from db.engine import database
from pipeline.load import load
from pipeline.readers import find_inputs
from tests.dashboard.views.opened import opened, shown
from tests.pipeline.samples import NOTE, changed


def test_limits_stand_first_and_all_sections_are_there(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", corpus_url)

    page = opened("about")

    assert [heading.value for heading in page.header] == [
        "Limits", "Method", "The data now", "Data dictionary", "Borders on the maps", "Licences", "How to cite",
        "Report an error",
    ]  # fmt: skip
    assert "879 claims on" in shown(page)
    assert escape_markdown(BORDER_POLICY) in shown(page)
    assert [tab.label for tab in page.tabs] == ["events.csv", "claims.csv", "articles.csv", "actors.csv"]
    assert "CC BY 4.0" in page.code[0].value


def test_the_last_run_lists_what_it_refused_with_the_remedy(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    notes = tmp_path / "notes.jsonl"
    bad = changed({**NOTE, "id": "bad-2025-06-25-note"}, "claims.0.evidence", "words that are not there")
    notes.write_text(f"{json.dumps(NOTE)}\n{json.dumps(bad)}\n", encoding="utf-8")
    load(database(empty_url), find_inputs([str(notes)]))

    page = opened("about")

    assert "**1 record refused**" in shown(page)
    refused = page.dataframe[0].value
    assert list(refused["line"]) == [2]
    assert "words that are not there" in refused["message"].iloc[0]
    assert "actors named by claims but missing from the register" in shown(page)


def test_an_empty_database_still_explains_itself(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)

    page = opened("about")

    assert "The database is empty" in shown(page)
    assert page.header[0].value == "Limits"
