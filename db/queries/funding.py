"""The timeline: funding with money at one stage, and the controls that stand beside it."""

import heapq
from enum import StrEnum

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.columns import ASSERTED, CEILING, IS_TOTAL, NO_FIGURE, NONE, STAGES, Array
from db.facts import Facts, facts
from db.filters import Filters
from db.models import EventStage
from db.queries.choosing import chosen, keys_of, leaders, stretch
from db.queries.events import FAR, Order, in_order
from db.queries.frames import DAY, FLAG, TEXT, WHOLE, typed
from db.queries.where import actor, counted_with, event, party
from db.vocabulary import DISPUTED_ONLY, Kind, Role, Stage

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


def funding_of(
    connection: Connection, ids: "sa.Select[tuple[str]]", stage: Stage | None, *, roll_up: bool
) -> pd.DataFrame:
    """The funding events with these ids at one stage, earliest first. Columns: `FUNDING_FRAME`.

    `stage` None: each event at the furthest stage that has a figure, or without a figure at its furthest stage.
    """
    rung = table(EventStage)
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
        .join(rung, sa.and_(rung.c.event_id == event.c.event_id, rung.c.stage == _shown(stage)))
        .where(event.c.event_id.in_(ids))
        .order_by(rung.c.date_first, event.c.event_id)
    )
    found = [dict(row._mapping) for row in rows]
    _add_leading(connection, ids, found, roll_up=roll_up)
    return typed(pd.DataFrame(found, columns=list(FUNDING_FRAME), dtype=object), FUNDING_FRAME)


