"""Nothing goes into the database row by row: the number of statements does not follow the number of records."""

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from db.engine import open_engine
from pipeline.load import load
from pipeline.readers import Inputs
from tests.bench import generate
from tests.conftest import Fresh
from tests.factory import actor, judgement, load_notes, note

MOST = 200
"""Statements for a batch of 1,000 notes with all that belongs to it, however many claims and names these hold."""


class Sent:
    """Counts what is sent to a database, by its beginning: statements, bulk statements and copies alike."""

    def __init__(self, url: str) -> None:
        self.counts: Counter[str] = Counter()
        sa.event.listen(open_engine(url), "do_connect", self._connect)

    def _connect(self, dialect: Any, _: Any, arguments: Any, options: dict[str, Any]) -> Any:
        counts = self.counts

        def count(statement: Any) -> None:
            counts[" ".join(str(statement).split())[:60]] += 1

        if dialect.name == "sqlite":

            class Rows(sqlite3.Cursor):
                def execute(self, sql: str, *rest: Any) -> Any:
                    count(sql)
                    return super().execute(sql, *rest)

                def executemany(self, sql: str, *rest: Any) -> Any:
                    count(sql)
                    return super().executemany(sql, *rest)

            class Counting(sqlite3.Connection):
                def cursor(self, *_: Any) -> Any:
                    return super().cursor(Rows)

            return sqlite3.connect(*arguments, factory=Counting, **options)

        class Cursor(psycopg.Cursor[Any]):
            def execute(self, query: Any, *rest: Any, **named: Any) -> Any:
                count(query)
                return super().execute(query, *rest, **named)

            def executemany(self, query: Any, params_seq: Any, **named: Any) -> None:
                rows = list(params_seq)
                for _ in rows:
                    count(query)
                super().executemany(query, rows, **named)

            def copy(self, statement: Any, *rest: Any, **named: Any) -> Any:
                count(statement)
                return super().copy(statement, *rest, **named)

        return psycopg.connect(*arguments, cursor_factory=Cursor, **options)

    def during(self, action: Any) -> int:
        self.counts.clear()
        action()
        return sum(self.counts.values())


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    folder = tmp_path_factory.mktemp("generated")
    path = generate.write(folder, 1000)
    return Inputs((path,), (folder / "actors.jsonl",))


def test_a_thousand_notes_take_few_statements(url: str, inputs: Inputs) -> None:
    sent = Sent(url)

    count = sent.during(lambda: load(open_engine(url), inputs))

    assert 20 < count < MOST, sent.counts.most_common(10)


def test_ten_times_as_many_notes_of_one_batch_take_hardly_more_statements(fresh: Fresh, tmp_path: Path) -> None:
    counts = []
    for number in (100, 1000):
        url, path = fresh(), generate.write(tmp_path / str(number), number)
        counts.append(Sent(url).during(lambda url=url, path=path: load(open_engine(url), Inputs((path,)))))

    assert counts[1] < 1.5 * counts[0], counts


@pytest.mark.parametrize("what", ["replaced", "renamed", "judged", "owned", "refused"])
def test_changes_to_many_records_take_few_statements(url: str, what: str) -> None:
    names = [f"Firm {number}" for number in range(300)]
    told = [note(number=number, claims=[{**_claim(), "suppliers": [name]}]) for number, name in enumerate(names)]
    known = [actor(name, aliases=[f"{name} of old"]) for name in names]
    load_notes(url, told, known)
    changes: dict[str, dict[str, Any]] = {
        "replaced": {"notes": [{**one, "title": "corrected"} for one in told]},
        "renamed": {"actors": [actor(f"New {name}", aliases=[name]) for name in names]},
        "judged": {
            "judgements": [
                judgement(*sorted(pair), "same", subject="actor") for pair in zip(names[::2], names[1::2], strict=True)
            ]
        },
        "owned": {"actors": [{**one, "parent": "Firm 0"} for one in known[1:]]},
        "refused": {"actors": [{**one, "kind": "unknown"} for one in known]},
    }
    sent = Sent(url)

    count = sent.during(lambda: load_notes(url, **changes[what]))

    assert count < MOST, sent.counts.most_common(10)


def _claim() -> dict[str, Any]:
    made: dict[str, Any] = note()["claims"][0]
    return made
