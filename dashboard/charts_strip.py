"""The strip of export controls and restrictions under a time axis: a tick for each decision."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import safe, shortened
from dashboard.charts_funding import Row, is_day, middle
from dashboard.palette import Look

CONTROL_NAMES = {"export_control": "Export controls", "restriction": "Restrictions on use"}
STRIP_TOP, STRIP_RANGE = 0.24, (-0.3, 2.0)
"""Share of the plot's height that the strip (axis y2) takes, and its range: the rows are at 1 and 0."""


def add_strip(figure: go.Figure, controls: pd.DataFrame, look: Look, numbers: Mapping[str, int] | None = None) -> None:
    """The strip under the time axis: a tick a decision, a short bar where only the month or year is known.

    `numbers`: how many decisions there are of each kind, where not all of them are drawn.
    """
    colours = {"export_control": look.text, "restriction": look.muted}
    labels = []
    for level, (kind, name) in enumerate(CONTROL_NAMES.items()):
        rows = controls[controls["kind"] == kind].to_dict("records")
        height = 1 - level
        figure.add_trace(_control_spans(rows, height, colours[kind]))
        figure.add_trace(_control_ticks(rows, name, height, colours[kind]))
        total = (numbers or {}).get(kind, len(rows))
        said = f"{len(rows):,} of {total:,}, with most sources" if len(rows) < total else f"{total:,}"
        labels.append((name, said, height))
    for name, count, height in labels:
        figure.add_annotation(
            text=f"{name} ({count})",
            x=0,
            xref="paper",
            xanchor="left",
            y=height + 0.3,
            yref="y2",
            yanchor="bottom",
            showarrow=False,
            font={"size": 11, "color": look.muted},
        )


def _control_spans(rows: Sequence[Row], height: int, colour: str) -> go.Scatter:
    spans = [row for row in rows if not is_day(row)]
    x = [end for row in spans for end in (row["date_first"], row["date_last"], None)]
    y = [end for _ in spans for end in (height, height, None)]
    line = {"color": colour, "width": 2}
    return go.Scatter(x=x, y=y, yaxis="y2", mode="lines", line=line, opacity=0.35, hoverinfo="skip",
                      showlegend=False)  # fmt: skip


def _control_ticks(rows: Sequence[Row], name: str, height: int, colour: str) -> go.Scatter:
    return go.Scatter(
        x=[middle(row) for row in rows],
        y=[height] * len(rows),
        yaxis="y2",
        mode="markers",
        marker={
            "symbol": ["line-ns" if is_day(row) else "square" for row in rows],
            "size": [9 if is_day(row) else 3 for row in rows],
            "color": colour,
            "line": {"width": 1.5, "color": colour},
        },
        customdata=[[row["event_id"]] for row in rows],
        hovertext=[_control_hover(row) for row in rows],
        hoverinfo="text",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        name=name,
        showlegend=False,
    )


def _control_hover(row: Row) -> str:
    vague = "" if is_day(row) else " (day not known)"
    lines = [f"<b>{safe(shortened(row['title'], 60))}</b>", f"{row['date_text']}{vague}"]
    for word, column in (("by", "authority"), ("against", "targets")):
        if not pd.isna(row[column]) and row[column]:
            lines.append(f"{word} {safe(shortened(row[column], 60))}")
    return "<br>".join(lines)
