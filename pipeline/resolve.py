"""Claims to events, for the claims that a change touches: file, compare, cluster, consolidate."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import Claim, ClaimBlock
from pipeline.desk import Desk, in_chunks
from pipeline.pairs import match_again, part_with
from pipeline.settling import Advance, ignore, settle

__all__ = ["Advance", "Desk", "ignore", "is_behind", "resolve", "settle", "take_leave"]


def resolve(
    connection: Connection,
    changed: Collection[int],
    unsettled: Collection[int] = (),
    advance: Advance = ignore,
) -> None:
    """Bring the events up to date.

    Args:
        changed: keys of claims that are new, or that the matcher sees otherwise than before.
        unsettled: keys of claims whose event has to be made again though they themselves are as they were.
        advance: called with the number of claims done, for a progress bar.
    """
    desk = Desk(connection)
    beside: set[int] = set()
    for chunk in in_chunks(changed):
        beside |= match_again(desk, chunk)
        desk.clear_if_full()
        advance(len(chunk))
    settle(connection, {*changed, *unsettled}, advance, desk, beside)


def take_leave(connection: Connection, leaving: Collection[int]) -> set[int]:
    """Before claims are removed: returns the other claims whose links change by that, to be settled afterwards."""
    return part_with(Desk(connection), leaving) - set(leaving)


def is_behind(connection: Connection) -> bool:
    """Whether there are claims that are not filed, as after a change of the tables: all must be resolved again."""
    claim, block = table(Claim), table(ClaimBlock)
    there = connection.scalar(sa.select(claim.c.pk).limit(1))
    return there is not None and connection.scalar(sa.select(block.c.claim_pk).limit(1)) is None
