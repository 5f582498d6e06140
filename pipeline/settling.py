"""Matches and judgements to events: the pieces that a change touches are clustered and consolidated again.

A cluster depends on its piece alone. So working again over the pieces that a change touches gives exactly what a
rebuild from nothing gives.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Claim, ClaimMatch, EventClaim, VerdictConflict
from pipeline import claims as values
from pipeline.claim_rows import read_sources
from pipeline.clusters import Pair, cluster, ordered
from pipeline.consolidate import consolidate
from pipeline.desk import Desk, in_chunks
from pipeline.events import replace_events
from pipeline.judged import verdicts_on
from pipeline.matching import Match
from pipeline.pairs import BORDER
from pipeline.pieces import Links, pieces, touched_by

Advance = Callable[[int], None]
"""Told how many more claims are done."""


def ignore(_: int) -> None:
    """Tell nobody."""


_match, _claim, _conflict = table(ClaimMatch), table(Claim), table(VerdictConflict)
_event_claim = table(EventClaim)


def settle(
    connection: Connection,
    touched: Collection[int],
    advance: Advance = ignore,
    desk: Desk | None = None,
    beside: Collection[int] = (),
) -> None:
    """Make the events of these claims again, with all claims that they are linked to. Matches stay as they are.

    Args:
        beside: claims whose links changed; their event is made again if it holds other claims than before.
    """
    desk, touched = desk or Desk(connection), set(touched)
    changed = touched | set(beside)
    done: set[int] = set()
    for chunk in in_chunks(changed):
        links = Links(connection)
        start = _there(connection, touched_by(links, chunk, changed) - done)
        found = list(pieces(links, (start | _event_mates(connection, start)) - done))
        if found:
            _settle_pieces(desk, found, touched)
        done.update(*found)
        desk.clear_if_full()
        advance(len(chunk))


def _there(connection: Connection, keys: Collection[int]) -> set[int]:
    return set(connection.scalars(sa.select(_claim.c.pk).where(among(connection, _claim.c.pk, keys))))


def _event_mates(connection: Connection, keys: Collection[int]) -> set[int]:
    """The claims that are in one event with one of these, whatever the reason was."""
    mates = _event_claim.alias("mates")
    return set(
        connection.scalars(
            sa.select(mates.c.claim_pk)
            .select_from(_event_claim)
            .join(mates, mates.c.event_id == _event_claim.c.event_id)
            .where(among(connection, _event_claim.c.claim_pk, keys))
        )
    )


def _settle_pieces(desk: Desk, pieces_: Sequence[Collection[int]], touched: Collection[int]) -> None:
    piece_of = {key: number for number, piece in enumerate(pieces_) for key in piece}
    connection, claims, keys = desk.connection, desk.claims(piece_of), piece_of.keys()
    key_of = {claim.claim_id: key for key, claim in claims.items()}
    found, conflicts = _clusters(desk, claims, key_of, piece_of)
    _replace_conflicts(connection, keys, conflicts)
    there = _stored_events(connection, keys)
    made = [members for members in found if members not in there or not members.isdisjoint(touched)]
    remade = {key for members in made for key in members}
    sources = read_sources(connection, {claims[key].article_id for key in remade})
    events = [(consolidate([claims[key] for key in members], sources), sorted(members)) for members in made]
    replace_events(connection, remade, key_of, events)


def _clusters(
    desk: Desk, claims: Mapping[int, values.Claim], key_of: Mapping[str, int], piece_of: Mapping[int, int]
) -> tuple[list[frozenset[int]], list[tuple[int, int]]]:
    """The keys of the claims of each event, and the pairs on which judgements conflict."""
    matches, verdicts = _matches(desk.connection, claims, piece_of), verdicts_on(desk.connection, key_of)
    matched = (pair for pair, match in matches.items() if match.same)
    linked = {claim_id for pair in (*matched, *verdicts) for claim_id in pair}
    compared = [desk.features(key_of[claim_id]) for claim_id in linked if claim_id in key_of]
    clustering = cluster(compared, matches, verdicts)
    found = [frozenset(key_of[claim_id] for claim_id in one.claim_ids) for one in clustering.clusters]
    found += [frozenset([key]) for claim_id, key in key_of.items() if claim_id not in linked]
    there = ((key_of.get(left), key_of.get(right)) for left, right in clustering.conflicts)
    return found, [(left, right) for left, right in there if left is not None and right is not None]


def _replace_conflicts(connection: Connection, keys: Collection[int], conflicts: Iterable[tuple[int, int]]) -> None:
    for column in (_conflict.c.left_pk, _conflict.c.right_pk):
        connection.execute(sa.delete(_conflict).where(among(connection, column, keys)))
    insert(connection, VerdictConflict, ("left_pk", "right_pk"), sorted((min(pair), max(pair)) for pair in conflicts))


def _stored_events(connection: Connection, keys: Collection[int]) -> set[frozenset[int]]:
    """The claims of each stored event that holds any of these, all its claims being among these."""
    rows = connection.execute(
        sa.select(_event_claim.c.event_id, _event_claim.c.claim_pk).where(
            among(connection, _event_claim.c.claim_pk, keys)
        )
    )
    members: dict[str, set[int]] = {}
    for event_id, key in rows.all():
        members.setdefault(event_id, set()).add(key)
    return {frozenset(found) for found in members.values()}


def _matches(
    connection: Connection, claims: Mapping[int, values.Claim], piece_of: Mapping[int, int]
) -> dict[Pair, Match]:
    """The matches and the near misses within the pieces: what was compared need not be compared again."""
    rows = connection.execute(
        sa.select(_match.c.left_pk, _match.c.right_pk, _match.c.score).where(
            among(connection, _match.c.left_pk, claims)
        )
    )
    return {
        ordered(claims[left].claim_id, claims[right].claim_id): Match(score > BORDER, score, (), ())
        for left, right, score in rows.all()
        if piece_of[left] == piece_of.get(right)
    }
