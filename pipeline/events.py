"""Events written to the database, in the place of those that held their claims."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import (
    Event,
    EventClaim,
    EventCountry,
    EventParty,
    EventStage,
    EventTechnology,
)
from pipeline.consolidate import EventFacts, StageFacts
from pipeline.figures import Figure

_event, _event_claim = table(Event), table(EventClaim)

Made = tuple[EventFacts, Sequence[int]]
"""An event and the keys of its claims."""

_USD = ("usd_low", "usd_chosen", "usd_high", "usd_rate", "usd_rate_date", "usd_rate_source")
EVENT_COLUMNS = (
    "event_id", "kind", "anchor_pk", "title", "stage", "furthest_stage", "date", "date_first", "date_last",
    "instrument", "is_total", "amount_stage", "amount", "amount_min", "amount_max", "currency", "bound",
    "amount_rule", "amount_low", "amount_high", *_USD, "supplier_bloc", "attributed_to", "sole_asserter", "claims",
    "reports", "independent_sources", "publishers", "disputed", "first_published", "last_published",
)  # fmt: skip
STAGE_COLUMNS = (
    "event_id", "stage", "date", "date_first", "date_last", "claims", "amount", "amount_min", "amount_max",
    "currency", "bound", "amount_rule", "amount_low", "amount_high", *_USD,
)  # fmt: skip


def replace_events(
    connection: Connection, keys: Collection[int], key_of: Mapping[str, int], events: Sequence[Made]
) -> None:
    """Put new events in the place of all those that hold any of the claims in `keys`. `key_of`: claim id → key."""
    old = sa.select(_event_claim.c.event_id).where(among(connection, _event_claim.c.claim_pk, keys))
    # An event made anew may take the id of one that is anchored by a claim of the set: both go.
    anchored = [facts.event_id for facts, _ in events]
    connection.execute(sa.delete(_event).where(_event.c.event_id.in_(old)))
    connection.execute(sa.delete(_event).where(among(connection, _event.c.event_id, anchored)))
    insert(connection, Event, EVENT_COLUMNS, (_event_row(facts, key_of) for facts, _ in events))
    insert(
        connection,
        EventClaim,
        ("event_id", "claim_pk"),
        ((facts.event_id, key) for facts, made in events for key in made),
    )
    insert(
        connection,
        EventStage,
        STAGE_COLUMNS,
        (_stage_row(facts.event_id, s) for facts, _ in events for s in facts.stages),
    )
    insert(
        connection,
        EventParty,
        ("event_id", "role", "actor_id", "claims"),
        ((facts.event_id, role.value, actor, count) for facts, _ in events for role, actor, count in facts.parties),
    )
    for model, column, words in (
        (EventCountry, "country", "countries"),
        (EventTechnology, "technology", "technologies"),
    ):
        rows = ((facts.event_id, word) for facts, _ in events for word in getattr(facts, words))
        insert(connection, model, ("event_id", column), rows)


def _event_row(facts: EventFacts, key_of: Mapping[str, int]) -> tuple[object, ...]:
    return (
        facts.event_id, facts.anchor.kind.value, key_of[facts.anchor.claim_id], facts.title, facts.stage.value,
        facts.furthest.value if facts.furthest else None, *_date_cells(facts), facts.instrument, facts.is_total,
        facts.amount_stage.value if facts.amount_stage else None, *_figure_cells(facts.figure),
        facts.supplier_bloc.value if facts.supplier_bloc else None, facts.attributed_to, facts.sole_asserter,
        facts.claims, facts.reports, facts.independent_sources, facts.publishers, facts.disputed,
        facts.first_published.isoformat(), facts.last_published.isoformat(),
    )  # fmt: skip


def _stage_row(event_id: str, facts: StageFacts) -> tuple[object, ...]:
    return (event_id, facts.stage.value, *_date_cells(facts), facts.claims, *_figure_cells(facts.figure))


def _date_cells(facts: EventFacts | StageFacts) -> tuple[str, str, str]:
    return str(facts.date), facts.date.first.isoformat(), facts.date.last.isoformat()


def _figure_cells(figure: Figure | None) -> tuple[object, ...]:
    """amount, amount_min, amount_max, currency, bound, amount_rule, amount_low, amount_high and the USD columns."""
    if figure is None:
        return (None,) * 14
    chosen, rate = figure.chosen, figure.rate
    return (
        chosen.value, chosen.low, chosen.high, chosen.currency, chosen.bound.value, figure.rule.value,
        figure.low, figure.high, figure.usd_low, figure.usd_chosen, figure.usd_high,
        f"{rate.usd:f}" if rate else None, rate.date if rate else None, rate.source if rate else None,
    )  # fmt: skip
