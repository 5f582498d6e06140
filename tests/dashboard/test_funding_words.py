import pandas as pd

from dashboard import funding_words
from db.filters import Filters
from db.queries.frames import typed
from db.queries.funding import CONTROL_FRAME, FUNDING_FRAME, SUM_FRAME, TALLY_FRAME, LeftOut

DEAL: dict[str, object] = {
    "event_id": "ev-deal", "title": "A → B: round", "stage": "signed", "date": "2025-06", "date_first": "2025-06-01",
    "date_last": "2025-06-30", "amount": 400_000_000, "currency": "USD", "bound": "exact", "usd_chosen": 400_000_000,
    "is_total": False, "is_suspended": False, "is_cancelled": False, "disputed": False, "reports": 1,
    "independent_sources": 1,
}  # fmt: skip


def funding(*rows: dict[str, object]) -> pd.DataFrame:
    raw = pd.DataFrame(
        [{**dict.fromkeys(FUNDING_FRAME), **DEAL, **row} for row in rows], columns=list(FUNDING_FRAME), dtype=object
    )
    return typed(raw, FUNDING_FRAME)


TOTAL = {"event_id": "ev-total", "is_total": True, "usd_chosen": 1_400_000_000}
NO_FIGURE = {"event_id": "ev-none", "amount": None, "currency": None, "bound": None, "usd_chosen": None}


def test_the_view_takes_in_funding_and_controls_unless_the_filter_names_some_of_them() -> None:
    assert set(funding_words.chosen(Filters()).kinds) == {"funding", "export_control", "restriction"}
    assert funding_words.chosen(Filters(kinds=("contract", "funding"))).kinds == ("funding",)
    assert funding_words.other_kinds(Filters(kinds=("contract", "funding"))) == "Contract"


def test_kinds_that_have_no_place_here_are_elsewhere_unless_one_that_has_is_chosen_too() -> None:
    assert funding_words.is_elsewhere(Filters(kinds=("contract",)))
    assert not funding_words.is_elsewhere(Filters(kinds=("contract", "restriction")))
    assert not funding_words.is_elsewhere(Filters())


def tally(*rows: tuple[str | None, str, bool, int, int]) -> pd.DataFrame:
    raw = pd.DataFrame([dict(zip(TALLY_FRAME, row, strict=True)) for row in rows], columns=list(TALLY_FRAME))
    return typed(raw.astype(object), TALLY_FRAME)


def test_the_sum_says_what_it_leaves_out_and_why() -> None:
    out = [(reason, "signed", False, 1, 0) for reason in ("total", "no figure", "no rate", "cancelled")]

    said = funding_words.sum_said(
        tally((None, "signed", False, 2, 800_000_000), *out, ("total", "announced", True, 3, 5))
    )

    assert said.startswith("Adds up 2 events to $800m")
    assert said.endswith(
        "Left out: cancelled (1), totals over several deals (4), without a figure (1), "
        "without a rate to US dollars (1)."
    )


def test_every_reason_has_words() -> None:
    assert set(funding_words.REASONS) == set(LeftOut)


def test_the_sum_is_split_by_stage_up_the_ladder_and_says_what_is_only_a_ceiling() -> None:
    plain = [(None, "signed", False, 1, 400_000_000), (None, "announced", False, 1, 2_000_000_000)]

    said = funding_words.sum_said(tally(*plain, (None, "announced", True, 1, 2_000_000_000)))

    assert said.endswith("; of which announced $4bn, signed $400m; ceilings (“up to”) $2bn.")
    assert "ceilings" not in funding_words.sum_said(tally(*plain))


def test_a_timeline_says_that_it_shows_only_the_largest_and_nothing_where_it_shows_all() -> None:
    assert funding_words.drawn_said(2000, 48_112) == (
        "Showing the 2,000 largest of 48,112 events; the sums below count all."
    )
    assert funding_words.drawn_said(12, 12) == ""


def sums(*rows: tuple[str | None, str, int, int]) -> pd.DataFrame:
    raw = pd.DataFrame([dict(zip(SUM_FRAME, row, strict=True)) for row in rows], columns=list(SUM_FRAME))
    return typed(raw.astype(object), SUM_FRAME)


