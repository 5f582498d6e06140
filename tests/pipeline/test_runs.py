"""The log of runs: rejections are kept once and read back whole."""

import pytest

from db.engine import open_engine, writing
from pipeline.errors import InputError
from pipeline.issues import Fault, Issue, Rule
from pipeline.readers import Record
from pipeline.runs import keep_rejections, read_rejections, start_run

RECORDS = [Record("a.jsonl", line, raw) for line, raw in ((1, b"\x00\xff"), (1, b""), (3, b"{}"))]
"""Two of one line: elements of an array may stand beside each other."""


def refused(record: Record, faults: int) -> tuple[Record, tuple[Issue, ...]]:
    issues = (Issue.of(record.file, record.line, Fault(Rule.NOT_JSON, f"{n}")) for n in range(faults))
    return record, tuple(issues)


@pytest.fixture
def kept(url: str) -> str:
    with writing(open_engine(url)) as connection:
        for records in (RECORDS[:1], RECORDS, []):
            run_id = start_run(connection, "load", ["a.jsonl"])
            keep_rejections(connection, run_id, [refused(record, 3) for record in records])
    return url


def test_each_fault_comes_back_with_its_record(kept: str) -> None:
    with open_engine(kept).connect() as connection:
        found = [(one.line, one.where, one.raw) for one in read_rejections(connection, 2)]

    assert found == [(record.line, where, record.raw) for record in RECORDS for where in "012"]


def test_the_raw_record_is_stored_once(kept: str) -> None:
    with open_engine(kept).connect() as connection:
        stored = connection.exec_driver_sql("SELECT raw FROM rejection WHERE run_id = 2 ORDER BY rejection_id").all()

    assert [raw and bytes(raw) for (raw,) in stored] == [raw for record in RECORDS for raw in (record.raw, None, None)]


@pytest.mark.parametrize(("asked", "of"), [(None, {2}), (1, {1}), (2, {2}), (3, set())])
def test_rejections_are_those_of_the_run_or_of_the_last_that_has_any(
    kept: str, asked: int | None, of: set[int]
) -> None:
    with open_engine(kept).connect() as connection:
        assert {one.run_id for one in read_rejections(connection, asked)} == of


def test_without_any_rejection_none_are_found(url: str) -> None:
    with open_engine(url).connect() as connection:
        assert list(read_rejections(connection)) == []


def test_a_run_that_is_not_there_is_said_to_be_missing(kept: str) -> None:
    with open_engine(kept).connect() as connection, pytest.raises(InputError, match="no run 9"):
        list(read_rejections(connection, 9))
