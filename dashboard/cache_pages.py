"""Cached reads of pages of lists and of what charts draw: never a whole list, however long it is."""

import pandas as pd

from dashboard.cache import Data, data, kept, opened
from db.filters import Filters
from db.queries import coverage as covered
from db.queries import events, funding, sources
from db.vocabulary import Stage


@kept
def _event_page(source: Data, filters: Filters, order: events.Order, size: int, start: int) -> pd.DataFrame:
    with opened(source, filters.as_known_on) as connection:
        return events.in_order(connection, filters, order, size, start)


def event_page(filters: Filters, order: events.Order, size: int, start: int = 0) -> pd.DataFrame:
    """Some of the chosen events, `size` from place `start` on. Columns: `db.queries.events.EVENT_FRAME`."""
    return _event_page(data(), filters, order, size, start)


@kept
def _number_by_kind(source: Data, filters: Filters) -> dict[str, int]:
    with opened(source, filters.as_known_on) as connection:
        return events.number_by_kind(connection, filters)


def number_by_kind(filters: Filters) -> dict[str, int]:
    """How many events of each kind are chosen."""
    return _number_by_kind(data(), filters)


@kept
def _greatest(source: Data, filters: Filters, stage: Stage | None, most: int) -> tuple[pd.DataFrame, int]:
    with opened(source, filters.as_known_on) as connection:
        return funding.greatest(connection, filters, stage, most)


def greatest(filters: Filters, stage: Stage | None, most: int) -> tuple[pd.DataFrame, int]:
    """The greatest of the chosen funding events at a stage (`db.queries.funding.FUNDING_FRAME`), and their number."""
    return _greatest(data(), filters, stage, most)


@kept
def _sums(source: Data, filters: Filters, stage: Stage | None, by_country: bool, most: int) -> pd.DataFrame:
    with opened(source, filters.as_known_on) as connection:
        return funding.sums(connection, filters, stage, by_country=by_country, most=most)


def sums(filters: Filters, stage: Stage | None, *, by_country: bool, most: int) -> pd.DataFrame:
    """What the groups with most got by day, of all chosen events. Columns: `db.queries.funding.SUM_FRAME`."""
    return _sums(data(), filters, stage, by_country, most)


@kept
def _tally(source: Data, filters: Filters, stage: Stage | None) -> pd.DataFrame:
    with opened(source, filters.as_known_on) as connection:
        return funding.tally(connection, filters, stage)


def tally(filters: Filters, stage: Stage | None) -> pd.DataFrame:
    """What `sums` adds up and leaves out. Columns: `db.queries.funding.TALLY_FRAME`."""
    return _tally(data(), filters, stage)


@kept
def _controls(source: Data, filters: Filters, most: int) -> pd.DataFrame:
    with opened(source, filters.as_known_on) as connection:
        return funding.controls(connection, filters, most)


def controls(filters: Filters, most: int) -> pd.DataFrame:
    """Controls and restrictions with most sources. Columns: `db.queries.funding.CONTROL_FRAME`."""
    return _controls(data(), filters, most)


@kept
def _coverage(source: Data, filters: Filters) -> covered.Coverage:
    with opened(source, filters.as_known_on) as connection:
        return covered.coverage(connection, filters)


def coverage(filters: Filters) -> covered.Coverage:
    """What the articles behind the chosen events cover."""
    return _coverage(data(), filters)


@kept
def _article_page(
    source: Data, filters: Filters, size: int, start: int, reprints: bool | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    with opened(source, filters.as_known_on) as connection:
        found = covered.latest_articles(connection, filters, size, start, reprints=reprints)
        return found, sources.articles_named(connection, found["reprint_of"].dropna().unique().tolist())


def article_page(
    filters: Filters, size: int, start: int = 0, *, reprints: bool | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Some of the articles behind the chosen events, latest first, and those that they reprint.

    Columns of both: `db.queries.sources.ARTICLE_FRAME`. `reprints`: only reprints, or only own texts.
    """
    return _article_page(data(), filters, size, start, reprints)
