"""Finding input files and streaming their records as raw bytes, in constant memory, whatever the records say."""

import glob
import gzip
import io
import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipeline.errors import InputError
from pipeline.issues import Rule
from pipeline.json_arrays import elements
from pipeline.places import STANDARD_INPUT, Place, expanded, is_address, name_of, opened, size_at

LONGEST_RECORD = 8 * 1024 * 1024
"""Bytes. Guards memory: one record is the most that is held at a time."""
KEPT_OF_TOO_LONG = 64 * 1024
NOTE_ENDINGS = (".jsonl", ".jsonl.gz", ".json", ".json.gz")
_BOM = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_GZIP_MARK = b"\x1f\x8b"
_LONGEST_LINE = len(_BOM) + LONGEST_RECORD + len(b"\r\n")
_FAULTS_OF_FILE = (Rule.NOT_UTF8, Rule.NOT_JSON_LINES)
ENDS_FILE = frozenset({*_FAULTS_OF_FILE, Rule.BROKEN_ARCHIVE, Rule.UNREADABLE_FILE})
"""Faults after which nothing more is read of a file."""
_LOOKED_AT = 1 << 16


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
    """The files and addresses to read, by what they hold; `-` among the notes is standard input."""

    notes: tuple[Place, ...] = ()
    actors: tuple[Place, ...] = ()
    judgements: tuple[Place, ...] = ()
    reviews: tuple[Place, ...] = ()


def find_inputs(paths: Sequence[str], actors: Sequence[str] = (), judgements: Sequence[str] = ()) -> Inputs:
    """The files behind paths as a user gives them: files, folders, patterns, addresses, `-` for standard input.

    `actors` and `judgements` are files of these sorts, whatever their names.

    A folder with `notes/` gives all files under that, and actors, judgements and checked.csv beside it. Any other
    folder gives all files in it, told apart by name, and so do a pattern and an address.
    Files stay in the order given, those of a folder sorted by path;
    a file reached twice is taken once.

    Raises:
        InputError: a path does not exist, has an unknown ending, or is a folder with nothing to load; among `actors`
            and `judgements`, any folder.
    """
    found: dict[str, dict[object, Place]] = {"notes": {}, "actors": {}, "judgements": {}, "reviews": {}}
    for given in paths:
        if given == STANDARD_INPUT:
            found["notes"][given] = given
            continue
        for place in _at_address(given) if is_address(given) else _files(given):
            found[_sort(_last(place))].setdefault(_identity(place), place)
    for sort, named in (("actors", actors), ("judgements", judgements)):
        for given in named:
            place = given if is_address(given) else _file(given)
            found[sort].setdefault(_identity(place), place)
    return Inputs(*(tuple(places.values()) for places in found.values()))


def _identity(place: Place) -> object:
    return place.resolve() if isinstance(place, Path) else place


def _last(place: Place) -> str:
    return place.name if isinstance(place, Path) else name_of(place).rstrip("/").rpartition("/")[2]


def _at_address(given: str) -> list[Place]:
    """What an address means. A single thing is taken as it is, whatever its name; of several, those of known sorts."""
    found = expanded(given)
    known: list[Place] = [one for one in found if found == [given] or _is_known(_last(one))]
    if not known:
        raise InputError(f"{name_of(given)} holds nothing to load; give files that end in {', '.join(NOTE_ENDINGS)}")
    return known


def _files(given: str) -> list[Path]:
    path = Path(given)
    if glob.has_magic(given) and not path.exists():
        found = [Path(one) for one in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 (the pattern may begin anywhere)
        known = [one for one in found if one.is_file() and _is_known(one.name)]
        if not known:
            raise InputError(f"no file is meant by {given}; give a file, a folder, or - for standard input")
        return known
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
    if path.is_file() and not _is_known(path.name):
        raise InputError(f"{path} is not of a known sort; give a file that ends in {', '.join(NOTE_ENDINGS)}")


def _files_of_folder(folder: Path) -> list[Path]:
    if (folder / "notes").is_dir():
        beside = [path for path in folder.iterdir() if _is_known(path.name) and _sort(path.name) != "notes"]
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
        if _is_known(path.name) and path.is_file() and not any(part.startswith(".") for part in path.parts[hidden:])
    ]


def _is_known(name: str) -> bool:
    return name.endswith(NOTE_ENDINGS) or name == "checked.csv"


def _sort(name: str) -> str:
    if name == "checked.csv":
        return "reviews"
    stem = name.split(".", 1)[0]
    return stem if stem in {"actors", "judgements"} else "notes"


def size_of(places: Iterable[Place]) -> int:
    """Bytes as they lie, compressed where they are; what does not say counts as 0."""
    return sum(map(_size, places))


def _size(place: Place) -> int:
    try:
        return size_at(place) or 0
    except OSError:
        return 0


