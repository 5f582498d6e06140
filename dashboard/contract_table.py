"""The table beside the map: the same figures, a row for each country."""

import pandas as pd
import streamlit as st

from dashboard.charts_map import Measure

_column = st.column_config
COLUMNS = {
    "name": _column.TextColumn("Country", width=138, help="Where the act lands, not where the supplier sits."),
    "events": _column.NumberColumn("Events", width=58, help="Acts in the world, each counted once."),
    "usd": _column.NumberColumn("USD", format="compact", width=70, help="Sum in US dollars at the date of each event, "
                                "at one stage. Empty: no figure that may be added."),
    "ceiling": _column.NumberColumn("of it up to", format="compact", width=80, help="The part of the sum in USD that "
                                    "is only a ceiling (“up to”). In the CSV: usd_of_which_up_to."),
    "suppliers": _column.TextColumn("Leading suppliers", width=148, help="The three with most events here."),
    "bloc": _column.TextColumn("Supplier's home", width=110, help="Home of the supplier with most events."),
    "left_out": _column.NumberColumn("No figure", width=70, help="Events that the sum in USD leaves out."),
}  # fmt: skip
ORDERS: dict[Measure, tuple[str, ...]] = {
    "events": ("name", "events", "suppliers", "bloc", "usd", "ceiling", "left_out"),
    "usd": ("name", "usd", "ceiling", "events", "left_out", "suppliers", "bloc"),
    "bloc": ("name", "bloc", "events", "suppliers", "usd", "ceiling", "left_out"),
}
"""The columns by what the map is coloured by: what explains the colour stands first, the rest to scroll to."""

ROW = 52
"""Pixels of a row: two lines, so that three suppliers wrap."""


def draw(rows: pd.DataFrame, measure: Measure, most: int) -> None:
    """Draw the table. `rows`: from `contract_words.table`; `measure`: what colours the map; `most`: its pixels."""
    st.dataframe(
        rows,
        hide_index=True,
        height=min(most, 38 + ROW * len(rows)),
        row_height=ROW,
        placeholder="–",
        column_order=ORDERS[measure],
        column_config=dict(COLUMNS),
        alt="The figures of the map as a table, a row for each country.",
    )
