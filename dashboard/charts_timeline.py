"""Funding over time: every event a mark that shows how sure its date and amount are; restrictions beneath."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import OTHER, axis, bottom_legend, counted, empty_figure, money, plain_layout, safe, shortened
from dashboard.charts_funding import Group, Row, amount_text, group_colours, grouped, is_day, middle, with_usd
from dashboard.charts_strip import STRIP_RANGE, STRIP_TOP, add_strip
from dashboard.palette import Look
from db.vocabulary import Bound

SYMBOLS: Mapping[str, str] = {
    Bound.EXACT: "circle",
    Bound.RANGE: "circle",
    Bound.AT_LEAST: "triangle-up",
    Bound.UP_TO: "triangle-down",
    Bound.ABOUT: "circle-open",
}
TOTAL_SYMBOL = "diamond-open"
MARK, MARK_ON_SPAN, SPAN_WIDTH = 10, 8, 4
"""Pixels: a mark on its day, a mark on a month or year, and the bar that stands for such a span."""
GROUPS = 6
"""Groups with a colour of their own."""
PLOT_BOTTOM = 0.27
CROWDED = 80
"""So many marks and more are drawn smaller and paler, so that each can still be told from the next."""
EARLY = 0.05
"""Share of the events that a shortened axis may leave off at its start."""


def funding_timeline(
    events: pd.DataFrame,
    controls: pd.DataFrame,
    *,
    look: Look,
    colour_by: Group = "recipient",
    since: int | None = None,
    numbers: Mapping[str, int] | None = None,
    biggest: Sequence[str] | None = None,
    height: int = 560,
) -> go.Figure:
    """Funding events by date and amount (USD, log axis) over a strip of export controls and restrictions.

    Columns of `events`: event_id, title, date_first, date_last (datetime64), date_text, amount_usd, usd_low, usd_high
    (Int64, NA), bound, recipient, recipient_country, investor_country (alpha-2), stage, attributed_to, is_total,
    disputed (bool), kind. Columns of `controls`: event_id, title, date_first, date_last, date_text, kind
    (export_control or restriction), authority, targets. Text columns may hold NA.

    A day is a mark; a month or a year is a bar from its first to its last day. Events without a USD figure are left
    out and counted in a note. Each mark carries customdata [event_id]. `since`: the year that the axis starts with.
    `numbers`: how many decisions there are of each kind, where `controls` does not hold all.
    `biggest`: the groups to colour, where `events` does not hold all.
    """
    drawn, top = grouped(with_usd(events), colour_by, GROUPS, biggest)
    if drawn.empty and controls.empty:
        return empty_figure("No funding or restrictions in this selection", look, height)
    figure = go.Figure(layout=plain_layout(look, height))
    colours = group_colours(top, drawn, look)
    is_crowded = len(drawn) >= CROWDED
    for name, colour in reversed(colours.items()):
        members = drawn[drawn["group"] == name]
        figure.add_trace(_spans(members, name, colour, is_crowded))
        figure.add_trace(_marks(members, name, colour, look, is_crowded))
    add_strip(figure, controls, look, numbers)
    _add_key(figure, drawn, colours, look)
    _add_axes(figure, drawn, look)
    _note_left_out(figure, len(events) - len(drawn), look)
    if since is not None:
        _start_with(figure, since, drawn, controls)
    return figure


def start_year(events: pd.DataFrame) -> int | None:
    """The year from which on all but the `EARLY` share of the events with a USD figure lie; None: nothing is gained.

    Columns of `events`: date_first, date_last, amount_usd.
    """
    drawn = with_usd(events)
    if len(drawn) < CROWDED:
        return None
    start = int(drawn["date_last"].quantile(EARLY, interpolation="lower").year)
    return start if start > int(drawn["date_first"].min().year) else None


def before(events: pd.DataFrame, year: int) -> pd.DataFrame:
    """The events that ended before a year. Columns of `events`: date_last and any others."""
    return events[events["date_last"] < pd.Timestamp(year, 1, 1)]


def _start_with(figure: go.Figure, year: int, drawn: pd.DataFrame, controls: pd.DataFrame) -> None:
    last = max(frame["date_last"].max() for frame in (drawn, controls) if not frame.empty)
    start = pd.Timestamp(year, 1, 1)
    figure.update_xaxes(range=[start, last + (last - start) * 0.015])


def funding_timeline_alt(events: pd.DataFrame, controls: pd.DataFrame, numbers: Mapping[str, int] | None = None) -> str:
    """The timeline in one sentence: counts, period, the largest event, what has no USD figure."""
    drawn = with_usd(events)
    decisions = sum(numbers.values()) if numbers else len(controls)
    beneath = f"{counted(decisions, 'decision')} on exports or use beneath"
    if drawn.empty:
        return f"Timeline of funding: no amounts in this selection; {beneath}."
    largest = drawn.sort_values("amount_usd", ascending=False).iloc[0].to_dict()
    missing = len(events) - len(drawn)
    return (
        f"Timeline of {counted(len(drawn), 'funding event')} from {drawn['date_first'].min():%Y} to "
        f"{drawn['date_last'].max():%Y}; the largest is {largest['title']}, {amount_text(largest)}. "
        f"{counted(missing, 'event')} without a USD figure not drawn; {beneath}."
    )


def _spans(members: pd.DataFrame, name: str, colour: str, is_crowded: bool) -> go.Scatter:
    """Bars from the first to the last possible day, one line broken between events."""
    x: list[Any] = []
    y: list[Any] = []
    vague = members.loc[members["date_first"] != members["date_last"], ["date_first", "date_last", "amount_usd"]]
    for first, last, usd in vague.itertuples(index=False):
        x += [first, last, None]
        y += [int(usd)] * 2 + [None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": colour, "width": SPAN_WIDTH / 4 if is_crowded else SPAN_WIDTH},
        opacity=0.35 if is_crowded else 0.55,
        hoverinfo="skip",
        name=name,
        legendgroup=name,
        showlegend=False,
    )


def _marks(members: pd.DataFrame, name: str, colour: str, look: Look, is_crowded: bool) -> go.Scatter:
    """One mark an event; on a month or a year it sits small in the middle of the bar, for hover and click."""
    rows = members.to_dict("records")
    smaller = 2 if is_crowded else 0
    return go.Scatter(
        x=[middle(row) for row in rows],
        y=[int(row["amount_usd"]) for row in rows],
        mode="markers",
        marker={
            "symbol": [_symbol(row) for row in rows],
            "size": [(MARK if is_day(row) else MARK_ON_SPAN) - smaller for row in rows],
            "color": colour,
            "opacity": 0.6 if is_crowded and name == OTHER else 0.9,
            "line": {
                "width": [_edge_width(row) for row in rows],
                "color": [_edge(row, colour, look) for row in rows],
            },
        },
        error_y=_disagreement(rows, colour),
        customdata=[[row["event_id"]] for row in rows],
        hovertext=[_hover(row) for row in rows],
        hoverinfo="text",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.6 if is_crowded and name == OTHER else 1}},
        name=safe(name),
        legendgroup=name,
        showlegend=False,
    )


def _symbol(row: Row) -> str:
    if row["is_total"]:
        return TOTAL_SYMBOL
    symbol = SYMBOLS.get(row["bound"], "circle")
    return "square" if symbol == "circle" and not is_day(row) else symbol


def _edge(row: Row, colour: str, look: Look) -> str:
    if row["disputed"]:
        return look.text
    return colour if _symbol(row).endswith("-open") else look.background


def _edge_width(row: Row) -> float:
    if row["disputed"] or _symbol(row).endswith("-open"):
        return 2.0
    return 0.0 if _symbol(row) == "square" else 0.5


def _disagreement(rows: Sequence[Row], colour: str) -> dict[str, Any]:
    """A thin vertical line from the lowest to the highest reported figure."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [_beyond(row["usd_high"], row["amount_usd"]) for row in rows],
        "arrayminus": [_beyond(row["amount_usd"], row["usd_low"]) for row in rows],
        "color": colour,
        "thickness": 1.2,
        "width": 0,
    }


