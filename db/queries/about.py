"""What the database holds as a whole: choices for the filters, size, the last run and its rejections."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.columns import place_of
from db.facts import Facts, article_facts, facts
from db.filters import RECIPIENT_ROLES, SUPPLIER_ROLES
from db.models import Actor, Judgement, Rejection, Reprint, Review, Revision, Run, Withdrawal
from db.queries.choosing import day_of, in_roles
from db.queries.frames import DAY, FLAG, TEXT, WHOLE, frame
from db.queries.where import actor, article, claim
from db.vocabulary import Role


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
    known = facts(connection)
    lands = sorted(place_of(int(code)) for code in np.unique(known["country_code"]))
    first, last, most = (
        (known["first"].min(), known["last"].max(), known["sources"].max()) if len(known) else [None] * 3
    )
    return Choices(
        suppliers=_names(known, SUPPLIER_ROLES, roll_up=roll_up),
        recipients=_names(known, RECIPIENT_ROLES, roll_up=roll_up),
        actors=_names(known, tuple(Role), roll_up=roll_up),
        countries=tuple(lands),
        first_day=None if first is None else day_of(int(first)),
        last_day=None if last is None else day_of(int(last)),
        most_sources=int(most or 1),
    )


def _names(known: Facts, roles: Collection[Role], *, roll_up: bool) -> tuple[str, ...]:
    """Names of actors in these roles, and of the groups and governments that they are counted with if so wished."""
    entries = in_roles(known, roles)
    row, member = known["party_row"][entries].astype(np.int64), known["party_actor"][entries].astype(np.int64)
    found = [(row, member)]
    for bearer in (known.actors.group, known.actors.roll_up) if roll_up else ():
        other = (bearer[member] >= 0) & (bearer[member] != member)
        found.append((row[other], bearer[member[other]]))
    size = max(1, len(known.actors.ids))
    pairs = np.concatenate([rows * size + actors for rows, actors in found])
    events = np.bincount(pd.unique(pairs) % size, minlength=size)
    there = np.flatnonzero(events)
    order = np.lexsort((known.actors.rank[there], -events[there])) if len(there) else there
    return tuple(known.actors.names[one] for one in there[order])


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

    known, sources = facts(connection), article_facts(connection)
    first, last = (
        connection.scalar(sa.select(one)) for one in (
            sa.func.min(article.c.published_first), sa.func.max(article.c.published_last)
        )
    )  # fmt: skip
    review = table(Review)
    reviewed = connection.execute(
        sa.select(review.c.outcome, sa.func.count())
        .join(article, article.c.article_id == review.c.article_id)
        .group_by(review.c.outcome)
        .order_by(review.c.outcome)
    )
    return Size(
        articles=len(sources["key"]),
        claims=len(known["claim_row"]),
        events=len(known),
        actors=count(Actor),
        provisional_actors=count(Actor, actor.c.provisional.is_(True)),
        countries=len(np.unique(known["country_code"])),
        publishers=len(np.unique(sources["publisher"])),
        languages=len(np.unique(sources["language"])),
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
