"""Judging from the command line."""

import json
from pathlib import Path

import pytest

from tests.factory import claim, note, write_notes
from tests.pipeline.test_cli import Cli, cli

__all__ = ["cli"]
BY_ADA = ("--who", "Ada", "--why", "read both")


@pytest.fixture
def two_events(cli: Cli, tmp_path: Path) -> list[str]:
    """The ids of two events of a contract in the database of the command line."""
    other = claim(suppliers=["Globex"], evidence="Globex sells cameras to Kenya", what="cameras")
    cli("load", write_notes(tmp_path / "notes.jsonl", [note(number=1), note(number=2, claims=[other])]))
    cli("export", tmp_path / "out")
    lines = (tmp_path / "out" / "events.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split(",")[0] for line in lines]


def test_two_events_called_the_same_become_one_and_apart_again_when_it_is_undone(
    cli: Cli, two_events: list[str]
) -> None:
    status, out, _ = cli("judge", *two_events, "same", *BY_ADA, "--json")
    done = json.loads(out)

    assert status == 0
    assert [event["claims"] for event in done["events"]] == [2]
    [judgement_id] = done["judgement_ids"]
    status, out, _ = cli("unjudge", judgement_id, "--who", "Bo", "--why", "two deals")
    assert status == 0
    assert all(event_id in out for event_id in two_events)


def test_all_judgements_are_written_to_a_file_that_loads(cli: Cli, two_events: list[str], tmp_path: Path) -> None:
    cli("judge", *two_events, "different", *BY_ADA)
    cli("judge", "Acme", "Globex", "owns", "--actor", *BY_ADA)
    path = tmp_path / "judgements.jsonl"

    assert cli("judgements", path)[:2] == (0, f"{path}: 2 judgements\n")

    subjects = [json.loads(line)["subject"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert subjects == ["actor", "claim"]
    assert json.loads(cli("load", tmp_path / "notes.jsonl", "--judgements", path, "--json")[1])["judgements"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("judge", "a#b", "c#d", "same", *BY_ADA), "there is no claim 'a#b'"),
        (("judge", "ev-none", "c#d", "same", *BY_ADA), "there is no event 'ev-none'"),
        (("judge", "a#b", "c#d", "alike", *BY_ADA), "use one of same, different, unsure"),
        (("unjudge", "ju-none", *BY_ADA), "there is no judgement 'ju-none'"),
        (("judgements", "/no/such/folder/file.jsonl"), "cannot be written"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_line(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = cli(*arguments)

    assert status == 2
    assert said in err
    assert err.count("\n") == 1
