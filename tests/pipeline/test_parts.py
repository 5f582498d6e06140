"""Files cut at any place give the records of the whole file, at their lines."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import parts
from pipeline.crew import Crew
from pipeline.parts import Given, Stretch, Taken, in_files, parts_of
from pipeline.places import Place
from pipeline.readers import Record, records
from tests.factory import note, write_notes

BOM = b"\xef\xbb\xbf"
AWKWARD = {
    "plain": b'{"a": 1}\n{"b": 2}\n{"c": 3}\n',
    "no last newline": b'{"a": 1}\n{"b": 2}',
    "blank lines and carriage returns": b'\r\n \n{"a": 1}\r\n\n\n{"b": 2}\r\n\n',
    "mark": BOM + b'{"a": 1}\n' + BOM + b'{"b": 2}\n',
    "an array": b'[{"a": 1},\n{"b": 2}]\n{"c": 3}\n',
    "an array further down": b'{"a": 1}\n[{"b": 2}]\n{"c": 3}\n',
    "spread out": b'{\n"a": 1\n}\n',
    "not UTF-8": '{"a": 1}\n{"b": 2}\n'.encode("utf-16"),
    "nothing": b"",
    "only blanks": b"\n\n \n",
}


@pytest.mark.parametrize("step", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("content", AWKWARD.values(), ids=AWKWARD)
def test_wherever_a_file_is_cut_its_records_and_lines_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, step: int
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    monkeypatch.setattr(parts, "PART_BYTES", step)

    assert _read([path]) == list(records(path))


def test_files_of_every_sort_come_one_after_another_with_their_own_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = write_notes(tmp_path / "1.jsonl", [note(number=n) for n in range(1, 9)])
    spread = tmp_path / "2.json"
    spread.write_text(f"[{','.join(sound.read_text().splitlines())}]")
    broken = write_notes(tmp_path / "3.jsonl", [note(language="xx"), note(number=9)])
    monkeypatch.setattr(parts, "PART_BYTES", 700)
    given: list[Place] = [sound, spread, tmp_path / "gone.jsonl", broken]

    assert _read(given) == [record for path in given for record in records(path)]


def test_a_part_is_read_some_records_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}\n" * 25)
    monkeypatch.setattr(parts, "PART_RECORDS", 10)

    done = list(Crew().read([path]))

    assert [len(one.outcomes) for one in done] == [10, 10, 5]
    assert [one.record.line for one in in_files(done)] == list(range(1, 26))
    assert [issue.line for one in in_files(done) if not isinstance(one, Taken) for issue in one.issues[:1]] == list(
        range(1, 26)
    )


def test_what_a_part_holds_is_not_shown() -> None:
    secret = "s3://key:secret@bucket/a.jsonl"  # noqa: S105

    assert "secret" not in repr([Stretch(secret, "s3://bucket/a.jsonl", 0), Given([Record("a", 1, b"secret")])])


def test_readers_who_do_not_see_the_files_are_given_the_records(tmp_path: Path) -> None:
    path = write_notes(tmp_path / "a.jsonl", [note(), note(number=2)])

    (part,) = parts_of([path], are_seen=False)

    assert part == Given(list(records(path)), begins=True)


def _read(places: list[Place]) -> list[Record]:
    return [replace(one.record) for one in in_files(Crew().read(places))]
