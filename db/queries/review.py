"""What people should look at: pairs of claims that the rules are unsure of, the most valuable first; all decisions.

Bounded at any size: pairs are sought where rules are least sure, and about the greatest events; no table is read whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.columns import NO_FIGURE
from db.facts import Facts, facts
from db.filters import NO_FILTERS, Filters
from db.models import Judgement, VerdictConflict
from db.queries.choosing import chosen
from db.queries.doubtful import FLOOR, LEAST_DOUBT, MOST_UNSURE, about_greatest, unsure
from db.queries.event_page import BORDER, texts
from db.queries.events import claims, events_of
from db.queries.frames import FLAG, REAL, TEXT, WHOLE, frame, typed
from db.queries.where import article, claim, event, event_claim
from db.vocabulary import Verdict

CONFLICT, APART, NEAR, WEAK, THROUGH = "conflict", "apart", "near", "weak", "through"
"""Why a pair is in the queue: judgements contradict each other; it matched and yet lies in two events; it nearly
matched; it matched weakly; it did not match and yet lies in one event, through others."""

QUEUE_FRAME = {
    "left_id": TEXT, "right_id": TEXT, "left_event": TEXT, "right_event": TEXT, "sort": TEXT,
    "score": REAL, "usd": WHOLE, "value": REAL,
}  # fmt: skip
"""A question for a person: do these two claims report one act? Of two events (or one) only the most valuable pair.

`score`: by the rules, empty for conflicts; `usd`: money at stake; `value`: that times uncertainty. Best first.
"""

JUDGEMENT_FRAME = {
    "judgement_id": TEXT, "subject": TEXT, "left_id": TEXT, "right_id": TEXT, "verdict": TEXT, "who": TEXT,
    "decided_at": TEXT, "why": TEXT, "undone_by": TEXT, "undone_at": TEXT, "undone_why": TEXT, "in_force": FLAG,
    **{f"{side}_{name}": TEXT for side in ("left", "right") for name in ("event", "title", "publisher", "published")},
}  # fmt: skip
"""A judgement ever given, the latest first. Of judged claims the events now, and who published them; empty for actors.

Judgements of one person at one moment were made in one go, as by merging two events.
"""

MOST_SHOWN = 300
"""Pairs in the queue."""

_conflict, _judged = table(VerdictConflict), table(Judgement)
_left, _right = event_claim.alias("left_event_claim"), event_claim.alias("right_event_claim")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A pair in question. `score` is None for a conflict of judgements."""

    left_id: str
    right_id: str
    left_event: str
    right_event: str
    score: float | None
    usd: int

    @property
    def events(self) -> frozenset[str]:
        return frozenset((self.left_event, self.right_event))

    @property
    def sort(self) -> str:
        if self.score is None:
            return CONFLICT
        apart, matched = len(self.events) == 2, self.score > BORDER
        return {(True, True): APART, (True, False): NEAR, (False, True): WEAK, (False, False): THROUGH}[apart, matched]

    @property
    def value(self) -> float:
        if self.score is None:
            return float(self.usd)
        doubt = 1 - abs(2 * self.score - 1)
        return self.usd * (max(doubt, LEAST_DOUBT) if self.sort == APART else doubt)

    @property
    def rank(self) -> tuple[bool, float, str, str]:
        return self.score is not None, -self.value, self.left_id, self.right_id


def queue(connection: Connection, filters: Filters = NO_FILTERS, most: int = MOST_SHOWN) -> pd.DataFrame:
    """The pairs that a decision is worth most on; contradictions of judgements first. Columns: `QUEUE_FRAME`."""
    found = {(pair.left_id, pair.right_id): pair for pair in _candidates(connection, filters)}
    decided = _Decided(connection, {event_id for pair in found.values() for event_id in pair.events})
    seen: set[frozenset[str]] = set()
    rows: list[dict[str, object]] = []
    for pair in sorted(found.values(), key=lambda one: one.rank):
        if len(rows) == most:
            break
        if pair.score is not None and (pair.events in seen or decided.settles(pair)):
            continue
        seen.add(pair.events)
        rows.append({name: getattr(pair, name) for name in QUEUE_FRAME})
    return typed(pd.DataFrame(rows, columns=list(QUEUE_FRAME), dtype=object), QUEUE_FRAME)


