"""What people decided, into the database: judgements on pairs, and reviews of articles.

All judgements are kept. Of one pair the latest that is not undone is in force; of an article the latest review holds.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Claim, Judgement, Review
from db.vocabulary import Verdict
from pipeline.judgements import JudgementNote, Subject, utc
from pipeline.reviews import ReviewNote

_judgement, _review, _claim = table(Judgement), table(Review), table(Claim)
_COLUMNS = (
    "judgement_id", "subject", "left_id", "right_id", "verdict", "who", "decided_at", "why",
    "undone_by", "undone_at", "undone_why", "in_force",
)  # fmt: skip

Pair = tuple[str, str, str]
"""Subject, left, right."""
Key = tuple[str, str]
"""Who decided on a pair, and when: nobody decides twice on one pair at one moment."""


class Judged(NamedTuple):
    """What storing judgements changed: how many are new or told otherwise than before, the keys of claims whose events
    may come out otherwise, and the names of actors that are joined, parted or owned otherwise."""

    new: int
    claims: frozenset[int]
    actors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A row of the table, all but the pair."""

    judgement_id: str
    verdict: str
    who: str
    decided_at: str
    why: str
    undone_by: str | None = None
    undone_at: str | None = None
    undone_why: str | None = None
    in_force: bool = False

    @property
    def key(self) -> Key:
        return self.who, self.decided_at

    def merged(self, other: "_Kept") -> "_Kept":
        """One judgement given twice. What is undone stays so, whichever came first: the earliest undoing holds."""
        said = max(self, other, key=lambda one: (one.verdict, one.why))
        undone = min((one for one in (self, other) if one.undone_at), key=_undoing, default=self)
        return replace(
            self, verdict=said.verdict, why=said.why, undone_by=undone.undone_by, undone_at=undone.undone_at,
            undone_why=undone.undone_why, in_force=self.in_force and undone.undone_at is None,
        )  # fmt: skip


def _undoing(row: _Kept) -> tuple[str, ...]:
    return tuple(part or "" for part in (row.undone_at, row.undone_by, row.undone_why))


def put_judgements(connection: Connection, notes: Iterable[JudgementNote]) -> Judged:
    """Store judgements and what was undone of them; what is in the table stays.

    The table is a function of the set of all judgements ever given: order and repetition change nothing.
    """
    given: dict[Pair, dict[Key, _Kept]] = {}
    for note in notes:
        row, held = _row(note), given.setdefault((str(note.subject), note.left, note.right), {})
        held[row.key] = held[row.key].merged(row) if row.key in held else row
    stored = _stored(connection, given)
    after = {pair: _with_force(_joined(stored.get(pair, {}), rows)) for pair, rows in given.items()}
    count = _write(connection, stored, after)
    turned = {pair for pair in given if _effect(stored.get(pair, {})) != _effect(after[pair])}
    judged = {name for subject, *names in turned if subject == Subject.CLAIM for name in names}
    claims = connection.scalars(sa.select(_claim.c.pk).where(among(connection, _claim.c.claim_id, judged)))
    actors = {name for subject, *names in turned if subject == Subject.ACTOR for name in names}
    return Judged(count, frozenset(claims), frozenset(actors))


def _row(note: JudgementNote) -> _Kept:
    undone_at = utc(note.undone_when).isoformat() if note.undone_when else None
    return _Kept(
        note.judgement_id, str(note.verdict), note.who, note.moment.isoformat(), note.why, note.undone_by, undone_at,
        note.undone_why,
    )  # fmt: skip


def _joined(stored: dict[Key, _Kept], given: dict[Key, _Kept]) -> dict[Key, _Kept]:
    return stored | {key: stored[key].merged(row) if key in stored else row for key, row in given.items()}


def _with_force(rows: dict[Key, _Kept]) -> dict[Key, _Kept]:
    """The judgements on one pair with the one in force marked: the latest not undone, ties by who decided."""
    standing = [row for row in rows.values() if row.undone_at is None]
    latest = max(standing, key=lambda row: (row.decided_at, row.who), default=None)
    return {key: replace(row, in_force=row is latest) for key, row in rows.items()}


def _effect(rows: dict[Key, _Kept]) -> str | None:
    """The verdict that binds, if any: unsure binds nobody."""
    verdict = next((row.verdict for row in rows.values() if row.in_force), None)
    return None if verdict == Verdict.UNSURE else verdict


def _stored(connection: Connection, pairs: Collection[Pair]) -> dict[Pair, dict[Key, _Kept]]:
    lefts = {left for _, left, _ in pairs}
    chosen = sa.select(*(_judgement.c[name] for name in _COLUMNS)).where(
        _judgement.c.subject.in_([str(subject) for subject in Subject]), among(connection, _judgement.c.left_id, lefts)
    )
    found: dict[Pair, dict[Key, _Kept]] = {}
    for judgement_id, subject, left, right, *rest in connection.execute(chosen):
        if (subject, left, right) in pairs:
            row = _Kept(judgement_id, *rest)
            found.setdefault((subject, left, right), {})[row.key] = row
    return found


def _write(connection: Connection, stored: dict[Pair, dict[Key, _Kept]], after: dict[Pair, dict[Key, _Kept]]) -> int:
    """Bring the table up to date; returns how many judgements are new, or told otherwise than before."""
    fresh, gone, count = [], [], 0
    for pair, rows in after.items():
        before = stored.get(pair, {})
        for key, row in rows.items():
            if before.get(key) == row:
                continue
            gone += [row.judgement_id] if key in before else []
            count += key not in before or replace(before[key], in_force=row.in_force) != row
            fresh.append(_columns_of(pair, row))
    connection.execute(sa.delete(_judgement).where(among(connection, _judgement.c.judgement_id, gone)))
    insert(connection, Judgement, _COLUMNS, fresh)
    return count


def _columns_of(pair: Pair, row: _Kept) -> tuple[object, ...]:
    return (
        row.judgement_id, *pair, row.verdict, row.who, row.decided_at, row.why, row.undone_by, row.undone_at,
        row.undone_why, row.in_force,
    )  # fmt: skip


def kinds_of(connection: Connection, notes: Iterable[JudgementNote]) -> dict[str, str]:
    """The kind of each judged claim that is in the database, by claim id."""
    judged = {claim_id for note in notes if note.subject is Subject.CLAIM for claim_id in (note.left, note.right)}
    rows = connection.execute(
        sa.select(_claim.c.claim_id, _claim.c.kind).where(among(connection, _claim.c.claim_id, judged))
    )
    return dict(rows.all())


def put_reviews(connection: Connection, notes: Iterable[ReviewNote]) -> int:
    """Store reviews; returns how many are new. Of several on one article the latest holds, ties by outcome."""
    latest: dict[str, tuple[str, str, str]] = {}
    for note in notes:
        row = (note.article_id, str(note.outcome), note.day.isoformat())
        latest[note.article_id] = max(latest.get(note.article_id, row), row, key=lambda one: (one[2], one[1]))
    stored = {
        row.article_id: (row.checked_on.isoformat(), row.outcome)
        for row in connection.execute(sa.select(_review).where(among(connection, _review.c.article_id, latest)))
    }
    fresh = {key: row for key, row in latest.items() if key not in stored or stored[key] < (row[2], row[1])}
    connection.execute(sa.delete(_review).where(among(connection, _review.c.article_id, fresh)))
    insert(connection, Review, ("article_id", "outcome", "checked_on"), fresh.values())
    return len(fresh)
