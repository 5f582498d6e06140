"""Pieces: components of bounded size, found by a bounded search, and those that a change touches."""

import random
from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import pieces as module
from pipeline.pieces import Links, pieces, touched_by

Edges = dict[tuple[int, int], float]


class Drawn(Links):
    """Links that are given, with a count of the claims that were asked for."""

    def __init__(self, edges: Edges) -> None:
        self.edges, self.asked = edges, set[int]()

    def of(self, keys: Collection[int]) -> dict[int, list[tuple[int, float]]]:
        self.asked |= set(keys)
        found: dict[int, list[tuple[int, float]]] = {key: [] for key in keys}
        for (left, right), score in self.edges.items():
            for one, other in ((left, right), (right, left)):
                if one in found:
                    found[one].append((other, score))
        return found


edges = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted).map(tuple).filter(lambda pair: pair[0] != pair[1]),
    st.sampled_from([0.55, 0.65, 0.75, 0.95, 2.0]),
    max_size=14,
)


def partition(drawn: Edges, keys: Collection[int] = range(10)) -> set[frozenset[int]]:
    return {frozenset(piece) for piece in pieces(Drawn(drawn), keys)}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 3)


@settings(max_examples=300, deadline=None)
@given(edges, st.randoms())
def test_each_claim_is_in_one_piece_wherever_the_search_begins(drawn: Edges, shuffle: random.Random) -> None:
    whole = partition(drawn)
    some = shuffle.sample(range(10), 4)

    assert sorted(key for piece in whole for key in piece) == list(range(10))
    assert partition(drawn, some) == {piece for piece in whole if not piece.isdisjoint(some)}


@settings(max_examples=300, deadline=None)
@given(edges)
def test_a_piece_is_larger_than_allowed_only_by_the_best_links(drawn: Edges) -> None:
    for piece in partition(drawn):
        best = {pair: score for pair, score in drawn.items() if score > module.LADDER[-1]}
        assert len(piece) <= 3 or piece in partition(best, piece)


@settings(max_examples=500, deadline=None)
@given(edges, edges)
def test_only_pieces_around_changed_links_change(before: Edges, after: Edges) -> None:
    changed = {key for pair in {*before, *after} if before.get(pair) != after.get(pair) for key in pair}

    touched = touched_by(Drawn(after), changed, changed)

    assert all(piece & touched for piece in partition(after) - partition(before))
    assert set().union(*partition(after) ^ partition(before)) <= touched | set().union(
        *(piece for piece in partition(after) if piece & touched)
    )


def test_the_search_in_a_long_chain_stays_near_its_start() -> None:
    chain = {(number, number + 1): 0.55 for number in range(1000)}
    links = Drawn(chain)

    assert list(pieces(links, [500])) == [{500}]
    assert len(links.asked) < 10
