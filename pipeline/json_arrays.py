"""Cutting a stream of JSON into its top objects without understanding them, so that one bad object spoils no other."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from pipeline.issues import Rule

_CHUNK = 1 << 16
_BEGIN = re.compile(rb"[^\s,]")
_BARE = re.compile(rb'[^\s,\[\]{}"]+|.', re.DOTALL)
_TO_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)
"""Whole strings and what stands between them, up to a bracket or to a string that the chunk does not end."""
_OPENING, _CLOSING = (b"{", b"["), (b"}", b"]")
_STRING_END = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


class Element(NamedTuple):
    """One top object as it stands in the stream, the line where it begins, and what is wrong with its extent."""

    line: int
    raw: bytes
    fault: Rule | None = None


class _Nesting:
    """How deep in brackets, and whether in a string, the scan of the present element stands between two chunks."""

    __slots__ = ("depth", "in_string", "is_escaped")

    def __init__(self) -> None:
        self.depth, self.in_string, self.is_escaped = 0, False, False

    def scan(self, chunk: bytes, position: int) -> tuple[int, bool]:
        """Go on from a position: where the scan stops (end of the element or of the chunk) and whether it has ended."""
        position += self.is_escaped
        self.is_escaped = False
        while True:
            if self.in_string:
                end = _STRING_END.match(chunk, position)
                if end is None:
                    tail = chunk[position:]
                    self.is_escaped = (len(tail) - len(tail.rstrip(b"\\"))) % 2 == 1
                    return len(chunk), False
                position, self.in_string = end.end(), False
            elif position < len(chunk):
                position = self._step(chunk, position)
            else:
                return position, False
            if self.depth <= 0 and not self.in_string:
                return position, True

    def _step(self, chunk: bytes, position: int) -> int:
        """Pass one bracket, or into a string that the chunk may not end; nothing at the end of the chunk."""
        skipped = _TO_BRACKET.match(chunk, position) if self.depth else None
        position = skipped.end() if skipped else position
        mark = chunk[position : position + 1]
        self.in_string = mark == b'"'
        self.depth += (mark in _OPENING) - (mark in _CLOSING)
        return position + len(mark)


class _Holder:
    """The bytes of the present element, as many as may be kept."""

    __slots__ = ("_kept", "_longest", "_size", "line")

    def __init__(self, line: int, longest: int) -> None:
        self.line, self._longest, self._size = line, longest, 0
        self._kept: list[bytes] = []

    def add(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= self._longest or not self._kept:
            self._kept.append(part)

    def element(self, fault: Rule | None = None) -> Element:
        return Element(self.line, b"".join(self._kept), Rule.TOO_LONG if self._size > self._longest else fault)


def elements(stream: BinaryIO, longest: int) -> Iterator[Element]:  # noqa: C901 (one scanner with one state)
    """The elements of a JSON array, or objects one after another, each as its bytes; constant memory.

    An element of more than `longest` bytes comes cut short with the fault `too_long`; an element or an array that the
    stream ends within comes with `cut_off`. Anything else that is wrong inside an element is left for its parser.
    """
    line, is_open, is_begun = 1, False, False
    holder: _Holder | None = None
    nesting = _Nesting()
    while chunk := stream.read(_CHUNK):
        position = 0
        while position < len(chunk):
            start = position
            if holder is not None:
                position, has_ended = nesting.scan(chunk, start)
                holder.add(chunk[start:position])
                if has_ended:
                    yield holder.element()
                    holder = None
            elif (begin := _BEGIN.search(chunk, position)) is None:
                position = len(chunk)
            elif begin.group() == b"[" and not is_begun:
                position, is_open, is_begun = begin.end(), True, True
            elif begin.group() == b"]" and is_open:
                position, is_open = begin.end(), False
            elif begin.group() in b'{["':
                position, is_begun, nesting = begin.start(), True, _Nesting()
                holder = _Holder(line + chunk.count(b"\n", start, position), longest)
            else:
                bare = _BARE.match(chunk, begin.start())
                position, is_begun = bare.end() if bare else len(chunk), True
                yield Element(line + chunk.count(b"\n", start, begin.start()), chunk[begin.start() : position])
            line += chunk.count(b"\n", start, position)
    if holder is not None:
        yield holder.element(Rule.CUT_OFF)
    elif is_open:
        yield Element(line, b"", Rule.CUT_OFF)