def _candidates(connection: Connection, filters: Filters) -> list[_Pair]:
    known = facts(connection)
    there = chosen(connection, known, filters)
    event_of = known.event_of_claims
    wanted = None if there.all() else np.append(there, False)[event_of]
    conflicts = connection.execute(sa.select(_conflict.c.left_pk, _conflict.c.right_pk)).all()
    pairs: dict[tuple[int, int], float | None] = {}
    for left, right in sorted(tuple(row) for row in conflicts if wanted is None or wanted[row[0]] or wanted[row[1]]):
        if len(pairs) < MOST_UNSURE:
            pairs[left, right] = None
    for found in (
        unsure(connection, known, wanted),
        about_greatest(connection, known, there & (known["usd"] != NO_FIGURE)),
    ):
        for score, left, right in found:
            pairs.setdefault((left, right), score)
    return _described(connection, known, pairs)


def _described(connection: Connection, known: Facts, pairs: Mapping[tuple[int, int], float | None]) -> list[_Pair]:
    event_of = known.event_of_claims
    keys = sorted({key for pair in pairs for key in pair})
    listed = sa.select(claim.c.pk, claim.c.claim_id).where(among(connection, claim.c.pk, keys))
    claim_ids = {int(key): str(one) for key, one in connection.execute(listed)}
    rows = {key: int(event_of[key]) for key in keys if key in claim_ids}
    anchors = {row: int(known["anchor"][row]) for row in set(rows.values())}
    of_anchor = sa.select(event.c.anchor_pk, event.c.event_id)
    ids = dict(connection.execute(of_anchor.where(among(connection, event.c.anchor_pk, set(anchors.values())))).all())
    made = []
    for (left, right), score in pairs.items():
        stake = max(FLOOR, *(int(known["usd"][rows[key]]) for key in (left, right)))
        sides = sorted((claim_ids[key], ids[anchors[rows[key]]]) for key in (left, right))
        (first, its_event), (second, other_event) = sides
        made.append(_Pair(first, second, its_event, other_event, score, stake))
    return made


