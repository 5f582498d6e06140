"""All judgements as a file: JSON Lines, a line each, always in one order, so that two versions can be compared."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import Judgement
from pipeline.errors import OutputError

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
        OutputError: the path names no file.
        OSError: the file cannot be written.
    """
    with whole_file(path) as file:
        count = 0
        for text in lines(connection):
            file.write(text)
            count += 1
    return count


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """A text file (UTF-8, ends of lines as written) that appears at the path when whole; before, the old one stays.

    Raises:
        OutputError: the path names no file, as `.` does not.
        OSError: the file cannot be written.
    """
    if not path.name or path.name == ".." or path.is_dir():
        raise OutputError(f"{str(path)!r} names no file but a folder; give the name of a file in it")
    with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, prefix=".", suffix=".part",
                            delete=False) as file:  # fmt: skip
        aside = Path(file.name)
        try:
            yield file
            file.close()
            aside.chmod(0o666 & ~_umask())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)


def _umask() -> int:
    """Permissions that new files are denied: temporary ones are private, whatever it says."""
    denied = os.umask(0)
    os.umask(denied)
    return denied
