"""Events as lists, and one event with all that it rests on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.columns import KINDS, NO_FIGURE, Array
from db.facts import Facts, facts
from db.filters import Filters
from db.models import ClaimCountry, ClaimParty, ClaimTechnology, Reprint, Review
from db.queries.choosing import chosen, keys_of, stretch
from db.queries.frames import DAY, FLAG, REAL, TEXT, WHOLE, typed
from db.queries.where import (
    actor,
    article,
    chosen_ids,
    claim,
    counted_with,
    country,
    event,
    event_claim,
    party,
    technology,
)
from db.vocabulary import Role

SEPARATOR = "; "
"""Between several values in one cell."""

EVENT_FRAME = {
    "event_id": TEXT, "kind": TEXT, "title": TEXT, "stage": TEXT, "furthest_stage": TEXT, "date": TEXT,
    "date_first": DAY, "date_last": DAY, "countries": TEXT,
    **{role.value: TEXT for role in Role},
    "technologies": TEXT, "instrument": TEXT, "is_total": FLAG,
    "amount": WHOLE, "amount_min": WHOLE, "amount_max": WHOLE, "currency": TEXT, "bound": TEXT,
    "amount_stage": TEXT, "amount_rule": TEXT, "amount_low": WHOLE, "amount_high": WHOLE,
    "usd_low": WHOLE, "usd_chosen": WHOLE, "usd_high": WHOLE,
    "usd_rate": TEXT, "usd_rate_date": TEXT, "usd_rate_source": TEXT,
    "supplier_bloc": TEXT, "attributed_to": TEXT, "sole_asserter": TEXT,
    "claims": WHOLE, "reports": WHOLE, "independent_sources": WHOLE, "publishers": WHOLE, "disputed": FLAG,
    "first_published": DAY, "last_published": DAY, "party_groups": TEXT,
}  # fmt: skip
"""One row for each event. Several values in a cell are joined by `SEPARATOR`, actors with the most named first.
`party_groups`: the groups and governments that totals count the parties with, by name."""

CLAIM_FRAME = {
    "claim_id": TEXT, "event_id": TEXT, "article_id": TEXT, "claim_number": WHOLE, "kind": TEXT, "stage": TEXT,
    "stance": TEXT, "date": TEXT, "countries": TEXT, **{role.value: TEXT for role in Role},
    "what": TEXT, "instrument": TEXT, "technologies": TEXT,
    "amount": WHOLE, "amount_min": WHOLE, "amount_max": WHOLE, "currency": TEXT, "bound": TEXT,
    "capacity": REAL, "capacity_unit": TEXT, "attributed_to": TEXT,
    "evidence": TEXT, "evidence_start": WHOLE, "evidence_end": WHOLE,
    "publisher": TEXT, "published": TEXT, "url": TEXT, "article_title": TEXT, "language": TEXT, "outcome": TEXT,
    "reprint_of": TEXT,
}  # fmt: skip
"""One row for each claim, with its article. `outcome`: what a second reader found; `reprint_of`: an article's id."""

LATEST_FIRST = (event.c.date_first.desc(), event.c.date_last, event.c.event_id)
FAR = 1 << 20
"""More days than any two dates are apart."""


class Order(StrEnum):
    """In which order events are listed; ties the latest first, but the earliest first where these are asked for."""

    LATEST = "latest"
    EARLIEST = "earliest"
    LARGEST = "largest"
    SOURCES = "sources"
    CLAIMS = "claims"