class _Decided:
    """What people have decided about the claims of some events."""

    def __init__(self, connection: Connection, event_ids: Iterable[str]) -> None:
        ids = list(event_ids)
        left, right = claim.alias("left_claim"), claim.alias("right_claim")
        rows = connection.execute(
            sa.select(_judged.c.left_id, _judged.c.right_id, _judged.c.verdict, _left.c.event_id, _right.c.event_id)
            .select_from(_left)
            .join(left, left.c.pk == _left.c.claim_pk)
            .join(_judged, sa.and_(_judged.c.subject == "claim", _judged.c.left_id == left.c.claim_id))
            .join(right, right.c.claim_id == _judged.c.right_id)
            .join(_right, _right.c.claim_pk == right.c.pk)
            .where(_judged.c.in_force, among(connection, _left.c.event_id, ids))
        )
        self._pairs: set[tuple[str, str]] = set()
        self._events: set[frozenset[str]] = set()
        self._parent: dict[str, str] = {}
        for first, second, verdict, its_event, other_event in rows:
            self._pairs.add((first, second))
            if its_event != other_event:
                self._events.add(frozenset((its_event, other_event)))
            if verdict == Verdict.SAME:
                self._parent[self._root(first)] = self._root(second)

    def _root(self, claim_id: str) -> str:
        while (above := self._parent.get(claim_id, claim_id)) != claim_id:
            claim_id = above
        return claim_id

    def settles(self, pair: _Pair) -> bool:
        """Whether people decided on the pair, on its two events, or joined the two through others."""
        return (
            (pair.left_id, pair.right_id) in self._pairs
            or pair.events in self._events
            or self._root(pair.left_id) == self._root(pair.right_id)
        )


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two claims side by side. `claims`: two rows of `CLAIM_FRAME`, left first; `events`: `EVENT_FRAME` of their one or
    two events; `texts`: article id → text; `decisions`: `JUDGEMENT_FRAME` of this pair; `chain`: the decisions `same`
    that join the two through others, where there are any."""

    claims: pd.DataFrame
    events: pd.DataFrame
    texts: dict[str, str]
    decisions: pd.DataFrame
    chain: pd.DataFrame


def pair_page(connection: Connection, left_id: str, right_id: str) -> PairPage | None:
    """Two claims with all that a person needs to judge them; None where one of them is not there."""
    ids = sorted((left_id, right_id))
    keys = sa.select(claim.c.pk).where(claim.c.claim_id.in_(ids))
    found = claims(connection, keys).sort_values("claim_id", ignore_index=True)
    if len(found) < len(set(ids)) or left_id == right_id:
        return None
    in_events = sa.select(event_claim.c.event_id).where(event_claim.c.claim_pk.in_(keys))
    this = sa.and_(_judged.c.subject == "claim", _judged.c.left_id == ids[0], _judged.c.right_id == ids[1])
    through = among(connection, _judged.c.judgement_id, _chain(connection, ids[0], ids[1]))
    return PairPage(
        claims=found,
        events=events_of(connection, in_events),
        texts=texts(connection, keys),
        decisions=_judgements(connection, this),
        chain=_judgements(connection, through),
    )


def _chain(connection: Connection, start: str, end: str) -> list[str]:
    """The ids of the fewest decisions `same` in force that join two claims through others; none where nothing does."""
    came: dict[str, tuple[str, str]] = {}
    frontier, seen = {start}, {start}
    while frontier and end not in came:
        steps = sorted(step for step in _same_from(connection, frontier) if step[1] not in seen)
        came |= {there: (here, judgement_id) for here, there, judgement_id in reversed(steps)}
        frontier = {there for _, there, _ in steps}
        seen |= frontier
    path = []
    while end in came:
        end, judgement_id = came[end]
        path.append(judgement_id)
    return path if len(path) > 1 else []


def _same_from(connection: Connection, claim_ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """(claim, another called the same, the judgement's id) for each decision in force on one of these claims."""
    same = sa.and_(_judged.c.subject == "claim", _judged.c.in_force, _judged.c.verdict == Verdict.SAME.value)
    sides = [
        sa.select(ours, theirs, _judged.c.judgement_id).where(same, among(connection, ours, claim_ids))
        for ours, theirs in ((_judged.c.left_id, _judged.c.right_id), (_judged.c.right_id, _judged.c.left_id))
    ]
    return [(here, there, judgement_id) for here, there, judgement_id in connection.execute(sa.union_all(*sides))]


def judgements(connection: Connection, most: int = 1000) -> pd.DataFrame:
    """The latest judgements, also those that were undone or replaced. Columns: `JUDGEMENT_FRAME`."""
    return _judgements(connection, sa.true(), most)


def _judgements(connection: Connection, where: "sa.ColumnElement[bool]", most: int = 1000) -> pd.DataFrame:
    latest = (
        sa.select(_judged)
        .where(where)
        .order_by(_judged.c.decided_at.desc(), _judged.c.judgement_id)
        .limit(most)
        .subquery("latest")
    )
    shown = [latest.c[name] for name in JUDGEMENT_FRAME if name in latest.c]
    joined: sa.FromClause = latest
    for side in ("left", "right"):
        told, source = claim.alias(f"{side}_claim"), article.alias(f"{side}_article")
        inside, its = event_claim.alias(f"{side}_inside"), event.alias(f"{side}_event")
        this = sa.and_(latest.c.subject == "claim", told.c.claim_id == latest.c[f"{side}_id"])
        joined = joined.outerjoin(told, this).outerjoin(inside, inside.c.claim_pk == told.c.pk)
        joined = joined.outerjoin(its, its.c.event_id == inside.c.event_id)
        joined = joined.outerjoin(source, source.c.pk == told.c.article_pk)
        shown += [its.c.event_id, its.c.title, source.c.publisher, source.c.published]
    chosen = sa.select(*shown).select_from(joined).order_by(latest.c.decided_at.desc(), latest.c.judgement_id)
    return frame(connection, chosen, JUDGEMENT_FRAME)
