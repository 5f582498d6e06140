"""The list of articles and the page of one."""

import json
from pathlib import Path

import pytest

from db.engine import database, open_engine
from pipeline.load import load
from pipeline.maintain import withdraw
from pipeline.readers import find_inputs
from tests.dashboard.views.opened import opened, shown
from tests.pipeline.samples import NOTE, changed

TEXT = NOTE["text"] + " " + " ".join(f"Sentence {number} of the agency says more of it." for number in range(30))


@pytest.fixture
def reprinted(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One long text published twice; two of its claims rest on overlapping passages."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    again = {**NOTE["claims"][1], "evidence": "more than $1.4 billion", "what": "the same sum again"}
    first = {**NOTE, "text": TEXT, "claims": [*NOTE["claims"], again]}
    copy = {
        **changed(NOTE, "text", TEXT),
        "id": "copy-2025-06-26-zhipu",
        "publisher": "Copier",
        "published": "2025-06-26",
    }
    notes = tmp_path / "notes.jsonl"
    notes.write_text("\n".join(map(json.dumps, (first, copy))), encoding="utf-8")
    assert load(database(empty_url), find_inputs([str(notes)])).rejected == 0
    return empty_url


def test_the_list_has_the_articles_behind_the_choice(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", corpus_url)

    page = opened("sources", actor="Zhipu AI")

    number = len(page.dataframe[0].value)
    assert 0 < number < 463
    assert f"{number} articles" in shown(page)
    assert len(page.get("plotly_chart")) == 3


def test_an_article_shows_its_text_with_every_claim_also_where_passages_overlap(reprinted: str) -> None:
    said = shown(opened("sources", article=NOTE["id"]))

    assert '<mark class="evidence">Zhipu AI was winning government work in Malaysia</mark><sup>' in said
    assert '<mark class="evidence">state investment in the company at </mark>' in said
    assert '<mark class="evidence shared">more than $1.4 billion</mark>' in said
    assert "3 claims read from it" in said
    assert said.count("Event: <a href=") == 3


def test_a_reprint_is_named_with_its_family(reprinted: str) -> None:
    said = shown(opened("sources", article="copy-2025-06-26-zhipu"))

    assert "count as one independent source" in said
    assert f"article={NOTE['id']}" in said


def test_a_reprint_stands_beside_the_first_with_what_they_share_marked(reprinted: str) -> None:
    first, copy = (shown(opened("sources", article=name)) for name in (NOTE["id"], "copy-2025-06-26-zhipu"))

    assert "The first of its text known here; 1 reprint of it." in first
    assert "A reprint. 1 other article with this text." in copy
    for said in (first, copy):
        assert "Shared: 100 % of the shorter text" in said
        assert said.count('<mark class="same">') == 2
        assert 'target="_blank"' in said


def test_the_list_names_reprints_and_can_leave_them_out(reprinted: str) -> None:
    page = opened("sources")
    own, named = sorted(page.dataframe[0].value["reprint"])
    assert own == ""
    assert named.startswith(f"{NOTE['publisher']}, ")

    page.segmented_control(key="texts").set_value("reprints").run()
    assert page.dataframe[0].value["reprint"].tolist() == [named]
    page.segmented_control(key="texts").set_value("own").run()
    assert page.dataframe[0].value["reprint"].tolist() == [""]


def test_a_withdrawn_article_gives_the_reason(reprinted: str) -> None:
    withdraw(open_engine(reprinted), NOTE["id"], "not what the source says")

    said = shown(opened("sources", article=NOTE["id"]))

    assert "Withdrawn" in said
    assert "not what the source says" in said


def test_an_article_from_after_the_day_asked_for_says_so(reprinted: str) -> None:
    said = shown(opened("sources", article="copy-2025-06-26-zhipu", known="2025-06-25"))

    assert "Not yet published" in said


def test_an_unknown_article_says_so(reprinted: str) -> None:
    assert "No such article" in shown(opened("sources", article="nope"))


def test_nothing_chosen_says_what_to_do(reprinted: str, empty_url: str) -> None:
    assert "No event fits these filters" in shown(opened("sources", q="nowherewords"))


def test_an_empty_database_names_the_command_that_fills_it(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)

    assert "The database is empty" in shown(opened("sources"))
