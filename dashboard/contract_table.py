"""The table beside the map: the same figures, a row for each country."""

import pandas as pd
import streamlit as st

_column = st.column_config
COLUMNS = {
    "name": _column.TextColumn("Country", width=135, help="Where the act lands, not where the supplier sits."),
    "events": _column.NumberColumn("Events", width=58, help="Acts in the world, each counted once."),
    "usd": _column.NumberColumn("USD", format="compact", width=70, help="Sum in US dollars at the date of each event, "
                                "at one stage. Empty: no figure that may be added."),
    "suppliers": _column.TextColumn("Leading suppliers", help="The three with most events here."),
    "bloc": _column.TextColumn("Supplier's home", help="Home of the supplier with most events."),
    "left_out": _column.NumberColumn("No figure", help="Events that the sum in USD leaves out."),
}  # fmt: skip


def draw(rows: pd.DataFrame, most: int) -> None:
    """Draw the table. `rows`: from `contract_words.table`; `most`: pixels that it may be high."""
    st.dataframe(
        rows,
        hide_index=True,
        height=min(most, 38 + 35 * len(rows)),
        placeholder="–",
        column_order=list(COLUMNS),
        column_config=dict(COLUMNS),
        alt="The figures of the map as a table, a row for each country.",
    )
