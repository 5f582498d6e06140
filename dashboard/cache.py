"""Every cached read of the dashboard. An answer is kept for as long as the data's revision stays the same.

Each run of a page reads in one transaction, so that it shows one state of the data; a load by the pipeline shows at the
next run. Each public function asks the database of its filters' day
(`Filters.as_known_on`), and hands out a copy that callers may change.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ParamSpec, TypeVar

import pandas as pd
import streamlit as st
from sqlalchemy.engine import Connection

from db import history
from db.engine import database, database_url, open_engine
from db.filters import Filters
from db.queries import about, contracts, event_page, events, review, review_actors, sources
from db.vocabulary import Stage
from pipeline import derived, judgements_file, judging
from pipeline.likeness import Likely, Named, likely_pairs
from pipeline.matching import Match
from pipeline.register import read_joins
from pipeline.snapshot import known_on

Data = tuple[str, int, dt.datetime | None]
"""What an answer was read from: the database's address, revision and last change. Part of every key."""

P = ParamSpec("P")
T = TypeVar("T")
MOST_NAMES = 1000
"""Names of companies, governments and funds that each filter offers: every browser gets them all."""


def kept(read: Callable[P, T]) -> Callable[P, T]:
    """Keep the last answers of a read, by its arguments."""
    return st.cache_data(max_entries=64, show_spinner=False)(read)


def prepare() -> None:
    """Bring the tables of the database up to date, once in a process for each address."""
    _prepared(database_url())


@lru_cache(maxsize=16)
def _prepared(url: str) -> None:
    database(url)


@dataclass
class _Run:
    """A run of a page: the connection that it reads by, one transaction, and the state of the data in it."""

    connection: Connection
    data: Data


_run: ContextVar[_Run | None] = ContextVar("this run of the page", default=None)


@contextmanager
def one_run() -> Iterator[None]:
    """Within this, all is read from one state of the data. What is called afterwards, as by a download, asks anew."""
    with open_engine(database_url()).connect() as connection:
        token = _run.set(_Run(connection, _state(connection)))
        try:
            yield
        finally:
            _run.reset(token)


def ask_anew() -> None:
    """See what this run of the page itself has written."""
    if run := _run.get():
        run.connection.rollback()
        run.data = _state(run.connection)


def data() -> Data:
    """The address and the revision of the data: of this run of the page, else as the database has it now."""
    if run := _run.get():
        return run.data
    with open_engine(database_url()).connect() as connection:
        return _state(connection)


def _state(connection: Connection) -> Data:
    return database_url(), about.revision(connection), about.changed_at(connection)


@contextmanager
def opened(source: Data, day: dt.date | None = None) -> Iterator[Connection]:
    """A connection to what an answer is read from. `day`: as known on it."""
    run = _run.get()
    if day is None and run is not None and run.data == source:
        yield run.connection
        return
    engine = open_engine(source[0])
    with (engine if day is None else known_on(engine, day)).connect() as connection:
        yield connection


@kept
def _is_outdated(source: Data) -> bool:
    with opened(source) as connection:
        return derived.is_outdated(connection)


def is_outdated() -> bool:
    """Whether the events were made by the rules of another version."""
    return _is_outdated(data())


@kept
def _counts(source: Data, filters: Filters) -> events.Counts:
    with opened(source, filters.as_known_on) as connection:
        return events.counts(connection, filters)


def counts(filters: Filters) -> events.Counts:
    """Claims, events and articles behind the chosen events."""
    return _counts(data(), filters)


