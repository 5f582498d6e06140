"""The rule on sketches: symmetric, one for Python and for both databases, and lenient."""

import dataclasses
import random

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from db.bulk import insert, table
from db.engine import open_engine, writing
from db.models import ClaimBlock
from pipeline.promise import Columns, Numbers, is_promising
from pipeline.sketches import SKETCH_COLUMNS, Sketch, row_of
from tests.factory import load_notes, note

NOTHING = Sketch(739_000, 0, 0, 0, 0, 0, 0, 0, 0)
BITS = (0, 1, 2, 3, 4, 2**62, 2**62 + 1)
VALUES = {
    "middle": (739_000, 739_045, 739_046, 739_184, 739_731, 740_000),
    "slack": (0, 1, 183),
    "portion": (0, 1, 2),
    "series": (0, 1, 2),
    "figure": (0, 1500, 1530, 1531, 1611, 1730, 1961, 2191),
    "words": BITS,
    "acting": BITS,
    "other": BITS,
    "countries": BITS,
}
sketches = st.builds(Sketch, **{name: st.sampled_from(values) for name, values in VALUES.items()})


def _any_sketch(random_: random.Random) -> Sketch:
    return Sketch(**{name: random_.choice(values) for name, values in VALUES.items()})


@settings(max_examples=500, deadline=None)
@given(sketches, sketches)
def test_whoever_finds_is_found(one: Sketch, other: Sketch) -> None:
    assert is_promising(one, other, Numbers()) == is_promising(other, one, Numbers())


@settings(max_examples=200, deadline=None)
@given(sketches)
def test_a_claim_is_promising_with_its_like(one: Sketch) -> None:
    assert is_promising(one, one, Numbers())


def test_databases_judge_as_python_does(url: str) -> None:
    load_notes(url, [note(number=number) for number in range(1, 61)])
    drawn = [_any_sketch(random.Random(seed)) for seed in range(60)]
    with writing(open_engine(url)) as connection:
        connection.execute(sa.delete(table(ClaimBlock)))
        rows = [(1, place, place, *row_of(sketch)) for place, sketch in enumerate(drawn, 1)]
        insert(connection, ClaimBlock, ("block", "place", "claim_pk", *SKETCH_COLUMNS), rows)
        own, other = table(ClaimBlock).alias("own"), table(ClaimBlock).alias("other")
        found = connection.execute(
            sa.select(own.c.place, other.c.place)
            .join(other, own.c.block == other.c.block)
            .where(is_promising(own.c, other.c, Columns()))
        )
        pairs = {tuple(row) for row in found}

    expected = {
        (one, two)
        for one, left in enumerate(drawn, 1)
        for two, right in enumerate(drawn, 1)
        if is_promising(left, right, Numbers())
    }
    assert pairs == expected
    assert 60 <= len(pairs) < 3600


@pytest.mark.parametrize(
    ("one", "other", "promising"),
    [
        ({}, {}, True),
        ({"middle": 739_183}, {}, True),
        ({"middle": 739_800}, {}, False),
        ({"middle": 739_800, "slack": 183}, {}, True),
        ({"middle": 739_800, "acting": 1, "words": 1, "other": 1}, {"acting": 1, "words": 1, "other": 1}, True),
        ({"countries": 1}, {"countries": 2}, False),
        ({"countries": 1}, {"countries": 3}, True),
        ({"countries": 1}, {}, True),
        ({"series": 1}, {"series": 2}, False),
        ({"portion": 2}, {"portion": 1}, False),
        ({"portion": 1}, {"portion": 0}, True),
        ({"figure": 1500, "middle": 739_100}, {"figure": 1700}, False),
        ({"figure": 1500, "middle": 739_100}, {"figure": 1520}, True),
        ({"figure": 1500, "middle": 739_100, "portion": 1}, {"figure": 1700}, True),
    ],
)
def test_what_agrees_makes_up_for_what_does_not(one: dict[str, int], other: dict[str, int], promising: bool) -> None:
    left, right = (dataclasses.replace(NOTHING, **changes) for changes in (one, other))

    assert is_promising(left, right, Numbers()) is promising
