"""Events: the list of those chosen, or the page of one (`?event=ev-…`). Only arranges."""

import pandas as pd
import streamlit as st

from dashboard import cache, components, event_view, filters, place, tables
from db.filters import Filters


def show_list(chosen: Filters) -> None:
    """The chosen events as a table; a click on a title opens its event."""
    st.title("Events")
    st.caption("Each row is one act in the world, put together from the claims that report it.")
    components.headline(cache.counts(chosen))
    found = cache.event_list(chosen)
    if found.empty:
        components.empty_state(chosen)
        return
    select_event(found)
    components.export_row(
        [
            components.Export("Events CSV", "events", lambda: found),
            components.Export("Claims CSV", "claims", lambda: cache.claim_list(chosen)),
        ],
        filters.link(),
    )


def select_event(found: pd.DataFrame) -> None:
    """Draw the table and open the event whose title is clicked."""
    picked = st.dataframe(
        tables.event_table(found),
        hide_index=True,
        column_config=dict(tables.EVENT_COLUMNS),
        height=tables.height(len(found)),
        row_height=tables.ROW,
        placeholder="",
        on_select="rerun",
        selection_mode="single-cell",
        key="event_list",
        alt="Table of the chosen events, latest first. A click on a column's name sorts.",
    )
    st.caption("Click an event's title to open it, a column's name to sort.")
    row = tables.clicked_row(picked["selection"])
    if row is not None and row < len(found):
        place.show("event", str(found["event_id"].iloc[row]))
        st.rerun()


opened = place.open_event()
if opened:
    event_view.draw(opened, filters.current())
else:
    show_list(filters.current())
