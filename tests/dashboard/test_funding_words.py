import pandas as pd

from dashboard import funding_words
from db.filters import Filters
from db.queries.frames import typed
from db.queries.funding import CONTROL_FRAME, FUNDING_FRAME
from db.vocabulary import Stage

DEAL: dict[str, object] = {
    "event_id": "ev-deal", "title": "A → B: round", "stage": "signed", "date": "2025-06", "date_first": "2025-06-01",
    "date_last": "2025-06-30", "amount": 400_000_000, "currency": "USD", "bound": "exact", "usd_chosen": 400_000_000,
    "is_total": False, "is_suspended": False, "is_cancelled": False, "disputed": False, "reports": 1,
    "independent_sources": 1,
}  # fmt: skip


def funding(*rows: dict[str, object]) -> pd.DataFrame:
    raw = pd.DataFrame([{**dict.fromkeys(FUNDING_FRAME), **DEAL, **row} for row in rows], dtype=object)
    return typed(raw, FUNDING_FRAME)


TOTAL = {"event_id": "ev-total", "is_total": True, "usd_chosen": 1_400_000_000}
NO_FIGURE = {"event_id": "ev-none", "amount": None, "currency": None, "bound": None, "usd_chosen": None}
NO_RATE = {"event_id": "ev-rate", "currency": "KZT", "usd_chosen": None}
CANCELLED = {"event_id": "ev-off", "is_cancelled": True}
SUSPENDED = {"event_id": "ev-halted", "is_suspended": True}
RUMOURED = {"event_id": "ev-rumour", "stage": "rumoured"}
DISPUTED = {"event_id": "ev-disputed", "amount_rule": "only disputing reports give a figure"}


def test_the_view_takes_in_funding_and_controls_unless_the_filter_names_some_of_them() -> None:
    assert set(funding_words.chosen(Filters()).kinds) == {"funding", "export_control", "restriction"}
    assert funding_words.chosen(Filters(kinds=("contract", "funding"))).kinds == ("funding",)
    assert funding_words.other_kinds(Filters(kinds=("contract", "funding"))) == "Contract"


def test_kinds_that_have_no_place_here_are_elsewhere_unless_one_that_has_is_chosen_too() -> None:
    assert funding_words.is_elsewhere(Filters(kinds=("contract",)))
    assert not funding_words.is_elsewhere(Filters(kinds=("contract", "restriction")))
    assert not funding_words.is_elsewhere(Filters())


def test_totals_cancelled_events_and_missing_figures_are_never_added_up() -> None:
    frame = funding({}, TOTAL, NO_FIGURE, NO_RATE, CANCELLED)

    assert list(funding_words.added_up(frame, None)["event_id"]) == ["ev-deal"]


def test_the_sum_says_what_it_leaves_out_and_why() -> None:
    said = funding_words.sum_said(funding({}, {}, TOTAL, NO_FIGURE, NO_RATE, CANCELLED), None)

    assert said.startswith("Adds up 2 events to $800m")
    assert said.endswith(
        "Left out: cancelled (1), totals over several deals (1), without a figure (1), "
        "without a rate to US dollars (1)."
    )


def test_cancelled_events_count_where_the_stage_asks_for_them() -> None:
    frame = funding(CANCELLED)

    assert list(funding_words.added_up(frame, Stage.CANCELLED)["event_id"]) == ["ev-off"]


def test_rumours_suspended_events_and_disputed_figures_are_left_out_and_said() -> None:
    frame = funding({}, RUMOURED, {**NO_FIGURE, "stage": "rumoured"}, SUSPENDED, DISPUTED)

    assert list(funding_words.added_up(frame, None)["event_id"]) == ["ev-deal"]
    assert funding_words.sum_said(frame, None).endswith(
        "Left out: disputed figures only (1), rumoured (1), suspended (1), without a figure (1)."
    )


def test_rumours_and_suspended_events_count_where_a_stage_is_asked_for_but_disputed_figures_never() -> None:
    frame = funding(RUMOURED, {**RUMOURED, **SUSPENDED}, DISPUTED)

    assert list(funding_words.added_up(frame, Stage.RUMOURED)["event_id"]) == ["ev-rumour", "ev-halted"]


def test_the_sum_is_split_by_stage_up_the_ladder_and_says_what_is_only_a_ceiling() -> None:
    announced = {"stage": "announced", "usd_chosen": 2_000_000_000}

    said = funding_words.sum_said(funding({}, announced, {**announced, "bound": "up_to"}), None)

    assert said.endswith("; of which announced $4bn, signed $400m; ceilings (“up to”) $2bn.")
    assert "ceilings" not in funding_words.sum_said(funding({}, announced), None)


def test_a_control_that_was_lifted_keeps_the_stage_that_its_date_belongs_to() -> None:
    row = {"event_id": "ev-c", "kind": "restriction", "stage": "cancelled", "furthest_stage": "delivered",
           "date": "2025-01"}  # fmt: skip
    controls = typed(pd.DataFrame([{**dict.fromkeys(CONTROL_FRAME), **row}], dtype=object), CONTROL_FRAME)

    assert funding_words.controls_table(controls)["stage"].tolist() == ["Delivered, since cancelled"]


def test_an_empty_sum_says_nothing_rather_than_zero() -> None:
    assert funding_words.sum_said(funding(NO_FIGURE), None).startswith("Nothing to add up. Left out: ")


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