def _beyond(more: Any, less: Any) -> int:
    return 0 if pd.isna(more) or pd.isna(less) else max(0, int(more) - max(1, int(less)))


def _hover(row: Row) -> str:
    lines = [f"<b>{safe(shortened(row['title'], 60))}</b>", amount_text(row)]
    if row["is_total"]:
        lines[-1] += ", cumulative total"
    vague = "" if is_day(row) else " (day not known)"
    lines.append(f"{row['date_text']}{vague} · {row['stage']}")
    if not pd.isna(row["attributed_to"]) and row["attributed_to"]:
        lines.append(f"according to {safe(row['attributed_to'])}")
    if row["disputed"]:
        lines.append("disputed or denied")
    return "<br>".join(lines)


def _add_key(figure: go.Figure, drawn: pd.DataFrame, colours: Mapping[str, str], look: Look) -> None:
    """Two legends: colours of the groups above the plot, shapes of the marks below. Only what occurs is named."""
    for name, colour in colours.items():
        figure.add_trace(_key_entry(safe(shortened(name, 28)), {"symbol": "circle", "color": colour}, "legend", name))
    rows = drawn[["is_total", "disputed", "bound", "date_first", "date_last"]].to_dict("records")
    symbols = {_symbol(row) for row in rows}
    bare = {"color": look.muted, "line": {"color": look.muted, "width": 1.5}}
    words = (
        ("circle", "as stated"),
        ("triangle-up", "at least"),
        ("triangle-down", "up to"),
        ("circle-open", "about"),
        (TOTAL_SYMBOL, "cumulative total"),
    )
    for symbol, word in words:
        if symbol in symbols:
            figure.add_trace(_key_entry(word, {**bare, "symbol": symbol}, "legend2"))
    if any(not is_day(row) for row in rows):
        figure.add_trace(_key_entry("month or year only", {**bare, "symbol": "square"}, "legend2"))
        figure.data[-1].update(mode="lines+markers", line={"color": look.muted, "width": SPAN_WIDTH})
    if any(row["disputed"] for row in rows):
        disputed = {"symbol": "circle", "color": look.background, "line": {"color": look.text, "width": 2}}
        figure.add_trace(_key_entry("disputed", disputed, "legend2"))


