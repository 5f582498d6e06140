"""Articles and their claims into the database: new ones, replaced ones, and taken out again."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, next_key, table
from db.models import Article, ArticleText, Claim, ClaimCountry, ClaimParty, ClaimTechnology, EventClaim
from db.values import PartialDate
from pipeline.checks import evidence_span
from pipeline.claim_ids import claim_keys, event_id_of
from pipeline.families import after_removal, before_removal, file_texts
from pipeline.forwarding import Farewell, farewells, leave_forwarding
from pipeline.notes import ArticleNote, ClaimNote
from pipeline.outset import Outset
from pipeline.resolve import take_leave
from pipeline.runs import now

_article, _claim, _event_claim = table(Article), table(Claim), table(EventClaim)

ARTICLE_COLUMNS = (
    "pk", "article_id", "url", "publisher", "published", "published_first", "published_last", "language", "title",
    "record_sha256", "loaded_at",
)  # fmt: skip
CLAIM_COLUMNS = (
    "pk", "claim_id", "anchored_id", "article_pk", "number", "kind", "stage", "stance", "date", "date_first",
    "date_last", "evidence", "evidence_start", "evidence_end", "amount", "amount_min", "amount_max", "currency",
    "bound", "instrument", "what", "attributed_to", "capacity", "capacity_unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of articles leaves to settle: new claims, and claims whose event must be made again."""

    changed: frozenset[int]
    unsettled: frozenset[int]


def record_digest(note: ArticleNote) -> str:
    """SHA-256 of a record as understood: the same for other spacing or another order of keys."""
    return hashlib.sha256(note.model_dump_json().encode()).hexdigest()


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
    notes: Mapping[str, ArticleNote],
    actor_of: Mapping[str, str],
    outset: Outset | None = None,
) -> Touched:
    """Store articles that are new or differ from what is stored. An article that is there is replaced whole.

    Args:
        notes: record digest → article; no two with one article id.
        actor_of: actor id for each party name.
        outset: the events as they were when the load began.
    """
    left, lost = remove_articles(connection, [note.id for note in notes.values()], outset)
    first_article, first_claim = next_key(connection, Article), next_key(connection, Claim)
    articles = list(zip(range(first_article, first_article + len(notes)), notes.items(), strict=True))
    claims = _numbered(articles, first_claim)
    loaded_at = now().isoformat(sep=" ")
    insert(
        connection,
        Article,
        ARTICLE_COLUMNS,
        (_article_row(pk, digest, note, loaded_at) for pk, (digest, note) in articles),
    )
    insert(
        connection,
        ArticleText,
        ("article_pk", "text", "sha256"),
        ((pk, note.text, hashlib.sha256(note.text.encode()).hexdigest()) for pk, (_, note) in articles),
    )
    insert(connection, Claim, CLAIM_COLUMNS, (_claim_row(*claim) for claim in claims))
    _insert_parts(connection, claims, actor_of)
    leave_forwarding(connection, lost, "its article was annotated again")
    families = file_texts(connection, {pk: note.text for pk, (_, note) in articles})
    changed = frozenset(pk for pk, *_ in claims)
    return Touched(changed, (left | claims_of(connection, families)) - changed)


Placed = tuple[int, int, ArticleNote, int, str, ClaimNote]
"""Claim key, article key, article, number in it from 1, claim id, claim."""


def _numbered(articles: Sequence[tuple[int, tuple[str, ArticleNote]]], first_key: int) -> list[Placed]:
    placed: list[Placed] = []
    for article_pk, (_, note) in articles:
        for number, (claim_id, claim) in enumerate(zip(claim_keys(note), note.claims, strict=True), 1):
            placed.append((first_key + len(placed), article_pk, note, number, claim_id, claim))
    return placed


def _insert_parts(connection: Connection, claims: Sequence[Placed], actor_of: Mapping[str, str]) -> None:
    insert(
        connection,
        ClaimParty,
        ("claim_pk", "role", "position", "name", "actor_id"),
        (
            (pk, role.value, position, name, actor_of[name])
            for pk, *_, claim in claims
            for role, names in claim.parties()
            for position, name in enumerate(names, 1)
        ),
    )
    countries = ((pk, country) for pk, *_, claim in claims for country in sorted(claim.countries))
    insert(connection, ClaimCountry, ("claim_pk", "country"), countries)
    technologies = ((pk, str(word)) for pk, *_, claim in claims for word in sorted(claim.technology))
    insert(connection, ClaimTechnology, ("claim_pk", "technology"), technologies)


def _article_row(pk: int, digest: str, note: ArticleNote, loaded_at: str) -> tuple[object, ...]:
    published = PartialDate.parse(note.published)
    return (
        pk, note.id, note.url, note.publisher, note.published, published.first.isoformat(),
        published.last.isoformat(), note.language, note.title, digest,
        loaded_at,
    )  # fmt: skip


def _claim_row(
    pk: int, article_pk: int, note: ArticleNote, number: int, claim_id: str, claim: ClaimNote
) -> tuple[object, ...]:
    date, amount, capacity = PartialDate.parse(claim.date), claim.amount, claim.capacity
    start, end = evidence_span(note.text, claim.evidence)
    money = (amount.value, amount.min, amount.max, amount.currency, str(amount.bound)) if amount else (None,) * 5
    return (
        pk, claim_id, event_id_of(claim_id), article_pk, number, str(claim.kind), str(claim.stage), str(claim.stance),
        claim.date, date.first.isoformat(), date.last.isoformat(), claim.evidence, start, end, *money, claim.instrument,
        claim.what, claim.attributed_to, capacity.value if capacity else None, str(capacity.unit) if capacity else None,
    )  # fmt: skip


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