def records(place: Place) -> Iterator[Record]:
    """The records of one file, address or standard input (`-`), one at a time; blank lines are passed over.

    Compressed content is known by its first bytes. A `.json` file is an array of objects or objects one after
    another; all else is JSON Lines. What cannot be read comes as a last record that carries its fault.
    """
    name = name_of(place)
    line = 0
    try:
        with _unpacked(place) as stream:
            read = _read_elements if _is_array(place, stream) else Lines
            for record in read(stream, name):
                line = record.line
                yield record
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Record(name, line + 1, b"", Rule.BROKEN_ARCHIVE)
    except OSError as error:
        yield unreadable(name, line + 1, error)


def unreadable(name: str, line: int, error: OSError) -> Record:
    """The record that stands for the rest of a file that cannot be read."""
    return Record(name, line, str(error).encode("utf-8", "replace"), Rule.UNREADABLE_FILE)


def is_in_lines(place: Place) -> bool:
    """Whether it surely holds one record a line, plain, so that it can be read from any line on."""
    if _is_named_array(place):
        return False
    try:
        with opened(place) as stream:
            start = stream.read(_LOOKED_AT).removeprefix(_BOM).lstrip()
    except OSError:
        return False
    is_packed = start.startswith(_GZIP_MARK)
    return bool(start) and not is_packed and _fault_of_line(start.split(b"\n", 1)[0], is_first=True) is None


@contextmanager
def _unpacked(place: Place) -> Iterator[io.BufferedReader]:
    with ExitStack() as stack:
        stream = stack.enter_context(opened(place))
        if stream.peek(2)[:2] == _GZIP_MARK:
            unpacked = stack.enter_context(gzip.GzipFile(fileobj=stream))
            stream = io.BufferedReader(cast(io.RawIOBase, unpacked), 1 << 16)
        yield stream


def _is_array(place: Place, stream: io.BufferedReader) -> bool:
    if place == STANDARD_INPUT:
        return stream.peek(64).removeprefix(_BOM).lstrip()[:1] == b"["
    return _is_named_array(place)


def _is_named_array(place: Place) -> bool:
    return _last(place).endswith((".json", ".json.gz"))


def _read_elements(stream: io.BufferedReader, name: str) -> Iterator[Record]:
    start = stream.peek(len(_BOM))
    if start.startswith(_UTF16_MARKS):
        yield Record(name, 1, b"", Rule.NOT_UTF8)
        return
    if start.startswith(_BOM):
        stream.read(len(_BOM))
    for line, raw, fault in elements(stream, LONGEST_RECORD):
        yield Record(name, line, raw if fault is None else raw[:KEPT_OF_TOO_LONG], fault)


class Lines:
    """The records of the lines that begin at or after byte `start` and before `end`, in a stream of JSON Lines.

    `count` says how many lines were passed, `position` at which byte the next one begins.
    """

    def __init__(self, stream: io.BufferedReader, name: str, start: int = 0, end: float = math.inf) -> None:
        self._stream, self._name, self._end = stream, name, end
        self.count, self.position, self.is_over = 0, start, False
        self._is_top = start == 0
        if start:
            # The line that the stretch begins within belongs to the stretch before it.
            stream.seek(start - 1)
            self.position -= 1
            self._skip(b" ")

    def __iter__(self) -> Iterator[Record]:
        is_first = self._is_top
        while self.position < self._end and (line := self._stream.readline(_LONGEST_LINE)):
            self.count += 1
            self.position += len(line)
            content = line.removeprefix(_BOM) if self._is_top and self.count == 1 else line
            fault = _fault_of_line(content, is_first)
            raw = content.strip(b" \t\r\n")
            if fault is Rule.TOO_LONG:
                self._skip(line)
            self.is_over = fault in _FAULTS_OF_FILE
            if raw:
                is_first = False
                yield Record(self._name, self.count, raw if fault is None else raw[:KEPT_OF_TOO_LONG], fault)
            if self.is_over:
                return
        self.is_over = True

    def _skip(self, line: bytes) -> None:
        """Pass the rest of a line that was begun."""
        while line and not line.endswith(b"\n") and self.position < self._end:
            line = self._stream.readline(LONGEST_RECORD)
            self.position += len(line)


def _fault_of_line(line: bytes, is_first: bool) -> Rule | None:
    if len(line.removesuffix(b"\n").removesuffix(b"\r")) > LONGEST_RECORD:
        return Rule.TOO_LONG
    if not is_first:
        return None
    if line.startswith(_UTF16_MARKS):
        return Rule.NOT_UTF8
    is_array_or_spread_out = line.lstrip().startswith(b"[") or line.strip() == b"{"
    return Rule.NOT_JSON_LINES if is_array_or_spread_out else None
