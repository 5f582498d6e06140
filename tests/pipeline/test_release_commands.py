"""The commands `release` and `diff`: statuses, messages, machine-readable output."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.__main__ import run
from tests.factory import claim, note, write_notes

Cli = Callable[..., tuple[int, str, str]]
CAMERAS = note(number=2, claims=[claim(suppliers=["Globex"], what="=cameras")], title="=cmd()")


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command on a database of its own; gives exit status, standard output, standard error."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/cli.db")

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, " ".join(said.err.split())

    return call


@pytest.fixture
def released(cli: Cli, tmp_path: Path) -> Path:
    """A release of one article, with a second one loaded since."""
    cli("load", write_notes(tmp_path / "first.jsonl", [note()]))
    status, _, said = cli("release", "1.0", tmp_path / "r1", "--date", "2026-11-23")
    assert status == 0, said
    cli("load", write_notes(tmp_path / "second.jsonl", [CAMERAS]))
    return tmp_path / "r1"


def test_release_says_where_it_is_and_its_checksum(cli: Cli, tmp_path: Path) -> None:
    cli("load", write_notes(tmp_path / "notes.jsonl", [note()]))

    status, out, _ = cli("release", "1.0", tmp_path / "r1")
    again, told, _ = cli("release", "1.1", tmp_path / "r2", "--json")

    assert (status, again) == (0, 0)
    assert f"release 1.0 is in {tmp_path / 'r1'}" in out
    assert json.loads(told)["files"][0]["file"] == "events.csv"


def test_a_version_that_is_taken_is_refused_with_the_remedy(cli: Cli, released: Path, tmp_path: Path) -> None:
    status, _, said = cli("release", "1.0", tmp_path / "other")

    assert status == 2
    assert "was made before" in said
    assert "give a new version" in said


def test_diff_lists_what_changed_and_counts_each_sort(cli: Cli, released: Path) -> None:
    status, out, _ = cli("diff", "1.0", "now")

    assert status == 0
    assert "New" in out
    assert f"because article added: The Paper, 2025-03-11 ({CAMERAS['id']})" in out
    assert "From release 1.0 to now" in out


def test_diff_without_a_difference_says_so_with_the_same_status(cli: Cli, released: Path) -> None:
    status, out, _ = cli("diff", released, "1.0")

    assert status == 0
    assert out == "no event differs between release 1.0 and release 1.0\n"


def test_diff_lists_as_many_as_are_asked_for_and_counts_all(cli: Cli, released: Path) -> None:
    _, out, _ = cli("diff", "1.0", "now", "--limit", "0")

    assert "because" not in out
    assert "… and 1 more" in out


def test_diff_gives_json_and_a_guarded_csv(cli: Cli, released: Path, tmp_path: Path) -> None:
    _, out, _ = cli("diff", "1.0", "now", "--json", "--csv", tmp_path / "d.csv")

    told = json.loads(out)
    with (tmp_path / "d.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (told["from"], told["to"], told["counts"]["new"]) == ("release 1.0", "now", 1)
    assert told["differences"][0]["event_id"] == row["event_id"]
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_two_folders_are_compared_without_any_database(
    cli: Cli, released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("release", "1.1", tmp_path / "r2")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.db")

    status, out, said = cli("diff", released, tmp_path / "r2")

    assert (status, said) == (0, "")
    assert "From release 1.0 to release 1.1" in out


@pytest.mark.parametrize("asked", ["9.9", "2025-13-01", "no/such/folder"])
def test_what_is_no_edition_is_status_2_with_what_can_be_given(cli: Cli, released: Path, asked: str) -> None:
    status, _, said = cli("diff", asked, "now")

    assert status == 2
    assert "give one of these" in said
