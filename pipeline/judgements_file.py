"""All judgements as a file: JSON Lines, a line each, always in one order, so that two versions can be compared."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import Judgement

_judgement = table(Judgement)
_FIELDS = {
    "subject": "subject",
    "left": "left_id",
    "right": "right_id",
    "verdict": "verdict",
    "who": "who",
    "when": "decided_at",
    "why": "why",
    "undone_by": "undone_by",
    "undone_when": "undone_at",
    "undone_why": "undone_why",
}
"""Keys of a line in their order → columns. Those of an undoing stand only where there is one."""
_ORDER = ("subject", "left_id", "right_id", "decided_at", "who", "verdict")
_ROWS_AT_ONCE = 1000


def lines(connection: Connection) -> Iterator[str]:
    """All judgements, by pair and then by time, as they can be loaded again: undone ones too, `when` in UTC."""
    chosen = sa.select(*(_judgement.c[column].label(key) for key, column in _FIELDS.items()))
    ordered = chosen.order_by(*(_judgement.c[column] for column in _ORDER))
    for row in connection.execute(ordered.execution_options(yield_per=_ROWS_AT_ONCE)):
        yield line(row._asdict())


def line(judgement: Mapping[str, object]) -> str:
    """One judgement as a line; what is empty is left out."""
    return json.dumps({key: judgement[key] for key in _FIELDS if judgement[key] is not None}, ensure_ascii=False) + "\n"


def write(connection: Connection, path: Path) -> int:
    """Write all judgements; returns how many. A file that was there stays as it was until the new one is whole.

    Raises:
        OSError: the file cannot be written.
    """
    aside = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            for text in lines(connection):
                file.write(text)
                count += 1
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return count
