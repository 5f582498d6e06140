import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts_timeline import (
    TOTAL_SYMBOL,
    before,
    funding_timeline,
    funding_timeline_alt,
    log_ticks,
    start_year,
)
from dashboard.palette import DARK, LIGHT

EVENT: dict[str, Any] = {
    "title": "A round",
    "date_first": "2025-06-25",
    "date_last": "2025-06-25",
    "date_text": "2025-06-25",
    "amount_usd": 10**9,
    "bound": "exact",
    "usd_low": None,
    "usd_high": None,
    "recipient": "Zhipu AI",
    "recipient_country": "CN",
    "investor_country": "CN",
    "stage": "signed",
    "attributed_to": None,
    "is_total": False,
    "disputed": False,
    "kind": "funding",
}
CONTROL: dict[str, Any] = {
    "title": "A rule",
    "date_first": "2025-01-15",
    "date_last": "2025-01-15",
    "date_text": "2025-01-15",
    "kind": "export_control",
    "authority": "U.S. Department of Commerce",
    "targets": "Zhipu AI",
}
MONTH = {"date_first": "2025-06-01", "date_last": "2025-06-30", "date_text": "2025-06"}


def dated(rows: list[dict[str, Any]], base: dict[str, Any]) -> pd.DataFrame:
    full = [{"event_id": f"E{number}", **base, **row} for number, row in enumerate(rows)]
    frame = pd.DataFrame(full, columns=["event_id", *base])
    for column in ("date_first", "date_last"):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def funding(*rows: dict[str, Any]) -> pd.DataFrame:
    return dated(list(rows), EVENT).astype({"amount_usd": "Int64", "usd_low": "Int64", "usd_high": "Int64"})


def controls(*rows: dict[str, Any]) -> pd.DataFrame:
    return dated(list(rows), CONTROL)


def mark(figure: go.Figure, event_id: str) -> dict[str, Any]:
    """The one mark of an event: place, symbol, size, hover text, colour."""
    (found,) = (
        {
            "x": trace.x[place],
            "y": trace.y[place],
            "symbol": trace.marker.symbol[place],
            "size": trace.marker.size[place],
            "text": trace.hovertext[place],
            "colour": trace.marker.color,
            "trace": trace,
        }
        for trace in figure.data
        if trace.customdata is not None
        for place, row in enumerate(trace.customdata)
        if row[0] == event_id
    )
    return found


def spans(figure: go.Figure) -> list[tuple[str, str]]:
    """First and last day of every bar in the plot of amounts."""
    days: list[tuple[str, str]] = []
    for trace in figure.data:
        if trace.mode == "lines" and trace.yaxis != "y2":
            ends = [str(day)[:10] for day in trace.x if day is not None]
            days += list(zip(ends[::2], ends[1::2], strict=True))
    return days


def test_a_day_is_a_mark_without_a_bar() -> None:
    figure = funding_timeline(funding({}), controls(), look=LIGHT)
    found = mark(figure, "E0")
    assert (found["x"], found["y"], found["symbol"]) == (pd.Timestamp("2025-06-25"), 10**9, "circle")
    assert spans(figure) == []


def test_a_month_is_a_bar_over_the_whole_month_and_its_mark_no_day_mark() -> None:
    figure = funding_timeline(funding(MONTH), controls(), look=LIGHT)
    assert spans(figure) == [("2025-06-01", "2025-06-30")]
    assert mark(figure, "E0")["symbol"] == "square"
    assert "2025-06 (day not known)" in mark(figure, "E0")["text"]


@pytest.mark.parametrize(
    ("change", "symbol", "words"),
    [
        ({"bound": "at_least"}, "triangle-up", "at least $1bn"),
        ({"bound": "up_to"}, "triangle-down", "up to $1bn"),
        ({"bound": "about"}, "circle-open", "about $1bn"),
        ({"is_total": True}, TOTAL_SYMBOL, "cumulative total"),
        ({"bound": "at_least", **MONTH}, "triangle-up", "at least $1bn"),
    ],
)
def test_the_shape_tells_how_an_amount_is_meant(change: dict[str, Any], symbol: str, words: str) -> None:
    found = mark(funding_timeline(funding(change), controls(), look=LIGHT), "E0")
    assert found["symbol"] == symbol
    assert words in found["text"]


