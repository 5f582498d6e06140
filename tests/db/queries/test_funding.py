"""The timeline's figures, one stage at a time."""

import pandas as pd
import pytest

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.events import events
from db.queries.funding import CONTROL_FRAME, FUNDING_FRAME, TALLY_FRAME, controls, greatest, sums, tally
from db.vocabulary import Stage
from tests.db.queries.plain_funding import added_up, funding, reasons_left_out
from tests.factory import funding as told
from tests.factory import load_notes, note


def test_each_funding_event_stands_once_at_its_figure(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        found = funding(connection, NO_FILTERS)
        listed = events(connection, Filters(kinds=("funding",))).set_index("event_id")

    assert found.event_id.is_unique
    assert set(found.event_id) == set(listed.index)
    assert found.date_first.is_monotonic_increasing
    for row in found.itertuples():
        whole = listed.loc[row.event_id]
        assert pd.isna(row.usd_chosen) if pd.isna(whole.usd_chosen) else row.usd_chosen == whole.usd_chosen


@pytest.mark.parametrize(("stage", "figures"), [(None, [140]), (Stage.ANNOUNCED, [150]), (Stage.DELIVERED, [])])
def test_a_stage_shows_its_own_figure(url: str, stage: Stage | None, figures: list[int]) -> None:
    amounts = [("announced", 150, "2025-03-01"), ("signed", 140, "2025-03-10")]
    load_notes(
        url,
        [
            note(number=n, claims=[told(stage=s, date=d, amount={"value": v, "currency": "USD", "bound": "exact"})])
            for n, (s, v, d) in enumerate(amounts, 1)
        ],
    )

    with open_engine(url).connect() as connection:
        found = funding(connection, NO_FILTERS, stage)

    assert found.usd_chosen.tolist() == figures


def test_a_suspended_event_keeps_its_furthest_figure_and_is_marked(url: str) -> None:
    load_notes(
        url,
        [
            note(number=n, claims=[told(stage=stage, date=date)])
            for n, (stage, date) in enumerate([("announced", "2025-03-01"), ("suspended", "2025-03-10")], 1)
        ],
    )

    with open_engine(url).connect() as connection:
        found = funding(connection, NO_FILTERS)

    assert found[["stage", "is_suspended", "is_cancelled"]].to_numpy().tolist() == [["announced", True, False]]


def test_controls_carry_the_stage_that_their_date_belongs_to(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        found = controls(connection, NO_FILTERS, 1000)

    ended = found[found.stage.isin(["suspended", "cancelled"])]
    assert "signed" in set(ended.furthest_stage)


def test_controls_are_export_controls_and_restrictions_only(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        assert set(controls(connection, NO_FILTERS, 1000).kind) == {"export_control", "restriction"}
        assert set(controls(connection, Filters(kinds=("funding", "restriction")), 1000).kind) == {"restriction"}


def test_no_events_give_frames_with_all_columns(url: str) -> None:
    with open_engine(url).connect() as connection:
        assert list(funding(connection, NO_FILTERS).columns) == list(FUNDING_FRAME)
        assert list(controls(connection, NO_FILTERS, 1000).columns) == list(CONTROL_FRAME)


@pytest.mark.parametrize("stage", [None, Stage.ANNOUNCED, Stage.SIGNED, Stage.CANCELLED])
@pytest.mark.parametrize("filters", [NO_FILTERS, Filters(regions=("Asia",), roll_up=False)])
def test_the_greatest_and_the_sums_are_those_of_the_whole_list(
    corpus_url: str, filters: Filters, stage: Stage | None
) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = funding(connection, filters, stage)
        first, number = greatest(connection, filters, stage, 10)
        every, _ = greatest(connection, filters, stage, len(listed) + 1)
        by_group, by_home = (sums(connection, filters, stage, by_country=home) for home in (False, True))
        of_three, of_two = (
            sums(connection, filters, stage, by_country=home, most=most) for home, most in ((False, 3), (True, 2))
        )

    pd.testing.assert_frame_equal(every, listed)
    assert number == len(listed)
    ranked = listed.assign(known=listed.usd_chosen.fillna(0)).sort_values(
        ["known", "date_first", "event_id"], ascending=[False, True, True]
    )
    assert set(first.event_id) == set(ranked.event_id[:10])
    for found, column in ((by_group, "recipient"), (by_home, "investor_country")):
        added = added_up(listed, stage).assign(day=lambda rows: rows.date_last)
        expected = added.groupby([column, "day"], dropna=False).usd_chosen.agg(["sum", "count"])
        assert len(found) == len(expected)
        assert found.usd.sum() == expected["sum"].sum()
        totals = added.groupby(column).usd_chosen.sum().to_dict()
        assert found.groupby("group").usd.sum().to_dict() == totals
    for some, whole, most in ((of_three, by_group, 3), (of_two, by_home, 2)):
        totals = whole.groupby("group").usd.sum().to_dict()
        greatest_groups = sorted(totals, key=lambda name: (-totals[name], name))[:most]
        kept = whole[whole["group"].isin(greatest_groups)].reset_index(drop=True)
        pd.testing.assert_frame_equal(some, kept)


def test_of_many_controls_those_with_most_sources_are_shown(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        some, every = (controls(connection, NO_FILTERS, most).event_id.tolist() for most in (10, 1000))
        sources = events(connection, NO_FILTERS).set_index("event_id").independent_sources

    assert some == every[:10]
    assert sources[every].is_monotonic_decreasing


@pytest.mark.parametrize("stage", [None, Stage.ANNOUNCED, Stage.RUMOURED, Stage.CANCELLED])
@pytest.mark.parametrize("filters", [NO_FILTERS, Filters(regions=("Asia",)), Filters(text="nowherewords")])
def test_the_tally_counts_every_event_once_as_added_or_by_the_reason_it_is_left_out_for(
    corpus_url: str, filters: Filters, stage: Stage | None
) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed, counted = funding(connection, filters, stage), tally(connection, filters, stage)

    assert list(counted.columns) == list(TALLY_FRAME)
    out, added = counted.dropna(subset="left_out"), counted[counted.left_out.isna()]
    assert out.groupby("left_out").events.sum().to_dict() == reasons_left_out(listed, stage).value_counts().to_dict()
    whole = added_up(listed, stage)
    assert added.groupby("stage").usd.sum().to_dict() == whole.groupby("stage").usd_chosen.sum().to_dict()
    assert added[added.is_ceiling].usd.sum() == whole[whole.bound == "up_to"].usd_chosen.sum()


@pytest.mark.parametrize("rule", ["disputes", "asserts"])
def test_a_figure_without_a_rate_is_told_from_one_that_nobody_asserts(url: str, rule: str) -> None:
    amount = {"value": 5_000_000, "currency": "KZT", "bound": "exact"}
    made = [told(amount=amount, stance=rule)] + ([told()] if rule == "disputes" else [])
    load_notes(url, [note(number=number, claims=[claim]) for number, claim in enumerate(made, 1)])

    with open_engine(url).connect() as connection:
        listed, counted = funding(connection, NO_FILTERS), tally(connection, NO_FILTERS, None)

    assert counted.left_out.dropna().tolist() == reasons_left_out(listed, None).dropna().tolist()
    assert len(counted) > 0
