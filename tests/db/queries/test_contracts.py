"""The map's figures."""

import pytest

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.contracts import COUNTRY_FRAME, by_country
from db.queries.events import events
from db.vocabulary import Stage
from tests.factory import actor, claim, load_notes, note

DOLLARS = {"value": 100, "currency": "USD", "bound": "exact"}


def test_a_country_counts_the_events_that_land_in_it(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        found = by_country(connection, Filters(kinds=("contract",)))
        listed = events(connection, Filters(kinds=("contract",)))

    lands = [code for cell in listed.countries for code in cell.split("; ")]
    assert dict(zip(found.country, found.events, strict=True)) == {code: lands.count(code) for code in set(lands)}
    assert found.events.is_monotonic_decreasing
    assert (found.counted + found.left_out == found.events).all()


def test_money_leaves_out_what_may_not_be_added_and_says_how_many(url: str) -> None:
    load_notes(
        url,
        [
            note(number=1, claims=[claim(amount=DOLLARS, stage="signed")]),
            note(number=2, claims=[claim(suppliers=["Globex"], what="cameras", technology=["surveillance"])]),
            note(number=3, claims=[claim(suppliers=["Initech"], amount=DOLLARS, countries=["KE", "FR"], what="chips")]),
            note(number=4, claims=[claim(suppliers=["Hooli"], amount=DOLLARS, stage="cancelled", what="a cloud")]),
        ],
        [actor("Acme"), actor("Globex", country="CN"), actor("Initech"), actor("Hooli")],
    )

    with open_engine(url).connect() as connection:
        found = {row.country: row for row in by_country(connection, NO_FILTERS).itertuples()}
        announced = {row.country: row for row in by_country(connection, NO_FILTERS, Stage.ANNOUNCED).itertuples()}

    kenya = found["KE"]
    assert (kenya.events, kenya.usd, kenya.counted, kenya.left_out, kenya.bloc) == (4, 100, 1, 3, "United States")
    assert found["FR"].counted == 0
    assert announced["KE"].counted == 0


def test_the_part_of_the_sum_that_is_only_a_ceiling_is_told_by_stage(url: str) -> None:
    ceiling = {"value": 900, "currency": "USD", "bound": "up_to"}
    load_notes(
        url,
        [
            note(number=1, claims=[claim(amount=DOLLARS, stage="signed")]),
            note(number=2, claims=[claim(suppliers=["Globex"], amount=ceiling, what="cameras", technology=["chips"])]),
        ],
        [actor("Acme"), actor("Globex", country="CN")],
    )

    with open_engine(url).connect() as connection:
        (kenya,) = by_country(connection, NO_FILTERS).itertuples()
        (signed,) = by_country(connection, NO_FILTERS, Stage.SIGNED).itertuples()
        (announced,) = by_country(connection, NO_FILTERS, Stage.ANNOUNCED).itertuples()

    assert (kenya.usd, kenya.ceiling) == (1000, 900)
    assert (signed.usd, signed.ceiling) == (100, 0)
    assert (announced.usd, announced.ceiling) == (900, 900)


@pytest.mark.parametrize("stage", [None, Stage.SIGNED])
def test_no_events_give_a_frame_with_all_columns(url: str, stage: Stage | None) -> None:
    with open_engine(url).connect() as connection:
        found = by_country(connection, NO_FILTERS, stage)

    assert list(found.columns) == list(COUNTRY_FRAME)
    assert found.empty
