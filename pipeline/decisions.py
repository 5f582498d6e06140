"""What people decided, into the database: judgements on pairs, and reviews of articles. The latest decision holds."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Claim, Judgement, Review
from pipeline.judgements import JudgementNote, Subject
from pipeline.reviews import ReviewNote

_judgement, _review, _claim = table(Judgement), table(Review), table(Claim)
_COLUMNS = ("judgement_id", "subject", "left_id", "right_id", "verdict", "who", "decided_at", "why", "in_force")

Pair = tuple[str, str, str]


def put_judgements(connection: Connection, notes: Iterable[JudgementNote]) -> tuple[int, frozenset[int]]:
    """Store judgements; returns how many are new, and the claims whose events may come out otherwise.

    Of several on one pair the latest holds, ties by id and verdict, whatever the order of loading.
    """
    latest: dict[Pair, tuple[object, ...]] = {}
    for note in notes:
        row = _row(note)
        pair = (str(note.subject), note.left, note.right)
        latest[pair] = max(latest.get(pair, row), row, key=_rank)
    stored = _stored(connection, latest)
    fresh = {pair: row for pair, row in latest.items() if pair not in stored or _rank(stored[pair]) < _rank(row)}
    replaced = [str(stored[pair][0]) for pair in fresh if pair in stored]
    connection.execute(sa.delete(_judgement).where(among(connection, _judgement.c.judgement_id, replaced)))
    insert(connection, Judgement, _COLUMNS, fresh.values())
    judged = {claim_id for subject, left, right in fresh if subject == Subject.CLAIM for claim_id in (left, right)}
    claims = sa.select(_claim.c.pk).where(among(connection, _claim.c.claim_id, judged))
    return len(fresh), frozenset(connection.scalars(claims))


def _row(note: JudgementNote) -> tuple[object, ...]:
    return (
        note.judgement_id, str(note.subject), note.left, note.right, str(note.verdict), note.who,
        note.moment.isoformat(), note.why, True,
    )  # fmt: skip


def _rank(row: Sequence[object]) -> tuple[str, ...]:
    # The id leaves out verdict and reason: one person may write two verdicts on a pair at one time.
    decided_at, judgement_id, verdict, why = (str(row[place]) for place in (6, 0, 4, 7))
    return decided_at, judgement_id, verdict, why


def _stored(connection: Connection, pairs: Iterable[Pair]) -> dict[Pair, tuple[object, ...]]:
    lefts = {left for _, left, _ in pairs}
    chosen = sa.select(*(_judgement.c[name] for name in _COLUMNS)).where(among(connection, _judgement.c.left_id, lefts))
    return {(row.subject, row.left_id, row.right_id): tuple(row) for row in connection.execute(chosen)}


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
