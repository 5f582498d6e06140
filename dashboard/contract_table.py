"""The table beside the map: the figures of its measure, a row for each country. The rest is in the CSV."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts_map import Measure

_column = st.column_config
_NAME = "Where the act lands, not where the supplier sits."
_EVENTS = "Acts in the world, each counted once."
COLUMNS: Mapping[Measure, Mapping[str, Any]] = {
    "events": {
        "name": _column.TextColumn("Country", width=104, help=_NAME),
        "events": _column.NumberColumn("Events", width=60, help=_EVENTS),
        "suppliers": _column.TextColumn("Leading suppliers", width=184, help="The three with most events here."),
    },
    "usd": {
        "name": _column.TextColumn("Country", width=100, help=_NAME),
        "usd": _column.NumberColumn("USD", format="compact", width=56, help="Sum in US dollars at the date of each "
                                    "event, at one stage. Empty: no figure that may be added."),
        "ceiling": _column.NumberColumn("Ceilings", format="compact", width=68, help="The part of the sum in "
                                        "USD that is only a ceiling (“up to”). In the CSV: usd_of_which_up_to."),
        "events": _column.NumberColumn("Events", width=58, help=_EVENTS),
        "left_out": _column.NumberColumn("No figure", width=66, help="Events that the sum in USD leaves out."),
    },
    "bloc": {
        "name": _column.TextColumn("Country", width=104, help=_NAME),
        "bloc": _column.TextColumn("Supplier's home", width=184, help="Home of the supplier with most events."),
        "events": _column.NumberColumn("Events", width=60, help=_EVENTS),
    },
}  # fmt: skip
"""The columns by what the map is coloured by. Their widths add up to what a phone, or the map at its side, leaves."""

ROW, HEADER = 61, 38
"""Pixels of a row and of the line of names. Streamlit wraps text only in rows higher than 60: three lines fit."""


def draw(rows: pd.DataFrame, measure: Measure, most: int) -> None:
    """Draw the table. `rows`: from `contract_words.table`; `measure`: what colours the map; `most`: its pixels."""
    st.dataframe(
        rows,
        hide_index=True,
        height=min(most, HEADER + ROW * len(rows)),
        row_height=ROW,
        placeholder="–",
        column_order=list(COLUMNS[measure]),
        column_config=dict(COLUMNS[measure]),
        alt="The figures of the map as a table, a row for each country.",
    )