def _add_leading(
    connection: Connection, ids: "sa.Select[tuple[str]]", rows: list[dict[str, object]], *, roll_up: bool
) -> None:
    leading: dict[tuple[str, str], list[tuple[str | None, str | None, str | None]]] = {}
    named = connection.execute(
        sa.select(party.c.event_id, party.c.role, actor.c.name, actor.c.country, counted_with.c.name)
        .join(actor, actor.c.actor_id == party.c.actor_id)
        .outerjoin(counted_with, counted_with.c.actor_id == actor.c.roll_up_id)
        .where(party.c.event_id.in_(ids))
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


def controls(connection: Connection, filters: Filters, most: int) -> pd.DataFrame:
    """Export controls and restrictions under the same filters, those with most independent sources first.

    Columns: `CONTROL_FRAME`. `most`: rows at the most; ties the latest first.
    """
    found = in_order(connection, filters.of_kinds(Kind.EXPORT_CONTROL, Kind.RESTRICTION), Order.SOURCES, most)
    return found[list(CONTROL_FRAME)]


SUM_FRAME = {"group": TEXT, "day": DAY, "usd": WHOLE, "events": WHOLE}
"""What a group got on a day (the last one that the date of the stage may mean). Groups by name, then days."""


def greatest(connection: Connection, filters: Filters, stage: Stage | None, most: int) -> tuple[pd.DataFrame, int]:
    """The greatest of the chosen funding events at one stage, and how many there are. Columns: `FUNDING_FRAME`.

    Those with most US dollars, ties by date and id; events without a figure only where there is room.
    """
    known = facts(connection)
    rungs = _rungs(known, chosen(connection, known, filters.of_kinds(Kind.FUNDING)), stage)
    some, _ = stretch(-np.maximum(known["rung_usd"][rungs], 0), 0, most)
    rows = known["rung_row"][rungs[some]]
    ids = sa.select(event.c.event_id).where(among(connection, event.c.anchor_pk, keys_of(known, rows)))
    rung = table(EventStage)
    at = sa.and_(rung.c.event_id == event.c.event_id, rung.c.stage == _shown(stage))
    order = (sa.func.coalesce(rung.c.usd_chosen, 0).desc(), rung.c.date_first, event.c.event_id)
    first = connection.scalars(ids.join(rung, at).order_by(*order).limit(most)).all()
    picked = sa.select(event.c.event_id).where(among(connection, event.c.event_id, first))
    return funding_of(connection, picked, stage, roll_up=filters.roll_up), len(rungs)


def sums(
    connection: Connection, filters: Filters, stage: Stage | None, *, by_country: bool, most: int | None = None
) -> pd.DataFrame:
    """What groups of recipients (or countries of the first investor) got, by day. Columns: `SUM_FRAME`.

    `most`: only the named groups that got most, so many at the most, ties by name.

    Left out: totals over several deals, figures that nobody asserts or without US dollars; suspended and rumoured ones
    unless a stage is asked for, cancelled ones unless that stage is.
    """
    known = facts(connection)
    rungs = _rungs(known, chosen(connection, known, filters.of_kinds(Kind.FUNDING)), stage)
    rungs = rungs[_left_out(known, rungs, stage, None) == _ADDED]
    rows = known["rung_row"][rungs]
    leading = leaders(known, (Role.INVESTORS,) if by_country else (Role.RECIPIENTS,))[rows]
    actors = known.actors
    with_group = (leading >= 0) & (actors.roll_up[leading] >= 0) if filters.roll_up and not by_country else leading < -1
    group = np.where(with_group, actors.roll_up[leading], leading) if len(leading) else leading
    names = actors.homes if by_country else actors.names
    codes, words = pd.factorize(np.array([None, *names], dtype=object)[group + 1])
    pairs = codes.astype(np.int64) * FAR + known["rung_last"][rungs]
    order = np.argsort(pairs, kind="stable")
    distinct, starts, events_ = np.unique(pairs[order], return_index=True, return_counts=True)
    usd = np.add.reduceat(known["rung_usd"][rungs][order], starts) if len(starts) else starts
    code = (distinct + FAR // 2) // FAR
    if most is not None:
        some = np.flatnonzero(np.isin(code, _greatest_groups(code, usd, words, most)))
        distinct, code, usd, events_ = distinct[some], code[some], usd[some], events_[some]
    days = (distinct - code * FAR).astype("datetime64[D]").astype("datetime64[s]")
    told = [None if one < 0 else words[one] for one in code]
    summed = pd.DataFrame({"group": told, "day": days, "usd": usd, "events": events_})
    return typed(summed.sort_values(["group", "day"], ignore_index=True), SUM_FRAME)


def _greatest_groups(code: Array, usd: Array, words: Array, most: int) -> list[int]:
    """The codes with most. `code`: ascending, with the dollars of each entry; -1: not named, left out."""
    groups, starts = np.unique(code, return_index=True)
    totals = np.add.reduceat(usd, starts) if len(starts) else starts
    named = ((-int(total), words[one], int(one)) for one, total in zip(groups, totals, strict=True) if one >= 0)
    return [one for _, _, one in heapq.nsmallest(most, named)]


class LeftOut(StrEnum):
    """Why the figure of an event is in no sum."""

    NO_RATE = "no rate"
    NO_FIGURE = "no figure"
    DISPUTED = "disputed"
    RUMOURED = "rumoured"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    TOTAL = "total"


TALLY_FRAME = {"left_out": TEXT, "stage": TEXT, "is_ceiling": FLAG, "events": WHOLE, "usd": WHOLE}
"""How many events and US dollars there are of a sort. `left_out`: `LeftOut`, missing for those that are added up."""
_ADDED = 0
_CODES = {reason: code for code, reason in enumerate(LeftOut, 1)}


def tally(connection: Connection, filters: Filters, stage: Stage | None) -> pd.DataFrame:
    """What `sums` adds up, and what it leaves out and why. Columns: `TALLY_FRAME`."""
    known = facts(connection)
    rungs = _rungs(known, chosen(connection, known, filters.of_kinds(Kind.FUNDING)), stage)
    usd = np.maximum(known["rung_usd"][rungs], 0)
    unrated = (
        known.once("unrated", lambda: _unrated(connection, known))
        if (known["rung_usd"][rungs] == NO_FIGURE).any()
        else None
    )
    sorts = {
        "left_out": _left_out(known, rungs, stage, unrated),
        "stage": known["rung_stage"][rungs],
        "is_ceiling": known["rung_flags"][rungs] & CEILING != 0,
    }
    counted = pd.DataFrame({**sorts, "usd": usd}).groupby(list(sorts)).usd.agg(["size", "sum"]).reset_index()
    reasons, stages = [None, *LeftOut], [*STAGES]
    said = {
        "left_out": [reasons[code] and reasons[code].value for code in counted["left_out"]],
        "stage": [stages[code] for code in counted["stage"]],
        "is_ceiling": counted["is_ceiling"],
        "events": counted["size"],
        "usd": counted["sum"],
    }
    return typed(pd.DataFrame(said, dtype=object), TALLY_FRAME)


def _left_out(known: Facts, rungs: Array, stage: Stage | None, unrated: tuple[Array, Array] | None) -> Array:
    """The code of the reason why each rung is in no sum, or `_ADDED`. The last reason that holds is told.

    `unrated`: from `_unrated`; None where it does not matter why there is no figure in US dollars.
    """
    rows, usd = known["rung_row"][rungs], known["rung_usd"][rungs]
    said, now = known["rung_flags"][rungs], known["stage"][rows]
    in_usd = usd != NO_FIGURE
    has_figure, disputed = in_usd.copy(), in_usd & (said & ASSERTED == 0)
    if unrated is not None:
        has_figure |= unrated[0][rungs]
        disputed |= unrated[1][rungs]
    reasons = np.where(in_usd, _ADDED, _CODES[LeftOut.NO_RATE])
    reasons[~has_figure] = _CODES[LeftOut.NO_FIGURE]
    reasons[disputed] = _CODES[LeftOut.DISPUTED]
    if stage is None:
        reasons[(known["rung_stage"][rungs] == STAGES["rumoured"]) & has_figure] = _CODES[LeftOut.RUMOURED]
        reasons[now == STAGES["suspended"]] = _CODES[LeftOut.SUSPENDED]
    if stage is not Stage.CANCELLED:
        reasons[now == STAGES["cancelled"]] = _CODES[LeftOut.CANCELLED]
    reasons[known["flags"][rows] & IS_TOTAL != 0] = _CODES[LeftOut.TOTAL]
    return reasons


def _unrated(connection: Connection, known: Facts) -> tuple[Array, Array]:
    """For each rung whether its figure has no rate to US dollars, and whether nobody asserts that figure.

    Columns do not tell them from rungs without a figure; they are few, and asked of the tables.
    """
    rung = table(EventStage)
    chosen = sa.select(event.c.anchor_pk, rung.c.stage, rung.c.amount_rule).select_from(rung)
    chosen = chosen.join(event, event.c.event_id == rung.c.event_id)
    rows = connection.execute(chosen.where(rung.c.usd_chosen.is_(None), rung.c.bound.is_not(None))).cursor.fetchall()
    asked = np.array([anchor * NONE + STAGES[stage] for anchor, stage, _ in rows], np.int64)
    disputed = np.array([rule == DISPUTED_ONLY for _, _, rule in rows], bool)
    keys = known["anchor"].astype(np.int64)[known["rung_row"]] * NONE + known["rung_stage"]
    return np.isin(keys, asked), np.isin(keys, asked[disputed])


def _rungs(known: Facts, there: Array, stage: Stage | None) -> Array:
    """The places in the list of rungs of the one that is shown of each chosen event."""
    rows, stages = known["rung_row"], known["rung_stage"]
    if stage is not None:
        return np.flatnonzero(there[rows] & (stages == STAGES[stage.value]))
    furthest = np.where(known["furthest"] == NONE, known["stage"], known["furthest"])
    shown = np.where(known["figure"] == NONE, furthest, known["figure"])
    return np.flatnonzero(there[rows] & (stages == shown[rows]))


def _shown(stage: Stage | None) -> "sa.ColumnElement[str] | str":
    return (
        sa.func.coalesce(event.c.amount_stage, event.c.furthest_stage, event.c.stage) if stage is None else stage.value
    )
