"""Notes at addresses are read like files, and their passwords are never shown."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.issues import Rule
from pipeline.places import Place, name_of
from pipeline.readers import find_inputs, records
from tests.factory import note, write_notes

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server of the files in a folder."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_a_web_server_gives_is_read(tmp_path: Path, address: str) -> None:
    path = write_notes(tmp_path / "a.jsonl", [note(number=n) for n in range(1, 30)])
    (place,) = find_inputs([f"{address}/a.jsonl"]).notes

    assert [record.raw for record in records(place)] == [record.raw for record in records(path)]


def test_what_a_web_server_has_not_is_told_without_the_key(address: str) -> None:
    place = f"{address}/gone.jsonl?token=secret"

    (record,) = records(place)

    assert (record.file, record.fault) == (f"{address}/gone.jsonl", Rule.UNREADABLE_FILE)
    assert b"secret" not in record.raw


@pytest.mark.parametrize("given", ["memory://in", "memory://in/*", "memory://in/notes/*.jsonl"])
def test_folders_and_patterns_of_an_address_give_their_files_by_sort(tmp_path: Path, given: str) -> None:
    files = fsspec.filesystem("memory")
    content = write_notes(tmp_path / "a.jsonl", [note()]).read_bytes()
    for name in ("in/notes/a.jsonl", "in/actors.jsonl", "in/b.jsonl", "in/c.txt"):
        files.pipe(f"/{name}", content)

    found = find_inputs([given])

    assert found.notes
    assert {name_of(place).rpartition(".")[2] for place in found.notes} == {"jsonl"}
    assert [record.raw + b"\n" for record in records(found.notes[0])] == [content]


def test_a_pattern_gives_the_files_that_it_means(tmp_path: Path) -> None:
    for name in ("1.jsonl", "2.jsonl", "3.txt"):
        write_notes(tmp_path / name, [note()])

    assert find_inputs([f"{tmp_path}/*"]).notes == (tmp_path / "1.jsonl", tmp_path / "2.jsonl")
    with pytest.raises(InputError, match="no file is meant"):
        find_inputs([f"{tmp_path}/x*.jsonl"])


@pytest.mark.parametrize(
    ("given", "remedy"), [("gs://bucket/a.jsonl", "pip install gcsfs"), ("no-such://a.jsonl", "of an unknown sort")]
)
def test_an_address_that_cannot_be_read_yet_names_what_to_install(given: str, remedy: str) -> None:
    with pytest.raises(InputError, match=remedy):
        find_inputs([given])


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("s3://key:secret@bucket/a.jsonl", "s3://bucket/a.jsonl"),
        ("https://host/a.jsonl?sig=secret#secret", "https://host/a.jsonl"),
        (Path("a.jsonl"), "a.jsonl"),
        ("-", "standard input"),
    ],
)
def test_a_place_is_shown_without_its_secrets(place: Place, shown: str) -> None:
    assert name_of(place) == shown
