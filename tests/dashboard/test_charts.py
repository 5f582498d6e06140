import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import (
    bars,
    bars_alt,
    counted,
    empty_figure,
    money,
    plain_layout,
    safe,
    shortened,
    sources_over_time,
    sources_over_time_alt,
    top_groups,
)
from dashboard.palette import DARK, LIGHT


def sources(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["month", "language", "articles"])
    return frame.assign(month=pd.to_datetime(frame["month"]))


@pytest.mark.parametrize(
    ("usd", "text"),
    [
        (0, "$0"),
        (950, "$950"),
        (12_500, "$12.5k"),
        (10**6, "$1m"),
        (950_000_000, "$950m"),
        (1_400_000_000, "$1.4bn"),
        (500 * 10**9, "$500bn"),
        (1_850_000_000_000, "$1.85tn"),
    ],
)
def test_money_is_short_and_keeps_three_digits(usd: int, text: str) -> None:
    assert money(usd) == text


@pytest.mark.parametrize(("usd", "text"), [(999_999_999, "$1bn"), (999_600, "$1m"), (999, "$999")])
def test_money_just_under_a_unit_is_not_a_thousand_of_the_smaller(usd: int, text: str) -> None:
    assert money(usd) == text


def test_counts_agree_with_their_noun() -> None:
    assert [counted(n, "event") for n in (0, 1, 1200)] == ["0 events", "1 event", "1,200 events"]


def test_tags_in_names_are_shown_and_not_obeyed() -> None:
    assert safe("<b>A&B</b>") == "&lt;b&gt;A&amp;B&lt;/b&gt;"


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"


def test_top_groups_break_ties_by_name() -> None:
    assert top_groups(pd.Series({"b": 1, "a": 1, "c": 5}), 2) == ["c", "a"]


def test_the_shared_layout_is_transparent_and_keeps_the_view() -> None:
    layout = plain_layout(DARK, 300)
    assert (layout.paper_bgcolor, layout.plot_bgcolor) == ("rgba(0,0,0,0)", "rgba(0,0,0,0)")
    assert layout.uirevision == "entente"
    assert layout.font.color == DARK.text
    assert layout.height == 300


def test_five_languages_are_named_and_the_rest_is_other_and_grey() -> None:
    rows = [("2025-01-01", code, 10 - n) for n, code in enumerate(["en", "zh", "fr", "de", "es", "ko", "xx"])]
    figure = sources_over_time(sources(rows), look=LIGHT)
    assert [trace.name for trace in figure.data] == ["English", "Chinese", "French", "German", "Spanish", "Other"]
    assert figure.data[-1].marker.color == LIGHT.other
    assert sum(sum(trace.y) for trace in figure.data) == sum(row[2] for row in rows)


def test_a_message_fits_a_phone() -> None:
    (note,) = empty_figure("No funding with a USD figure in this selection", LIGHT, 300).layout.annotations
    assert note.text == "No funding with a USD figure in this<br>selection"


def test_few_languages_need_no_other() -> None:
    figure = sources_over_time(sources([("2025-01-01", "en", 2), ("2025-02-01", "xx", 1)]), look=LIGHT)
    assert [trace.name for trace in figure.data] == ["English", "xx"]


def test_sources_in_words() -> None:
    frame = sources([("2025-01-01", "en", 2), ("2025-02-01", "fr", 3)])
    assert sources_over_time_alt(frame) == (
        "Bar chart of 5 articles in 2 languages by month, January 2025 to February 2025; most in February 2025."
    )


def test_bars_keep_the_order_of_the_frame_with_the_first_on_top() -> None:
    frame = pd.DataFrame({"publisher": ["B", "A"], "articles": [3, 7]})
    figure = bars(frame, "articles", "publisher", look=LIGHT)
    assert list(figure.data[0].x) == [3, 7]
    assert list(figure.layout.yaxis.ticktext) == ["B", "A"]
    assert figure.layout.yaxis.autorange == "reversed"
    assert list(figure.data[0].hovertext) == ["B: 3 articles", "A: 7 articles"]
    assert bars_alt(frame, "articles", "publisher") == "Bar chart of articles with 2 bars; the first are B 3, A 7."


def test_two_bars_of_one_name_stay_two() -> None:
    frame = pd.DataFrame({"publisher": ["A", "A"], "articles": [3, 2]})
    figure = bars(frame, "articles", "publisher", look=LIGHT)
    assert len(set(figure.data[0].y)) == 2


@pytest.mark.parametrize(
    "figure",
    [
        sources_over_time(sources([]), look=LIGHT),
        bars(pd.DataFrame({"a": [], "b": []}), "a", "b", look=LIGHT),
    ],
)
def test_without_data_the_figure_says_so_and_is_valid(figure: go.Figure) -> None:
    assert len(figure.data) == 0
    assert "selection" in figure.layout.annotations[0].text
    assert "Infinity" not in json.dumps(figure.to_plotly_json(), default=str)