@kept
def _latest(source: Data, filters: Filters, most: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    with opened(source, filters.as_known_on) as connection:
        found = events.latest(connection, filters, most)
        return found, events.claims_of(connection, found["event_id"])


def latest_events(filters: Filters, most: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The latest of the chosen events (`db.queries.events.EVENT_FRAME`) with all their claims (`CLAIM_FRAME`)."""
    return _latest(data(), filters, most)


@kept
def _event(source: Data, event_id: str, day: dt.date | None) -> event_page.EventPage | None:
    with opened(source, day) as connection:
        return event_page.event_page(connection, event_id)


def event(event_id: str, day: dt.date | None = None) -> event_page.EventPage | None:
    """One event with all that it rests on, or None. `day`: as known on it."""
    return _event(data(), event_id, day)


@kept
def _forward(source: Data, event_id: str, day: dt.date | None) -> tuple[str | None, str | None]:
    with opened(source, day) as connection:
        return history.forward(connection, event_id)


def forward(event_id: str, day: dt.date | None = None) -> tuple[str | None, str | None]:
    """Where an event's id leads now: see `db.history.forward`."""
    return _forward(data(), event_id, day)


@kept
def _by_country(source: Data, filters: Filters, stage: Stage | None) -> pd.DataFrame:
    with opened(source, filters.as_known_on) as connection:
        return contracts.by_country(connection, filters, stage)


def by_country(filters: Filters, stage: Stage | None = None) -> pd.DataFrame:
    """Events, claims and USD by country. Columns: `db.queries.contracts.COUNTRY_FRAME`."""
    return _by_country(data(), filters, stage)


@kept
def _article(source: Data, article_id: str, day: dt.date | None) -> sources.ArticlePage | None:
    with opened(source, day) as connection:
        return sources.article_page(connection, article_id)


def article(article_id: str, day: dt.date | None = None) -> sources.ArticlePage | None:
    """One article with its text and claims, or None. `day`: as known on it."""
    return _article(data(), article_id, day)


@kept
def _withdrawal(source: Data, article_id: str) -> str | None:
    with opened(source) as connection:
        return sources.withdrawal_reason(connection, article_id)


def withdrawal_reason(article_id: str) -> str | None:
    """Why an article was taken out; None where it was not."""
    return _withdrawal(data(), article_id)


@kept
def _choices(source: Data, roll_up: bool) -> about.Choices:
    with opened(source) as connection:
        found = about.choices(connection, roll_up=roll_up)
    names = {name: getattr(found, name)[:MOST_NAMES] for name in ("suppliers", "recipients", "actors")}
    return replace(found, **names)


def choices(*, roll_up: bool = True) -> about.Choices:
    """What the filters can offer. `roll_up`: groups and governments too that only bodies of theirs take part as.

    At most `MOST_NAMES` of each, those with most events.
    """
    return _choices(data(), roll_up)


@kept
def _size(source: Data) -> about.Size:
    with opened(source) as connection:
        return about.size(connection)


def size() -> about.Size:
    """Counts over the whole database."""
    return _size(data())


def runs(most: int = 20) -> pd.DataFrame:
    """The last runs, not cached: one that changed nothing gives no new revision. Columns: `about.RUN_FRAME`."""
    with opened(data()) as connection:
        return about.runs(connection, most)


def rejections(run_id: int) -> pd.DataFrame:
    """The faults that a run refused records for, not cached. Columns: `db.queries.about.REJECTION_FRAME`."""
    with opened(data()) as connection:
        return about.rejections(connection, run_id)


@kept
def _provisional(source: Data) -> pd.DataFrame:
    with opened(source) as connection:
        return about.provisional_actors(connection)


def provisional_actors() -> pd.DataFrame:
    """Actors that only claims name so far. Columns: `db.queries.about.ACTOR_FRAME`."""
    return _provisional(data())


@kept
def _queue(source: Data, filters: Filters) -> pd.DataFrame:
    with opened(source) as connection:
        return review.queue(connection, filters)


def review_queue(filters: Filters) -> pd.DataFrame:
    """Pairs of claims to decide on, as known now: see `db.queries.review.queue`."""
    return _queue(data(), replace(filters, as_known_on=None))


@kept
def _pair(source: Data, left_id: str, right_id: str) -> tuple[review.PairPage | None, Match | None]:
    with opened(source) as connection:
        return review.pair_page(connection, left_id, right_id), judging.weigh(connection, left_id, right_id)


def pair(left_id: str, right_id: str) -> tuple[review.PairPage | None, Match | None]:
    """Two claims side by side, and what the rules say of them."""
    return _pair(data(), left_id, right_id)


@kept
def _judgements(source: Data) -> pd.DataFrame:
    with opened(source) as connection:
        return review.judgements(connection)


def judgements() -> pd.DataFrame:
    """The latest judgements. Columns: `db.queries.review.JUDGEMENT_FRAME`."""
    return _judgements(data())


def judgement_lines() -> bytes:
    """All judgements as the file that can be loaded again."""
    with opened(data()) as connection:
        return "".join(judgements_file.lines(connection)).encode()


@kept
def _likely_actors(source: Data) -> list[Likely]:
    with opened(source) as connection:
        rows = review_actors.named_actors(connection).to_dict("records")
        decided = review_actors.judged_actors(connection)
    named = (
        Named(row["actor_id"], row["name"], tuple(row["names"].split("\n")), row["group_id"], row["events"],
              row["provisional"])
        for row in rows
    )  # fmt: skip
    return likely_pairs(named, decided)


def likely_actors() -> list[Likely]:
    """Pairs of actors that may be one, the most valuable first."""
    return _likely_actors(data())


@kept
def _actor_conflicts(source: Data) -> tuple[tuple[str, str], ...]:
    with opened(source) as connection:
        return read_joins(connection)[0].conflicts


def actor_conflicts() -> tuple[tuple[str, str], ...]:
    """Pairs of actors called the same in vain: others joined to them were called different."""
    return _actor_conflicts(data())


@kept
def _actor(source: Data, name: str) -> review_actors.ActorPage | None:
    with opened(source) as connection:
        return review_actors.actor_page(connection, name)


def actor(name: str) -> review_actors.ActorPage | None:
    """One actor by its canonical name, or None."""
    return _actor(data(), name)
