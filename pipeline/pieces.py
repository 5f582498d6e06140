"""Connected components of claims, of bounded size: what one event's claims must all lie in.

In a firm that is in the news every day, matches would chain all of its claims together, and each new one would set all
to work again. So a component of more than LARGEST claims falls into those that its better matches hold together.
Which claims are in a piece depends on the claims, matches and judgements alone; finding it takes a bounded search.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among, table
from db.models import ClaimMatch
from pipeline.judged import same_as
from pipeline.pairs import BORDER

LARGEST = 100
"""Claims in a piece, as long as there are better matches to go by: three times the largest of the bundled corpus."""
LADDER = (BORDER, 0.6, 0.7, 0.8)
"""Scores that matches must be above, the next where a component is too large. With the last one any size will do: an
act may be reported more often than that."""
_JUDGED = 2.0
"""A person's `same` holds together on every rung."""

_match = table(ClaimMatch)


class Links:
    """Matches and judgements `same`, read from the database as far as they are asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._of: dict[int, list[tuple[int, float]]] = {}

    def of(self, keys: Collection[int]) -> dict[int, list[tuple[int, float]]]:
        """For each claim (by key) those that it is linked to, with the score."""
        missing = [key for key in keys if key not in self._of]
        if missing:
            self._of.update((key, []) for key in missing)
            for key, other, score in self._matches(missing):
                self._of[key].append((other, score))
            for key, other in same_as(self._connection, missing):
                self._of[key].append((other, _JUDGED))
        return {key: self._of[key] for key in keys}

    def _matches(self, keys: Collection[int]) -> Iterator[tuple[int, int, float]]:
        for ours, theirs in ((_match.c.left_pk, _match.c.right_pk), (_match.c.right_pk, _match.c.left_pk)):
            chosen = sa.select(ours, theirs, _match.c.score).where(among(self._connection, ours, keys))
            yield from map(tuple, self._connection.execute(chosen.where(_match.c.score > BORDER)).all())


def pieces(links: Links, start: Collection[int], apart: Collection[int] = ()) -> Iterator[set[int]]:
    """The pieces that these claims (by key) are in.

    Args:
        apart: claims whose links with each other do not count.
    """
    waiting: Collection[int] = start
    for rung in LADDER:
        found = _components(links, waiting, apart, rung, LARGEST if rung < LADDER[-1] else None)
        yield from (component for component, whole in found if whole)
        waiting = {key for component, whole in found if not whole for key in component}.intersection(waiting)


def touched_by(links: Links, some: Collection[int], changed: Collection[int]) -> set[int]:
    """Claims whose piece may be another than before, or linked otherwise within: those around some of the changed.

    `changed` are the claims at both ends of every link that came, went or has another score. Take only the links that
    stayed. A piece by these without a changed claim in it is the same by the links of before and of now: on its own
    rung nothing touches it, and on a lower rung it was and is too large. So only pieces with a changed claim matter.
    """
    return set(some).union(*pieces(links, some, apart=changed))


def _components(
    links: Links, start: Collection[int], apart: Collection[int], rung: float, limit: int | None
) -> list[tuple[set[int], bool]]:
    """The components of these claims by links above a score, and whether each is whole: the search in one that grows
    beyond the limit is given up."""
    groups = _Groups()
    frontier = set(start)
    for key in frontier:
        groups.add(key)
    while frontier:
        found: set[int] = set()
        growing = [key for key in frontier if limit is None or groups.size(key) <= limit]
        for key, linked in links.of(growing).items():
            for other, score in linked:
                if score > rung and not (key in apart and other in apart):
                    if groups.add(other):
                        found.add(other)
                    groups.join(key, other)
        frontier = found
    return [(members, limit is None or len(members) <= limit) for members in groups.all()]


class _Groups:
    """Growing sets of claims (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._size: dict[int, int] = {}

    def add(self, key: int) -> bool:
        if key in self._parent:
            return False
        self._parent[key], self._size[key] = key, 1
        return True

    def _root(self, key: int) -> int:
        parent = self._parent
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def size(self, key: int) -> int:
        return self._size[self._root(key)]

    def join(self, one: int, other: int) -> None:
        keep, gone = self._root(one), self._root(other)
        if keep != gone:
            keep, gone = (keep, gone) if self._size[keep] >= self._size[gone] else (gone, keep)
            self._parent[gone] = keep
            self._size[keep] += self._size.pop(gone)

    def all(self) -> list[set[int]]:
        members: dict[int, set[int]] = defaultdict(set)
        for key in self._parent:
            members[self._root(key)].add(key)
        return list(members.values())