def test_only_shapes_that_occur_are_in_the_legend() -> None:
    def named(*rows: dict[str, Any]) -> list[str]:
        figure = funding_timeline(funding(*rows), controls(), look=LIGHT)
        return [trace.name for trace in figure.data if trace.legend == "legend2"]

    assert named({}) == ["as stated"]
    assert named(MONTH, {"is_total": True}) == ["cumulative total", "month or year only"]


def test_disagreement_is_a_line_from_the_lowest_to_the_highest_figure() -> None:
    frame = funding({"usd_low": 4 * 10**8, "usd_high": 3 * 10**9}, {"usd_low": 10**9, "usd_high": 10**9}, {})
    found = mark(funding_timeline(frame, controls(), look=LIGHT), "E0")
    bars = found["trace"].error_y
    assert (list(bars.array), list(bars.arrayminus)) == ([2 * 10**9, 0, 0], [6 * 10**8, 0, 0])
    assert "reported from $400m to $3bn" in found["text"]


def test_six_recipients_are_coloured_and_the_rest_is_grey() -> None:
    rows = [{"recipient": name, "amount_usd": 10 ** (12 - n)} for n, name in enumerate("ABCDEFGH")]
    figure = funding_timeline(funding(*rows), controls(), look=DARK)
    colours = [mark(figure, f"E{number}")["colour"] for number in range(8)]
    assert colours == [*DARK.qualitative, DARK.other, DARK.other]


def test_a_cumulative_total_does_not_decide_who_is_big() -> None:
    rows = [{"recipient": name, "amount_usd": 10**6} for name in "ABCDEF"]
    figure = funding_timeline(
        funding(*rows, {"recipient": "Z", "amount_usd": 10**12, "is_total": True}), controls(), look=LIGHT
    )
    assert mark(figure, "E6")["colour"] == LIGHT.other


def test_colours_by_the_investors_country_use_its_name() -> None:
    figure = funding_timeline(funding({}), controls(), look=LIGHT, colour_by="investor_country")
    assert mark(figure, "E0")["trace"].name == "China"


def test_a_missing_recipient_is_grey_and_no_group() -> None:
    found = mark(funding_timeline(funding({"recipient": None}), controls(), look=LIGHT), "E0")
    assert found["colour"] == LIGHT.other


def test_who_says_so_and_disputes_are_in_the_hover_text() -> None:
    figure = funding_timeline(funding({"attributed_to": "OpenAI", "disputed": True}), controls(), look=LIGHT)
    assert {"according to OpenAI", "disputed or denied"} <= set(mark(figure, "E0")["text"].split("<br>"))


def test_events_without_a_figure_are_counted_and_not_drawn_at_zero() -> None:
    figure = funding_timeline(funding({}, {"amount_usd": None}), controls(), look=LIGHT)
    drawn = [row[0] for trace in figure.data if trace.customdata is not None for row in trace.customdata]
    assert drawn == ["E0"]
    assert "1 event without a USD figure not drawn" in {note.text for note in figure.layout.annotations}


def test_export_controls_and_restrictions_are_ticks_in_rows_of_their_own() -> None:
    figure = funding_timeline(funding(), controls({}, {"kind": "restriction"}, MONTH), look=LIGHT)
    found = [mark(figure, f"E{number}") for number in range(3)]
    assert [(each["y"], each["symbol"]) for each in found] == [(1, "line-ns"), (0, "line-ns"), (1, "square")]
    assert "against Zhipu AI" in found[0]["text"]
    assert {"Export controls (2)", "Restrictions on use (1)"} <= {note.text for note in figure.layout.annotations}


