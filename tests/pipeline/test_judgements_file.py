"""The file of all judgements: it reads back as it was, and its lines keep their order."""

import json
from pathlib import Path

import pytest

from db.engine import open_engine
from pipeline import judgements_file
from pipeline.errors import OutputError
from tests.conftest import Fresh
from tests.factory import judgement, load_notes, write_lines
from tests.pipeline.test_decisions import BOB, UNDONE, table_of

ENTRIES = [
    judgement("b", "c", "unsure", when="2026-02-01T05:00:00+02:00", why="zwei\nZeilen 智谱AI \u2028"),
    {**judgement("b", "a", "same"), **UNDONE},
    BOB,
    judgement("SoftBank", "Arm", "owns", subject="actor"),
]


def written(url: str, path: Path) -> bytes:
    with open_engine(url).connect() as connection:
        assert judgements_file.write(connection, path) == len(table_of(url))
    return path.read_bytes()


def test_loading_the_file_elsewhere_gives_the_same_table_and_the_same_file(fresh: Fresh, tmp_path: Path) -> None:
    here, there = fresh(), fresh()
    load_notes(here, (), (), ENTRIES)
    lines = written(here, tmp_path / "here.jsonl")

    load_notes(there, (), (), [json.loads(line) for line in lines.decode().split("\n")[:-1]])

    assert table_of(there) == table_of(here)
    assert written(there, tmp_path / "there.jsonl") == lines


def test_lines_come_by_pair_and_time_with_keys_in_one_order(url: str, tmp_path: Path) -> None:
    load_notes(url, (), (), ENTRIES)

    lines = [json.loads(line) for line in written(url, tmp_path / "all.jsonl").decode().split("\n")[:-1]]

    assert [(one["left"], one["right"], one["when"][:10]) for one in lines] == [
        ("Arm", "SoftBank", "2026-01-01"),
        ("a", "b", "2026-01-01"),
        ("a", "b", "2026-01-02"),
        ("b", "c", "2026-02-01"),
    ]
    assert list(lines[1]) == ["subject", "left", "right", "verdict", "who", "when", "why", *UNDONE]
    assert "undone_by" not in lines[2]


def test_a_file_that_is_there_is_replaced_whole(empty_url: str, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "all.jsonl", [{"old": 1}])

    assert written(empty_url, path) == b""
    assert list(tmp_path.glob("*.part")) == list(tmp_path.glob(".*.part")) == []


@pytest.mark.parametrize("path", [".", "..", "/"])
def test_a_path_without_the_name_of_a_file_is_refused(empty_url: str, path: str) -> None:
    with open_engine(empty_url).connect() as connection, pytest.raises(OutputError, match="names no file"):
        judgements_file.write(connection, Path(path))


def test_a_file_of_the_name_that_was_once_used_aside_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / ".all.jsonl.part").write_text("mine")

    written(empty_url, tmp_path / "all.jsonl")

    assert (tmp_path / ".all.jsonl.part").read_text() == "mine"
