"""Neighbours in a block: a function of what stands in it, however it came there, and few of them."""

from collections.abc import Iterator
from itertools import combinations

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from db.engine import open_engine, writing
from pipeline import neighbours as module
from pipeline.desk import Desk
from pipeline.neighbours import Pair, block_hash, closing, file_claims, neighbours, parted, take_out
from tests.factory import claim, load_notes, note

places = st.lists(st.integers(0, 12), max_size=14)


def between(everyone: list[int], one: int, other: int) -> int:
    return sum(min(one, other) < place < max(one, other) for place in everyone)


@settings(max_examples=500, deadline=None)
@given(places, places, st.integers(1, 4))
def test_parted_are_the_neighbours_that_others_stand_between(
    staying: list[int], coming: list[int], window: int
) -> None:
    others, everyone = sorted(staying), sorted(staying + coming)

    expected = {
        (left, right)
        for left, right in combinations(range(len(others)), 2)
        if between(others, others[left], others[right]) < window <= between(everyone, others[left], others[right])
    }

    found = parted(others, everyone, window)
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.fixture
def hot(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """Twelve claims of one firm on twelve days, in a window of three."""
    monkeypatch.setattr(module, "WINDOW", 3)
    days = [note(number=n, claims=[claim(date=f"2025-03-{n:02}")], published="2025-04-01") for n in range(1, 13)]
    load_notes(url, days)
    with writing(open_engine(url)) as connection:
        yield connection


def keys(connection: Connection) -> list[int]:
    """The keys of all claims by day."""
    return list(connection.scalars(sa.text("SELECT pk FROM claim ORDER BY date")))


def all_pairs(connection: Connection) -> set[Pair]:
    return neighbours(connection, keys(connection))


def test_few_stand_between_neighbours(hot: Connection) -> None:
    in_order = keys(hot)

    expected = {
        (min(pair), max(pair))
        for pair in combinations(in_order, 2)
        if in_order.index(pair[1]) - in_order.index(pair[0]) <= 3
    }

    assert all_pairs(hot) == expected


def test_taking_claims_out_brings_together_whom_they_parted(hot: Connection) -> None:
    before, gone = all_pairs(hot), keys(hot)[4:6]

    said = closing(hot, gone)
    assert all_pairs(hot) == before
    assert take_out(hot, gone) == said

    stay = {pair for pair in before if not set(pair) & set(gone)}
    assert said == all_pairs(hot) - stay
    assert len(said) == 5


def test_filing_claims_parts_whom_they_come_between(hot: Connection) -> None:
    gone = keys(hot)[4:6]
    before, closed = all_pairs(hot), take_out(hot, gone)
    desk = Desk(hot)
    desk.claims(gone)

    parted_again = file_claims(hot, {key: desk.features(key) for key in gone})

    assert parted_again == closed
    assert all_pairs(hot) == before


def test_short_blocks_part_nobody(hot: Connection) -> None:
    most = keys(hot)[4:]
    take_out(hot, most)

    assert closing(hot, keys(hot)[1:2]) == set()
    assert len(all_pairs(hot)) == 6


def test_blocks_are_told_apart_by_64_bits() -> None:
    hashes = {block_hash(f"c{number}") for number in range(1000)}

    assert len(hashes) == 1000
    assert all(-(2**63) <= one < 2**63 for one in hashes)
