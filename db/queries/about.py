"""What the database holds as a whole: choices for the filters, size, the last run and its rejections."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.filters import RECIPIENT_ROLES, SUPPLIER_ROLES
from db.models import Actor, Judgement, Rejection, Reprint, Review, Revision, Run, Withdrawal
from db.queries.frames import DAY, FLAG, TEXT, WHOLE, frame
from db.queries.where import actor, article, claim, country, event, party


def revision(connection: Connection) -> int:
    """A number that grows with each change of the data; 0 before the first."""
    return int(connection.scalar(sa.select(table(Revision).c.number)) or 0)


def changed_at(connection: Connection) -> dt.datetime | None:
    """When the data last changed, in UTC; None before the first change."""
    return connection.scalar(sa.select(table(Revision).c.changed_at))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can offer. Actor names come with the most events first, countries by code."""

    suppliers: tuple[str, ...]
    recipients: tuple[str, ...]
    actors: tuple[str, ...]
    countries: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    most_sources: int


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
class Size:
    """How much the database holds."""

    articles: int
    claims: int
    events: int
    actors: int
    provisional_actors: int
    countries: int
    publishers: int
    languages: int
    reprints: int
    judgements: int
    judgements_without_effect: int
    """Those in force on a claim that is not there: not loaded yet, corrected or withdrawn."""
    withdrawals: int
    first_published: dt.date | None
    last_published: dt.date | None
    reviewed: dict[str, int]
    """Articles by what a second reader found; those not in it are not checked."""


def size(connection: Connection) -> Size:
    """Counts over the whole database."""

    def count(model: type[object], *where: sa.ColumnElement[bool]) -> int:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table(model)).where(*where)) or 0)  # type: ignore[arg-type]

    publishers, languages, first, last, articles = connection.execute(
        sa.select(
            sa.func.count(sa.distinct(article.c.publisher)),
            sa.func.count(sa.distinct(article.c.language)),
            sa.func.min(article.c.published_first),
            sa.func.max(article.c.published_last),
            sa.func.count(),
        )
    ).one()
    review = table(Review)
    reviewed = connection.execute(
        sa.select(review.c.outcome, sa.func.count())
        .join(article, article.c.article_id == review.c.article_id)
        .group_by(review.c.outcome)
        .order_by(review.c.outcome)
    )
    return Size(
        articles=articles,
        claims=int(connection.scalar(sa.select(sa.func.count()).select_from(claim)) or 0),
        events=int(connection.scalar(sa.select(sa.func.count()).select_from(event)) or 0),
        actors=count(Actor),
        provisional_actors=count(Actor, actor.c.provisional.is_(True)),
        countries=int(connection.scalar(sa.select(sa.func.count(sa.distinct(country.c.country)))) or 0),
        publishers=publishers,
        languages=languages,
        reprints=count(Reprint),
        judgements=count(Judgement),
        judgements_without_effect=count(Judgement, *_on_absent_claims()),
        withdrawals=count(Withdrawal),
        first_published=first,
        last_published=last,
        reviewed={str(outcome): int(number) for outcome, number in reviewed},
    )


def _on_absent_claims() -> tuple["sa.ColumnElement[bool]", ...]:
    judged = table(Judgement)
    absent = [~sa.exists().where(claim.c.claim_id == side) for side in (judged.c.left_id, judged.c.right_id)]
    return judged.c.subject == "claim", judged.c.in_force, sa.or_(*absent)


RUN_FRAME = {
    "run_id": WHOLE, "command": TEXT, "version": TEXT, "inputs": TEXT, "started_at": DAY, "finished_at": DAY,
    "articles_new": WHOLE, "articles_replaced": WHOLE, "articles_unchanged": WHOLE, "articles_withdrawn": WHOLE,
    "claims": WHOLE, "rejected": WHOLE, "provisional_actors": WHOLE,
}  # fmt: skip
"""One row for each run, the last first. `inputs`: JSON list; `finished_at` missing: cut off. Times in UTC."""

REJECTION_FRAME = {"file": TEXT, "line": WHOLE, "rule": TEXT, "found_in": TEXT, "message": TEXT}

ACTOR_FRAME = {
    "actor_id": TEXT, "name": TEXT, "kind": TEXT, "country": TEXT, "parent": TEXT, "group_id": TEXT,
    "roll_up_id": TEXT, "same_as": TEXT, "wikidata": TEXT, "provisional": FLAG,
}  # fmt: skip


def runs(connection: Connection, most: int = 20) -> pd.DataFrame:
    """The last runs. Columns: `RUN_FRAME`."""
    run = table(Run)
    return frame(
        connection, sa.select(*(run.c[name] for name in RUN_FRAME)).order_by(run.c.run_id.desc()).limit(most), RUN_FRAME
    )


def rejections(connection: Connection, run_id: int, most: int = 1000) -> pd.DataFrame:
    """The faults that a run refused records for. Columns: `REJECTION_FRAME`."""
    rejection = table(Rejection)
    chosen = sa.select(*(rejection.c[name] for name in REJECTION_FRAME)).where(rejection.c.run_id == run_id)
    return frame(connection, chosen.order_by(rejection.c.rejection_id).limit(most), REJECTION_FRAME)


def provisional_actors(connection: Connection, most: int = 1000) -> pd.DataFrame:
    """Actors that only claims name so far, by name. Columns: `ACTOR_FRAME`."""
    chosen = sa.select(*(actor.c[name] for name in ACTOR_FRAME)).where(actor.c.provisional.is_(True))
    return frame(connection, chosen.order_by(actor.c.name).limit(most), ACTOR_FRAME)


def actors_page(connection: Connection, after: str, most: int) -> pd.DataFrame:
    """All actors by id in pages: those whose id comes after `after`. Columns: `ACTOR_FRAME`."""
    chosen = sa.select(*(actor.c[name] for name in ACTOR_FRAME)).where(actor.c.actor_id > after)
    return frame(connection, chosen.order_by(actor.c.actor_id).limit(most), ACTOR_FRAME)


__all__ = [
    "ACTOR_FRAME", "DAY", "REJECTION_FRAME", "RUN_FRAME", "Choices", "Size", "actors_page",
    "changed_at", "choices", "provisional_actors", "rejections", "revision", "runs", "size",
]  # fmt: skip
