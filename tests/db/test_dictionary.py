"""The data dictionary covers what is exported."""

import datetime as dt

import pytest

from db.dictionary import RELEASE_TABLES, ROWS, TABLES, Column, meaning
from db.queries.about import ACTOR_FRAME
from db.queries.events import CLAIM_FRAME, EVENT_FRAME
from db.queries.ids import ID_FRAME, WITHDRAWAL_FRAME
from db.queries.sources import ARTICLE_FRAME

FRAMES = {"events": EVENT_FRAME, "claims": CLAIM_FRAME, "articles": ARTICLE_FRAME, "actors": ACTOR_FRAME,
          "ids": ID_FRAME, "withdrawals": WITHDRAWAL_FRAME}  # fmt: skip
READ = {
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": dt.date.fromisoformat,
    "string": str,
}
COLUMNS = [pytest.param(c, id=f"{table}.{c.name}") for table, columns in RELEASE_TABLES.items() for c in columns]


@pytest.mark.parametrize("table", FRAMES)
def test_each_file_is_described_column_by_column_in_order(table: str) -> None:
    assert [column.name for column in RELEASE_TABLES[table]] == list(FRAMES[table])
    assert table in ROWS


def test_an_export_has_the_tables_of_a_release_but_for_ids_and_withdrawals() -> None:
    assert RELEASE_TABLES.keys() - TABLES.keys() == {"ids", "withdrawals"}


@pytest.mark.parametrize("column", COLUMNS)
def test_examples_are_of_the_columns_type_and_list(column: Column) -> None:
    assert column.meaning.endswith(".")
    if column.example:
        READ[column.type](column.example)
    if column.values and column.name != "technologies":
        assert column.example in column.values


def test_the_same_name_means_different_things_in_different_files() -> None:
    assert meaning("events", "claims") != meaning("articles", "claims")
    with pytest.raises(KeyError):
        meaning("events", "no_such_column")
