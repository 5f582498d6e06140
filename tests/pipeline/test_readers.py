"""Readers stream the records of any of the forms, and report at the point what they cannot read."""

import gzip
import io
import os
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.issues import Rule
from pipeline.readers import LONGEST_RECORD, Inputs, Record, find_inputs, records, size_of

LINES = b'{"a": 1}\n{"b": "\xe4\xb8\xad"}\n'
PLAIN = [(1, b'{"a": 1}', None), (2, b'{"b": "\xe4\xb8\xad"}', None)]
BOM = b"\xef\xbb\xbf"


def gzipped(content: bytes) -> bytes:
    """Without the time: the names of tests must be the same in each process that collects them."""
    return gzip.compress(content, mtime=0)


def _seen(found: Iterator[Record]) -> list[tuple[int, bytes, Rule | None]]:
    return [(record.line, record.raw, record.fault) for record in found]


def _written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.jsonl", LINES),
        ("no-last-newline.jsonl", LINES.rstrip()),
        ("bom.jsonl", BOM + LINES),
        ("crlf.jsonl", LINES.replace(b"\n", b"\r\n")),
        ("spaces.jsonl", LINES.replace(b"\n", b" \t\n")),
        ("packed.jsonl.gz", gzipped(LINES)),
        ("packed-with-bom.jsonl.gz", gzipped(BOM + LINES)),
        ("packed-in-two-parts.jsonl.gz", gzipped(LINES[:9]) + gzipped(LINES[9:])),
        ("packed-under-a-plain-name.jsonl", gzipped(LINES)),
        ("array.json", b"[" + LINES.replace(b"}\n{", b"},\n{") + b"]"),
        ("array-with-bom.json", BOM + b"[" + LINES.replace(b"}\n{", b"},\n{") + b"]\r\n"),
        ("array.json.gz", gzipped(b"[" + LINES.replace(b"}\n{", b"},\n{") + b"]")),
        ("objects.json", LINES),
    ],
)
def test_every_form_gives_the_same_records(tmp_path: Path, name: str, content: bytes) -> None:
    path = _written(tmp_path, name, content)

    assert _seen(records(path)) == PLAIN
    assert size_of([path, "-"]) == len(content)


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    path = _written(tmp_path, "a.jsonl", b'\n \r\n{"a": 1}\n\n{"b": 2}\n\n')

    assert _seen(records(path)) == [(3, b'{"a": 1}', None), (5, b'{"b": 2}', None)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.jsonl.gz"])
@pytest.mark.parametrize("content", [b"", b"\n\n", BOM])
def test_an_empty_file_has_no_records(tmp_path: Path, name: str, content: bytes) -> None:
    assert _seen(records(_written(tmp_path, name, content))) == []


def test_the_file_is_named_as_the_user_gave_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(tmp_path, "in/a.jsonl", LINES)
    monkeypatch.chdir(tmp_path)

    assert {record.file for path in find_inputs(["in"]).notes for record in records(path)} == {"in/a.jsonl"}


@pytest.mark.parametrize("content", [LINES, gzipped(LINES), b"[" + LINES.replace(b"}\n{", b"},\n{") + b"]"])
def test_standard_input_takes_lines_arrays_and_compressed_data(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))

    found = list(records("-"))

    assert _seen(iter(found)) == PLAIN
    assert {record.file for record in found} == {"standard input"}


@pytest.mark.parametrize(
    "content",
    [b'[{"a": 1}]', b'  [\n{"a": 1},\n{"b": 2}]', b'{\n  "a": 1\n}\n{\n  "b": 2\n}', BOM + b'[{"a": 1}]'],
)
def test_json_that_is_not_one_record_a_line_gives_one_rejection(tmp_path: Path, content: bytes) -> None:
    assert [record.fault for record in records(_written(tmp_path, "a.jsonl", content))] == [Rule.NOT_JSON_LINES]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_with_a_mark_gives_one_rejection(tmp_path: Path, name: str, encoding: str) -> None:
    content = ("" if encoding == "utf-16" else "\ufeff") + LINES.decode()

    assert [r.fault for r in records(_written(tmp_path, name, content.encode(encoding)))] == [Rule.NOT_UTF8]


MOST = 8 * 1024 * 1024


@pytest.mark.parametrize("mark", [b"", BOM])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""])
@pytest.mark.parametrize("size", [MOST, MOST + 1])
def test_a_line_may_have_8_mib_without_its_mark_and_end(tmp_path: Path, mark: bytes, ending: bytes, size: int) -> None:
    path = _written(tmp_path, "a.jsonl", mark + b'"' + b"x" * (size - 2) + b'"' + ending + LINES)
    if not ending:
        path.write_bytes(path.read_bytes()[: -len(LINES)])

    found = list(records(path))

    assert [record.fault for record in found] == [
        Rule.TOO_LONG if size > MOST else None, *([None, None] if ending else [])
    ]  # fmt: skip
    assert size > MOST or len(found[0].raw) == size


@pytest.mark.parametrize("size", [MOST, MOST + 1])
def test_an_element_may_have_8_mib(tmp_path: Path, size: int) -> None:
    path = _written(tmp_path, "a.json", b'[{"a":"' + b"x" * (size - 8) + b'"}, {"b": 2}]')

    assert [record.fault for record in records(path)] == [Rule.TOO_LONG if size > MOST else None, None]


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = _written(tmp_path, "a.jsonl", LINES + b'"' + b"x" * (2 * LONGEST_RECORD + 5) + b'"\n' + LINES)

    found = list(records(path))

    assert [record.fault for record in found] == [None, None, Rule.TOO_LONG, None, None]
    assert [record.line for record in found] == [1, 2, 3, 4, 5]
    assert len(found[2].raw) < 100_000