_ORDERED: Mapping[Order, tuple["sa.ColumnElement[object]", ...]] = {
    Order.LATEST: LATEST_FIRST,
    Order.EARLIEST: (event.c.date_first, event.c.date_last, event.c.event_id),
    Order.LARGEST: (sa.func.coalesce(event.c.usd_chosen, NO_FIGURE).desc(), *LATEST_FIRST),
    Order.SOURCES: (event.c.independent_sources.desc(), *LATEST_FIRST),
    Order.CLAIMS: (event.c.claims.desc(), *LATEST_FIRST),
}
_SHOWN = [event.c[name] for name in EVENT_FRAME if name in event.c]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a choice of events takes in."""

    claims: int
    events: int
    articles: int


def counts(connection: Connection, filters: Filters) -> Counts:
    """Claims, events and articles behind the chosen events."""
    known = facts(connection)
    return counts_of(known, chosen(connection, known, filters))


def counts_of(known: Facts, there: Array) -> Counts:
    """Claims, events and articles behind events. `there`: whether each event counts."""
    return Counts(
        claims=int(there[known["claim_row"]].sum()),
        events=int(there.sum()),
        articles=int(known.articles(there).sum()),
    )


def events(connection: Connection, filters: Filters) -> pd.DataFrame:
    """The chosen events, latest first. Columns: `EVENT_FRAME`."""
    return events_of(connection, chosen_ids(filters))


def latest(connection: Connection, filters: Filters, size: int, start: int = 0) -> pd.DataFrame:
    """The chosen events in pages, latest first: `size` of them from place `start` on. Columns: `EVENT_FRAME`."""
    return in_order(connection, filters, Order.LATEST, size, start)


def in_order(connection: Connection, filters: Filters, order: Order, size: int, start: int = 0) -> pd.DataFrame:
    """The chosen events in pages: `size` of them from place `start` on in this order. Columns: `EVENT_FRAME`."""
    known = facts(connection)
    rows = np.flatnonzero(chosen(connection, known, filters))
    some, skipped = stretch(_places(known, rows, order), start, size)
    page = sa.select(event.c.event_id).where(among(connection, event.c.anchor_pk, keys_of(known, rows[some])))
    ids = connection.scalars(page.order_by(*_ORDERED[order]).limit(size).offset(start - skipped)).all()
    found = events_of(connection, sa.select(event.c.event_id).where(among(connection, event.c.event_id, ids)))
    return found.set_index("event_id", drop=False).loc[list(ids)].reset_index(drop=True)


def _places(known: Facts, rows: Array, order: Order) -> Array:
    """A number for each of these events: those with a smaller one come first. Only ids are left to part ties."""
    first, last = known["first"][rows].astype(np.int64), known["last"][rows]
    if order is Order.EARLIEST:
        return first * FAR + last
    latest_first = last - first * FAR
    if order is Order.LATEST or not len(rows):
        return latest_first
    values = {
        Order.LARGEST: known["usd"],
        Order.SOURCES: known["sources"],
        Order.CLAIMS: np.bincount(known["claim_row"], minlength=len(known)),
    }[order][rows]
    distinct, rank = np.unique(values, return_inverse=True)
    span = int(latest_first.max() - latest_first.min()) + 1
    return (len(distinct) - 1 - rank) * span + latest_first


def number_by_kind(connection: Connection, filters: Filters) -> dict[str, int]:
    """How many events of each kind are chosen; kinds without any are left out."""
    known = facts(connection)
    numbers = np.bincount(known["kind"][chosen(connection, known, filters)], minlength=len(KINDS))
    return {kind: int(numbers[code]) for kind, code in KINDS.items() if numbers[code]}


def events_page(connection: Connection, after: str, size: int) -> pd.DataFrame:
    """All events by id in pages: those whose id comes after `after`. Columns: `EVENT_FRAME`."""
    ids = sa.select(event.c.event_id).where(event.c.event_id > after).order_by(event.c.event_id).limit(size)
    listed = connection.scalars(ids).all()
    found = events_of(connection, sa.select(event.c.event_id).where(among(connection, event.c.event_id, listed)))
    return found.sort_values("event_id", ignore_index=True)


def events_of(connection: Connection, ids: "sa.Select[tuple[str]]") -> pd.DataFrame:
    """The events with these ids, latest first. Columns: `EVENT_FRAME`."""
    rows = [
        dict(row._mapping)
        for row in connection.execute(sa.select(*_SHOWN).where(event.c.event_id.in_(ids)).order_by(*LATEST_FIRST))
    ]
    parts = _event_parts(connection, ids)
    for row in rows:
        row["countries"] = _joined(parts[row["event_id"], "countries"])
        row["technologies"] = _joined(parts[row["event_id"], "technologies"])
        row["party_groups"] = _joined(sorted(set(parts[row["event_id"], "party_groups"])))
        row.update({role.value: _joined(parts[row["event_id"], role.value]) for role in Role})
    return typed(pd.DataFrame(rows, columns=list(EVENT_FRAME), dtype=object), EVENT_FRAME)


def _event_parts(connection: Connection, ids: "sa.Select[tuple[str]]") -> dict[tuple[str, str], list[str]]:
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    named = (
        sa.select(party.c.event_id, party.c.role, actor.c.name, counted_with.c.name)
        .join(actor, actor.c.actor_id == party.c.actor_id)
        .outerjoin(counted_with, counted_with.c.actor_id == actor.c.roll_up_id)
    )
    order = (party.c.event_id, party.c.role, party.c.claims.desc(), actor.c.name)
    for event_id, role, name, group in connection.execute(named.where(party.c.event_id.in_(ids)).order_by(*order)):
        parts[event_id, role].append(name)
        parts[event_id, "party_groups"].append(group or name)
    for source, column, label in (
        (country, country.c.country, "countries"),
        (technology, technology.c.technology, "technologies"),
    ):
        words = sa.select(source.c.event_id, column).where(source.c.event_id.in_(ids))
        for event_id, word in connection.execute(words.order_by(source.c.event_id, column)):
            parts[event_id, label].append(word)
    return parts


def _joined(words: Iterable[str]) -> str | None:
    return SEPARATOR.join(words) or None


def claims_of_events(connection: Connection, filters: Filters) -> pd.DataFrame:
    """The claims of the chosen events, by event and publication. Columns: `CLAIM_FRAME`."""
    return claims(connection, sa.select(event_claim.c.claim_pk).where(event_claim.c.event_id.in_(chosen_ids(filters))))


def claims_of(connection: Connection, event_ids: Iterable[str]) -> pd.DataFrame:
    """The claims of these events, by event and publication. Columns: `CLAIM_FRAME`."""
    mine = among(connection, event_claim.c.event_id, event_ids)
    return claims(connection, sa.select(event_claim.c.claim_pk).where(mine))


def claims_page(connection: Connection, after: str, size: int) -> pd.DataFrame:
    """All claims by id in pages: those whose id comes after `after`. Columns: `CLAIM_FRAME`."""
    page = sa.select(claim.c.pk).where(claim.c.claim_id > after).order_by(claim.c.claim_id).limit(size)
    listed = connection.scalars(page).all()
    found = claims(connection, sa.select(claim.c.pk).where(among(connection, claim.c.pk, listed)))
    return found.sort_values("claim_id", ignore_index=True)


def claims(connection: Connection, keys: "sa.Select[tuple[int]]") -> pd.DataFrame:
    """The claims with these keys, with their articles. Columns: `CLAIM_FRAME`."""
    review, reprint, first = table(Review), table(Reprint), article.alias("first")
    columns: dict[str, sa.ColumnElement[object]] = {
        **{name: claim.c[name] for name in CLAIM_FRAME if name in claim.c},
        **{name: article.c[name] for name in ("article_id", "publisher", "published", "url", "language")},
        "article_title": article.c.title,
        "event_id": event_claim.c.event_id,
        "claim_number": claim.c.number,
        "outcome": review.c.outcome,
        "reprint_of": first.c.article_id,
    }
    rows = connection.execute(
        sa.select(claim.c.pk, *(column.label(name) for name, column in columns.items()))
        .select_from(claim)
        .join(article, article.c.pk == claim.c.article_pk)
        .join(event_claim, event_claim.c.claim_pk == claim.c.pk)
        .outerjoin(review, review.c.article_id == article.c.article_id)
        .outerjoin(reprint, reprint.c.article_pk == article.c.pk)
        .outerjoin(first, first.c.pk == reprint.c.of_pk)
        .where(claim.c.pk.in_(keys))
        .order_by(event_claim.c.event_id, article.c.published_first, claim.c.claim_id)
    )
    found = [dict(row._mapping) for row in rows]
    parts = _claim_parts(connection, keys)
    for row in found:
        row["countries"] = _joined(parts[row["pk"], "countries"])
        row["technologies"] = _joined(parts[row["pk"], "technologies"])
        row.update({role.value: _joined(parts[row["pk"], role.value]) for role in Role})
    return typed(pd.DataFrame(found, columns=list(CLAIM_FRAME), dtype=object), CLAIM_FRAME)


def _claim_parts(connection: Connection, keys: "sa.Select[tuple[int]]") -> dict[tuple[int, str], list[str]]:
    claim_party, claim_country, claim_technology = table(ClaimParty), table(ClaimCountry), table(ClaimTechnology)
    parts: dict[tuple[int, str], list[str]] = defaultdict(list)
    named = sa.select(claim_party.c.claim_pk, claim_party.c.role, claim_party.c.name)
    order = (claim_party.c.claim_pk, claim_party.c.role, claim_party.c.position)
    for key, role, name in connection.execute(named.where(claim_party.c.claim_pk.in_(keys)).order_by(*order)):
        parts[key, role].append(name)
    for source, column, label in (
        (claim_country, claim_country.c.country, "countries"),
        (claim_technology, claim_technology.c.technology, "technologies"),
    ):
        words = (
            sa.select(source.c.claim_pk, column).where(source.c.claim_pk.in_(keys)).order_by(source.c.claim_pk, column)
        )
        for key, word in connection.execute(words):
            parts[key, label].append(word)
    return parts
