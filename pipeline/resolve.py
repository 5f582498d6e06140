"""Claims to events, for the claims that a change touches: file, compare, cluster, consolidate."""

from collections.abc import Collection

from sqlalchemy.engine import Connection

from pipeline.desk import Desk, in_chunks
from pipeline.judged import same_as
from pipeline.pairs import match_again, part_with
from pipeline.settling import Advance, ignore, settle

__all__ = ["Advance", "Desk", "ignore", "resolve", "settle", "take_leave"]


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
    judged = {mate for _, mate in same_as(connection, leaving)}
    return (part_with(Desk(connection), leaving) | judged) - set(leaving)
