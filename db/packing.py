"""Packing what the load wrote: parts of columns are made again where enough in them changed.

Whatever is not packed yet is listed in `column_loose` and read from the tables, so the packed form is never needed for
a right answer. Packing only when a part changed enough keeps small loads small.
"""

import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.columns import FORM, READ, STRETCH, packed
from db.models import ColumnLoose, ColumnPart

ENOUGH, ENOUGH_WHILE_LOADING = 1000, 5000
"""Loose rows of one part from which on it is packed again: at the end of a load, and before."""
MOST_LOOSE = 10_000
"""Loose rows altogether from which on all parts are packed: more would slow the first read after a load."""

_part, _loose = table(ColumnPart), table(ColumnLoose)
_number = sa.cast(_loose.c.pk, sa.BigInteger).op("/")(STRETCH)


def pack(connection: Connection, *, enough: int = ENOUGH, most: int = MOST_LOOSE) -> int:
    """Pack the parts that changed enough; returns how many. Inside a writing transaction."""
    done = 0
    for sort in READ:
        counted = sa.select(_number.label("part"), sa.func.count()).where(_loose.c.sort == sort).group_by("part")
        counts = {int(part): int(count) for part, count in connection.execute(counted)}
        everything = sum(counts.values()) > most
        of_old = sa.select(_part.c.part).where(_part.c.sort == sort, ~_part.c.digest.startswith(FORM))
        due = {part for part, count in counts.items() if everything or count >= enough} | {*connection.scalars(of_old)}
        for part in sorted(due):
            _pack_part(connection, sort, part)
        done += len(due)
    return done


def pack_full(connection: Connection) -> None:
    """While a load goes on: pack the parts that are nearly done, so that readers meanwhile find little loose."""
    pack(connection, enough=ENOUGH_WHILE_LOADING, most=10 * MOST_LOOSE)


def pack_all(connection: Connection) -> None:
    """Pack all that is loose, as of a database that is written once."""
    pack(connection, enough=1)


def _pack_part(connection: Connection, sort: str, part: int) -> None:
    read, key = READ[sort]
    start, end = part * STRETCH, (part + 1) * STRETCH - 1
    columns, names = read(connection, key.between(start, end))
    data = packed(columns, names)
    connection.execute(sa.delete(_part).where(_part.c.sort == sort, _part.c.part == part))
    digest = f"{FORM}-{hashlib.blake2b(data, digest_size=16).hexdigest()}"
    connection.execute(sa.insert(_part).values(sort=sort, part=part, digest=digest, data=data))
    connection.execute(sa.delete(_loose).where(_loose.c.sort == sort, _loose.c.pk.between(start, end)))
