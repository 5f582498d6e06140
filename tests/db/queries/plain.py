"""The plain queries: what the views show, asked of the tables row by row. Slow, and what the quick ones must equal."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.countries import bloc_of
from db.filters import RECIPIENT_ROLES, SUPPLIER_ROLES, Filters
from db.models import EventStage
from db.queries.about import Choices
from db.queries.changes import Figures
from db.queries.contracts import COUNTRY_FRAME
from db.queries.events import Counts
from db.queries.frames import typed
from db.queries.sums import may_be_added
from db.queries.where import actor, chosen_ids, claim, counted_with, country, event, event_claim, party
from db.vocabulary import DISPUTED_ONLY, Bound, Stage
from db.words import terms_of, words_of


def counts(connection: Connection, filters: Filters) -> Counts:
    """Claims, events and articles behind the chosen events."""
    row = connection.execute(
        sa.select(
            sa.func.count(event_claim.c.claim_pk),
            sa.func.count(sa.distinct(event_claim.c.event_id)),
            sa.func.count(sa.distinct(claim.c.article_pk)),
        )
        .select_from(event_claim)
        .join(claim, claim.c.pk == event_claim.c.claim_pk)
        .where(event_claim.c.event_id.in_(chosen_ids(filters)))
    ).one()
    return Counts(*row)


def figures(connection: Connection, filters: Filters) -> Figures:
    """Counts and the sum in US dollars of the chosen events, each at the furthest stage that has a figure.

    Left out of the sum: what `db.queries.sums.may_be_added` leaves out, and events without a figure in US dollars.
    """
    usd = sa.case((may_be_added(), event.c.usd_chosen))
    total, counted = connection.execute(
        sa.select(sa.func.sum(usd), sa.func.count(usd)).where(event.c.event_id.in_(chosen_ids(filters)))
    ).one()
    size = counts(connection, filters)
    return Figures(size.events, size.claims, size.articles, None if total is None else int(total), int(counted))


def choices(connection: Connection, *, roll_up: bool = True) -> Choices:
    """The choices that lead to at least one event. `roll_up`: whoever parties are counted with is a choice too."""
    first, last, most = connection.execute(
        sa.select(
            sa.func.min(event.c.date_first), sa.func.max(event.c.date_last), sa.func.max(event.c.independent_sources)
        )
    ).one()
    lands = connection.scalars(sa.select(country.c.country).distinct().order_by(country.c.country)).all()
    return Choices(
        suppliers=_names(connection, [role.value for role in SUPPLIER_ROLES], roll_up=roll_up),
        recipients=_names(connection, [role.value for role in RECIPIENT_ROLES], roll_up=roll_up),
        actors=_names(connection, None, roll_up=roll_up),
        countries=tuple(lands),
        first_day=first,
        last_day=last,
        most_sources=most or 1,
    )


def _names(connection: Connection, roles: list[str] | None, *, roll_up: bool) -> tuple[str, ...]:
    """Names of actors in these roles, and of the groups and governments that they are counted with if so wished."""
    member, group = actor.alias("member"), actor.alias("named")
    theirs = [member.c.actor_id, member.c.group_id, member.c.roll_up_id] if roll_up else [member.c.actor_id]
    chosen = (
        sa.select(group.c.name)
        .select_from(party)
        .join(member, member.c.actor_id == party.c.actor_id)
        .join(group, group.c.actor_id.in_(theirs))
        .group_by(group.c.name)
        .order_by(sa.func.count(sa.distinct(party.c.event_id)).desc(), group.c.name)
    )
    return tuple(connection.scalars(chosen.where(party.c.role.in_(roles)) if roles else chosen))


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


def held_words(connection: Connection) -> "dict[str, list[frozenset[str]]]":
    """Event id → the words of each article behind it and of each actor in it."""
    held: dict[str, list[frozenset[str]]] = defaultdict(list)
    whats = defaultdict(list)
    for key, what in connection.execute(sa.text("SELECT article_pk, what FROM claim")):
        whats[key].append(what)
    articles = sa.text(
        "SELECT DISTINCT ec.event_id, a.pk, a.title, a.publisher, t.text FROM event_claim ec"
        " JOIN claim c ON c.pk = ec.claim_pk JOIN article a ON a.pk = c.article_pk"
        " JOIN article_text t ON t.article_pk = a.pk"
    )
    for event_id, key, *texts in connection.execute(articles):
        held[event_id].append(words_of(*texts, *whats[key]))
    named = "SELECT p.event_id, p.actor_id, n.name FROM event_party p JOIN actor_alias n ON n.actor_id = p.actor_id"
    own = "SELECT p.event_id, p.actor_id, n.name FROM event_party p JOIN actor n ON n.actor_id = p.actor_id"
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event_id, actor_id, name in connection.execute(sa.text(f"{named} UNION {own}")):
        names[event_id, actor_id].append(name)
    for (event_id, _), listed in names.items():
        held[event_id].append(words_of(*listed))
    return held


def scan(held: "dict[str, list[frozenset[str]]]", words: str) -> set[str]:
    """The events of which each asked word is found in one article or in the names of one actor."""
    asked = [terms for word in words.split() if (terms := terms_of(word))]
    return {
        event_id
        for event_id, sources_ in held.items()
        if all(any(all(term.fits(one) for term in terms) for one in sources_) for terms in asked)
    }
