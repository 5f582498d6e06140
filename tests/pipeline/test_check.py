"""Looking through input files without touching a database: says what a load says."""

from pathlib import Path

import pytest

from db.engine import open_engine
from pipeline.check import check, known_actors
from pipeline.load import load
from pipeline.readers import find_inputs
from tests.factory import actor, claim, load_notes, note, write_lines, write_notes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sound and unsound records of every sort."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "notes").mkdir()
    write_notes(
        place / "notes" / "a.jsonl",
        [note(number=1), note(number=1), note(number=2, language="xx"), note(number=3, claims=[claim(date="2026")])],
    )
    write_lines(place / "actors.jsonl", [actor("Acme", parent="Nobody"), actor("Acme"), actor("Zeta", kind="band")])
    write_lines(place / "judgements.jsonl", [{"subject": "claim"}])
    (place / "checked.csv").write_text("article_id,outcome,checked_on\na,perhaps,2026-01-01\n", encoding="utf-8")
    return place


def test_a_check_finds_what_a_load_finds(url: str, folder: Path) -> None:
    inputs = find_inputs([str(folder)])

    checked, loaded = check(inputs, None), load(open_engine(url), inputs)

    assert (checked.new, checked.claims, checked.rejected) == (loaded.new, loaded.claims, loaded.rejected)
    assert checked.by_rule == loaded.by_rule
    assert {issue.message for issue in checked.issues} == {issue.message for issue in loaded.issues}
    assert checked.provisional == loaded.provisional


def test_names_that_the_database_knows_are_known(url: str, tmp_path: Path) -> None:
    load_notes(url, (), [actor("Acme"), actor("Kenya", aliases=["Government of Kenya"])])

    found = check(find_inputs([str(write_notes(tmp_path / "a.jsonl", [note()]))]), known_actors(open_engine(url)))

    assert found.provisional == []
    assert not found.issues


def test_no_database_is_made_by_asking_for_its_actors(tmp_path: Path) -> None:
    assert known_actors(open_engine(f"sqlite:///{tmp_path}/none.db")) is None
    assert not (tmp_path / "none.db").exists()


def test_a_database_without_tables_knows_nobody(bare_url: str) -> None:
    assert known_actors(open_engine(bare_url)) is None
