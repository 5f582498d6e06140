"""Play a history on a database, and say what a database that knows only its outcome must hold."""

from dataclasses import dataclass, field

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.engine import open_engine
from db.filters import NO_FILTERS
from db.queries.events import claims_of_events, events
from pipeline.errors import InputError
from pipeline.maintain import rebuild, restore, withdraw
from tests.factory import Entry, load_notes
from tests.worlds import Step


@dataclass(slots=True)
class Outcome:
    """What a history leaves: articles and actors as last given, all judgements, and every event id ever seen."""

    articles: dict[str, Entry] = field(default_factory=dict)
    actors: dict[str, Entry] = field(default_factory=dict)
    judgements: list[Entry] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)
    event_ids: set[str] = field(default_factory=set)


def play(url: str, steps: list[Step]) -> Outcome:
    """Do all steps."""
    outcome = Outcome()
    for step in steps:
        if step.withdraw is not None:
            _withdraw(url, step.withdraw, outcome)
        elif step.undo is not None:
            _undo(url, step.undo, outcome)
        elif step.rebuild:
            rebuild(open_engine(url))
        else:
            load_notes(url, step.notes, step.actors, step.judgements, step.batch_records)
            outcome.articles |= {note["id"]: note for note in step.notes if note["id"] not in outcome.withdrawn}
            outcome.actors |= {actor["name"]: actor for actor in step.actors}
            outcome.judgements += step.judgements
        outcome.event_ids |= event_ids(url)
    return outcome


def _withdraw(url: str, article_id: str, outcome: Outcome) -> None:
    try:
        withdraw(open_engine(url), article_id, "retracted")
    except InputError:
        assert article_id not in outcome.articles
    else:
        outcome.articles.pop(article_id, None)
        outcome.withdrawn.add(article_id)


def _undo(url: str, article_id: str, outcome: Outcome) -> None:
    try:
        restore(open_engine(url), article_id)
    except InputError:
        assert article_id not in outcome.withdrawn
    outcome.withdrawn.discard(article_id)


def load_outcome(url: str, outcome: Outcome) -> None:
    """Load into an empty database what a history leaves."""
    load_notes(url, list(outcome.articles.values()), list(outcome.actors.values()), outcome.judgements)


MATCHES = """
SELECT l.claim_id, r.claim_id, m.score, m.reasons, m.against FROM claim_match m
JOIN claim l ON l.pk = m.left_pk JOIN claim r ON r.pk = m.right_pk
"""
CONFLICTS = """
SELECT l.claim_id, r.claim_id FROM verdict_conflict m
JOIN claim l ON l.pk = m.left_pk JOIN claim r ON r.pk = m.right_pk
"""


def kept_pairs(url: str) -> list[tuple[object, ...]]:
    """Every match, near miss and conflict, by claim ids: what is derived beside the events."""
    with open_engine(url).connect() as connection:
        rows = [row for query in (MATCHES, CONFLICTS) for row in connection.execute(sa.text(query))]
    return sorted((*sorted(row[:2]), *row[2:]) for row in rows)


def event_ids(url: str) -> set[str]:
    """The ids of all events."""
    with open_engine(url).connect() as connection:
        return set(connection.scalars(sa.text("SELECT event_id FROM event")))


def claims_without_event(connection: Connection) -> int:
    """How many claims belong to no event, in one statement."""
    orphans = "SELECT count(*) FROM claim c LEFT JOIN event_claim e ON e.claim_pk = c.pk WHERE e.event_id IS NULL"
    return int(connection.scalar(sa.text(orphans)) or 0)


def all_events(url: str) -> pd.DataFrame:
    """Every event."""
    with open_engine(url).connect() as connection:
        return events(connection, NO_FILTERS)


def all_claims(url: str) -> pd.DataFrame:
    """Every claim."""
    with open_engine(url).connect() as connection:
        return claims_of_events(connection, NO_FILTERS)


def all_stages(url: str) -> pd.DataFrame:
    """Every stage of every event."""
    with open_engine(url).connect() as connection:
        return pd.read_sql(sa.text("SELECT * FROM event_stage"), connection)
