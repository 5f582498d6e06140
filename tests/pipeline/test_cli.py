"""The command line: exit statuses, machine-readable summaries, help, messages."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import typer.main

from db.engine import ROOT
from pipeline import VERSION, console
from pipeline.__main__ import app, run
from tests.factory import actor, note, write_lines, write_notes

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command on a database of its own; gives exit status, standard output, standard error."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/cli.db")

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_notes(tmp_path / "good.jsonl", [note(number=1), note(number=2)])


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    return write_notes(tmp_path / "mixed.jsonl", [note(number=3), note(number=4, language="xx")])


def test_a_load_that_takes_everything_ends_with_0(cli: Cli, good: Path) -> None:
    status, out, err = cli("load", good)

    assert status == 0
    assert re.search(r"new articles\s+2", out)
    assert "notice" in err


def test_a_load_with_a_bad_record_takes_the_rest_and_ends_with_1(cli: Cli, mixed: Path) -> None:
    status, out, _ = cli("load", mixed, "--json")

    summary = json.loads(out)
    assert status == 1
    assert (summary["new"], summary["rejected"], summary["by_rule"]["unknown_language"]) == (1, 1, 1)
    (issue,) = [issue for issue in summary["issues"] if issue["rejected"]]
    assert set(issue) == {"rule", "rejected", "file", "line", "where", "found", "remedy", "message"}
    assert (issue["line"], issue["where"], issue["found"]) == (2, "language", "xx")


def test_the_summary_of_a_load_has_its_fixed_keys(cli: Cli, good: Path) -> None:
    _, out, err = cli("load", good, "--json")

    assert set(json.loads(out)) == {
        "run_id", "new", "replaced", "unchanged", "withdrawn", "claims", "rejected", "actors", "judgements", "reviews",
        "provisional_actors", "by_rule", "issues",
    }  # fmt: skip
    assert err == ""


def test_loading_twice_says_that_nothing_changed(cli: Cli, good: Path) -> None:
    cli("load", good)
    status, out, _ = cli("load", good, "--json")

    summary = json.loads(out)
    assert (status, summary["new"], summary["unchanged"]) == (0, 0, 2)


def test_actors_and_judgements_can_be_given_apart(cli: Cli, good: Path, tmp_path: Path) -> None:
    actors = write_lines(tmp_path / "known.jsonl", [actor("Acme")])
    _, out, _ = cli("load", good, "--actors", actors, "--json")

    summary = json.loads(out)
    assert (summary["actors"], summary["provisional_actors"]) == (1, ["Government of Kenya"])


def test_check_changes_nothing_and_ends_as_a_load_would(cli: Cli, good: Path, mixed: Path, tmp_path: Path) -> None:
    assert cli("check", good)[0] == 0
    status, out, _ = cli("check", mixed, "--json")

    assert (status, json.loads(out)["rejected"]) == (1, 1)
    assert not (tmp_path / "cli.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("load", "nowhere.jsonl"),
        ("check", "nowhere"),
        ("withdraw", "no-such-article", "--reason", "x"),
        ("withdraw", "no-such-article", "--undo"),
        ("export", "/proc/no/such/folder"),
        ("export", "out", "--as-known-on", "2025-02-30"),
        ("schema", "poem"),
        ("load",),
        ("dance",),
        ("load", "--no-such-option", "x"),
        ("status", "7"),
        ("status", "--rejections", "7"),
    ],
    ids=" ".join,
)
def test_an_unusable_call_ends_with_2_and_says_why(cli: Cli, arguments: tuple[str, ...]) -> None:
    status, out, err = cli(*arguments)

    assert status == 2
    assert err
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "oracle://host/db",
        "mysql://host/db",
        "nosuch://host/db",
        "sqlite:////proc/no/such.db",
        "postgresql://127.0.0.1:1/none",
        "postgresql+psycopg://u:p@host:abc/x",
        "sqlite:///x?timeout=abc",
    ],
)
def test_an_unusable_database_ends_with_2_and_names_the_setting(
    cli: Cli, good: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    for command in (("load", good), ("status",), ("check", good)):
        status, _, err = cli(*command)

        if command[0] != "check" or not address.startswith("sqlite"):
            assert status == 2, command
            assert "DATABASE_URL" in err


@pytest.mark.parametrize("option", ["--actors", "--judgements"])
def test_a_missing_file_stops_before_anything_is_loaded(cli: Cli, good: Path, tmp_path: Path, option: str) -> None:
    status, _, err = cli("load", good, option, tmp_path / "absent.jsonl")

    assert status == 2
    assert "absent.jsonl does not exist" in err
    assert not (tmp_path / "cli.db").exists()


def test_a_database_that_refuses_a_row_ends_with_2(cli: Cli, good: Path, tmp_path: Path) -> None:
    cli("status")
    with sqlite3.connect(tmp_path / "cli.db") as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON claim BEGIN SELECT RAISE(ABORT, 'no room left'); END")
    connection.close()

    status, _, err = cli("load", good)

    assert status == 2
    assert "cli.db cannot be used: no room left; check DATABASE_URL" in err
    assert "Traceback" not in err


def test_an_unexpected_error_is_one_line_and_2_and_its_traceback_is_there_for_the_asking(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)  # so it is where standard input is closed

    status, _, err = cli("load", "-")
    monkeypatch.setenv("ENTENTE_DEBUG", "1")
    _, _, traced = cli("load", "-")

    assert status == 2
    assert re.fullmatch(r"unexpected AttributeError: .*ENTENTE_DEBUG=1.*\n", err)
    assert "Traceback (most recent call last)" in traced
    assert traced.endswith(err)


def test_an_interrupted_load_ends_with_130_and_says_what_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/cli.db", "PYTHONPATH": str(ROOT)}
    # Tests that run in the background hand down that the signal is ignored.
    program = (
        "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "runpy.run_module('pipeline', run_name='__main__', alter_sys=True)"
    )
    command = [sys.executable, "-c", program, "load", str(pipe)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)

    with pipe.open("wb"):  # opens when the load has begun to read
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=60)[1]

    assert process.returncode == 130
    assert "what was committed stays" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["check", "load"])
def test_keys_and_names_that_cannot_be_printed_are_shown_escaped(cli: Cli, tmp_path: Path, command: str) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.jsonl")
    path.write_text('{"id": "x", "a\\ud800": {"b": "\\ud800"}}\n', encoding="utf-8")

    status, out, _ = cli(command, path, "--json")

    assert status == 1
    assert {issue["file"] for issue in json.loads(out)["issues"]} == {f"{tmp_path}/caf\\udce9.jsonl"}
    assert "a\\ud800.b" in {issue["where"] for issue in json.loads(out)["issues"]}
    assert cli(command, path)[0] == 1


def test_a_file_that_is_no_database_ends_with_2(cli: Cli, good: Path, tmp_path: Path) -> None:
    (tmp_path / "cli.db").write_bytes(b"a letter to my aunt, of some length" * 99)

    status, _, err = cli("status")

    assert status == 2
    assert "not a database" in err


def test_a_database_of_a_later_version_ends_with_2(cli: Cli, tmp_path: Path) -> None:
    cli("status")
    with sqlite3.connect(tmp_path / "cli.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    status, _, err = cli("status")

    assert status == 2
    assert "version" in err


def test_export_lists_its_files(cli: Cli, good: Path, tmp_path: Path) -> None:
    cli("load", good)
    status, out, _ = cli("export", tmp_path / "out", "--json")

    listed = {file["file"]: file["rows"] for file in json.loads(out)}
    assert status == 0
    assert listed == {"events.csv": 1, "claims.csv": 2, "articles.csv": 2, "actors.csv": 2}
    assert cli("export", tmp_path / "then", "--as-known-on", "2020-01-01")[0] == 0
    assert (tmp_path / "then" / "claims.csv").read_text("utf-8").count("\n") == 1


def test_withdrawing_and_undoing(cli: Cli, good: Path) -> None:
    article = note(number=1)["id"]
    cli("load", good)

    assert cli("withdraw", article)[0] == 2
    assert json.loads(cli("withdraw", article, "--reason", "retracted", "--json")[1])["changed"]
    assert not json.loads(cli("withdraw", article, "--reason", "retracted", "--json")[1])["changed"]
    assert json.loads(cli("load", good, "--json")[1])["withdrawn"] == 1
    assert cli("withdraw", article, "--undo")[0] == 0
    assert json.loads(cli("load", good, "--json")[1])["new"] == 1


def test_status_and_rebuild(cli: Cli, good: Path) -> None:
    cli("load", good)
    assert json.loads(cli("rebuild", "--json")[1]) == {"claims": 2}

    status = json.loads(cli("status", "--json")[1])
    assert (status["version"], status["articles"], status["events"]) == (VERSION, 2, 1)
    assert status["last_run"]["command"] == "rebuild"
    assert "Last run" in cli("status")[1]


def test_status_lists_the_rejections_of_the_last_run_that_has_any(cli: Cli, mixed: Path, good: Path) -> None:
    cli("load", mixed)
    cli("load", good)

    status, out, _ = cli("status", "--rejections")

    assert status == 0
    assert re.fullmatch(
        rf"rejected in run 1:\n{mixed}:2: unknown_language: unknown language 'xx' in language; use .*\n", out
    )
    assert cli("status", "--rejections", "1")[1] == out
    assert cli("status", "--rejections", "2")[1] == "nothing was rejected\n"
    assert json.loads(cli("status", "--rejections", "2", "--json")[1]) == []


def test_rejections_are_listed_as_json_with_the_raw_record_beside_each_fault(cli: Cli, tmp_path: Path) -> None:
    bad = [note(number=1, language="xx", url="no"), note(number=2, language="yy")]
    path = write_notes(tmp_path / "bad.jsonl", bad)
    path.write_bytes(path.read_bytes() + b"caf\xe9\n")
    cli("load", path)

    listed = json.loads(cli("status", "--rejections", "--json")[1])

    assert [(one["line"], one["rule"], one["where"]) for one in listed] == [
        (1, "bad_address", "url"), (1, "unknown_language", "language"), (2, "unknown_language", "language"),
        (3, "not_utf8", "byte 4"),
    ]  # fmt: skip
    assert [json.loads(one["raw"]) for one in listed[:3]] == [bad[0], bad[0], bad[1]]
    assert listed[3]["raw"] == "caf\\xe9"
    assert {(one["run_id"], one["file"]) for one in listed} == {(1, str(path))}


def test_the_schema_is_json(cli: Cli) -> None:
    for of in ("note", "actor", "judgement"):
        assert json.loads(cli("schema", of)[1])["type"] == "object"


def test_the_version_is_printed(cli: Cli) -> None:
    assert cli("--version")[1].strip() == VERSION


def test_every_command_and_option_has_help() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    for name, command in group.commands.items():
        assert command.help, name
        for parameter in command.params:
            if parameter.name != "help":
                assert getattr(parameter, "help", None), (name, parameter.name)


def test_progress_without_a_terminal_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "PLAIN_SECONDS", 0.0)

    with console.progress("Loading", 10_000_000, in_bytes=True, quiet=False) as meter:
        time.sleep(0.01)
        meter(5_000_000, "12 articles")
    with console.progress("Loading", 10, in_bytes=True, quiet=True) as meter:
        meter(5)

    assert re.fullmatch(r"Loading: 50 %, [\d.]+ MB/s, \d+ s left 12 articles\n", capsys.readouterr().err)


@pytest.mark.parametrize("command", [("status",), ("export", "OUT"), ("diff", "2025-01-01", "now")])
def test_events_of_older_rules_are_warned_of_until_they_are_made_again(
    cli: Cli, good: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    arguments = [str(tmp_path / "out") if one == "OUT" else one for one in command]
    cli("load", good)
    assert "rules" not in cli(*arguments)[2]
    with sqlite3.connect(tmp_path / "cli.db") as connection:
        connection.execute("UPDATE revision SET rules = 0")

    assert "rebuild makes them again" in cli(*arguments)[2]
    cli("rebuild")
    assert "rules" not in cli(*arguments)[2]
