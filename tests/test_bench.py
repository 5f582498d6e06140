"""Every part of the benchmark runs, with sizes so small that its figures mean nothing."""

import json
from pathlib import Path

import pytest

from tests.bench import crowd, queries
from tests.bench.__main__ import PARTS, main
from tests.bench.figures import Figure, table
from tests.bench.ground import Ground


def test_an_aim_is_on_the_ratio_where_there_is_one() -> None:
    assert Figure("load", "", 30.0, "s", ratio=2.9, aim=3).met is True
    assert Figure("load", "", 2.0, "s", ratio=3.1, aim=3).met is False
    assert Figure("queries", "", 151, "ms", aim=150).met is False
    assert Figure("dask", "", 9.0, "s", ratio=1.6, aim=1.6, at_least=True).met is True
    assert Figure("floor", "", 9.0, "s").met is None


def test_the_table_says_of_each_aim_whether_it_is_met() -> None:
    lines = table([Figure("load", "notes", 12.3, "s", 2.5, 3), Figure("crowd", "median", 4, "s", aim=2)]).splitlines()

    assert [line.split()[-1] for line in lines] == ["met", "yes", "no"]
    assert lines[1].split() == ["load", "notes", "12.30", "s", "2.50", "≤", "3", "yes"]


@pytest.mark.slow
def test_parts_of_loading_run_alone_and_write_what_they_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.bench.loading.SMALL", 20)
    named = ["generator", "floor", "memory", "incremental", "readers"]

    main([*named, "--notes", "60", "--runs", "1", "--folder", str(tmp_path), "--json", str(tmp_path / "out.json")])

    found = json.loads((tmp_path / "out.json").read_text())
    assert {one["part"] for one in found["figures"]} == {*named, "load"}
    assert all(one["measured"] > 0 for one in found["figures"])
    assert "60 notes, times the floor" in capsys.readouterr().out


@pytest.mark.slow
def test_parts_that_read_a_database_take_one_that_is_given(corpus_url: str, tmp_path: Path) -> None:
    told: list[str] = []
    ground = Ground(tmp_path, 1, 1, corpus_url, told.append)

    figures = [
        *queries.worst(ground, ["none"], ["counts"]),
        *PARTS["payload"](ground),
        *PARTS["csv"](ground),
        *crowd.crowd(ground, many=2, changes=2, pause=(0.0, 0.1)),
    ]

    assert {one.part for one in figures} == {"queries", "payload", "csv", "crowd"}
    assert next(one for one in figures if one.what == "failed").measured == 0
    assert list(tmp_path.iterdir()) == []
