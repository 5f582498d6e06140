"""Every event id that was ever known, with where it leads: in pages by id, and the articles that were taken out.

A row says what `db.history.forward` says of its id, but a page is answered by a few statements, not one for each id.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.models import Claim, ClaimMatch, EventClaim, Judgement, LostClaim, Withdrawal
from db.queries.frames import DAY, TEXT, frame, typed
from db.vocabulary import Verdict

ID_FRAME = {"event_id": TEXT, "status": TEXT, "leads_to": TEXT, "claim_id": TEXT, "reason": TEXT}
"""One row for each event id. `claim_id`: the claim that the id was made from."""

WITHDRAWAL_FRAME = {"article_id": TEXT, "reason": TEXT, "withdrawn_on": DAY}
"""One row for each article that was taken out."""

SAME_ABOVE = 0.5
"""Two claims with a greater score report one act by the rules."""

_claim, _event_claim, _lost = table(Claim), table(EventClaim), table(LostClaim)
_match, _judgement, _withdrawal = table(ClaimMatch), table(Judgement), table(Withdrawal)


class Status(StrEnum):
    """What became of an event id."""

    CURRENT = "current"
    MERGED = "merged"
    CONTINUED = "continued"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class _Loss:
    claim_id: str
    successor_id: str | None
    reason: str


def ids_page(connection: Connection, after: str, size: int) -> pd.DataFrame:
    """All event ids in pages: those that come after `after`. Columns: `ID_FRAME`.

    `current`: there is such an event. `merged`: the id's claim is part of the event `leads_to`. `continued`: its claim
    was removed, what else reports the act is `leads_to`. `gone`: nothing is left of it, for the reason given.
    """
    ids = [str(one) for one in connection.scalars(_page_of_ids(after, size))]
    rows = _living(connection, ids)
    rows |= _lost_ones(connection, [one for one in ids if one not in rows])
    listed = [(one, *rows[one]) for one in ids]
    return typed(pd.DataFrame(listed, columns=list(ID_FRAME), dtype=object), ID_FRAME)


def _page_of_ids(after: str, size: int) -> "sa.Select[tuple[str]]":
    parts = []
    for source in (_claim, _lost):
        column = source.c.anchored_id
        first = sa.select(column.label("event_id")).where(column > after).order_by(column).limit(size).subquery()
        parts.append(sa.select(first.c.event_id))
    both = sa.union(*parts).subquery()
    return sa.select(both.c.event_id).order_by(both.c.event_id).limit(size)


_Row = tuple[str, str | None, str, str]
"""Status, where the id leads, its claim, the reason."""


def _living(connection: Connection, ids: Collection[str]) -> dict[str, _Row]:
    """The ids whose claim is in the database."""
    found = connection.execute(
        sa.select(_claim.c.anchored_id, _event_claim.c.event_id, _claim.c.claim_id, _claim.c.pk)
        .join(_event_claim, _event_claim.c.claim_pk == _claim.c.pk)
        .where(among(connection, _claim.c.anchored_id, ids))
    ).all()
    merged = {row.pk: row.claim_id for row in found if row.event_id != row.anchored_id}
    said = _reasons(connection, merged)
    return {
        row.anchored_id: (Status.MERGED.value, row.event_id, row.claim_id, said[row.pk])
        if row.pk in merged
        else (Status.CURRENT.value, row.event_id, row.claim_id, "")
        for row in found
    }


def _reasons(connection: Connection, merged: Mapping[int, str]) -> dict[int, str]:
    """Why each of these claims (key → id) is in its event: a person's decision, the surest match, or through others."""
    said = dict.fromkeys(merged, "joined through other claims of that event")
    said |= {key: "; ".join(lines.split("\n")) for key, lines in _surest_matches(connection, merged) if lines}
    key_of = {claim_id: key for key, claim_id in merged.items()}
    for claim_id, who, day, why in _decisions(connection, key_of):
        said[key_of[claim_id]] = f"judged the same by {who} on {day[:10]}: {why}"
    return said


