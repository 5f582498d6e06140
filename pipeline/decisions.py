"""What people decided, into the database: judgements on pairs, and reviews of articles.

All judgements are kept. Of one pair the latest that is not undone is in force, for each question by itself: whether the
two are one, and who owns whom. Of an article the latest review holds.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Claim, Judgement, Review
from db.values import LAST_YEAR
from db.vocabulary import Verdict
from pipeline.judged import around
from pipeline.judgements import JudgementNote, Question, Said, Subject, question_of, utc
from pipeline.reviews import ReviewNote

_judgement, _review, _claim = table(Judgement), table(Review), table(Claim)
_COLUMNS = (
    "judgement_id", "subject", "left_id", "right_id", "verdict", "who", "decided_at", "why",
    "undone_by", "undone_at", "undone_why", "in_force",
)  # fmt: skip

_ALL = sa.select(*(_judgement.c[name] for name in _COLUMNS))

Pair = tuple[str, str, str]
"""Subject, left, right."""
Key = tuple[str, str, str]
"""Who decided on a pair, when, and what: two verdicts of one person at one moment are two judgements."""
_STRENGTH = {Verdict.DIFFERENT: 2, Verdict.UNSURE: 1}
"""Which of two verdicts of one moment holds: a wrong join is worse than one that was missed."""
Effect = tuple[tuple[str, str], ...]


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
        return self.who, self.decided_at, self.verdict

    @property
    def weight(self) -> tuple[str, int, str, str]:
        """What sorts last holds: the latest, then the strongest verdict, then by who decided."""
        return self.decided_at, _STRENGTH.get(Verdict(self.verdict), 0), self.who, self.verdict

    def merged(self, other: "_Kept") -> "_Kept":
        """One judgement given twice. What is undone stays so, whichever came first: the earliest undoing holds."""
        undone = min((one for one in (self, other) if one.undone_at), key=_undoing, default=self)
        return replace(
            self, why=max(self.why, other.why), undone_by=undone.undone_by, undone_at=undone.undone_at,
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
    turned = {pair for pair in given if _effect(pair[0], stored.get(pair, {})) != _effect(pair[0], after[pair])}
    judged = {name for subject, *names in turned if subject == Subject.CLAIM for name in names}
    actors = {name for subject, *names in turned if subject == Subject.ACTOR for name in names}
    return Judged(count, around(connection, judged), frozenset(actors))


def _row(note: JudgementNote) -> _Kept:
    undone_at = utc(note.undone_when).isoformat() if note.undone_when else None
    return _Kept(
        note.judgement_id, str(note.verdict), note.who, note.moment.isoformat(), note.why, note.undone_by, undone_at,
        note.undone_why,
    )  # fmt: skip


def _joined(stored: dict[Key, _Kept], given: dict[Key, _Kept]) -> dict[Key, _Kept]:
    return stored | {key: stored[key].merged(row) if key in stored else row for key, row in given.items()}


def _with_force(rows: dict[Key, _Kept]) -> dict[Key, _Kept]:
    """The judgements on one pair with those in force marked: the latest not undone on each question."""
    latest: dict[Question, _Kept] = {}
    for row in rows.values():
        if row.undone_at is None:
            question = question_of(row.verdict)
            latest[question] = max(latest.get(question, row), row, key=lambda one: one.weight)
    return {key: replace(row, in_force=row is latest.get(question_of(row.verdict))) for key, row in rows.items()}


def _effect(subject: str, rows: dict[Key, _Kept]) -> Effect:
    """The verdicts that bind: unsure binds nobody. Of actors also since when: that orders what contradicts."""
    return tuple(
        sorted(
            (row.verdict, row.decided_at if subject == Subject.ACTOR else "")
            for row in rows.values()
            if row.in_force and row.verdict != Verdict.UNSURE
        )
    )


def _stored(connection: Connection, pairs: Collection[Pair]) -> dict[Pair, dict[Key, _Kept]]:
    lefts = {left for _, left, _ in pairs}
    chosen = _ALL.where(
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


def contradicted(connection: Connection, notes: Iterable[JudgementNote]) -> frozenset[Said]:
    """To what, on the pairs of these judgements, one person gave several answers at one moment that all stand."""
    given: dict[Said, set[str]] = {}
    for pair, rows in _stored(connection, {(str(note.subject), note.left, note.right) for note in notes}).items():
        for row in rows.values():
            if row.undone_at is None:
                key = (*pair, question_of(row.verdict), row.who, row.decided_at)
                given.setdefault(key, set()).add(row.verdict)
    return frozenset(key for key, verdicts in given.items() if len(verdicts) > 1)


def mark_in_force(connection: Connection) -> None:
    """Work out again which of all judgements are in force: for a database that another version wrote."""
    found: dict[Pair, dict[Key, _Kept]] = {}
    for judgement_id, subject, left, right, *rest in connection.execute(_ALL).all():
        row = _Kept(judgement_id, *rest)
        found.setdefault((subject, left, right), {})[row.key] = row
    _write(connection, found, {pair: _with_force(rows) for pair, rows in found.items()})


def moment_after(connection: Connection, subject: Subject, names: Collection[str], moment: str) -> str:
    """This moment, or the first millisecond after all that stands between two of these claims or actors.

    So a decision of today overrules one that bears a date of the future.
    """
    chosen = sa.select(_judgement.c.decided_at).where(
        _judgement.c.subject == str(subject), _judgement.c.undone_at.is_(None),
        among(connection, _judgement.c.left_id, names), among(connection, _judgement.c.right_id, names),
    )  # fmt: skip
    latest = max(map(utc, connection.scalars(chosen)), default=None)
    if latest is None or latest < utc(moment):
        return moment
    after = latest + dt.timedelta(milliseconds=1)
    return after.isoformat(timespec="milliseconds") if after.year <= LAST_YEAR else moment


def in_vain(connection: Connection, notes: Iterable[JudgementNote]) -> tuple[JudgementNote, str] | None:
    """The first of these judgements that is not in force, and in words which one is; None where all are."""
    for note in notes:
        rows = _stored(connection, {(str(note.subject), note.left, note.right)}).values()
        standing = [row for each in rows for row in each.values() if row.in_force]
        rival = next((row for row in standing if question_of(row.verdict) == note.question), None)
        if rival is None or rival.key != (note.who, note.moment.isoformat(), note.verdict):
            words = f"{rival.verdict!r} by {rival.who} on {rival.decided_at}" if rival else "none"
            return note, words
    return None


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