def test_money_ticks_are_powers_of_ten_within_the_range() -> None:
    ticks = log_ticks(funding({"amount_usd": 2 * 10**6}, {"usd_high": 5 * 10**11}))
    assert ticks["ticktext"] == ["$10m", "$100m", "$1bn", "$10bn", "$100bn"]
    assert ticks["range"][0] < 6.4
    assert ticks["range"][1] > 11.6


@pytest.mark.parametrize("rules", [controls(), controls({})], ids=["nothing", "controls only"])
def test_without_amounts_the_figure_is_valid(rules: pd.DataFrame) -> None:
    figure = funding_timeline(funding(), rules, look=LIGHT)
    text = figure.to_json()
    assert "Infinity" not in text
    assert "NaN" not in text
    assert json.loads(text)["layout"]["annotations"]


def test_the_timeline_in_words() -> None:
    text = funding_timeline_alt(funding({}, {"amount_usd": 5 * 10**9, "title": "Big"}), controls({}))
    assert text == (
        "Timeline of 2 funding events from 2025 to 2025; the largest is Big, $5bn. "
        "0 events without a USD figure not drawn; 1 decision on exports or use beneath."
    )
    assert "no amounts" in funding_timeline_alt(funding(), controls())


def crowded(*earlier: str) -> pd.DataFrame:
    """A hundred funding events of 2025 and some earlier ones of these days."""
    days = [*earlier, *(f"2025-{number % 12 + 1:02}-10" for number in range(100))]
    return funding(*({"date_first": day, "date_last": day} for day in days))


def test_an_axis_can_start_late_and_still_holds_every_event() -> None:
    events, strip = (
        crowded("2013-05-01", "2019-07-22"),
        controls({"event_id": "S0", "date_first": "2026-02-01", "date_last": "2026-02-01"}),
    )

    start = start_year(events)
    figure = funding_timeline(events, strip, look=LIGHT, since=start)

    assert start == 2025
    first, last = (pd.Timestamp(end) for end in figure.layout.xaxis.range)
    assert first == pd.Timestamp(2025, 1, 1)
    assert pd.Timestamp(2026, 2, 1) < last < pd.Timestamp(2026, 3, 1)
    assert len(before(events, start)) == 2
    assert mark(figure, "E0")["x"] == pd.Timestamp(2013, 5, 1)


def test_few_events_or_none_that_lie_far_back_keep_the_whole_axis() -> None:
    assert start_year(funding({"date_first": "2013-05-01", "date_last": "2013-05-01"}, {})) is None
    assert start_year(crowded()) is None
    assert start_year(crowded(*["2020-01-01"] * 30)) is None
    assert funding_timeline(crowded("2013-05-01"), controls(), look=LIGHT).layout.xaxis.range is None


def test_marks_of_a_crowd_are_smaller_and_those_of_no_group_paler() -> None:
    few, many = (funding_timeline(events, controls(), look=DARK) for events in (funding({}), crowded()))

    assert mark(many, "E0")["size"] < mark(few, "E0")["size"]
    named = crowded().assign(recipient=[f"Firm {number}" for number in range(100)])
    shown = funding_timeline(named, controls(), look=DARK)
    opacity = {trace.name: trace.marker.opacity for trace in shown.data if trace.marker.opacity is not None}
    assert opacity["Other"] < min(value for name, value in opacity.items() if name != "Other")


def test_bars_of_a_crowd_are_thinner_than_its_marks_so_that_these_are_seen() -> None:
    few, many = funding(MONTH), pd.concat([crowded(), funding(MONTH)], ignore_index=True)
    widths = [
        [trace.line.width for trace in funding_timeline(events, controls(), look=LIGHT).data
         if trace.mode == "lines" and trace.yaxis is None]
        for events in (few, many)
    ]  # fmt: skip

    assert max(widths[1]) < min(widths[0])
