import itertools

import pandas as pd
import pytest

from dashboard.charts_cumulative import funding_cumulative, funding_cumulative_alt, money_ticks, spread_labels
from dashboard.palette import LIGHT
from tests.dashboard.test_charts_timeline import MONTH, funding


def test_steps_add_up_in_the_order_of_dates() -> None:
    frame = funding(
        {"amount_usd": 5, "date_first": "2025-03-01", "date_last": "2025-03-01"},
        {"amount_usd": 2, "date_first": "2024-01-01", "date_last": "2024-01-01"},
    )
    (line,) = funding_cumulative(frame, look=LIGHT).data
    assert list(line.y) == [0, 2, 7, 7]
    assert line.line.shape == "hv"
    assert [row[0] for row in line.customdata] == [None, "E1", "E0", None]


def test_an_event_known_to_the_month_steps_on_its_last_day_and_says_so() -> None:
    (line,) = funding_cumulative(funding(MONTH), look=LIGHT).data
    assert line.x[1] == pd.Timestamp("2025-06-30")
    assert "day not known: counted at its end" in line.hovertext[1]


def test_totals_and_events_without_usd_are_never_added() -> None:
    frame = funding({}, {"is_total": True, "amount_usd": 10**12}, {"amount_usd": None})
    (line,) = funding_cumulative(frame, look=LIGHT).data
    assert list(line.y) == [0, 10**9, 10**9]


def test_only_the_biggest_groups_have_lines_and_each_a_name_at_its_end() -> None:
    frame = funding(*({"recipient": name, "amount_usd": 10**9 * (n + 1)} for n, name in enumerate("ABCDEFG")))
    figure = funding_cumulative(frame, look=LIGHT)
    assert [line.name for line in figure.data] == ["G", "F", "E", "D", "C"]
    assert [note.text.endswith("<b>$7bn</b>") for note in figure.layout.annotations] == [True] + [False] * 4


def test_names_at_the_ends_do_not_overlap() -> None:
    placed = spread_labels({"a": 100.0, "b": 101.0, "c": 99.0, "d": 300.0}, gap=31, highest=300)
    heights = sorted(placed.values())
    assert all(later - earlier >= 31 for earlier, later in itertools.pairwise(heights))
    assert heights[0] >= 0
    assert heights[-1] <= 300
    assert placed["c"] < placed["a"] < placed["b"] < placed["d"]


def test_names_pressed_against_the_top_are_pushed_down() -> None:
    assert spread_labels({"a": 290.0, "b": 300.0}, gap=31, highest=300) == {"a": 269.0, "b": 300.0}


@pytest.mark.parametrize(("top", "last"), [(1.05, 1), (10**9, 10**9), (1.85 * 10**12, 1.5 * 10**12)])
def test_ticks_are_round_and_start_at_zero(top: float, last: float) -> None:
    ticks = money_ticks(top)
    assert ticks["tickvals"][0] == 0
    assert ticks["tickvals"][-1] == last
    assert ticks["ticktext"][0] == "0"
    assert 2 <= len(ticks["tickvals"]) <= 7


@pytest.mark.parametrize(
    "frame", [funding(), funding({"is_total": True}), funding({"recipient": None})], ids=["none", "totals", "no names"]
)
def test_without_lines_the_figure_says_so(frame: pd.DataFrame) -> None:
    figure = funding_cumulative(frame, look=LIGHT)
    assert len(figure.data) == 0
    assert "No funding" in figure.layout.annotations[0].text
    assert "Infinity" not in str(figure.to_json())


def test_the_lines_in_words() -> None:
    frame = funding({}, {"amount_usd": 3 * 10**9, "recipient": "xAI"}, {"recipient": None, "amount_usd": 10**12})
    assert funding_cumulative_alt(frame) == (
        "Line chart of cumulated funding in USD by recipient, 2025 to 2025, 3 events; most for xAI $3bn, Zhipu AI $1bn."
    )


def test_an_axis_that_starts_late_keeps_what_came_before_in_the_sums() -> None:
    early = {"amount_usd": 2, "date_first": "2013-01-01", "date_last": "2013-01-01"}
    figure = funding_cumulative(funding(early, {"amount_usd": 5}), look=LIGHT, since=2022)

    assert pd.Timestamp(figure.layout.xaxis.range[0]).year in (2021, 2022)
    assert list(figure.data[0].y) == [0, 2, 7, 7]


def test_an_axis_never_starts_after_its_last_event() -> None:
    figure = funding_cumulative(funding({}), look=LIGHT, since=2030)

    assert pd.Timestamp(figure.layout.xaxis.range[0]) < pd.Timestamp("2025-06-25")
