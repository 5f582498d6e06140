"""Families of reprints in the database: found for new articles, kept the same whatever the order of loading."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, insert, table
from db.models import Article, ArticleBand, ArticleText, Reprint, ReprintPair
from pipeline.reprints import SAME_TEXT, bands_of, shingles, similarity

_article, _text = table(Article), table(ArticleText)
_band, _pair, _reprint = table(ArticleBand), table(ReprintPair), table(Reprint)


def file_texts(connection: Connection, texts: Mapping[int, str]) -> set[int]:
    """File new articles' texts (by article key), find their near-duplicates and join the families.

    Returns the keys of all articles whose family may have changed.
    """
    keys = sorted(texts)
    bands = dict(zip(keys, bands_of([texts[key] for key in keys]), strict=True))
    insert(connection, ArticleBand, ("band", "article_pk"), sorted({(b, key) for key in keys for b in bands[key]}))
    pairs = _near_duplicates(connection, bands, texts)
    insert(connection, ReprintPair, ("left_pk", "right_pk", "similarity"), pairs)
    touched = {key for left, right, _ in pairs for key in (left, right)}
    return make_families(connection, touched)


def _near_duplicates(
    connection: Connection, bands: Mapping[int, Sequence[int]], texts: Mapping[int, str]
) -> list[tuple[int, int, float]]:
    holders: dict[int, list[int]] = defaultdict(list)
    rows = connection.execute(
        sa.select(_band.c.band, _band.c.article_pk).where(
            among(connection, _band.c.band, {band for found in bands.values() for band in found})
        )
    )
    for band, key in rows.all():
        holders[band].append(key)
    candidates = {
        (min(key, other), max(key, other))
        for key, found in bands.items()
        for band in found
        for other in holders[band]
        if other != key
    }
    others = {key for pair in candidates for key in pair} - texts.keys()
    known = {**texts, **_read_texts(connection, others)}
    sets = {key: shingles(known[key]) for pair in candidates for key in pair}
    scored = ((left, right, similarity(sets[left], sets[right])) for left, right in sorted(candidates))
    return [(left, right, round(score, 4)) for left, right, score in scored if score >= SAME_TEXT]


def _read_texts(connection: Connection, keys: Collection[int]) -> dict[int, str]:
    rows = connection.execute(
        sa.select(_text.c.article_pk, _text.c.text).where(among(connection, _text.c.article_pk, keys))
    )
    return dict(rows.all())


def make_families(connection: Connection, touched: Collection[int]) -> set[int]:
    """Work out the families of these articles again; returns every article in them.

    The head of a family is its earliest article, ties by article id; all others are reprints of it.
    """
    if not touched:
        return set()
    members = _reach(connection, touched)
    connection.execute(sa.delete(_reprint).where(among(connection, _reprint.c.article_pk, members)))
    rows = connection.execute(
        sa.select(_article.c.pk, _article.c.published_first, _article.c.article_id).where(
            among(connection, _article.c.pk, members)
        )
    )
    rank = {key: (published, article_id) for key, published, article_id in rows}
    links = connection.execute(
        sa.select(_pair.c.left_pk, _pair.c.right_pk).where(among(connection, _pair.c.left_pk, members))
    )
    head = _heads(links.all(), rank)
    insert(connection, Reprint, ("article_pk", "of_pk"), sorted((k, first) for k, first in head.items() if k != first))
    return members


def _heads(links: Collection[tuple[int, int]], rank: Mapping[int, object]) -> dict[int, int]:
    """Each article's family head: union of the linked, the lowest rank as root."""
    parent = {key: key for key in rank}

    def root(key: int) -> int:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for left, right in links:
        first, second = sorted((root(left), root(right)), key=lambda key: rank[key])  # type: ignore[arg-type,return-value]
        parent[second] = first
    return {key: root(key) for key in rank}


def family_mates(connection: Connection, keys: Collection[int]) -> set[int]:
    """Articles that are near-duplicates of these, directly; for use before these are removed."""
    mates: set[int] = set()
    for ours, theirs in ((_pair.c.left_pk, _pair.c.right_pk), (_pair.c.right_pk, _pair.c.left_pk)):
        mates.update(connection.scalars(sa.select(theirs).where(among(connection, ours, keys))))
    return mates - set(keys)


def _reach(connection: Connection, start: Collection[int]) -> set[int]:
    reached, frontier = set(start), set(start)
    while frontier:
        frontier = family_mates(connection, frontier) - reached
        reached |= frontier
    return reached
