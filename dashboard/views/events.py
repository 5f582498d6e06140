"""Events: the list of those chosen, or the page of one (`?event=ev-…`). Only arranges."""

import pandas as pd
import streamlit as st

from dashboard import cache, cache_pages, components, event_view, filters, place, tables
from db.filters import Filters
from db.queries.events import Order


def show_list(chosen: Filters) -> None:
    """The chosen events as a table, a page at a time; a click on a title opens its event."""
    st.title("Events")
    st.caption("Each row is one act in the world, put together from the claims that report it.")
    counts = cache.counts(chosen)
    components.headline(counts)
    if counts.events == 0:
        components.empty_state(chosen)
        return
    left, right = components.control_row()
    with left:
        order = components.order_choice()
    table = st.container()
    start = components.pager("page", "events", counts.events, tables.PAGE, (chosen, order))
    with table:
        select_event(cache_pages.event_page(chosen, order, tables.PAGE, start), counts.events)
    with right:
        said = None if order is Order.LATEST else tables.ORDERS[order]
        link = filters.link(order=said, page=start // tables.PAGE + 1 if start else None)
        components.export_row([*components.tables_of(chosen, counts, "events", "claims")], link)


def select_event(found: pd.DataFrame, total: int) -> None:
    """Draw a page of the table and open the event whose title is clicked."""
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
        alt="Table of the chosen events. A click on a column's name sorts.",
    )
    st.caption(f"Click an event's title to open it, a column's name to sort{tables.sorts_said(len(found), total)}.")
    row = tables.clicked_row(picked["selection"])
    if row is not None and row < len(found):
        place.show("event", str(found["event_id"].iloc[row]))
        st.rerun()


opened = place.open_event()
if opened:
    event_view.draw(opened, filters.current())
else:
    show_list(filters.current())
