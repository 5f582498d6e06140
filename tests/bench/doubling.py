"""A database twice as large by copying its rows under other keys: for measuring reads, in minutes instead of hours.

Every article, claim and event comes a second time, with a key of its own; actors are shared. Not for measuring loads:
a copy is not compared with its original.
"""

import sys

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.engine import database, writing
from db.models import SQLModel
from db.packing import pack_all
from db.search import file_articles

_KEYS = ("pk", "article_pk", "claim_pk", "anchor_pk", "of_pk", "left_pk", "right_pk")
_NAMES = ("article_id", "claim_id", "anchored_id", "event_id")
_SKIPPED = ("review", "lost_claim", "withdrawal", "article_band", "claim_block", "column_part", "column_loose")


def double(connection: Connection) -> None:
    """Copy all rows that hang on an article or an event; works out the packed columns anew."""
    step = (connection.scalar(sa.text("SELECT max(pk) FROM claim")) or 0) + 1
    articles = list(connection.scalars(sa.text("SELECT pk FROM article")))
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in _SKIPPED and any(column.name in (*_KEYS, *_NAMES) for column in table.columns):
            connection.execute(sa.insert(table).from_select([one.name for one in table.columns], _copied(table, step)))
    file_articles(connection, [key + step for key in articles])
    pack_all(connection)


def _copied(table: sa.Table, step: int) -> "sa.Select[tuple[object, ...]]":
    cells: list[sa.ColumnElement[object]] = []
    for column in table.columns:
        if column.name in _KEYS:
            cells.append(column + step)
        elif column.name in _NAMES:
            # A claim's id is its article's and a digest; ids stay in the order of their originals.
            cells.append(column + sa.literal(f".{step}"))
        else:
            cells.append(column)
    return sa.select(*cells)


if __name__ == "__main__":
    with writing(database(sys.argv[1])) as opened:
        double(opened)
