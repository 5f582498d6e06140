"""The map: events and money by country."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.countries import bloc_of
from db.filters import SUPPLIER_ROLES, Filters
from db.models import EventStage
from db.queries.frames import TEXT, WHOLE, typed
from db.queries.sums import may_be_added
from db.queries.where import actor, chosen_ids, counted_with, country, event, party
from db.vocabulary import DISPUTED_ONLY, Bound, Stage

COUNTRY_FRAME = {
    "country": TEXT, "events": WHOLE, "claims": WHOLE, "usd": WHOLE, "ceiling": WHOLE, "counted": WHOLE,
    "left_out": WHOLE, "bloc": TEXT, "suppliers": TEXT, "supplier_actors": TEXT, "supplier_groups": TEXT,
}  # fmt: skip
"""One row for each country, most events first. `usd` adds up the `counted` events, `ceiling` is the part of it that is
only a ceiling (`Bound.UP_TO`); `left_out` have no figure that may be added. `bloc`: home of the
supplier with most events; the three leading ones: `supplier_actors` each by itself, `supplier_groups` with their
groups, `suppliers` as the filters wish."""


@dataclass(frozen=True, slots=True)
class _EventFigure:
    claims: int
    usd: int | None
    is_ceiling: bool


@dataclass(frozen=True, slots=True)
class _Supplier:
    name: str
    home: str | None
    group: str


def by_country(connection: Connection, filters: Filters, stage: Stage | None = None) -> pd.DataFrame:
    """Events, claims and USD by country. Columns: `COUNTRY_FRAME`.

    Money: each event once, at `stage`, or at the furthest stage that has a figure. Left out of the sum: events without
    a USD figure there, or with one that nobody asserts; rumoured, suspended and cancelled ones (unless `stage` asks for
    them); totals over several deals; and events in several countries, which nobody may divide between them.
    """
    chosen = chosen_ids(filters)
    figures = _figures(connection, chosen, stage)
    places: dict[str, list[str]] = defaultdict(list)
    several: Counter[str] = Counter()
    for event_id, code in connection.execute(
        sa.select(country.c.event_id, country.c.country).where(country.c.event_id.in_(chosen))
    ):
        places[code].append(event_id)
        several[event_id] += 1
    supplied = _suppliers(connection, chosen)
    rows = []
    for code, ids in places.items():
        added = [(figures[i].usd or 0, figures[i].is_ceiling) for i in ids
                 if several[i] == 1 and figures[i].usd is not None]  # fmt: skip
        by_actor, by_group = _leading_suppliers(supplied[i] for i in ids)
        home = Counter(bloc_of(one.home).value for i in ids for one in supplied[i][:1])
        rows.append(
            {
                "country": code,
                "events": len(ids),
                "claims": sum(figures[i].claims for i in ids),
                "usd": sum(usd for usd, _ in added) if added else None,
                "ceiling": sum(usd for usd, is_ceiling in added if is_ceiling) if added else None,
                "counted": len(added),
                "left_out": len(ids) - len(added),
                "bloc": _leading(home, 1) or None,
                "suppliers": by_group if filters.roll_up else by_actor,
                "supplier_actors": by_actor,
                "supplier_groups": by_group,
            }
        )
    rows.sort(key=lambda row: (-int(str(row["events"])), str(row["country"])))
    return typed(pd.DataFrame(rows, columns=list(COUNTRY_FRAME), dtype=object), COUNTRY_FRAME)


def _leading_suppliers(events: "Iterable[Collection[_Supplier]]") -> tuple[str | None, str | None]:
    """The three in most of these events, each by itself and with its group: an event counts a group once."""
    by_actor, by_group = Counter[str](), Counter[str]()
    for suppliers in events:
        by_actor.update({one.name for one in suppliers})
        by_group.update({one.group for one in suppliers})
    return _leading(by_actor, 3) or None, _leading(by_group, 3) or None


def _leading(counts: "Counter[str]", most: int) -> str:
    return ", ".join(sorted(counts, key=lambda word: (-counts[word], word))[:most])


def _figures(connection: Connection, chosen: "sa.Select[tuple[str]]", stage: Stage | None) -> dict[str, _EventFigure]:
    if stage is None:
        usd = sa.case((may_be_added(), event.c.usd_chosen))
        rows = sa.select(event.c.event_id, event.c.claims, usd, event.c.bound).where(event.c.event_id.in_(chosen))
    else:
        rung = table(EventStage)
        usd = sa.case((sa.and_(event.c.is_total.is_(False), rung.c.amount_rule != DISPUTED_ONLY), rung.c.usd_chosen))
        at_stage = sa.and_(rung.c.event_id == event.c.event_id, rung.c.stage == stage.value)
        rows = (
            sa.select(event.c.event_id, event.c.claims, usd, rung.c.bound)
            .outerjoin(rung, at_stage)
            .where(event.c.event_id.in_(chosen))
        )
    return {
        event_id: _EventFigure(claims, amount, bound == Bound.UP_TO)
        for event_id, claims, amount, bound in connection.execute(rows)
    }


def _suppliers(connection: Connection, chosen: "sa.Select[tuple[str]]") -> dict[str, list[_Supplier]]:
    """Each event's suppliers or builders, the most named first."""
    supplied: dict[str, list[_Supplier]] = defaultdict(list)
    rows = connection.execute(
        sa.select(party.c.event_id, actor.c.name, actor.c.country, counted_with.c.name)
        .join(actor, actor.c.actor_id == party.c.actor_id)
        .outerjoin(counted_with, counted_with.c.actor_id == actor.c.roll_up_id)
        .where(party.c.role.in_([role.value for role in SUPPLIER_ROLES]), party.c.event_id.in_(chosen))
        .order_by(party.c.event_id, party.c.claims.desc(), actor.c.name)
    )
    for event_id, name, home, group in rows:
        supplied[event_id].append(_Supplier(name, home, group or name))
    return supplied
