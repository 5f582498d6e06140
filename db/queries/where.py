"""Filters as SQL conditions on the table of events, all values bound."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from db.bulk import table
from db.countries import codes_in_region
from db.filters import RECIPIENT_ROLES, SUPPLIER_ROLES, Filters
from db.models import (
    Actor,
    ActorAlias,
    Article,
    ArticleText,
    Claim,
    Event,
    EventClaim,
    EventCountry,
    EventParty,
    EventTechnology,
)
from db.search import ArticlesWith, actors_with
from db.vocabulary import Role
from db.words import terms_of

event, event_claim, claim = table(Event), table(EventClaim), table(Claim)
article, text = table(Article), table(ArticleText)
country, technology = table(EventCountry), table(EventTechnology)
party, actor, alias = table(EventParty), table(Actor), table(ActorAlias)
counted_with = actor.alias("counted_with")
"""The actor that totals by group count another one with (`Actor.roll_up_id`)."""

Condition = sa.ColumnElement[bool]


def conditions(filters: Filters) -> list[Condition]:
    """Conditions on `event` that hold for the chosen events. `as_known_on` is a matter of which database is asked."""
    wanted: list[Condition | None] = [
        event.c.kind.in_(filters.kinds) if filters.kinds else None,
        event.c.date_last >= filters.date_from if filters.date_from else None,
        event.c.date_first <= filters.date_to if filters.date_to else None,
        event.c.stage.in_(filters.stages) if filters.stages else None,
        event.c.supplier_bloc.in_(filters.blocs) if filters.blocs else None,
        event.c.usd_chosen >= filters.usd_from if filters.usd_from is not None else None,
        event.c.usd_chosen <= filters.usd_to if filters.usd_to is not None else None,
        event.c.independent_sources >= filters.sources_from if filters.sources_from > 1 else None,
        event.c.disputed.is_(False) if not filters.disputed else None,
        _takes_part(filters.suppliers, SUPPLIER_ROLES, roll_up=filters.roll_up),
        _takes_part(filters.recipients, RECIPIENT_ROLES, roll_up=filters.roll_up),
        _takes_part(filters.actors, (), roll_up=filters.roll_up),
        _lands_in(filters),
        _is_about(filters.technologies),
        *(_says(word) for word in filters.text.split()),
    ]
    return [condition for condition in wanted if condition is not None]


def _takes_part(names: Iterable[str], roles: Iterable[Role], *, roll_up: bool) -> Condition | None:
    listed, listed_roles = list(names), [role.value for role in roles]
    if not listed:
        return None
    found = sa.select(party.c.event_id).where(party.c.actor_id.in_(meant(listed, roll_up=roll_up)))
    return event.c.event_id.in_(found.where(party.c.role.in_(listed_roles)) if listed_roles else found)


def meant(names: Collection[str], *, roll_up: bool) -> "sa.Select[tuple[str]]":
    """Ids of the actors of these names, or those they were joined to; with what is counted with them, if so wished."""
    one = sa.func.coalesce(actor.c.same_as, actor.c.actor_id).label("actor_id")
    bearer = actor.alias("bearer")
    own = sa.select(one).where(actor.c.name.in_(names))
    by_alias = (
        sa.select(one)
        .join(alias, alias.c.actor_id == actor.c.actor_id)
        .where(alias.c.name.in_(names), ~sa.exists().where(bearer.c.name == alias.c.name))
    )
    named = sa.select(sa.union(own, by_alias).subquery().c.actor_id)
    if not roll_up:
        return named
    with_them = sa.or_(actor.c.actor_id.in_(named), actor.c.roll_up_id.in_(named), actor.c.group_id.in_(named))
    return sa.select(actor.c.actor_id).where(with_them)


def _lands_in(filters: Filters) -> Condition | None:
    if not filters.countries and not filters.regions:
        return None
    return event.c.event_id.in_(sa.select(country.c.event_id).where(country.c.country.in_(places(filters))))


def places(filters: Filters) -> list[str]:
    """The codes of the chosen countries and regions.

    Raises:
        KeyError: a region that does not exist.
    """
    return sorted({*filters.countries, *(code for region in filters.regions for code in codes_in_region(region))})


def _is_about(technologies: Iterable[str]) -> Condition | None:
    listed = list(technologies)
    if not listed:
        return None
    return event.c.event_id.in_(sa.select(technology.c.event_id).where(technology.c.technology.in_(listed)))


def _says(word: str) -> Condition | None:
    """One word occurs in a party's name, or in an article behind the event or in what its claims are about."""
    terms = terms_of(word)
    if not terms:
        return None
    told = (
        sa.select(event_claim.c.event_id)
        .join(claim, claim.c.pk == event_claim.c.claim_pk)
        .where(ArticlesWith(claim.c.article_pk, terms))
    )
    named = sa.select(party.c.event_id).where(party.c.actor_id.in_(actors_with(terms)))
    return sa.or_(event.c.event_id.in_(told), event.c.event_id.in_(named))


def chosen_ids(filters: Filters) -> "sa.Select[tuple[str]]":
    """The ids of the chosen events."""
    return sa.select(event.c.event_id).where(*conditions(filters))
