"""Claims to events, for the claims that a change touches: block, match, cluster, consolidate.

A match depends on its two claims alone, and a cluster on its connected component alone. So working again over the
components that a change touches gives exactly what a rebuild from nothing gives.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, chunks, insert, table
from db.models import Claim, ClaimBlock, ClaimMatch, EventClaim, Judgement
from db.vocabulary import Verdict
from pipeline import claims as values
from pipeline.blocking import block_keys, probe_keys
from pipeline.claim_rows import read_claims, read_sources
from pipeline.clusters import Pair, cluster, ordered
from pipeline.consolidate import consolidate
from pipeline.events import replace_events
from pipeline.matching import Features, Match, compare, features
from pipeline.money import rate_on

Advance = Callable[[int], None]
"""Told how many more claims are done."""


def ignore(_: int) -> None:
    """Tell nobody."""


CHUNK = 2000
"""Claims worked on at a time: bounds the memory of a rebuild."""

_block, _match, _claim = table(ClaimBlock), table(ClaimMatch), table(Claim)
_judgement, _event_claim = table(Judgement), table(EventClaim)


class Desk:
    """The claims being worked on, read once: in a batch the same claims are matched, clustered and consolidated."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._claims: dict[int, values.Claim] = {}
        self._features: dict[int, Features] = {}

    def claims(self, keys: Collection[int]) -> dict[int, values.Claim]:
        """The claims with these keys, by key."""
        missing = [key for key in keys if key not in self._claims]
        self._claims.update(read_claims(self.connection, missing))
        return {key: self._claims[key] for key in keys}

    def features(self, key: int) -> Features:
        """What the matcher looks at in a claim that was read."""
        found = self._features.get(key)
        if found is None:
            found = self._features[key] = _features(self._claims[key])
        return found

    def clear_if_full(self) -> None:
        """Forget everything once too much lies here: bounds memory, changes no result."""
        if len(self._claims) > 10 * CHUNK:
            self._claims.clear()
            self._features.clear()


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
    touched = set(unsettled) | set(changed)
    for chunk in chunks(sorted(changed), CHUNK):
        touched |= _match_again(desk, chunk)
        desk.clear_if_full()
        advance(len(chunk))
    settle(connection, touched, advance, desk)


def settle(
    connection: Connection,
    touched: Collection[int],
    advance: Advance = ignore,
    desk: Desk | None = None,
) -> None:
    """Make the events of these claims again, with all claims that they are linked to. Matches stay as they are."""
    desk = desk or Desk(connection)
    done: set[int] = set()
    for chunk in chunks(sorted(touched), CHUNK):
        start = [key for key in chunk if key not in done]
        closed = _reach(connection, start)
        if closed:
            _settle_closed(desk, closed)
        done |= closed
        desk.clear_if_full()
        advance(len(chunk))


def _match_again(desk: Desk, keys: Collection[int]) -> set[int]:
    """File claims in their blocks and compare each with what is there; returns the claims linked with them before."""
    connection = desk.connection
    linked = _neighbours(connection, keys)
    for column in (_match.c.left_pk, _match.c.right_pk, _block.c.claim_pk):
        connection.execute(sa.delete(column.table).where(among(connection, column, keys)))
    claims = desk.claims(keys)
    blocks = {(block_hash(block), key) for key, claim in claims.items() for block in block_keys(claim)}
    insert(connection, ClaimBlock, ("block", "claim_pk"), sorted(blocks))
    candidates = _candidates(connection, claims)
    desk.claims({other for found in candidates.values() for other in found})
    insert(
        connection,
        ClaimMatch,
        ("left_pk", "right_pk", "score", "reasons", "against"),
        sorted(_compared(desk, candidates)),
    )
    return linked


def _candidates(connection: Connection, claims: Mapping[int, values.Claim]) -> dict[int, set[int]]:
    probes: dict[int, set[int]] = defaultdict(set)
    for key, claim in claims.items():
        for probe in probe_keys(claim):
            probes[block_hash(probe)].add(key)
    rows = connection.execute(
        sa.select(_block.c.block, _block.c.claim_pk).where(among(connection, _block.c.block, probes))
    )
    candidates: dict[int, set[int]] = defaultdict(set)
    for block, other in rows.all():
        for key in probes[block]:
            # Two claims of one batch find each other twice: keep the pair on its larger key.
            if other not in claims or other < key:
                candidates[key].add(other)
    return candidates


