"""The tables of the Funding view: a click opens its event's card on the page."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import place
from dashboard.charts import shortened

ROW = 62
"""Pixels of a row: Streamlit wraps text only in rows higher than four times the font (60 here)."""
TITLE, CONTROL_TITLE, WHAT = 92, 92, 46
"""Characters that three lines of a title hold in the one and the other table; of what it is about, at most."""
_column = st.column_config
_DATE = _column.TextColumn("Date", width=90, help="As precise as known: year, year-month or year-month-day.")
_TITLE = _column.TextColumn("Event", width=262, help="Click a cell to read the event and its evidence.")

FUNDING_COLUMNS: Mapping[str, Any] = {
    "date": _DATE,
    "title": _TITLE,
    "amount": _column.TextColumn("Amount as reported", width=150, help="The chosen figure at this stage, in the "
                                 "currency of the report. Empty: no figure."),
    "said_by": _column.TextColumn("According to", width=120, help="Whom the reports name as their source."),
    "note": _column.TextColumn("Note", width=170, help="Totals, cancelled or disputed events, one body's word alone."),
    "usd": _column.NumberColumn("USD", format="compact", width=65, help="The same at the rate of the event's date. "
                                "Empty: no figure, or no rate known."),
    "stage": _column.TextColumn("Stage", width=90, help="The stage that this money belongs to."),
}  # fmt: skip
CONTROL_COLUMNS: Mapping[str, Any] = {
    "date": _DATE,
    "title": _TITLE,
    "kind": _column.TextColumn("Kind", width=110, help="A control on exports, or a restriction on use."),
    "stage": _column.TextColumn("Stage", width=110, help="The furthest stage, which the date belongs to, and a later "
                                "end where there is one."),
}  # fmt: skip


def fitting(title: str, most: int) -> str:
    """A title cut to about three lines, in each of its parties rather than in what it is about."""
    if len(title) <= most:
        return title
    parties, colon, what = title.rpartition(": ")
    if not colon:
        return shortened(title, most)
    said, sides = shortened(what, WHAT), parties.split(" → ")
    room = (most - len(said)) // len(sides) - 3
    return f"{' → '.join(shortened(side, room) for side in sides)}: {said}"


def draw(rows: pd.DataFrame, columns: Mapping[str, Any], key: str) -> None:
    """Draw a table. `rows` has the columns of `columns` and `event_id`, which is not shown."""
    most = TITLE if columns is FUNDING_COLUMNS else CONTROL_TITLE
    ids = list(rows["event_id"])
    st.dataframe(
        rows.assign(title=rows["title"].map(lambda title: fitting(title, most))),
        hide_index=True,
        height=min(38 + ROW * len(rows), 38 + 8 * ROW),
        row_height=ROW,
        column_order=list(columns),
        column_config=dict(columns),
        placeholder="–",
        key=key,
        on_select=lambda: place.take_cell(key, ids),
        selection_mode="single-cell",
    )
