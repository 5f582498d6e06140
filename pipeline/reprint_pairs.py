"""Which articles repeat which, in the database: proposed by shared keys, decided on the texts.

A pair is proposed by a single minimum that at most CROWD articles hold: what more hold is common matter, as a cookie
notice. Families larger than that are held by bands: each article with the FIRST earliest of a band. So the work stays
in proportion to the articles, and the pairs depend on the set of them alone.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, chunks, delete_pairs, insert, table
from db.models import Article, ArticleBand, ArticleText, ReprintPair
from pipeline.reprints import bands_of, is_band, is_reprint, share, shingles

CROWD, FIRST = 100, 8
AT_ONCE = 2000
"""Pairs whose texts are held in memory together."""

_article, _text = table(Article), table(ArticleText)
_band, _pair = table(ArticleBand), table(ReprintPair)

Pair = tuple[int, int]
Rank = tuple[dt.date, str]
Proposed = dict[Pair, None]
"""Each pair once, those of one key together: few texts are then held at a time."""
Holders = Mapping[int, Collection[int]]
"""Key → the articles that hold it."""


def file_pairs(
    connection: Connection, texts: Mapping[int, str], bands: Mapping[int, Sequence[int]] | None = None
) -> set[int]:
    """File new articles' texts (by article key) and pair them with what they repeat. `bands`: as in `file_texts`.

    Returns the articles whose pairs changed.
    """
    bands = bands or dict(zip(texts, bands_of(list(texts.values())), strict=True))
    rows = sorted({(key, number) for number in texts for key in bands[number]})
    known = _known(connection, rows)
    crowded = _crowded(connection, known)
    present = _holders(connection, known - crowded)
    insert(connection, ArticleBand, ("band", "article_pk"), rows)
    met = _met(rows, known, crowded)
    proposed, loosened = _proposed_by(connection, met, present)
    dropped = _drop_unproposed(connection, loosened)
    return dropped | _add_repeating(connection, proposed, texts)


def _known(connection: Connection, rows: Sequence[Pair]) -> set[int]:
    """Those keys of (key, article) that some article holds already: few."""
    each = _listed(connection, list(dict.fromkeys(key for key, _ in rows)))
    held = sa.exists().where(_band.c.band == each.c.value)
    return set(connection.scalars(sa.select(each.c.value).where(held)))


def _met(rows: Sequence[Pair], known: Collection[int], crowded: Collection[int]) -> dict[int, set[int]]:
    """The new holders of each key that others hold too, from sorted (key, article); not of keys that are crowded."""
    met: dict[int, set[int]] = defaultdict(set)
    before: Pair | None = None
    for row in rows:
        key, number = row
        if key in known:
            if key not in crowded:
                met[key].add(number)
        elif before is not None and before[0] == key:
            met[key] |= {before[1], number}
        before = row
    return met


def _proposed_by(connection: Connection, arriving: Holders, present: Holders) -> tuple[Proposed, set[int]]:
    """The pairs that arriving articles make, and the articles already present whose pairs may have lost their key."""
    whole = {key: {*present.get(key, ()), *new} for key, new in arriving.items()}
    ranks = ranks_of(connection, {n for key, held in whole.items() if is_band(key) and len(held) > FIRST for n in held})
    proposed: Proposed = {}
    loosened: set[int] = set()
    for key, new in arriving.items():
        held, old = whole[key], present.get(key, ())
        if not is_band(key) and len(held) > CROWD:
            loosened.update(old)
        elif not is_band(key) or len(held) <= FIRST:
            proposed |= dict.fromkeys(_ordered(new, held))
        else:
            first = _earliest(held, ranks)
            proposed |= dict.fromkeys([*_ordered(new, first), *_ordered(held, first & set(new))])
            loosened.update(_earliest(old, ranks) - first)
    return proposed, loosened


@dataclass(frozen=True, slots=True)
class Departure:
    """What must be looked at again once articles are gone: keys that were closed to some of their holders."""

    singles: frozenset[int]
    bands: frozenset[int]


def before_removal(connection: Connection, leaving: Collection[int]) -> Departure:
    """What the removal of these articles may open; for use before they are removed."""
    keys = set(connection.scalars(sa.select(_band.c.band).where(among(connection, _band.c.article_pk, leaving))))
    held = {k: h for k, h in _holders(connection, filter(is_band, keys)).items() if len(h) > FIRST}
    ranks = ranks_of(connection, {number for some in held.values() for number in some})
    bands = {key for key, some in held.items() if not _earliest(some, ranks).isdisjoint(leaving)}
    return Departure(frozenset(_crowded(connection, keys)), frozenset(bands))


def after_removal(connection: Connection, departure: Departure) -> set[int]:
    """Pair what could not be paired while the removed articles were there; returns the articles of new pairs."""
    singles = departure.singles - _crowded(connection, departure.singles)
    return _add_missing(connection, _holders(connection, singles | departure.bands))


def add_known_pairs(source: Connection, target: Connection) -> None:
    """Pair what a smaller copy of a database holds and what in the larger one later articles kept apart."""
    known = set(target.scalars(sa.select(_article.c.pk)))
    most = sa.case((_band.c.band % 2 == 0, CROWD), else_=FIRST)
    full = sa.select(_band.c.band).group_by(_band.c.band).having(sa.func.count() > most)
    held: dict[int, set[int]] = defaultdict(set)
    for key, number in source.execute(sa.select(_band.c.band, _band.c.article_pk).where(_band.c.band.in_(full))):
        if number in known and (is_band(key) or len(held[key]) <= CROWD):
            held[key].add(number)
    _add_missing(target, {key: some for key, some in held.items() if is_band(key) or len(some) <= CROWD})


def _add_missing(connection: Connection, held: Holders) -> set[int]:
    """Pair the holders of these open keys as far as they are not paired yet; returns the articles of new pairs."""
    ranks = ranks_of(connection, {number for key, some in held.items() if is_band(key) for number in some})
    proposed: Proposed = {}
    for key, some in held.items():
        proposed |= dict.fromkeys(_ordered(some, _earliest(some, ranks) if is_band(key) else some))
    paired = _pairs_of(connection, {number for pair in proposed for number in pair})
    return _add_repeating(connection, [pair for pair in proposed if pair not in paired], {})


def mates_of(connection: Connection, numbers: Collection[int]) -> dict[int, set[int]]:
    """For each of these articles those that it is paired with."""
    mates: dict[int, set[int]] = {number: set() for number in numbers}
    for left, right in _pairs_of(connection, numbers):
        for one, other in ((left, right), (right, left)):
            if one in mates:
                mates[one].add(other)
    return mates


def ranks_of(connection: Connection, numbers: Collection[int]) -> dict[int, Rank]:
    """What tells which of these articles is the earliest: the first day it may have been out, then its id."""
    columns = (_article.c.pk, _article.c.published_first, _article.c.article_id)
    rows = connection.execute(sa.select(*columns).where(among(connection, _article.c.pk, numbers)))
    return {number: (published, article_id) for number, published, article_id in rows}


def texts_of(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """The texts of these articles."""
    rows = connection.execute(
        sa.select(_text.c.article_pk, _text.c.text).where(among(connection, _text.c.article_pk, numbers))
    )
    return dict(rows.all())


def _pairs_of(connection: Connection, numbers: Collection[int]) -> set[Pair]:
    found: set[Pair] = set()
    for end in (_pair.c.left_pk, _pair.c.right_pk):
        rows = connection.execute(sa.select(_pair.c.left_pk, _pair.c.right_pk).where(among(connection, end, numbers)))
        found.update((left, right) for left, right in rows)
    return found


def _add_repeating(connection: Connection, proposed: Collection[Pair], texts: Mapping[int, str]) -> set[int]:
    """Keep the proposed pairs of which one text repeats the other; returns their articles."""
    touched: set[int] = set()
    for some in chunks(list(proposed), AT_ONCE):
        numbers = {number for pair in some for number in pair}
        known = {**texts, **texts_of(connection, numbers - texts.keys())}
        runs = {number: shingles(known[number]) for number in numbers}
        rows = [(a, b, round(share(runs[a], runs[b]), 4)) for a, b in some if is_reprint(runs[a], runs[b])]
        insert(connection, ReprintPair, ("left_pk", "right_pk", "similarity"), rows)
        touched.update(number for left, right, _ in rows for number in (left, right))
    return touched


def _drop_unproposed(connection: Connection, loosened: Collection[int]) -> set[int]:
    """Drop the pairs of these articles that no key proposes any more; returns the articles of dropped pairs."""
    pairs = _pairs_of(connection, loosened) if loosened else set()
    if not pairs:
        return set()
    keys: dict[int, set[int]] = defaultdict(set)
    ends = {number for pair in pairs for number in pair}
    for key, number in connection.execute(
        sa.select(_band.c.band, _band.c.article_pk).where(among(connection, _band.c.article_pk, ends))
    ):
        keys[number].add(key)
    shared = {pair: keys[pair[0]] & keys[pair[1]] for pair in pairs}
    every = {key for some in shared.values() for key in some}
    crowded = _crowded(connection, every)
    held = _holders(connection, filter(is_band, every))
    ranks = ranks_of(connection, {number for some in held.values() for number in some})
    first = {key: _earliest(some, ranks) for key, some in held.items()}
    lost = {
        pair
        for pair, some in shared.items()
        if all(key in crowded or (is_band(key) and first[key].isdisjoint(pair)) for key in some)
    }
    delete_pairs(connection, ReprintPair, ("left_pk", "right_pk"), lost)
    return {number for pair in lost for number in pair}


def _ordered(some: Iterable[int], others: Collection[int]) -> Iterator[Pair]:
    if some is others:
        return combinations(sorted(others), 2)
    return ((min(a, b), max(a, b)) for a in some for b in others if a != b)


def _earliest(numbers: Collection[int], ranks: Mapping[int, Rank]) -> set[int]:
    if len(numbers) <= FIRST:
        return set(numbers)
    return set(heapq.nsmallest(FIRST, numbers, key=ranks.__getitem__))


def _holders(connection: Connection, keys: Iterable[int]) -> dict[int, set[int]]:
    held: dict[int, set[int]] = defaultdict(set)
    for key, number in connection.execute(
        sa.select(_band.c.band, _band.c.article_pk).where(among(connection, _band.c.band, keys))
    ):
        held[key].add(number)
    return held


def _crowded(connection: Connection, keys: Iterable[int]) -> set[int]:
    """Those keys of single minima that more than CROWD articles hold; reads no more than CROWD rows of each."""
    singles = [key for key in keys if not is_band(key)]
    each = _listed(connection, singles)
    one_too_many = (
        sa.select(_band.c.article_pk)
        .where(_band.c.band == each.c.value)
        .order_by(_band.c.article_pk)
        .limit(1)
        .offset(CROWD)
        .scalar_subquery()
    )
    return set(connection.scalars(sa.select(each.c.value).where(one_too_many.is_not(None))))


def _listed(connection: Connection, keys: list[int]) -> sa.TableValuedAlias:
    if connection.dialect.name == "sqlite":
        return sa.func.json_each(str(keys)).table_valued("value")
    return sa.func.unnest(sa.cast(keys, sa.ARRAY(sa.BigInteger))).table_valued("value").render_derived()
