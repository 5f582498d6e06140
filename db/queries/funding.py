"""The timeline: funding with money at one stage, and the controls that stand beside it."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.filters import Filters
from db.models import EventStage
from db.queries.events import events
from db.queries.frames import DAY, FLAG, TEXT, WHOLE, typed
from db.queries.where import actor, chosen_ids, counted_with, event, party
from db.vocabulary import Kind, Role, Stage

FUNDING_FRAME = {
    "event_id": TEXT, "title": TEXT, "stage": TEXT, "date": TEXT, "date_first": DAY, "date_last": DAY,
    "amount": WHOLE, "amount_min": WHOLE, "amount_max": WHOLE, "currency": TEXT, "bound": TEXT,
    "usd_low": WHOLE, "usd_chosen": WHOLE, "usd_high": WHOLE, "amount_rule": TEXT,
    "recipient": TEXT, "recipient_country": TEXT, "recipient_actor": TEXT, "recipient_group": TEXT,
    "investors": TEXT, "investor_country": TEXT, "investor_groups": TEXT,
    "instrument": TEXT, "is_total": FLAG, "is_suspended": FLAG, "is_cancelled": FLAG,
    "disputed": FLAG, "attributed_to": TEXT, "sole_asserter": TEXT, "reports": WHOLE, "independent_sources": WHOLE,
}  # fmt: skip
"""One row for each funding event that has the stage asked for. `recipient_actor` and the countries are those of the
most named actor, `recipient_group` is what totals count it with, `recipient` the one of both that the filters wish;
dates and money are the stage's own. `is_suspended`, `is_cancelled`: the event's current stage."""


def funding(connection: Connection, filters: Filters, stage: Stage | None = None) -> pd.DataFrame:
    """The chosen funding events at one stage, earliest first. Columns: `FUNDING_FRAME`.

    `stage` None: each event at the furthest stage that has a figure, or without a figure at its furthest stage.
    """
    chosen = chosen_ids(filters.of_kinds(Kind.FUNDING))
    rung = table(EventStage)
    shown = (
        sa.func.coalesce(event.c.amount_stage, event.c.furthest_stage, event.c.stage) if stage is None else stage.value
    )
    money = [rung.c[name] for name in FUNDING_FRAME if name in rung.c and name != "stage"]
    whole = ["event_id", "title", "instrument", "is_total", "disputed", "attributed_to", "sole_asserter", "reports",
             "independent_sources"]  # fmt: skip
    rows = connection.execute(
        sa.select(
            rung.c.stage,
            *money,
            *(event.c[name] for name in whole),
            (event.c.stage == Stage.SUSPENDED.value).label("is_suspended"),
            (event.c.stage == Stage.CANCELLED.value).label("is_cancelled"),
        )
        .join(rung, sa.and_(rung.c.event_id == event.c.event_id, rung.c.stage == shown))
        .where(event.c.event_id.in_(chosen))
        .order_by(rung.c.date_first, event.c.event_id)
    )
    found = [dict(row._mapping) for row in rows]
    _add_leading(connection, chosen, found, roll_up=filters.roll_up)
    return typed(pd.DataFrame(found, columns=list(FUNDING_FRAME), dtype=object), FUNDING_FRAME)


def _add_leading(
    connection: Connection, chosen: "sa.Select[tuple[str]]", rows: list[dict[str, object]], *, roll_up: bool
) -> None:
    leading: dict[tuple[str, str], list[tuple[str | None, str | None, str | None]]] = {}
    named = connection.execute(
        sa.select(party.c.event_id, party.c.role, actor.c.name, actor.c.country, counted_with.c.name)
        .join(actor, actor.c.actor_id == party.c.actor_id)
        .outerjoin(counted_with, counted_with.c.actor_id == actor.c.roll_up_id)
        .where(party.c.event_id.in_(chosen))
        .order_by(party.c.event_id, party.c.role, party.c.claims.desc(), actor.c.name)
    )
    for event_id, role, name, country, group in named:
        leading.setdefault((event_id, role), []).append((name, country, group or name))
    for row in rows:
        recipients = leading.get((str(row["event_id"]), Role.RECIPIENTS.value), [(None, None, None)])
        investors = leading.get((str(row["event_id"]), Role.INVESTORS.value), [])
        row["recipient_actor"], row["recipient_country"], row["recipient_group"] = recipients[0]
        row["recipient"] = row["recipient_group"] if roll_up else row["recipient_actor"]
        row["investors"] = "; ".join(name or "" for name, _, _ in investors) or None
        row["investor_groups"] = "; ".join(dict.fromkeys(group or "" for _, _, group in investors)) or None
        row["investor_country"] = investors[0][1] if investors else None


CONTROL_FRAME = {
    "event_id": TEXT, "title": TEXT, "kind": TEXT, "stage": TEXT, "furthest_stage": TEXT, "date": TEXT,
    "date_first": DAY, "date_last": DAY, "authorities": TEXT, "targets": TEXT,
}  # fmt: skip
"""One row for each export control or restriction. `date`: of its furthest stage, not of a later end."""


def controls(connection: Connection, filters: Filters) -> pd.DataFrame:
    """Export controls and restrictions under the same filters, latest first. Columns: `CONTROL_FRAME`."""
    found = events(connection, filters.of_kinds(Kind.EXPORT_CONTROL, Kind.RESTRICTION))
    return found[list(CONTROL_FRAME)]
