"""Finding input files and streaming their records as raw bytes, in constant memory, whatever the records say."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipeline.errors import InputError
from pipeline.issues import LONGEST_WORDS, Rule, shown
from pipeline.json_arrays import elements

LONGEST_RECORD = 8 * 1024 * 1024
"""Bytes. Guards memory: one record is the most that is held at a time."""
KEPT_OF_TOO_LONG = 64 * 1024
STANDARD_INPUT = "-"
NOTE_ENDINGS = (".jsonl", ".jsonl.gz", ".json", ".json.gz")
_BOM = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_GZIP_MARK = b"\x1f\x8b"
_LONGEST_LINE = len(_BOM) + LONGEST_RECORD + len(b"\r\n")
_FAULTS_OF_FILE = (Rule.NOT_UTF8, Rule.NOT_JSON_LINES)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file, at its line (from 1). `fault` is what made it unreadable, if anything.

    `file` is the file's name as it can be stored and printed.
    """

    file: str
    line: int
    raw: bytes
    fault: Rule | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, by what they hold; `-` among the notes is standard input."""

    notes: tuple[Path | str, ...] = ()
    actors: tuple[Path, ...] = ()
    judgements: tuple[Path, ...] = ()
    reviews: tuple[Path, ...] = ()


def find_inputs(paths: Sequence[str], actors: Sequence[str] = (), judgements: Sequence[str] = ()) -> Inputs:
    """The files behind paths as a user gives them: files, folders, `-` for standard input.

    `actors` and `judgements` are files of these sorts, whatever their names.

    A folder with `notes/` gives all files under that, and actors, judgements and checked.csv beside it. Any other
    folder gives all files in it, told apart by name. Files stay in the order given, those of a folder sorted by path;
    a file reached twice is taken once.

    Raises:
        InputError: a path does not exist, has an unknown ending, or is a folder with nothing to load; among `actors`
            and `judgements`, any folder.
    """
    notes: dict[object, Path | str] = {}
    others: dict[str, dict[object, Path]] = {"actors": {}, "judgements": {}, "reviews": {}}
    for given in paths:
        if given == STANDARD_INPUT:
            notes[given] = given
            continue
        for path in _files(Path(given)):
            sort = _sort(path)
            (notes if sort == "notes" else others[sort]).setdefault(path.resolve(), path)
    for sort, named in (("actors", actors), ("judgements", judgements)):
        for path in map(_file, named):
            others[sort].setdefault(path.resolve(), path)
    return Inputs(tuple(notes.values()), *(tuple(found.values()) for found in others.values()))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return _files_of_folder(path)
    _check_file(path, "give a file, a folder, or - for standard input")
    return [path]


def _file(given: str) -> Path:
    path = Path(given)
    if path.is_dir():
        raise InputError(f"{path} is a folder; give a file here, or the folder among the paths to load")
    _check_file(path, "give a file")
    return path


def _check_file(path: Path, remedy: str) -> None:
    if not path.exists():
        raise InputError(f"{path} does not exist; {remedy}")
    if path.is_file() and not _is_known(path):
        raise InputError(f"{path} is not of a known sort; give a file that ends in {', '.join(NOTE_ENDINGS)}")


def _files_of_folder(folder: Path) -> list[Path]:
    if (folder / "notes").is_dir():
        beside = [path for path in folder.iterdir() if _is_known(path) and _sort(path) != "notes"]
        found = [*_walk(folder / "notes"), *beside]
    else:
        found = _walk(folder)
    if not found:
        raise InputError(f"{folder} holds nothing to load; put files into it that end in {', '.join(NOTE_ENDINGS)}")
    return sorted(found)


def _walk(folder: Path) -> list[Path]:
    hidden = len(folder.parts)
    return [
        path
        for path in folder.rglob("*")
        if _is_known(path) and path.is_file() and not any(part.startswith(".") for part in path.parts[hidden:])
    ]


def _is_known(path: Path) -> bool:
    return path.name.endswith(NOTE_ENDINGS) or path.name == "checked.csv"


def _sort(path: Path) -> str:
    if path.name == "checked.csv":
        return "reviews"
    stem = path.name.split(".", 1)[0]
    return stem if stem in {"actors", "judgements"} else "notes"


def size_of(paths: Iterable[Path | str]) -> int:
    """Bytes on disk, compressed where the file is; standard input and pipes count as 0."""
    return sum(path.stat().st_size for path in paths if isinstance(path, Path) and path.is_file())


def records(path: Path | str) -> Iterator[Record]:
    """The records of one file or of standard input (`-`), one at a time; blank lines are passed over.

    Compressed content is known by its first bytes. A `.json` file is an array of objects or objects one after
    another; all else is JSON Lines. What cannot be read comes as a last record that carries its fault.
    """
    name = "standard input" if path == STANDARD_INPUT else shown(str(path), LONGEST_WORDS)
    line = 0
    try:
        with _opened(path) as stream:
            read = _read_elements if _is_array(path, stream) else _read_lines
            for record in read(stream, name):
                line = record.line
                yield record
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Record(name, line + 1, b"", Rule.BROKEN_ARCHIVE)
    except OSError as error:
        yield Record(name, line + 1, str(error).encode("utf-8", "replace"), Rule.UNREADABLE_FILE)


@contextmanager
def _opened(path: Path | str) -> Iterator[io.BufferedReader]:
    with ExitStack() as stack:
        plain = sys.stdin.buffer if path == STANDARD_INPUT else stack.enter_context(Path(path).open("rb"))
        stream = plain if isinstance(plain, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, plain))
        if stream.peek(2)[:2] == _GZIP_MARK:
            unpacked = stack.enter_context(gzip.GzipFile(fileobj=stream))
            stream = io.BufferedReader(cast(io.RawIOBase, unpacked), 1 << 16)
        yield stream


def _is_array(path: Path | str, stream: io.BufferedReader) -> bool:
    if path == STANDARD_INPUT:
        return stream.peek(64).removeprefix(_BOM).lstrip()[:1] == b"["
    return str(path).endswith((".json", ".json.gz"))


def _read_elements(stream: io.BufferedReader, name: str) -> Iterator[Record]:
    start = stream.peek(len(_BOM))
    if start.startswith(_UTF16_MARKS):
        yield Record(name, 1, b"", Rule.NOT_UTF8)
        return
    if start.startswith(_BOM):
        stream.read(len(_BOM))
    for line, raw, fault in elements(stream, LONGEST_RECORD):
        yield Record(name, line, raw if fault is None else raw[:KEPT_OF_TOO_LONG], fault)


def _read_lines(stream: io.BufferedReader, name: str) -> Iterator[Record]:
    number, is_first = 0, True
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        fault = _fault_of_line(line.removeprefix(_BOM) if number == 1 else line, is_first)
        raw = (line.removeprefix(_BOM) if number == 1 else line).strip(b" \t\r\n")
        if fault is Rule.TOO_LONG:
            _skip_line(stream, line)
        if raw:
            is_first = False
            yield Record(name, number, raw if fault is None else raw[:KEPT_OF_TOO_LONG], fault)
        if fault in _FAULTS_OF_FILE:
            return


def _fault_of_line(line: bytes, is_first: bool) -> Rule | None:
    if len(line.removesuffix(b"\n").removesuffix(b"\r")) > LONGEST_RECORD:
        return Rule.TOO_LONG
    if not is_first:
        return None
    if line.startswith(_UTF16_MARKS):
        return Rule.NOT_UTF8
    is_array_or_spread_out = line.lstrip().startswith(b"[") or line.strip() == b"{"
    return Rule.NOT_JSON_LINES if is_array_or_spread_out else None


def _skip_line(stream: io.BufferedReader, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(LONGEST_RECORD)
