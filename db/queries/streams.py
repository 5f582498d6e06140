"""Whole tables of the chosen events, a stretch of rows at a time: what is behind a download of any length."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among
from db.filters import NO_FILTERS, Filters
from db.queries.events import claims, events_of
from db.queries.sources import articles_of
from db.queries.where import article, chosen_ids, claim, event, event_claim

ROWS = 5000
"""Rows held in memory at a time."""


def events(connection: Connection, filters: Filters) -> Iterator[pd.DataFrame]:
    """The chosen events by id. Columns: `db.queries.events.EVENT_FRAME`."""
    for some in _stretches(connection, chosen_ids(filters).order_by(event.c.event_id)):
        ids = sa.select(event.c.event_id).where(among(connection, event.c.event_id, some))
        yield events_of(connection, ids).sort_values("event_id", ignore_index=True)


def claims_of_events(connection: Connection, filters: Filters) -> Iterator[pd.DataFrame]:
    """The claims of the chosen events by id. Columns: `db.queries.events.CLAIM_FRAME`."""
    chosen = sa.select(claim.c.pk).order_by(claim.c.claim_id)
    for some in _stretches(connection, _behind(chosen, claim.c.pk, event_claim.c.claim_pk, filters)):
        keys = sa.select(claim.c.pk).where(among(connection, claim.c.pk, some))
        yield claims(connection, keys).sort_values("claim_id", ignore_index=True)


def articles_behind_events(connection: Connection, filters: Filters) -> Iterator[pd.DataFrame]:
    """The articles that the chosen events rest on by id; all articles without filters.

    Columns: `db.queries.sources.ARTICLE_FRAME`.
    """
    chosen = sa.select(article.c.pk).order_by(article.c.article_id)
    for some in _stretches(connection, _behind(chosen, article.c.pk, claim.c.article_pk, filters)):
        keys = sa.select(article.c.pk).where(among(connection, article.c.pk, some))
        yield articles_of(connection, keys).sort_values("article_id", ignore_index=True)


TABLES: dict[str, Callable[[Connection, Filters], Iterator[pd.DataFrame]]] = {
    "events": events,
    "claims": claims_of_events,
    "articles": articles_behind_events,
}
"""What can be had whole, by the name of its file."""


def _behind(
    chosen: "sa.Select[tuple[int]]", key: "sa.ColumnElement[int]", told: "sa.ColumnElement[int]", filters: Filters
) -> "sa.Select[tuple[int]]":
    if filters == NO_FILTERS:
        return chosen
    rows = sa.select(told).select_from(event_claim).join(claim, claim.c.pk == event_claim.c.claim_pk)
    return chosen.where(key.in_(rows.where(event_claim.c.event_id.in_(chosen_ids(filters)))))


def _stretches(connection: Connection, chosen: "sa.Select[Any]") -> Iterator[list[Any]]:
    # A cursor on the server, read as the rows are asked for; the statement is worked out once.
    for some in connection.execute(chosen.execution_options(yield_per=ROWS)).partitions():
        yield [row[0] for row in some]