def test_an_element_that_is_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    long = b'{"a": "' + b"x\\\\" * LONGEST_RECORD + b'"}'
    path = _written(tmp_path, "a.json", b'[{"a": 1},\n' + long + b',\n{"b": 2}]')

    assert [(r.line, r.fault) for r in records(path)] == [(1, None), (2, Rule.TOO_LONG), (3, None)]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_a_compressed_file_that_is_cut_off_gives_its_records_and_then_one_rejection(
    tmp_path: Path, kept: float
) -> None:
    noise = b"".join(b'{"a": "%s"}\n' % os.urandom(30).hex().encode() for _ in range(5000))
    packed = gzip.compress(noise)
    found = list(records(_written(tmp_path, "a.jsonl.gz", packed[: int(len(packed) * kept)])))

    assert [record.fault for record in found] == [None] * (len(found) - 1) + [Rule.BROKEN_ARCHIVE]
    assert [record.raw for record in found[:-1]] == noise.splitlines()[: len(found) - 1]
    assert len(found) > 500


@pytest.mark.parametrize("spoiled", [12, -20, -8, -1])
def test_a_damaged_compressed_file_is_reported(tmp_path: Path, spoiled: int) -> None:
    packed = bytearray(gzip.compress(LINES * 100))
    packed[spoiled] ^= 0xFF

    assert list(records(_written(tmp_path, "a.jsonl.gz", bytes(packed))))[-1].fault is Rule.BROKEN_ARCHIVE


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str) -> None:
    path = _written(tmp_path, name, (b'{"a": "' + b"x" * 1000 + b'"}\n') * 20_000)
    tracemalloc.start()
    count = sum(1 for _ in records(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 1_000_000


def test_a_folder_with_notes_gives_what_lies_beside_them(tmp_path: Path) -> None:
    for name in ["notes/b.jsonl", "notes/sub/a.json", "notes/.hidden.jsonl", "actors.jsonl", "judgements.jsonl"]:
        _written(tmp_path, name, LINES)
    for name in ["checked.csv", "README.md", "datapackage.json"]:
        _written(tmp_path, name, b"x")

    assert find_inputs([str(tmp_path)]) == Inputs(
        notes=(tmp_path / "notes/b.jsonl", tmp_path / "notes/sub/a.json"),
        actors=(tmp_path / "actors.jsonl",),
        judgements=(tmp_path / "judgements.jsonl",),
        reviews=(tmp_path / "checked.csv",),
    )


def test_a_folder_without_notes_gives_all_files_told_apart_by_name(tmp_path: Path) -> None:
    for name in ["x/2.jsonl.gz", "1.json", "x/actors.jsonl.gz", "judgements.json", "other.txt"]:
        _written(tmp_path, name, b"x")

    assert find_inputs([str(tmp_path)]) == Inputs(
        notes=(tmp_path / "1.json", tmp_path / "x/2.jsonl.gz"),
        actors=(tmp_path / "x/actors.jsonl.gz",),
        judgements=(tmp_path / "judgements.json",),
    )


def test_files_keep_their_order_and_a_file_reached_twice_is_taken_once(tmp_path: Path) -> None:
    first, second = _written(tmp_path, "2.jsonl", b"x"), _written(tmp_path, "1.jsonl", b"x")

    assert find_inputs([str(first), "-", str(second), str(tmp_path), "-"]).notes == (first, "-", second)


@pytest.mark.parametrize("name", ["absent.jsonl", "empty", "notes.docx"])
def test_a_path_that_cannot_be_used_stops_with_a_remedy(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    _written(tmp_path, "notes.docx", b"x")

    with pytest.raises(InputError, match=r"; give a file|; put files"):
        find_inputs([str(tmp_path / name)])


def test_files_named_by_sort_join_those_of_the_folder_once(tmp_path: Path) -> None:
    for name in ["in/notes/a.jsonl", "in/actors.jsonl", "more.jsonl", "pairs.jsonl"]:
        _written(tmp_path, name, LINES)
    inside, more, pairs = (str(tmp_path / name) for name in ("in/actors.jsonl", "more.jsonl", "pairs.jsonl"))

    found = find_inputs([str(tmp_path / "in")], [inside, more], [pairs])

    assert [str(path) for path in found.actors] == [inside, more]
    assert [str(path) for path in found.judgements] == [pairs]


@pytest.mark.parametrize("name", ["absent.jsonl", "notes.docx", "empty", "-"])
def test_a_file_of_actors_or_judgements_that_cannot_be_used_stops_as_a_path_does(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    _written(tmp_path, "notes.docx", b"x")

    for named in ({"actors": [str(tmp_path / name)]}, {"judgements": [str(tmp_path / name)]}):
        with pytest.raises(InputError, match="; give a file"):
            find_inputs([], **named)


def test_a_name_that_is_no_utf_8_is_given_in_a_form_that_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.jsonl")
    path.write_bytes(LINES)

    assert {record.file for record in records(path)} == {f"{tmp_path}/caf\\udce9.jsonl"}


def test_a_pipe_is_read_as_notes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(LINES,))
    writer.start()
    (path,) = find_inputs([str(pipe)]).notes

    assert _seen(records(path)) == PLAIN
    writer.join()


def test_a_file_that_vanished_is_reported_not_raised(tmp_path: Path) -> None:
    assert [record.fault for record in records(tmp_path / "gone.jsonl")] == [Rule.UNREADABLE_FILE]
