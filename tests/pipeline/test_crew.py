"""Whoever reads the notes, the outcome is that of one process; who dies or fails on a record costs that record only."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from db.engine import open_engine
from db.queries.about import rejections
from pipeline import crew as crew_module
from pipeline import parts
from pipeline.crew import Crew, local_crew
from pipeline.errors import CrewError
from pipeline.issues import Rule
from pipeline.load import load
from pipeline.parts import Done, Part, Refused, in_files, read_part
from pipeline.readers import Inputs
from tests.conftest import Fresh
from tests.factory import exported, note, write_notes
from tests.pipeline.deadly import deadly, dying_once, failing, hanging, vanishing

pytestmark = pytest.mark.usefixtures("plain_main")
BOM = "\ufeff"


def awkward(folder: Path) -> Path:
    """Notes in several files: bad ones, ids that come twice, blank lines, other line ends, no last newline."""
    numbers = iter(range(1, 1000))
    notes = [note(number=next(numbers), **({"language": "xx"} if place % 9 == 4 else {})) for place in range(120)]
    first = write_notes(folder / "1.jsonl", [*notes, *notes[:3]])
    first.write_bytes(BOM.encode() + first.read_bytes().replace(b"\n", b"\r\n\n", 60).rstrip())
    write_notes(folder / "2.jsonl", [*notes[50:60], *(note(number=next(numbers)) for _ in range(60))])
    (folder / "3.json").write_text("[" + ",\n".join(first.read_text("utf-8-sig").split("\n\n")[:2]) + "]")
    return folder


def inputs_of(folder: Path) -> Inputs:
    return Inputs(tuple(sorted(folder.iterdir())))


def refused(url: str) -> list[tuple[object, ...]]:
    """Rejections of the last run, as they are kept."""
    with open_engine(url).connect() as connection:
        kept = rejections(connection, 1)
    return [tuple(row) for row in kept[["file", "line", "rule", "message"]].itertuples(index=False)]


def check_same_as_here(fresh: Fresh, folder: Path, crew: AbstractContextManager[Crew]) -> None:
    """A load by this crew and one by this process alone give the same export and the same rejections."""
    alone, by_crew = fresh(), fresh()
    load(open_engine(alone), inputs_of(folder))
    with crew as readers:
        load(open_engine(by_crew), inputs_of(folder), crew=readers)

    assert exported(open_engine(by_crew)) == exported(open_engine(alone))
    assert refused(by_crew) == refused(alone) != []


def check_only_poison_is_refused(fresh: Fresh, folder: Path, crew: AbstractContextManager[Crew], *poison: str) -> None:
    """A load with these records among sound ones refuses them, each at its line, and takes the others."""
    texts = dict(zip(range(7, 40, 13), poison, strict=False))
    notes = [note(number=n, **({"publisher": texts[n]} if n in texts else {})) for n in range(1, 41)]
    path = write_notes(folder / "a.jsonl", notes)
    url = fresh()

    with crew as readers:
        summary = load(open_engine(url), Inputs((path,)), crew=readers)

    assert (summary.new, summary.rejected) == (40 - len(poison), len(poison))
    assert [(line, rule) for _, line, rule, _ in refused(url)] == [(line, "breaks_reader") for line in texts]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 6000)


def test_several_processes_load_as_one(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    check_same_as_here(fresh_sqlite, awkward(tmp_path), local_crew(2))


def test_a_record_on_which_a_process_dies_or_fails_is_refused_alone(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    check_only_poison_is_refused(fresh_sqlite, tmp_path, local_crew(2, deadly), "DEADLY", "FAILING")


def test_a_record_on_which_this_process_fails_is_refused_alone(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    check_only_poison_is_refused(fresh_sqlite, tmp_path, local_crew(1, failing), "FAILING", "FAILING")


def test_a_reader_that_fails_on_every_record_ends_the_load_with_its_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew_module, "MOST_BROKEN", 5)
    path = write_notes(tmp_path / "a.jsonl", [note(number=n, publisher="FAILING") for n in range(1, 10)])

    with pytest.raises(CrewError, match="6 records broke their readers, the last with RecursionError"):
        list(Crew(reader=failing).read([path]))


def test_a_refusal_for_a_failing_reader_names_the_error(tmp_path: Path) -> None:
    path = write_notes(tmp_path / "a.jsonl", [note(number=n, publisher="FAILING" if n == 2 else "A") for n in (1, 2)])

    (outcome,) = [one for one in in_files(Crew(reader=failing).read([path])) if isinstance(one, Refused)]

    assert "breaks reader 'RecursionError'" in outcome.issues[0].message
    assert outcome.record.line == 2


def test_a_file_that_goes_while_it_is_read_is_refused_from_there_on_and_no_record_is_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew_module, "PAUSE", 0)
    monkeypatch.setattr(crew_module, "MOST_BROKEN", 0)
    first = write_notes(tmp_path / "a.jsonl", [note(number=n) for n in range(1, 41)])
    second = write_notes(tmp_path / "b.jsonl", [note(number=n) for n in range(41, 44)])

    outcomes = list(in_files(Crew(reader=vanishing).read([first, second])))

    taken = [one.record.line for one in outcomes if not isinstance(one, Refused)]
    (lost,) = [one for one in outcomes if isinstance(one, Refused)]
    assert taken == [*range(1, lost.record.line), 1, 2, 3]
    assert 1 < lost.record.line < 41
    assert [issue.rule for issue in lost.issues] == [Rule.UNREADABLE_FILE]


def test_processes_that_hang_are_ended_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_module, "STUCK_AFTER", 3)
    path = write_notes(tmp_path / "a.jsonl", [note()])

    with pytest.raises(CrewError, match="the same command with --workers 1"), local_crew(2, hanging) as crew:
        list(crew.read([path]))


def test_a_process_that_is_killed_costs_nothing(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    (tmp_path / "once").touch()
    (tmp_path / "notes").mkdir()

    check_same_as_here(fresh_sqlite, awkward(tmp_path / "notes"), local_crew(2, dying_once))

    assert not (tmp_path / "once").exists()


def test_few_parts_are_read_ahead_of_who_stores_them(tmp_path: Path) -> None:
    path = write_notes(tmp_path / "a.jsonl", [note(number=n) for n in range(1, 400)])
    crew = Crew(ahead=2, reader=counted)
    read.clear()

    done = crew.read([path])
    next(done)

    assert len(read) == 3
    assert len(list(in_files(done))) > 300


read: list[Part] = []


def counted(part: Part) -> Done:
    read.append(part)
    return read_part(part)
