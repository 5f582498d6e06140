"""One event with all that it rests on: stages, claims, the texts they were read from, and why they were merged."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import ClaimMatch, EventStage, Judgement
from db.queries.events import claims, events_of
from db.queries.frames import DAY, REAL, TEXT, WHOLE, frame, typed
from db.queries.where import article, claim, event, event_claim
from db.queries.where import text as article_text
from db.vocabulary import LADDER, SIDE_EXITS, Verdict

STAGE_FRAME = {
    "stage": TEXT, "date": TEXT, "date_first": DAY, "date_last": DAY, "claims": WHOLE,
    "amount": WHOLE, "amount_min": WHOLE, "amount_max": WHOLE, "currency": TEXT, "bound": TEXT, "amount_rule": TEXT,
    "amount_low": WHOLE, "amount_high": WHOLE, "usd_low": WHOLE, "usd_chosen": WHOLE, "usd_high": WHOLE,
    "usd_rate": TEXT, "usd_rate_date": TEXT, "usd_rate_source": TEXT,
}  # fmt: skip
"""One row for each stage that was reported, in ladder order, then suspended and cancelled."""

LINK_FRAME = {"left_id": TEXT, "right_id": TEXT, "score": REAL, "reasons": TEXT}
"""Two claims that report one act, the surest first; `reasons` are lines in plain words."""

DECISION_FRAME = {
    "judgement_id": TEXT, "left_id": TEXT, "right_id": TEXT, "verdict": TEXT, "who": TEXT, "decided_at": TEXT,
    "why": TEXT,
}  # fmt: skip
"""A person's decision in force on two claims of one event; it stands above any match."""

NEAR_FRAME = {
    "own_id": TEXT, "other_id": TEXT, "event_id": TEXT, "title": TEXT, "reports": WHOLE,
    "score": REAL, "reasons": TEXT, "against": TEXT,
    "judgement_id": TEXT, "verdict": TEXT, "who": TEXT, "decided_at": TEXT, "why": TEXT,
}  # fmt: skip
"""Another event that nearly belongs here, by the two claims that are nearest: `own_id` of this one, `other_id` of that.
`reasons` and `against` are lines in plain words; `verdict` and what follows where a person decided on the two."""

stage = table(EventStage)
match = table(ClaimMatch)
judged = table(Judgement)
MOST_LINKS = 2000
"""Matches that are read of one event: with more of them, the surest."""
MOST_NEAR = 400
"""Pairs of claims that are looked at for the near misses of one event."""
BORDER = 0.5
"""The score above which two claims match; rows of `claim_match` at or below it are near misses."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event. `event`: a row of `EVENT_FRAME`; `stages`: `STAGE_FRAME`; `claims`: `CLAIM_FRAME` by publication;
    `texts`: article id → text; `links`: `LINK_FRAME`; `decisions`: `DECISION_FRAME`; `near`: `NEAR_FRAME`."""

    event: "pd.Series[Any]"
    stages: pd.DataFrame
    claims: pd.DataFrame
    texts: dict[str, str]
    links: pd.DataFrame
    decisions: pd.DataFrame
    near: pd.DataFrame


def event_page(connection: Connection, event_id: str) -> EventPage | None:
    """One event, or None where there is none of this id. For redirects and lost ids ask `db.history.forward`."""
    found = events_of(connection, sa.select(event.c.event_id).where(event.c.event_id == event_id))
    if found.empty:
        return None
    keys = sa.select(event_claim.c.claim_pk).where(event_claim.c.event_id == event_id)
    reports = claims(connection, keys).sort_values(["published", "claim_id"], ignore_index=True)
    return EventPage(
        event=found.iloc[0],
        stages=stages(connection, event_id),
        claims=reports,
        texts=texts(connection, keys),
        links=links(connection, keys),
        decisions=decisions(connection, keys),
        near=near_misses(connection, event_id),
    )


def stages(connection: Connection, event_id: str) -> pd.DataFrame:
    """The ladder of an event. Columns: `STAGE_FRAME`."""
    order = sa.case({name.value: place for place, name in enumerate((*LADDER, *SIDE_EXITS))}, value=stage.c.stage)
    chosen = sa.select(*(stage.c[name] for name in STAGE_FRAME)).where(stage.c.event_id == event_id).order_by(order)
    return frame(connection, chosen, STAGE_FRAME)


def texts(connection: Connection, keys: "sa.Select[tuple[int]]") -> dict[str, str]:
    """Article id → text, for the articles of these claims."""
    rows = connection.execute(
        sa.select(article.c.article_id, article_text.c.text)
        .join(article_text, article_text.c.article_pk == article.c.pk)
        .where(article.c.pk.in_(sa.select(claim.c.article_pk).where(claim.c.pk.in_(keys))))
    )
    return dict(rows.all())


