"""Articles and their claims into the database: new ones, replaced ones, and taken out again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, next_key, table
from db.models import Article, ArticleText, Claim, ClaimCountry, ClaimParty, ClaimTechnology, EventClaim
from db.search import drop_articles, file_articles
from pipeline.families import after_removal, before_removal, file_texts
from pipeline.forwarding import Farewell, farewells, leave_forwarding
from pipeline.outset import Outset
from pipeline.preparing import ARTICLE_CELLS, CLAIM_CELLS, Prepared
from pipeline.resolve import take_leave
from pipeline.runs import now

_article, _claim, _event_claim = table(Article), table(Claim), table(EventClaim)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of articles leaves to settle: new claims, and claims whose event must be made again."""

    changed: frozenset[int]
    unsettled: frozenset[int]


def digests(connection: Connection, article_ids: Iterable[str]) -> dict[str, str]:
    """The stored digest of each of these articles that is in the database."""
    rows = connection.execute(
        sa.select(_article.c.article_id, _article.c.record_sha256).where(
            among(connection, _article.c.article_id, article_ids)
        )
    )
    return dict(rows.all())


def put_articles(
    connection: Connection,
    articles: Sequence[Prepared],
    actor_of: Mapping[str, str],
    outset: Outset | None = None,
) -> Touched:
    """Store articles that are new or differ from what is stored. An article that is there is replaced whole.

    Args:
        articles: no two with one article id.
        actor_of: actor id for each party name.
        outset: the events as they were when the load began.
    """
    left, lost = remove_articles(connection, [one.article_id for one in articles], outset)
    placed = list(enumerate(articles, next_key(connection, Article)))
    _insert_articles(connection, placed)
    changed = _insert_claims(connection, placed, actor_of)
    file_articles(connection, [pk for pk, _ in placed])
    leave_forwarding(connection, lost, "its article was annotated again")
    families = file_texts(connection, {pk: one.text for pk, one in placed}, {pk: one.bands for pk, one in placed})
    return Touched(changed, (left | claims_of(connection, families)) - changed)


def _insert_articles(connection: Connection, placed: Sequence[tuple[int, Prepared]]) -> None:
    loaded_at = now().isoformat(sep=" ")
    columns = ("pk", *ARTICLE_CELLS, "loaded_at")
    insert(connection, Article, columns, ((pk, *one.cells, loaded_at) for pk, one in placed))
    texts = ((pk, one.text, one.text_sha256) for pk, one in placed)
    insert(connection, ArticleText, ("article_pk", "text", "sha256"), texts)


def _insert_claims(
    connection: Connection, placed: Sequence[tuple[int, Prepared]], actor_of: Mapping[str, str]
) -> frozenset[int]:
    of_articles = ((article_pk, claim) for article_pk, one in placed for claim in one.claims)
    claims = [(pk, *claim) for pk, claim in enumerate(of_articles, next_key(connection, Claim))]
    cells = ((pk, article_pk, *claim.cells) for pk, article_pk, claim in claims)
    insert(connection, Claim, ("pk", "article_pk", *CLAIM_CELLS), cells)
    parties = ((pk, *party, actor_of[party[-1]]) for pk, _, claim in claims for party in claim.parties)
    insert(connection, ClaimParty, ("claim_pk", "role", "position", "name", "actor_id"), parties)
    countries = ((pk, country) for pk, _, claim in claims for country in claim.countries)
    insert(connection, ClaimCountry, ("claim_pk", "country"), countries)
    technologies = ((pk, word) for pk, _, claim in claims for word in claim.technologies)
    insert(connection, ClaimTechnology, ("claim_pk", "technology"), technologies)
    return frozenset(pk for pk, *_ in claims)


def claims_of(connection: Connection, articles: Collection[int]) -> frozenset[int]:
    """The keys of the claims of these articles (by key)."""
    if not articles:
        return frozenset()
    return frozenset(connection.scalars(sa.select(_claim.c.pk).where(among(connection, _claim.c.article_pk, articles))))


def remove_articles(
    connection: Connection, article_ids: Collection[str], outset: Outset | None = None
) -> tuple[frozenset[int], list[Farewell]]:
    """Take articles out with their claims; returns the claims that stay and whose event must be made again, and what
    `leave_forwarding` must be told of those that went."""
    keys = set(
        connection.scalars(sa.select(_article.c.pk).where(among(connection, _article.c.article_id, article_ids)))
    )
    if not keys:
        return frozenset(), []
    gone = claims_of(connection, keys)
    mates, leaving = _event_mates(connection, gone), before_removal(connection, keys)
    lost = farewells(connection, gone, outset)
    closing = take_leave(connection, gone)
    drop_articles(connection, keys)
    connection.execute(sa.delete(_article).where(among(connection, _article.c.pk, keys)))
    families = after_removal(connection, leaving)
    return (mates | closing | claims_of(connection, families)) - gone, lost


def _event_mates(connection: Connection, claims: Collection[int]) -> frozenset[int]:
    mates = _event_claim.alias("mates")
    rows = connection.scalars(
        sa.select(mates.c.claim_pk)
        .select_from(_event_claim)
        .join(mates, mates.c.event_id == _event_claim.c.event_id)
        .where(among(connection, _event_claim.c.claim_pk, claims))
    )
    return frozenset(rows)