def test_a_step_of_one_event_is_named_after_it_and_one_of_several_says_how_many() -> None:
    drawn = funding_words.chart_events(funding({"recipient": "B"}))

    steps = funding_words.chart_sums(
        sums(("B", "2025-06-30", 400_000_000, 1), ("B", "2025-07-01", 5, 3)), drawn, "recipient"
    )

    assert steps["title"].tolist() == ["A → B: round", "3 events"]
    assert steps["date_text"].tolist() == ["June 2025", "1 July 2025"]
    assert steps["event_id"].tolist() == ["ev-deal", None]


def test_a_busy_line_has_a_step_a_month_and_the_same_sum() -> None:
    days = pd.date_range("2023-01-01", periods=funding_words.MOST_STEPS + 1)
    busy = sums(*(("B", str(day.date()), 10, 2) for day in days), ("C", "2023-01-01", 7, 1), ("C", "2023-01-02", 7, 1))

    steps = funding_words.chart_sums(busy, funding_words.chart_events(funding().head(0)), "recipient")

    assert steps.groupby("group").size().to_dict() == {"B": 10, "C": 2}
    assert steps.groupby("group")["amount_usd"].sum().to_dict() == {"B": 3010, "C": 14}
    assert steps["events"].sum() == 604
    assert steps["date_last"].iloc[0] == pd.Timestamp("2023-01-31")


def test_the_groups_with_most_are_told_from_the_rest_and_from_those_without_a_name() -> None:
    told = sums(("CN", "2025-01-01", 5, 1), ("US", "2025-01-01", 9, 1), (None, "2025-01-01", 99, 1))

    assert funding_words.is_among_first(told, "investor_country", 1).tolist() == [False, True, False]
    assert funding_words.is_among_first(told, "recipient", 2).tolist() == [True, True, False]


def test_the_table_is_read_in_pages_latest_first() -> None:
    days = {"a": "2024-01-01", "b": "2026-01-01", "c": "2025-01-01"}
    listed = funding(*({"event_id": one, "date_first": day, "date_last": day} for one, day in days.items()))

    assert funding_words.latest(listed, 1, 5)["event_id"].tolist() == ["c", "a"]


def test_no_sums_are_no_steps() -> None:
    assert funding_words.chart_sums(sums(), funding_words.chart_events(funding().head(0)), "recipient").empty


def test_a_control_that_was_lifted_keeps_the_stage_that_its_date_belongs_to() -> None:
    row = {"event_id": "ev-c", "kind": "restriction", "stage": "cancelled", "furthest_stage": "delivered",
           "date": "2025-01"}  # fmt: skip
    controls = typed(pd.DataFrame([{**dict.fromkeys(CONTROL_FRAME), **row}], dtype=object), CONTROL_FRAME)

    assert funding_words.controls_table(controls)["stage"].tolist() == ["Delivered, since cancelled"]


def test_an_empty_sum_says_nothing_rather_than_zero() -> None:
    said = funding_words.sum_said(tally(("no figure", "signed", False, 1, 0)))

    assert said.startswith("Nothing to add up. Left out: ")


def test_the_table_says_bounds_in_words_and_warns_of_totals_and_lone_voices() -> None:
    row = {**TOTAL, "amount": 1_400_000_000, "bound": "at_least", "attributed_to": "OpenAI", "sole_asserter": "OpenAI"}

    shown = funding_words.table(funding(row)).iloc[0]

    assert shown["amount"] == "at least USD 1.4 billion"
    assert shown["said_by"] == "OpenAI"
    assert shown["note"] == "total, never added; rests on OpenAI alone"


def test_the_table_shows_an_undisclosed_amount_as_empty_not_zero() -> None:
    shown = funding_words.table(funding(NO_FIGURE)).iloc[0]

    assert shown["amount"] == ""
    assert pd.isna(shown["usd"])


def test_charts_get_dates_in_words_and_the_money_of_the_stage() -> None:
    drawn = funding_words.chart_events(funding({})).iloc[0]

    assert (drawn["date_text"], drawn["amount_usd"], drawn["kind"]) == ("June 2025", 400_000_000, "funding")


def test_what_a_late_axis_leaves_off_is_counted_by_what_it_is() -> None:
    one, two = pd.DataFrame({"event_id": ["a"]}), pd.DataFrame({"event_id": ["a", "b"]})

    said = funding_words.before_said(one, two, 2017)
    assert said == "1 funding event and 2 decisions before 2017 not drawn; “All years” shows everything."
    assert funding_words.before_said(one.head(0), one.head(0), 2017) == ""