def links(connection: Connection, keys: "sa.Select[tuple[int]]") -> pd.DataFrame:
    """The matches among these claims, the surest `MOST_LINKS` of them. Columns: `LINK_FRAME`."""
    left, right = claim.alias("left_claim"), claim.alias("right_claim")
    chosen = (
        sa.select(left.c.claim_id, right.c.claim_id, match.c.score, match.c.reasons)
        .select_from(match)
        .join(left, left.c.pk == match.c.left_pk)
        .join(right, right.c.pk == match.c.right_pk)
        .where(match.c.left_pk.in_(keys), match.c.right_pk.in_(keys), match.c.score > BORDER)
        .order_by(match.c.score.desc(), left.c.claim_id, right.c.claim_id)
        .limit(MOST_LINKS)
    )
    return frame(connection, chosen, LINK_FRAME)


def decisions(connection: Connection, keys: "sa.Select[tuple[int]]") -> pd.DataFrame:
    """What people decided on pairs of these claims and holds, the latest first. Columns: `DECISION_FRAME`."""
    claim_ids = sa.select(claim.c.claim_id).where(claim.c.pk.in_(keys))
    chosen = (
        sa.select(*(judged.c[name] for name in DECISION_FRAME))
        .where(judged.c.subject == "claim", judged.c.left_id.in_(claim_ids), judged.c.right_id.in_(claim_ids))
        .where(judged.c.in_force)
        .order_by(judged.c.decided_at.desc(), judged.c.judgement_id)
    )
    return frame(connection, chosen, DECISION_FRAME)


def near_misses(connection: Connection, event_id: str, most: int = MOST_NEAR) -> pd.DataFrame:
    """Other events that nearly belong here, decided by people first, then the nearest. Columns: `NEAR_FRAME`.

    Of each other event the pair of claims that a person called different, else the pair with the highest score.
    """
    found = [*_called_different(connection, event_id, most), *_nearly(connection, event_id, most)]
    raw = pd.DataFrame(found, columns=list(NEAR_FRAME), dtype=object)
    return typed(raw.drop_duplicates("event_id").reset_index(drop=True), NEAR_FRAME)


def _nearly(connection: Connection, event_id: str, most: int) -> list[dict[str, object]]:
    own, other = event_claim.alias("own"), event_claim.alias("other")
    sides = [
        sa.select(ours.label("own_pk"), theirs.label("other_pk"), match.c.score, match.c.reasons, match.c.against)
        .select_from(own)
        .join(match, ours == own.c.claim_pk)
        .join(other, other.c.claim_pk == theirs)
        .where(own.c.event_id == event_id, other.c.event_id != event_id)
        for ours, theirs in ((match.c.left_pk, match.c.right_pk), (match.c.right_pk, match.c.left_pk))
    ]
    near = sa.union_all(*sides).subquery("near")
    return _described(connection, near, (near.c.score, near.c.reasons, near.c.against), near.c.score.desc(), most)


def _called_different(connection: Connection, event_id: str, most: int) -> list[dict[str, object]]:
    own, mine, its, other = (
        event_claim.alias("own"),
        claim.alias("mine"),
        claim.alias("its"),
        event_claim.alias("other"),
    )
    said = [judged.c[name] for name in ("judgement_id", "verdict", "who", "decided_at", "why")]
    sides = [
        sa.select(mine.c.pk.label("own_pk"), its.c.pk.label("other_pk"), *said)
        .select_from(own)
        .join(mine, mine.c.pk == own.c.claim_pk)
        .join(judged, sa.and_(judged.c.subject == "claim", ours == mine.c.claim_id))
        .join(its, its.c.claim_id == theirs)
        .join(other, other.c.claim_pk == its.c.pk)
        .where(own.c.event_id == event_id, other.c.event_id != event_id)
        .where(judged.c.in_force, judged.c.verdict == Verdict.DIFFERENT.value)
        for ours, theirs in ((judged.c.left_id, judged.c.right_id), (judged.c.right_id, judged.c.left_id))
    ]
    near = sa.union_all(*sides).subquery("near")
    shown = tuple(near.c[column.name] for column in said)
    return _described(connection, near, shown, near.c.decided_at.desc(), most)


def _described(
    connection: Connection,
    near: sa.Subquery,
    shown: "tuple[sa.ColumnElement[object], ...]",
    order: "sa.ColumnElement[object]",
    most: int,
) -> list[dict[str, object]]:
    mine, its, inside = claim.alias("own_claim"), claim.alias("other_claim"), event_claim.alias("inside")
    chosen = (
        sa.select(
            mine.c.claim_id.label("own_id"),
            its.c.claim_id.label("other_id"),
            event.c.event_id,
            event.c.title,
            event.c.reports,
            *shown,
        )
        .select_from(near)
        .join(mine, mine.c.pk == near.c.own_pk)
        .join(its, its.c.pk == near.c.other_pk)
        .join(inside, inside.c.claim_pk == near.c.other_pk)
        .join(event, event.c.event_id == inside.c.event_id)
        .order_by(order, mine.c.claim_id, its.c.claim_id)
        .limit(most)
    )
    return [dict(row._mapping) for row in connection.execute(chosen)]
