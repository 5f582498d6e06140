"""What people's judgements on claims link, also through claims that are gone: withdrawn, corrected, not loaded yet.

Who calls A and B the same, and B and C, has said something of A and C that the loss of B does not undo.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.models import Claim, Judgement
from db.vocabulary import Verdict

_claim, _judgement = table(Claim), table(Judgement)
_SIDES = ((_judgement.c.left_id, _judgement.c.right_id), (_judgement.c.right_id, _judgement.c.left_id))
_SAME = sa.and_(_judgement.c.subject == "claim", _judgement.c.verdict == Verdict.SAME.value)


def same_as(connection: Connection, keys: Collection[int]) -> Iterator[tuple[int, int]]:
    """Pairs of claims (by key) of which the first is among these: those that judgements in force call the same."""
    own, other = _claim.alias("own"), _claim.alias("other")
    absent: list[tuple[int, str]] = []
    for ours, theirs in _SIDES:
        rows = connection.execute(
            sa.select(own.c.pk, theirs, other.c.pk)
            .select_from(own)
            .join(_judgement, sa.and_(_SAME, _judgement.c.in_force, ours == own.c.claim_id))
            .outerjoin(other, theirs == other.c.claim_id)
            .where(among(connection, own.c.pk, keys))
        )
        for key, mate_id, mate in rows.all():
            if mate is None:
                absent.append((key, mate_id))
            else:
                yield key, mate
    beyond = _beyond(connection, {mate_id for _, mate_id in absent}, _judgement.c.in_force)
    yield from ((key, mate) for key, mate_id in absent for mate in beyond[mate_id] if mate != key)


def around(connection: Connection, claim_ids: Collection[str]) -> frozenset[int]:
    """The keys of these claims, and of those that any `same`, past or present, links with those that are gone."""
    there = _there(connection, claim_ids)
    beyond = _beyond(connection, set(claim_ids) - there.keys(), sa.true())
    return frozenset(there.values()).union(*beyond.values())


def verdicts_on(connection: Connection, claim_ids: Collection[str]) -> dict[tuple[str, str], Verdict]:
    """The judgements in force on these claims, and on claims that are gone as far as they hang together with these."""
    found: dict[tuple[str, str], Verdict] = {}
    asked, frontier = set(claim_ids), set(claim_ids)
    while frontier:
        fresh: set[str] = set()
        for ours, _ in _SIDES:
            rows = connection.execute(
                sa.select(_judgement.c.left_id, _judgement.c.right_id, _judgement.c.verdict)
                .where(_judgement.c.subject == "claim", _judgement.c.in_force)
                .where(among(connection, ours, frontier))
            )
            for left, right, verdict in rows.all():
                found[left, right] = Verdict(verdict)
                fresh |= {left, right} - asked
        asked |= fresh
        frontier = fresh - _there(connection, fresh).keys() if fresh else set()
    return found


def _beyond(
    connection: Connection, absent: Iterable[str], chosen: "sa.ColumnElement[bool]"
) -> dict[str, frozenset[int]]:
    """For each claim that is gone, the keys of those that are linked with it through none but claims that are gone."""
    linked: dict[str, set[str]] = defaultdict(set)
    there: dict[str, int] = {}
    gone: set[str] = set()
    frontier = set(absent)
    while frontier:
        gone |= frontier
        fresh: set[str] = set()
        for ours, theirs in _SIDES:
            rows = connection.execute(sa.select(ours, theirs).where(_SAME, chosen, among(connection, ours, frontier)))
            for one, other in rows.all():
                linked[one].add(other)
                fresh.add(other)
        there |= _there(connection, fresh - gone)
        frontier = fresh - gone - there.keys()
    return {start: frozenset(there[one] for one in _walk(start, linked) & there.keys()) for start in absent}


def _walk(start: str, linked: dict[str, set[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        fresh = linked.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def _there(connection: Connection, claim_ids: Collection[str]) -> dict[str, int]:
    if not claim_ids:
        return {}
    chosen = sa.select(_claim.c.claim_id, _claim.c.pk).where(among(connection, _claim.c.claim_id, claim_ids))
    return dict(connection.execute(chosen).all())
