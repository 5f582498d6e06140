"""Notes cut into parts that can be read apart: a part is read, checked and prepared without a database.

Plain values throughout: a part may be read in another process, or on another machine.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from pipeline.issues import Fault, Issue, Rule
from pipeline.notes import ArticleNote, notice_faults, parse_note
from pipeline.places import Place, is_cuttable, name_of, opened, size_at
from pipeline.preparing import Prepared, prepare, record_digest
from pipeline.readers import ENDS_FILE, Lines, Record, is_in_lines, records, unreadable

PART_BYTES = 1 << 20
"""Some 400 notes: large beside what it costs to hand a part over, small in memory with a few of them on the way."""
PART_RECORDS = 2000
"""A part with more is read up to these: a bad record of two bytes may have a dozen faults."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of a file that begin at or after byte `start` and before `end`. What it holds is not shown in logs."""

    place: Place = field(repr=False)
    name: str
    start: int
    end: float = math.inf

    @property
    def begins(self) -> bool:
        """Whether its file begins with it."""
        return self.start == 0


@dataclass(frozen=True, slots=True)
class Given:
    """Records that were read already. `lines`: how many lines of the file they stand for, beyond their own numbers."""

    records: Sequence[Record] = field(repr=False)
    lines: int = 0
    begins: bool = False


Part = Stretch | Given


class Taken(NamedTuple):
    """A sound record: the article made ready, and what an annotator may want to look at again."""

    record: Record
    article: Prepared
    notices: tuple[Fault, ...]


class Refused(NamedTuple):
    """A record with its faults."""

    record: Record
    issues: tuple[Issue, ...]


class Done(NamedTuple):
    """What was read of a part, in the order of the file; lines are counted from where the part begins.

    Attributes:
        lines: how many lines were passed; what comes next in the file counts from there.
        rest: what is still to be read of the part.
        begins: whether the file begins with it.
        ends: whether nothing more can be read of the file, for a fault that is told.
    """

    outcomes: Sequence[Taken | Refused]
    lines: int = 0
    rest: Stretch | None = None
    begins: bool = False
    ends: bool = False


def parts_of(places: Iterable[Place], are_seen: bool = True) -> Iterator[Part]:
    """All files cut into parts, in their order. `are_seen`: whether those who read can open the files themselves."""
    for place in places:
        if are_seen and is_cuttable(place) and is_in_lines(place):
            starts = range(0, max(size_at(place) or 0, 1), PART_BYTES)
            name, there = name_of(place), place.absolute() if isinstance(place, Path) else place
            yield from (Stretch(there, name, start, start + PART_BYTES) for start in starts[:-1])
            yield Stretch(there, name, starts[-1])
        else:
            yield from _given(place)


def _given(place: Place) -> Iterator[Given]:
    listed: list[Record] = []
    size, begins = 0, True
    for record in records(place):
        listed.append(record)
        size += len(record.raw)
        if len(listed) >= PART_RECORDS or size >= PART_BYTES:
            yield Given(listed, begins=begins)
            listed, size, begins = [], 0, False
    if listed or begins:
        yield Given(listed, begins=begins)


class Held(NamedTuple):
    """The records of a part, the lines they stand for, and what is left of it."""

    records: Sequence[Record]
    lines: int
    rest: Stretch | None


def held(part: Part) -> Held:
    """The records of a part as they stand in it.

    Raises:
        OSError: the file cannot be read.
    """
    if isinstance(part, Given):
        return Held(part.records, part.lines, None)
    listed: list[Record] = []
    size = 0
    with opened(part.place) as stream:
        lines = Lines(stream, part.name, part.start, part.end)
        for record in lines:
            listed.append(record)
            size += len(record.raw)
            if len(listed) >= PART_RECORDS or size >= 2 * PART_BYTES:
                break
        rest = replace(part, start=lines.position) if not lines.is_over else None
    return Held(listed, lines.count, rest)


def read_part(part: Part) -> Done:
    """Read a part, check each record, make the articles ready.

    Raises:
        OSError: the file cannot be read.
    """
    found = held(part)
    parsed = [(record, parse_note(record)) for record in found.records]
    notes = [(record_digest(note), note) for _, note in parsed if isinstance(note, ArticleNote)]
    ready = iter(prepare(notes))
    outcomes = [
        Taken(record, next(ready), notice_faults(note)) if isinstance(note, ArticleNote) else Refused(record, note)
        for record, note in parsed
    ]
    return _done(part, found, outcomes)


def is_unreadable(found: Held) -> bool:
    """Whether it stands for what cannot be read."""
    return any(record.fault is Rule.UNREADABLE_FILE for record in found.records)


def _done(part: Part, found: Held, outcomes: Sequence[Taken | Refused]) -> Done:
    ends = any(record.fault in ENDS_FILE for record in found.records[-1:])
    return Done(outcomes, found.lines, found.rest, part.begins, ends)


def held_whatever_happens(part: Part) -> Held:
    """The records of a part, or the one that says that the file cannot be read."""
    try:
        return held(part)
    except OSError as error:
        name = part.name if isinstance(part, Stretch) else ""
        return Held([unreadable(name, 1, error)], 1, None)


def halves(part: Part, found: Held) -> tuple[Given, Given]:
    """The records of a part in two, to find the one that cannot be read."""
    middle = len(found.records) // 2
    first, second = found.records[:middle], found.records[middle:]
    return Given(first, begins=part.begins), Given(second, found.lines)


def refused_as_deadly(part: Part, found: Held, error: str = "") -> Done:
    """The only record of a part, refused because whoever reads it dies, or fails with an error of this name."""
    outcomes = [
        Refused(record, (Issue.of(record.file, record.line, Fault(Rule.BREAKS_READER, "", error)),))
        for record in found.records
    ]
    return _done(part, found, outcomes)


def refused_as_unreadable(part: Part, found: Held) -> Done:
    """A part that cannot be read at all, and with it the rest of its file: nobody's record is to blame."""
    parsed = ((record, parse_note(record)) for record in found.records)
    return _done(part, found, [Refused(record, faults) for record, faults in parsed if isinstance(faults, tuple)])


def in_files(parts: Iterable[Done]) -> Iterator[Taken | Refused]:
    """The outcomes of all parts, their lines counted from the beginning of the file; none after the end of a file."""
    lines, has_ended = 0, False
    for done in parts:
        if done.begins:
            lines, has_ended = 0, False
        if not has_ended:
            yield from (placed(outcome, lines) for outcome in done.outcomes)
        lines, has_ended = lines + done.lines, has_ended or done.ends


def placed(outcome: Taken | Refused, lines: int) -> Taken | Refused:
    """An outcome whose part begins after so many lines of its file."""
    if not lines:
        return outcome
    record = replace(outcome.record, line=outcome.record.line + lines)
    if isinstance(outcome, Taken):
        return outcome._replace(record=record)
    return Refused(record, tuple(replace(issue, line=issue.line + lines) for issue in outcome.issues))