def _key_entry(name: str, marker: Mapping[str, Any], legend: str, group: str | None = None) -> go.Scatter:
    """An entry of a legend that draws nothing. With a group, a click on it hides and shows the group."""
    mark = {**marker, "size": 9}
    return go.Scatter(x=[None], y=[None], mode="markers", marker=mark, name=name, legend=legend, legendgroup=group)


def _add_axes(figure: go.Figure, drawn: pd.DataFrame, look: Look) -> None:
    figure.update_layout(
        xaxis=axis(look, type="date", anchor="y2", showgrid=True, nticks=8, hoverformat="%Y"),
        yaxis=axis(look, type="log", domain=[PLOT_BOTTOM, 1], **log_ticks(drawn)),
        yaxis2=axis(look, domain=[0, STRIP_TOP], range=list(STRIP_RANGE), visible=False),
        legend=bottom_legend(look, y=1.02, yanchor="bottom"),
        legend2=bottom_legend(look, y=-0.08, font={"size": 12, "color": look.muted}, itemclick=False),
        margin={"l": 52, "r": 12, "t": 8, "b": 40},
    )


def log_ticks(drawn: pd.DataFrame) -> dict[str, Any]:
    """Range and ticks of a log axis in USD for the columns amount_usd, usd_low, usd_high: powers of ten, as money."""
    figures = pd.concat([drawn["amount_usd"], drawn["usd_low"], drawn["usd_high"]]).dropna().astype("int64")
    figures = figures[figures > 0]
    if figures.empty:
        figures = pd.Series([10**6, 10**9])
    low, high = math.log10(int(figures.min()) / 1.8), math.log10(int(figures.max()) * 1.8)
    powers = [10**power for power in range(math.ceil(low), math.floor(high) + 1)]
    return {"range": [low, high], "tickvals": powers, "ticktext": [money(power) for power in powers]}


def _note_left_out(figure: go.Figure, count: int, look: Look) -> None:
    if count == 0:
        return
    figure.add_annotation(
        text=f"{counted(count, 'event')} without a USD figure not drawn",
        x=1,
        y=PLOT_BOTTOM,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="top",
        showarrow=False,
        font={"size": 11, "color": look.muted},
    )