def _surest_matches(connection: Connection, keys: Iterable[int]) -> list[tuple[int, str]]:
    wanted, own, other = list(keys), _event_claim.alias("own"), _event_claim.alias("other")
    sides = []
    for ours, theirs in ((_match.c.left_pk, _match.c.right_pk), (_match.c.right_pk, _match.c.left_pk)):
        chosen = sa.select(ours.label("pk"), theirs.label("mate"), _match.c.score, _match.c.reasons)
        sides.append(chosen.where(among(connection, ours, wanted), _match.c.score > SAME_ABOVE))
    pairs = sa.union_all(*sides).subquery()
    place = sa.func.row_number().over(
        partition_by=pairs.c.pk, order_by=(pairs.c.score.desc(), _claim.c.claim_id)
    )  # fmt: skip
    ranked = (
        sa.select(pairs.c.pk, pairs.c.reasons, place.label("place"))
        .join(own, own.c.claim_pk == pairs.c.pk)
        .join(other, sa.and_(other.c.claim_pk == pairs.c.mate, other.c.event_id == own.c.event_id))
        .join(_claim, _claim.c.pk == pairs.c.mate)
        .subquery()
    )
    return [(row.pk, row.reasons) for row in connection.execute(sa.select(ranked).where(ranked.c.place == 1))]


def _decisions(connection: Connection, claim_ids: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """(claim id, who, when, why) of decisions in force that join a claim to another of its event, by time."""
    wanted, found = list(claim_ids), []
    own, other = _event_claim.alias("own"), _event_claim.alias("other")
    mine, theirs = _claim.alias("mine"), _claim.alias("theirs")
    for ours, others in ((_judgement.c.left_id, _judgement.c.right_id), (_judgement.c.right_id, _judgement.c.left_id)):
        rows = connection.execute(
            sa.select(ours, _judgement.c.who, _judgement.c.decided_at, _judgement.c.why, _judgement.c.judgement_id)
            .join(mine, mine.c.claim_id == ours)
            .join(theirs, theirs.c.claim_id == others)
            .join(own, own.c.claim_pk == mine.c.pk)
            .join(other, sa.and_(other.c.claim_pk == theirs.c.pk, other.c.event_id == own.c.event_id))
            .where(_judgement.c.subject == "claim", _judgement.c.verdict == Verdict.SAME.value)
            .where(_judgement.c.in_force.is_(True), among(connection, ours, wanted))
        )
        found += [tuple(row) for row in rows]
    return [(row[0], row[1], row[2], row[3]) for row in sorted(found, key=lambda row: (row[2], row[4]))]


def _lost_ones(connection: Connection, ids: Collection[str]) -> dict[str, _Row]:
    """The ids whose claim was removed, each followed from successor to successor."""
    first = _losses(connection, _lost.c.anchored_id, ids)
    last, pending, rows = dict(first), dict(first), {}
    seen: dict[str, set[str]] = {one: set() for one in first}
    while pending:
        successors = {loss.successor_id for loss in pending.values() if loss.successor_id is not None}
        events = _events_of(connection, successors)
        further = _losses(connection, _lost.c.claim_id, successors - events.keys())
        still: dict[str, _Loss] = {}
        for one, loss in pending.items():
            if loss.successor_id in events:
                leads_to = events[loss.successor_id]
                rows[one] = (Status.CONTINUED.value, leads_to, first[one].claim_id, first[one].reason)
            elif loss.successor_id in further and loss.claim_id not in seen[one]:
                seen[one].add(loss.claim_id)
                still[one] = last[one] = further[loss.successor_id]
        pending = still
    gone = {one: (Status.GONE.value, None, first[one].claim_id, last[one].reason) for one in first}
    return {**gone, **rows}


def _losses(connection: Connection, column: "sa.ColumnElement[str]", values: Collection[str]) -> dict[str, _Loss]:
    if not values:
        return {}
    rows = connection.execute(
        sa.select(column, _lost.c.claim_id, _lost.c.successor_id, _lost.c.reason).where(
            among(connection, column, values)
        )
    )
    return {key: _Loss(claim_id, successor_id, reason) for key, claim_id, successor_id, reason in rows}


def _events_of(connection: Connection, claim_ids: Collection[str]) -> dict[str, str]:
    if not claim_ids:
        return {}
    rows = connection.execute(
        sa.select(_claim.c.claim_id, _event_claim.c.event_id)
        .join(_event_claim, _event_claim.c.claim_pk == _claim.c.pk)
        .where(among(connection, _claim.c.claim_id, claim_ids))
    )
    return dict(rows.all())


def withdrawals_page(connection: Connection, after: str, size: int) -> pd.DataFrame:
    """All articles that were taken out, by id in pages: those that come after `after`. Columns: `WITHDRAWAL_FRAME`."""
    day = sa.func.date(_withdrawal.c.withdrawn_at)
    chosen = sa.select(_withdrawal.c.article_id, _withdrawal.c.reason, day).where(_withdrawal.c.article_id > after)
    return frame(connection, chosen.order_by(_withdrawal.c.article_id).limit(size), WITHDRAWAL_FRAME)
