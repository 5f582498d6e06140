"""The command `copy`: what it says, and how it refuses."""

import json
import re
from pathlib import Path

import pytest

from db.engine import open_engine
from pipeline.__main__ import run
from tests.conftest import Fresh
from tests.factory import exported, load_notes, note

Said = tuple[int, str, str]


@pytest.fixture
def full(fresh_sqlite: Fresh) -> str:
    url = fresh_sqlite()
    load_notes(url, [note(number=1), note(number=2)])
    return url


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Said:
    with pytest.raises(SystemExit) as ended:
        run(["copy", *arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_copying_says_what_was_copied_and_what_to_do_next(
    full: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = f"sqlite:///{tmp_path}/new.db"

    status, out, _ = _run(capsys, full, target)

    assert status == 0
    assert f"rows are in {target}; set DATABASE_URL to use it" in out
    assert exported(open_engine(target)) == exported(open_engine(full))


def test_the_summary_counts_the_rows_of_each_table(
    full: str, fresh_postgresql: Fresh, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = fresh_postgresql().replace("postgresql+psycopg://", "postgresql://")

    status, out, err = _run(capsys, full, plain, "--json")

    told = json.loads(out)
    assert (status, err) == (0, "")
    assert (told["from"], told["rows"]["article"], told["rows"]["claim"]) == (full, 2, 2)


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("{full}", "{full}", "same database"),
        ("sqlite:///{folder}/none.db", "sqlite:///{folder}/new.db", "no file"),
        ("{folder}/tracker.db", "sqlite:///{folder}/new.db", "FROM_URL must begin with.*sqlite:///FILE"),
        ("{full}", "mysql://host/name", "TO_URL must begin with"),
        ("{full}", "postgresql://u:secret@host:abc/x", "TO_URL cannot be read"),
        ("{full}", "postgresql://u:secret@127.0.0.1:1/none", "TO_URL cannot be used.*refused.*createdb"),
        ("postgresql://u:secret@127.0.0.1:1/none", "{full}", "FROM_URL cannot be used.*refused"),
        ("{full}", "sqlite:///{folder}/no/such/folder.db", "TO_URL cannot be used.*folder"),
        ("{full}", "{other}", "not empty.*delete the file"),
    ],
)
def test_what_cannot_be_copied_is_said_in_one_line_without_passwords(
    full: str,
    fresh_sqlite: Fresh,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    source: str,
    target: str,
    words: str,
) -> None:
    other = fresh_sqlite()
    load_notes(other, [note()])
    places = {"full": full, "other": other, "folder": tmp_path}

    status, out, err = _run(capsys, source.format(**places), target.format(**places))

    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "secret" not in err
    assert re.search(words, err), err
    assert not (tmp_path / "new.db").exists()
