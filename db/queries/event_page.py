"""One event with all that it rests on: stages, claims, the texts they were read from, and why they were merged."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import ClaimMatch, EventStage, Judgement
from db.queries.events import claims, events_of
from db.queries.frames import DAY, REAL, TEXT, WHOLE, frame
from db.queries.where import article, claim, event, event_claim
from db.queries.where import text as article_text
from db.vocabulary import LADDER, SIDE_EXITS

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
    "left_id": TEXT, "right_id": TEXT, "verdict": TEXT, "who": TEXT, "decided_at": TEXT, "why": TEXT,
}  # fmt: skip
"""A person's decision on two claims of one event; it stands above any match."""

stage = table(EventStage)


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event. `event`: a row of `EVENT_FRAME`; `stages`: `STAGE_FRAME`; `claims`: `CLAIM_FRAME` by publication;
    `texts`: article id → text; `links`: `LINK_FRAME`; `decisions`: `DECISION_FRAME`."""

    event: "pd.Series[Any]"
    stages: pd.DataFrame
    claims: pd.DataFrame
    texts: dict[str, str]
    links: pd.DataFrame
    decisions: pd.DataFrame


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
    """The matches among these claims. Columns: `LINK_FRAME`."""
    match, left, right = table(ClaimMatch), claim.alias("left_claim"), claim.alias("right_claim")
    chosen = (
        sa.select(left.c.claim_id, right.c.claim_id, match.c.score, match.c.reasons)
        .select_from(match)
        .join(left, left.c.pk == match.c.left_pk)
        .join(right, right.c.pk == match.c.right_pk)
        .where(match.c.left_pk.in_(keys), match.c.right_pk.in_(keys))
        .order_by(match.c.score.desc(), left.c.claim_id, right.c.claim_id)
    )
    return frame(connection, chosen, LINK_FRAME)


def decisions(connection: Connection, keys: "sa.Select[tuple[int]]") -> pd.DataFrame:
    """What people decided on pairs of these claims, the latest first. Columns: `DECISION_FRAME`."""
    judged = table(Judgement)
    claim_ids = sa.select(claim.c.claim_id).where(claim.c.pk.in_(keys))
    chosen = (
        sa.select(*(judged.c[name] for name in DECISION_FRAME))
        .where(judged.c.subject == "claim", judged.c.left_id.in_(claim_ids), judged.c.right_id.in_(claim_ids))
        .order_by(judged.c.decided_at.desc(), judged.c.judgement_id)
    )
    return frame(connection, chosen, DECISION_FRAME)