def _compared(desk: Desk, candidates: Mapping[int, Iterable[int]]) -> Iterator[tuple[int, int, float, str, str]]:
    for key, others in candidates.items():
        for other in others:
            match = compare(desk.features(key), desk.features(other), explain=False)
            if match.same:
                yield min(key, other), max(key, other), match.score, "\n".join(match.reasons), "\n".join(match.against)


def _features(claim: values.Claim) -> Features:
    rate = rate_on(claim.amount.currency, claim.date) if claim.amount else None
    return features(claim, rate.convert(claim.amount.figure) if rate and claim.amount else None)


@lru_cache(maxsize=65536)
def block_hash(block: str) -> int:
    """A block's key as a signed 64-bit number: a meeting by chance only costs one comparison."""
    return int.from_bytes(blake2b(block.encode(), digest_size=8).digest(), "big", signed=True)


def _reach(connection: Connection, start: Collection[int]) -> set[int]:
    """The claims of these keys that exist, with all that they are linked to, directly or through others."""
    if not start:
        return set()
    reached = set(connection.scalars(sa.select(_claim.c.pk).where(among(connection, _claim.c.pk, start))))
    frontier = reached
    while frontier:
        frontier = (_neighbours(connection, frontier) | _event_mates(connection, frontier)) - reached
        reached = reached | frontier
    return reached


def _neighbours(connection: Connection, keys: Collection[int]) -> set[int]:
    """Claims linked to these by a match or by a person's `same`."""
    linked: set[int] = set()
    for ours, theirs in ((_match.c.left_pk, _match.c.right_pk), (_match.c.right_pk, _match.c.left_pk)):
        linked.update(connection.scalars(sa.select(theirs).where(among(connection, ours, keys))))
    own, other = _claim.alias("own"), _claim.alias("other")
    for ours, theirs in (
        (_judgement.c.left_id, _judgement.c.right_id),
        (_judgement.c.right_id, _judgement.c.left_id),
    ):
        linked.update(
            connection.scalars(
                sa.select(other.c.pk)
                .select_from(own)
                .join(_judgement, ours == own.c.claim_id)
                .join(other, theirs == other.c.claim_id)
                .where(_judgement.c.subject == "claim", _judgement.c.verdict == Verdict.SAME.value)
                .where(among(connection, own.c.pk, keys))
            )
        )
    return linked


def _event_mates(connection: Connection, keys: Collection[int]) -> set[int]:
    mates = _event_claim.alias("mates")
    return set(
        connection.scalars(
            sa.select(mates.c.claim_pk)
            .select_from(_event_claim)
            .join(mates, mates.c.event_id == _event_claim.c.event_id)
            .where(among(connection, _event_claim.c.claim_pk, keys))
        )
    )


def _settle_closed(desk: Desk, keys: Collection[int]) -> None:
    connection, claims = desk.connection, desk.claims(keys)
    key_of = {claim.claim_id: key for key, claim in claims.items()}
    matches, verdicts = _matches(connection, claims), _verdicts(connection, key_of)
    linked = {claim_id for pair in (*matches, *verdicts) for claim_id in pair}
    compared = [desk.features(key_of[claim_id]) for claim_id in linked if claim_id in key_of]
    found = [one.claim_ids for one in cluster(compared, matches, verdicts).clusters]
    found += [frozenset([claim_id]) for claim_id in key_of if claim_id not in linked]
    sources = read_sources(connection, {claim.article_id for claim in claims.values()})
    events = []
    for claim_ids in found:
        members = [key_of[claim_id] for claim_id in claim_ids]
        events.append((consolidate([claims[key] for key in members], sources), members))
    replace_events(connection, keys, key_of, events)


def _matches(connection: Connection, claims: Mapping[int, values.Claim]) -> dict[Pair, Match]:
    rows = connection.execute(
        sa.select(_match.c.left_pk, _match.c.right_pk, _match.c.score).where(
            among(connection, _match.c.left_pk, claims)
        )
    )
    return {
        ordered(claims[left].claim_id, claims[right].claim_id): Match(True, score, (), ())
        for left, right, score in rows.all()
    }


def _verdicts(connection: Connection, claim_ids: Iterable[str]) -> dict[Pair, Verdict]:
    rows = connection.execute(
        sa.select(_judgement.c.left_id, _judgement.c.right_id, _judgement.c.verdict)
        .where(_judgement.c.subject == "claim")
        .where(among(connection, _judgement.c.left_id, claim_ids))
    )
    return {(left, right): Verdict(verdict) for left, right, verdict in rows}
