"""Events: the list of those chosen, or the page of one (`?event=ev-…`). Only arranges."""

import pandas as pd
import streamlit as st

from dashboard import cache, components, event_view, filters, place, tables
from db.filters import Filters

ROW = 35
"""Height of a row of a table in pixels."""


def show_list(chosen: Filters) -> None:
    """The chosen events as a table; selecting a row opens its event."""
    st.title("Events")
    st.caption("Each row is one act in the world, put together from the claims that report it.")
    components.headline(cache.counts(chosen), chosen)
    found = cache.event_list(chosen)
    if found.empty:
        components.empty_state(chosen)
        return
    select_event(found)
    components.export_row(
        [
            components.Export("Events (CSV)", "events", lambda: found),
            components.Export("Their claims (CSV)", "claims", lambda: cache.claim_list(chosen)),
        ],
        filters.link(),
    )


def select_event(found: pd.DataFrame) -> None:
    """Draw the table and open the event of the row that is selected."""
    picked = st.dataframe(
        tables.event_table(found),
        hide_index=True,
        column_config=dict(tables.EVENT_COLUMNS),
        height=min(ROW * (len(found) + 1) + 3, ROW * 18),
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        key="event_list",
        alt="Table of the chosen events, latest first. A click on a column's name sorts.",
    )
    st.caption("Click a row to open its event; click a column's name to sort.")
    row = tables.chosen_row(picked["selection"])
    if row is not None and row < len(found):
        place.go_to_event(str(found["event_id"].iloc[row]))


opened = place.open_event()
if opened:
    event_view.draw(opened, filters.current())
else:
    show_list(filters.current())
