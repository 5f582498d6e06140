"""Articles behind the chosen events: what they cover, and pages of them, without a row for each in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.columns import Array, place_of
from db.facts import ArticleFacts, article_facts, facts
from db.filters import Filters
from db.models import Reprint, Review
from db.queries.choosing import chosen, stretch
from db.queries.sources import articles_of
from db.queries.where import article

YEAR_ONLY = len("YYYY")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What some articles cover.

    `months`: month (datetime64, first day), language (ISO 639-1), articles, by both; without the `undated`, whose date
    is a year. `publishers`, `languages`: publisher or language, articles; the most first, ties by name. `reviewed`:
    articles by what a second reader found; those not in it are not checked.
    """

    articles: int
    undated: int
    reprints: int
    months: pd.DataFrame
    publishers: pd.DataFrame
    languages: pd.DataFrame
    reviewed: dict[str, int]


def coverage(connection: Connection, filters: Filters) -> Coverage:
    """What the articles behind the chosen events cover."""
    known = article_facts(connection)
    behind = _behind(connection, known, filters)
    dated = behind & (known["precision"] > YEAR_ONLY)
    first_days = known["first"][dated].astype("datetime64[D]").astype("datetime64[M]")
    months = pd.DataFrame({"month": first_days.astype("datetime64[s]"), "language": known["language"][dated]})
    counted = months.groupby(["month", "language"]).size().reset_index(name="articles")
    counted["language"] = [place_of(int(code)) for code in counted["language"]]
    publishers = np.bincount(known["publisher"][behind], minlength=len(known.publishers))
    languages, articles = np.unique(known["language"][behind], return_counts=True)
    return Coverage(
        articles=int(behind.sum()),
        undated=int((behind & ~dated).sum()),
        reprints=int((behind & _reprints(connection, known)).sum()),
        months=counted.sort_values(["month", "language"], ignore_index=True),
        publishers=_ranked("publisher", known.publishers, publishers.tolist()),
        languages=_ranked("language", [place_of(int(code)) for code in languages], articles.tolist()),
        reviewed=_reviewed(connection, known, behind),
    )


def latest_articles(
    connection: Connection, filters: Filters, size: int, start: int = 0, *, reprints: bool | None = None
) -> pd.DataFrame:
    """The articles behind the chosen events in pages, latest first. Columns: `db.queries.sources.ARTICLE_FRAME`.

    Args:
        reprints: only reprints, or only texts of their own; both where None.
    """
    known = article_facts(connection)
    behind = _behind(connection, known, filters)
    if reprints is not None:
        behind &= _reprints(connection, known) == reprints
    rows = np.flatnonzero(behind)
    some, skipped = stretch(-known["first"][rows].astype(np.int64), start, size)
    page = sa.select(article.c.pk).where(among(connection, article.c.pk, known["key"][rows[some]].tolist()))
    order = (article.c.published_first.desc(), article.c.article_id)
    keys = connection.scalars(page.order_by(*order).limit(size).offset(start - skipped)).all()
    found = articles_of(connection, sa.select(article.c.pk).where(among(connection, article.c.pk, keys)))
    return found.sort_values(["published_first", "article_id"], ascending=[False, True], ignore_index=True)


def _behind(connection: Connection, known: ArticleFacts, filters: Filters) -> Array:
    """Whether each article is behind a chosen event."""
    events = facts(connection)
    there = events.articles(chosen(connection, events, filters))
    keys = known["key"]
    inside = keys < len(there)
    behind = np.zeros(len(keys), bool)
    behind[inside] = there[keys[inside]]
    return behind


def _reprints(connection: Connection, known: ArticleFacts) -> Array:
    keys = connection.execute(sa.select(table(Reprint).c.article_pk)).cursor.fetchall()
    return np.isin(known["key"], np.fromiter((key for (key,) in keys), np.int64, len(keys)))


def _reviewed(connection: Connection, known: ArticleFacts, behind: Array) -> dict[str, int]:
    review = table(Review)
    rows = connection.execute(
        sa.select(article.c.pk, review.c.outcome).join(review, review.c.article_id == article.c.article_id)
    ).all()
    if not rows:
        return {}
    there = np.isin(np.array([pk for pk, _ in rows]), known["key"][behind])
    outcomes = pd.Series([outcome for (_, outcome), holds in zip(rows, there, strict=True) if holds], dtype=object)
    return {str(outcome): int(count) for outcome, count in outcomes.value_counts().sort_index().items()}


def _ranked(name: str, words: Sequence[str], counts: list[int]) -> pd.DataFrame:
    ranked = sorted(((-count, word) for word, count in zip(words, counts, strict=True) if count))
    return pd.DataFrame({name: [word for _, word in ranked], "articles": [-count for count, _ in ranked]})
