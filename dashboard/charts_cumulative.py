"""Cumulated funding over time: one stepped line a group, named at its end."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import OTHER, axis, counted, empty_figure, money, plain_layout, safe, shortened, top_groups
from dashboard.charts_funding import (
    BOUND_WORDS,
    NO_NAME,
    Group,
    Row,
    group_colours,
    group_names,
    grouped,
    is_day,
    with_usd,
)
from dashboard.palette import Look

MARGIN = {"l": 52, "r": 142, "t": 12, "b": 32}
LINES = 5
"""Groups with a line of their own."""
LABEL_GAP = 31
"""Pixels between two names at the line ends, of two lines each."""
PAUSE = pd.Timedelta(days=20)
"""Room before the first and after the last step."""


@dataclass(frozen=True, slots=True)
class _End:
    """Where the line of a group ends."""

    name: str
    colour: str
    usd: int


def funding_cumulative(
    events: pd.DataFrame,
    *,
    look: Look,
    by: Group = "recipient",
    height: int = 420,
    most: int = LINES,
    since: int | None = None,
) -> go.Figure:
    """Cumulated USD over time for the biggest groups, as steps with the name at the end of each line.

    Columns of `events`: event_id, title, date_last (datetime64), date_text, date_first, amount_usd (Int64), bound,
    recipient, investor_country, is_total. The caller leaves out totals and events without USD; any that remain are
    dropped. An event known to the month or year steps on its last day: never earlier than it may have happened.
    `since`: the year that the axis starts with; the sums still take in what came before.
    """
    members, biggest = grouped(_single(events), by, most)
    members = members[members["group"] != OTHER].sort_values(["date_last", "event_id"])
    if members.empty:
        return empty_figure("No funding with a USD figure in this selection", look, height)
    begin, end = members["date_last"].min(), members["date_last"].max()
    if since is not None and pd.Timestamp(since, 1, 1) < end:
        begin = max(begin, pd.Timestamp(since, 1, 1))
    figure = go.Figure(layout=plain_layout(look, height, showlegend=False))
    ends: list[_End] = []
    for name, colour in group_colours(biggest, members, look).items():
        steps = _steps(members[members["group"] == name], name, colour, end)
        figure.add_trace(steps)
        ends.append(_End(name, colour, int(steps.y[-1])))
    top = max(last.usd for last in ends) * 1.05
    figure.update_xaxes(axis(look, type="date", showgrid=False, nticks=6, range=[begin - PAUSE, end + PAUSE]))
    figure.update_yaxes(axis(look, range=[0, top], **money_ticks(top)))
    figure.update_layout(margin=MARGIN)
    _label_ends(figure, ends, end, top, height - MARGIN["t"] - MARGIN["b"], look)
    return figure


def _steps(members: pd.DataFrame, name: str, colour: str, end: pd.Timestamp) -> go.Scatter:
    rows = members.to_dict("records")
    sums = [int(value) for value in members["amount_usd"].cumsum()]
    texts = [_step_hover(row, name, total) for row, total in zip(rows, sums, strict=True)]
    return go.Scatter(
        x=[rows[0]["date_last"], *(row["date_last"] for row in rows), end],
        y=[0, *sums, sums[-1]],
        mode="lines+markers",
        line={"shape": "hv", "color": colour, "width": 2},
        marker={"size": [0, *[5] * len(rows), 0], "opacity": 1, "color": colour, "line": {"width": 0}},
        customdata=[[None], *([row["event_id"]] for row in rows), [None]],
        hovertext=["", *texts, f"{safe(name)}: {money(sums[-1])}"],
        hoverinfo="text",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        name=safe(name),
    )


def _step_hover(row: Row, name: str, total: int) -> str:
    when = row["date_text"] if is_day(row) else f"{row['date_text']}, day not known: counted at its end"
    amount = BOUND_WORDS.get(row["bound"], "") + money(int(row["amount_usd"]))
    title = safe(shortened(row["title"], 60))
    return f"<b>{safe(name)}: {money(total)} so far</b><br>{title}<br>{amount} · {when}"


def money_ticks(top: float) -> dict[str, Any]:
    """Four to six round ticks from 0 to `top` USD, as money."""
    rough = max(top / 5, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    values = [int(step * number) for number in range(int(top // step) + 1)]
    return {"tickvals": values, "ticktext": ["0" if value == 0 else money(value) for value in values]}


def _label_ends(
    figure: go.Figure, ends: Sequence[_End], last_day: pd.Timestamp, top: float, pixels: int, look: Look
) -> None:
    """Names at the line ends, moved apart so that none covers another."""
    wanted = {end.name: end.usd / top * pixels for end in ends}
    placed = spread_labels(wanted, gap=LABEL_GAP, highest=pixels)
    for end in ends:
        swatch = f'<span style="color:{end.colour}">■</span>'
        figure.add_annotation(
            text=f"{swatch} {safe(shortened(end.name, 20))}<br><b>{money(end.usd)}</b>",
            x=last_day,
            y=end.usd,
            xanchor="left",
            yanchor="middle",
            xshift=10,
            yshift=placed[end.name] - wanted[end.name],
            align="left",
            showarrow=False,
            font={"size": 12, "color": look.text},
        )


def spread_labels(wanted: Mapping[str, float], gap: float, highest: float) -> dict[str, float]:
    """Heights for labels in pixels, as near to the wanted ones as a least distance of `gap` allows, from 0 upward.

    Labels are laid from the bottom up; where they would pass `highest`, the uppermost are pushed back down.
    """
    names = sorted(wanted, key=lambda name: (wanted[name], name))
    heights: list[float] = []
    for name in names:
        heights.append(max(wanted[name], heights[-1] + gap) if heights else max(wanted[name], 0))
    ceiling = max(highest, gap * (len(names) - 1))
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], ceiling)
        ceiling = heights[place] - gap
    return dict(zip(names, heights, strict=True))


def _single(events: pd.DataFrame) -> pd.DataFrame:
    drawn = with_usd(events)
    return drawn[~drawn["is_total"].astype(bool)]


def funding_cumulative_alt(events: pd.DataFrame, *, by: Group = "recipient", number: int | None = None) -> str:
    """The cumulated lines in one sentence: the three biggest groups with their sums.

    `events`: as `funding_cumulative` takes them. `number`: how many events are added up, where a row is several or
    not all are drawn.
    """
    single = _single(events)
    if single.empty:
        return "Line chart of cumulated funding: no USD figures in this selection."
    sums = single["amount_usd"].groupby(group_names(single, by)).sum()
    named = sums[[name for name in sums.index if name != NO_NAME]]
    leaders = ", ".join(f"{name} {money(int(named[name]))}" for name in top_groups(named, 3)) or NO_NAME
    added = len(single) if number is None else number
    what = "recipient" if by == "recipient" else "investor's country"
    return (
        f"Line chart of cumulated funding in USD by {what}, {single['date_last'].min():%Y} to "
        f"{single['date_last'].max():%Y}, {counted(added, 'event')}; most for {leaders}."
    )
