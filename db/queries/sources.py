"""Articles: lists, coverage over time, and one article with its claims."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.filters import Filters
from db.models import Reprint, Review, Withdrawal
from db.queries.events import CLAIM_FRAME, claims
from db.queries.frames import DAY, TEXT, WHOLE, frame
from db.queries.where import article, chosen_ids, claim, event, event_claim, text

ARTICLE_FRAME = {
    "article_id": TEXT, "title": TEXT, "publisher": TEXT, "published": TEXT, "published_first": DAY, "language": TEXT,
    "url": TEXT, "claims": WHOLE, "events": WHOLE, "outcome": TEXT, "checked_on": DAY, "reprint_of": TEXT,
    "text_sha256": TEXT,
}  # fmt: skip
"""One row for each article. `outcome`: what a second reader found (None: not checked); `reprint_of`: an article id."""


def articles(connection: Connection, filters: Filters) -> pd.DataFrame:
    """The articles behind the chosen events, latest first. Columns: `ARTICLE_FRAME`."""
    behind = (
        sa.select(claim.c.article_pk)
        .join(event_claim, event_claim.c.claim_pk == claim.c.pk)
        .where(event_claim.c.event_id.in_(chosen_ids(filters)))
    )
    return articles_of(connection, behind).sort_values(
        ["published_first", "article_id"], ascending=[False, True], ignore_index=True
    )


def articles_page(connection: Connection, after: str, size: int) -> pd.DataFrame:
    """All articles by id in pages: those whose id comes after `after`. Columns: `ARTICLE_FRAME`."""
    page = sa.select(article.c.pk).where(article.c.article_id > after).order_by(article.c.article_id).limit(size)
    listed = connection.scalars(page).all()
    found = articles_of(connection, sa.select(article.c.pk).where(among(connection, article.c.pk, listed)))
    return found.sort_values("article_id", ignore_index=True)


def articles_named(connection: Connection, article_ids: Iterable[str]) -> pd.DataFrame:
    """The articles with these ids, in no order. Columns: `ARTICLE_FRAME`."""
    return articles_of(connection, sa.select(article.c.pk).where(among(connection, article.c.article_id, article_ids)))


def articles_of(connection: Connection, keys: "sa.Select[tuple[int]]") -> pd.DataFrame:
    """The articles with these keys. Columns: `ARTICLE_FRAME`."""
    review, reprint, first = table(Review), table(Reprint), article.alias("first")
    counted = (
        sa.select(
            claim.c.article_pk,
            sa.func.count(claim.c.pk).label("claims"),
            sa.func.count(sa.distinct(event_claim.c.event_id)).label("events"),
        )
        .join(event_claim, event_claim.c.claim_pk == claim.c.pk)
        .where(claim.c.article_pk.in_(keys))
        .group_by(claim.c.article_pk)
        .subquery()
    )
    columns = {
        **{name: article.c[name] for name in ARTICLE_FRAME if name in article.c},
        "claims": counted.c.claims,
        "events": counted.c.events,
        "outcome": review.c.outcome,
        "checked_on": review.c.checked_on,
        "reprint_of": first.c.article_id,
        "text_sha256": text.c.sha256,
    }
    chosen = (
        sa.select(*(columns[name].label(name) for name in ARTICLE_FRAME))
        .select_from(article)
        .join(text, text.c.article_pk == article.c.pk)
        .outerjoin(counted, counted.c.article_pk == article.c.pk)
        .outerjoin(review, review.c.article_id == article.c.article_id)
        .outerjoin(reprint, reprint.c.article_pk == article.c.pk)
        .outerjoin(first, first.c.pk == reprint.c.of_pk)
        .where(article.c.pk.in_(keys))
    )
    return frame(connection, chosen, ARTICLE_FRAME)


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article: its row (`ARTICLE_FRAME`), its text, its claims (`CLAIM_FRAME`, in order of their number).

    `titles`: event id → title, for the events of its claims; `family`: reprints of one text with it, `ARTICLE_FRAME`,
    earliest first; `family_texts`: article id → text, of the first `FAMILY_TEXTS` of them; `loaded_at`: when this
    version came into the database, UTC.
    """

    article: "pd.Series[Any]"
    text: str
    loaded_at: dt.datetime
    claims: pd.DataFrame
    titles: dict[str, str]
    family: pd.DataFrame
    family_texts: dict[str, str]


FAMILY_TEXTS = 20


def article_page(connection: Connection, article_id: str) -> ArticlePage | None:
    """One article, or None where there is none of this id."""
    key = sa.select(article.c.pk).where(article.c.article_id == article_id)
    found = articles_of(connection, key)
    if found.empty:
        return None
    body = connection.scalar(sa.select(text.c.text).where(text.c.article_pk.in_(key)))
    listed = claims(connection, sa.select(claim.c.pk).where(claim.c.article_pk.in_(key)))
    titled = sa.select(event.c.event_id, event.c.title).where(event.c.event_id.in_(_reported(key)))
    family = _family(connection, article_id, found.iloc[0]["reprint_of"] or article_id)
    return ArticlePage(
        article=found.iloc[0],
        text=str(body),
        loaded_at=connection.execute(sa.select(article.c.loaded_at).where(article.c.pk.in_(key))).scalar_one(),
        claims=listed.sort_values("claim_number", ignore_index=True),
        titles={row.event_id: row.title for row in connection.execute(titled)},
        family=family,
        family_texts=_texts(connection, family["article_id"].head(FAMILY_TEXTS).tolist()),
    )


def _reported(key: "sa.Select[tuple[int]]") -> "sa.Select[tuple[str]]":
    return (
        sa.select(event_claim.c.event_id)
        .join(claim, claim.c.pk == event_claim.c.claim_pk)
        .where(claim.c.article_pk.in_(key))
    )


def _family(connection: Connection, article_id: str, head: str) -> pd.DataFrame:
    """The other articles with the text that `head` was the first to publish, earliest first."""
    reprint, first = table(Reprint), article.alias("first")
    reprints = (
        sa.select(reprint.c.article_pk).join(first, first.c.pk == reprint.c.of_pk).where(first.c.article_id == head)
    )
    # Put together, not asked for with OR: PostgreSQL would read all articles.
    both = sa.union(reprints, sa.select(article.c.pk).where(article.c.article_id == head)).subquery()
    family = sa.select(article.c.pk).join(both, both.c[0] == article.c.pk).where(article.c.article_id != article_id)
    return articles_of(connection, family).sort_values(["published_first", "article_id"], ignore_index=True)


def _texts(connection: Connection, article_ids: list[str]) -> dict[str, str]:
    rows = connection.execute(
        sa.select(article.c.article_id, text.c.text)
        .join(text, text.c.article_pk == article.c.pk)
        .where(among(connection, article.c.article_id, article_ids))
    )
    return dict(rows.all())


def withdrawal_reason(connection: Connection, article_id: str) -> str | None:
    """Why an article was taken out; None where it was not."""
    withdrawal = table(Withdrawal)
    return connection.scalar(sa.select(withdrawal.c.reason).where(withdrawal.c.article_id == article_id))


__all__ = [
    "ARTICLE_FRAME",
    "CLAIM_FRAME",
    "ArticlePage",
    "article_page",
    "articles",
    "articles_named",
    "articles_page",
    "withdrawal_reason",
]
