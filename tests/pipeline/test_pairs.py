"""Compared pairs: what matches is kept with its reasons, what nearly does with what speaks for and against."""

import pandas as pd
import pytest
import sqlalchemy as sa

from db.engine import open_engine, writing
from pipeline import neighbours
from pipeline.desk import Desk
from pipeline.pairs import BORDER, NEAR, match_again, matched_with, part_with
from tests.factory import claim, funding, load_notes, note
from tests.replay import MATCHES, kept_pairs

FAR = [funding(), funding(what="series C round", instrument="series C")]


def pairs(url: str) -> pd.DataFrame:
    with open_engine(url).connect() as connection:
        return pd.read_sql(sa.text(MATCHES), connection)


def test_a_match_is_kept_with_its_reasons(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])

    (kept,) = pairs(url).itertuples()
    assert kept.score > BORDER
    assert kept.reasons


def test_a_near_miss_is_kept_with_what_speaks_for_and_against_and_joins_nothing(url: str) -> None:
    other = claim(date="2024-09-20", what="cameras", evidence="Acme rents cameras")
    load_notes(url, [note(number=1), note(number=2, claims=[other])])

    (kept,) = pairs(url).itertuples()
    assert NEAR < kept.score <= BORDER
    assert kept.reasons
    assert kept.against
    with open_engine(url).connect() as connection:
        keys = connection.scalars(sa.text("SELECT pk FROM claim")).all()
        assert matched_with(connection, keys) == set()
        assert connection.scalar(sa.text("SELECT count(*) FROM event")) == 2


def test_what_is_plainly_apart_is_not_kept(url: str) -> None:
    load_notes(url, [note(number=number, claims=[one]) for number, one in enumerate(FAR, 1)])

    assert pairs(url).empty


def test_the_corpus_keeps_fewer_near_misses_than_claims(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        claims = connection.scalar(sa.text("SELECT count(*) FROM claim")) or 0
    kept = pairs(corpus_url)

    assert 0 < len(kept[kept.score <= BORDER]) < claims
    assert (kept.score > NEAR).all()
    assert (kept[kept.score <= BORDER].against != "").all()


def test_matching_again_changes_nothing(url: str) -> None:
    load_notes(url, [note(number=number, claims=[claim(), funding()]) for number in (1, 2, 3)])
    before = kept_pairs(url)

    with writing(open_engine(url)) as connection:
        match_again(Desk(connection), connection.scalars(sa.text("SELECT pk FROM claim WHERE pk > 2")).all())

    assert kept_pairs(url) == before


def test_claims_that_leave_bring_those_together_that_they_parted(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "WINDOW", 1)
    days = {number: claim(date=f"2025-03-1{number}") for number in (1, 2, 3)}
    load_notes(url, [note(number=n, published="2025-03-20", claims=[one]) for n, one in days.items()])
    with writing(open_engine(url)) as connection:
        first, middle, last = connection.scalars(sa.text("SELECT pk FROM claim ORDER BY date")).all()
        assert matched_with(connection, [first]) == {middle}

        assert part_with(Desk(connection), [middle]) == {first, last}

        assert matched_with(connection, [first]) == {middle, last}
