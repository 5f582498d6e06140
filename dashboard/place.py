"""Which event or article is open (`?event=ev-…`, `?article=…`), and links to them that keep the filters.

Within a session Streamlit carries the filters along by itself; an address for a new page load has to name them.
With filters.py the only place that touches Streamlit's session state and the query of the address.
"""

from collections.abc import Sequence

import streamlit as st

from dashboard import address
from dashboard.filter_words import address_values
from dashboard.filters import current

EVENTS_PAGE, SOURCES_PAGE, CHANGES_PAGE = "views/events.py", "views/sources.py", "views/changes.py"


def open_event() -> str | None:
    """The id of the event whose page is asked for."""
    return st.query_params.get("event") or None


def open_article() -> str | None:
    """The id of the article whose page is asked for."""
    return st.query_params.get("article") or None


def open_release() -> str | None:
    """The version of the release that the link was made on (`?release=1.0`)."""
    return st.query_params.get("release") or None


def asked(key: str) -> str | None:
    """What the address says of a key, before its widget is drawn: Streamlit drops what the widget does not offer."""
    return st.query_params.get(key) or None


def asked_kinds() -> list[str]:
    """The kinds of events of the page that a link to what changed came from, as codes."""
    return st.query_params.get_all("kinds")


def show(key: str, value: str | None) -> None:
    """Open an event or an article on this page (`show("event", id)`), or go back to the list with None."""
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]


def open_page(key: str, of: object, pages: int) -> int:
    """Which page of a list is open (`?page=3`), from 1; the first where the list is another one than it was.

    Args:
        of: what the list is of: its filters, its order.
        pages: how many there are; greater numbers in a link mean the last.
    """
    kept, told = f"_{key}_of", repr(of)
    if st.session_state.setdefault(kept, told) != told:
        st.session_state[kept] = told
        turn_page(key, 1)
    asked = st.query_params.get(key, "")
    return max(1, min(int(asked[:9]), pages)) if asked.isascii() and asked.isdecimal() else 1


def turn_page(key: str, number: int) -> None:
    """Open another page of a list. For callbacks too."""
    show(key, str(number) if number > 1 else None)


def was_asked_for(key: str, of: object) -> bool:
    """Whether this visitor last asked for just this work of its sort (`ask_for`)."""
    return st.session_state.get(f"_{key}_asked_for") == repr(of)


def ask_for(key: str, of: object) -> None:
    """Ask for long work. For callbacks."""
    st.session_state[f"_{key}_asked_for"] = repr(of)


def open_mark() -> str | None:
    """The id of the event whose card is open on a page with charts (`?mark=ev-…`)."""
    return st.query_params.get("mark") or None


def close_mark() -> None:
    """Close the card. For callbacks."""
    show("mark", None)


def take_mark(chart_key: str) -> None:
    """Open the card of the event that was clicked in a chart; its marks carry customdata [event_id]. For callbacks."""
    state = st.session_state.get(chart_key)
    points = state["selection"]["points"] if state else []
    found = [point["customdata"][0] for point in points if point.get("customdata")]
    if found and found[0]:
        show("mark", str(found[0]))


def take_cell(table_key: str, ids: Sequence[str]) -> None:
    """Open the card of the row whose cell was clicked in a table; `ids`: the event of each row. For callbacks."""
    cells = st.session_state[table_key]["selection"]["cells"]
    if cells and cells[0][0] < len(ids):
        show("mark", ids[cells[0][0]])


def event_link(event_id: str) -> str:
    """A relative address of an event's page, for links in HTML and tables; the filters go along."""
    return f"events?{address.query({**address_values(current()), 'event': event_id})}"


def article_link(article_id: str) -> str:
    """A relative address of an article's page; the filters go along."""
    return f"sources?{address.query({**address_values(current()), 'article': article_id})}"


def link_to_event(event_id: str, label: str, *, icon: str | None = None, hint: str | None = None) -> None:
    """Draw a link to an event's page that keeps session and filters. `label`: markdown, escaped by the caller."""
    st.page_link(EVENTS_PAGE, label=label, icon=icon, help=hint, query_params={"event": event_id})


def link_to_events(label: str) -> None:
    """Draw a link to the list of events under the same filters."""
    st.page_link(EVENTS_PAGE, label=label, icon=":material/list_alt:")


def link_to_article(article_id: str, label: str, *, icon: str | None = None, hint: str | None = None) -> None:
    """Draw a link to an article's page that keeps session and filters. `label`: markdown, escaped by the caller."""
    st.page_link(SOURCES_PAGE, label=label, icon=icon, help=hint, query_params={"article": article_id})


def link_to_changes(label: str, before: str, after: str, *, kinds: Sequence[str] = (), event_id: str = "") -> None:
    """Draw a link to what changed between two states, named as their choices name them; the filters go along.

    Args:
        kinds: kinds of events that the page takes in; `event_id`: the one event that is looked at.
    """
    query = address.pairs({"before": before, "after": after, "kinds": list(kinds), "event": event_id})
    st.page_link(CHANGES_PAGE, label=label, icon=":material/compare_arrows:", query_params=query)
