"""The filters of all pages: drawn once by app.py, kept in the address, read by views as one `db.filters.Filters`.

The only place, with place.py, that touches Streamlit's session state and the query of the address. Each widget's key
is its key in the address.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import address
from dashboard.cache import MOST_NAMES
from dashboard.filter_words import BODIES, address_values, chosen, described
from dashboard.wording import escape_markdown, listing
from db.filters import NO_FILTERS, Filters
from db.queries.about import Choices

KEYS = tuple(address_values(NO_FILTERS))
MORE_KEYS = ("region", "stage", "supplier", "recipient", "bloc", "technology", "usd_from", "usd_to", "sources",
             "disputed")  # fmt: skip
"""Filters in the expander."""
_MAP_TURN = "_map_turn"
_BOUND: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}


def spell_out(page: st.Page) -> None:
    """Let a link name codes (`country=MY`): Streamlit reads labels from addresses, so open the page anew with them.

    What a link asks for in vain is said: Streamlit drops such values without a word when it draws the widgets.
    """
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    spelled = {key: address.labels(key, values) for key, values in given.items()}
    if spelled != given:
        st.switch_page(page, query_params=spelled)
    vain = [value for key, values in given.items() for value in address.meaningless(key, values)]
    if vain:
        listed = listing([f"“{escape_markdown(value)}”" for value in vain], 5)
        was, they = ("was", "it filters") if len(vain) == 1 else ("were", "they filter")
        st.warning(f"{listed} in the link {was} not understood; {they} nothing.")


def sidebar(choices: Choices) -> None:
    """Draw all filters into the sidebar. Called by app.py on each run, before the page."""
    with st.sidebar:
        st.text_input("Search", key="q", placeholder="Words to look for", type="search",
                      max_chars=address.MOST_CHARACTERS, help="Words in titles, claims and articles, or their "
                      f"beginnings; all must occur. At most {address.MOST_CHARACTERS} characters and "
                      f"{address.MOST_WORDS} different words count.",
                      **_BOUND)  # fmt: skip
        _several("actor", "Company, government or fund", choices.actors, "In any role.")
        st.toggle("Count by group and government", True, key="groups", help="On: subsidiaries count with their group, "
                  "agencies with their government, in filters, lists and totals. Off: each body by itself.",
                  on_change=turn_map, **_BOUND)  # fmt: skip
        _several("country", "Country", choices.countries, "Where the act lands, not where the supplier sits.")
        _several("kind", "Kind of event", address.CODED["kind"][0], "All kinds where none is chosen.")
        _dates()
        count = sum(_is_on(key) for key in MORE_KEYS)
        with st.expander(f"More filters ({count} on)" if count else "More filters", expanded=False):
            _more(choices)
        _warn_of_amounts()
        st.button("Clear all filters", on_click=reset, disabled=current() == NO_FILTERS, width="stretch")


def _more(choices: Choices) -> None:
    _several("region", "Region", address.CODED["region"][0], "UN regions; added to the chosen countries.")
    _several("stage", "Current stage", address.CODED["stage"][0], "How far the event has come by its latest report.")
    _several("supplier", "Supplier or builder", choices.suppliers, "Who sells or builds.")
    _several("recipient", "Buyer or recipient", choices.recipients, "Who buys, or gets the money.")
    _several("bloc", "Supplier's home", address.CODED["bloc"][0], "Home of the event's leading supplier.")
    _several("technology", "Technology", address.CODED["technology"][0], "What is bought, built, paid for or barred.")
    low, high = st.columns(2)
    for column, key, label in ((low, "usd_from", "From USD"), (high, "usd_to", "Up to USD")):
        column.text_input(label, key=key, placeholder="e.g. 100m", help="For example 250m or 1.4bn. Events without a "
                          "figure in US dollars are then left out.",
                          validate=(f"{address.AMOUNT_PATTERN}|^$", "Write 250m or 1.4bn"), **_BOUND)  # fmt: skip
    st.number_input("Independent sources, at least", 1, address.MOST_SOURCES, key="sources", help="Reprints of one "
                    "text, and reports that rest on one named body, count once.", **_BOUND)  # fmt: skip
    st.selectbox("Disputed events", address.DISPUTED, key="disputed", help="Events that a source denies or disputes.",
                 **_BOUND)  # fmt: skip


def _warn_of_amounts() -> None:
    """Say which amount was not understood: it filters nothing."""
    for key in ("usd_from", "usd_to"):
        text = st.session_state.get(key)
        if text and address.parse_usd(text) is None:
            st.warning(f"“{escape_markdown(text)}” is no amount: write 250m or 1.4bn.")


def _several(key: str, label: str, options: tuple[str, ...], hint: str) -> None:
    """A choice of several. What the address names is offered too, so that a link to nothing shows nothing."""
    words = address.CODED[key][1] if key in address.CODED else str
    extra = [code for code in _asked_for(key) if code not in options]
    offered = sorted([*options, *extra], key=words) if key == "country" else [*options, *extra]
    is_cut = key in BODIES and len(options) >= MOST_NAMES
    more = f" The {MOST_NAMES:,} with most events are listed; type any other name in full." if is_cut else ""
    st.multiselect(label, offered, key=key, format_func=words, help=hint + more, placeholder="Any", select_all=False,
                   accept_new_options=is_cut, on_change=turn_map, **_BOUND)  # fmt: skip


def _asked_for(key: str) -> list[str]:
    """Values of a key in the session or the address that name something: any actor, or a code that exists."""
    chosen = list(st.session_state.get(key) or [])
    if key not in address.CODED:
        return list(dict.fromkeys([*chosen, *st.query_params.get_all(key)]))
    codes, words = address.CODED[key]
    said = set(st.query_params.get_all(key))
    return list(dict.fromkeys([*chosen, *(code for code in codes if words(code) in said)]))


def _dates() -> None:
    limits: dict[str, Any] = {"min_value": address.FIRST_DAY, "max_value": address.LAST_DAY,
                              "format": "YYYY-MM-DD"}  # fmt: skip
    st.date_input("From", None, key="from", help="Events that may have happened on or after this day.",
                  **limits, **_BOUND)  # fmt: skip
    st.date_input("Until", None, key="to", help="Events that may have happened on or before this day.",
                  **limits, **_BOUND)  # fmt: skip
    st.date_input("As known on", None, key="known", help="Only what was published by this day, merged as it would have "
                  "been then.", **limits, **_BOUND)  # fmt: skip


def counts_by_group() -> bool:
    """Whether the switch is on that counts bodies with their group or government; known before it is drawn."""
    if "groups" in st.session_state:
        return bool(st.session_state["groups"])
    return (st.query_params.get("groups") or "").lower() != address.SWITCHED_OFF


def current() -> Filters:
    """The filters as they are now. Without `sidebar` (a view run alone): no filters."""
    return chosen(st.session_state)


def _is_on(key: str) -> bool:
    """Whether a filter is set; before its widget is drawn for the first time the address tells."""
    if key in st.session_state:
        return bool(st.session_state[key] != _default(key))
    return bool(st.query_params.get(key))


def chips() -> str:
    """Which filters are on, in words; empty where none is. Plain text."""
    return " · ".join(described(current()))


def take_click(chart_key: str, clicked: Callable[[Mapping[str, object]], str | None]) -> None:
    """Filter to the country that was clicked in a chart; what clicks on nothing changes nothing. For callbacks."""
    state = st.session_state.get(chart_key)
    code = clicked(state["selection"]) if state else None
    if code:
        st.session_state["country"], st.session_state["region"] = [code], []


def show_all_countries() -> None:
    """Take the filters on place off, and the mark on the map with them. For callbacks."""
    st.session_state["country"], st.session_state["region"] = [], []
    turn_map()


def turn_map() -> None:
    """Make the browser forget which country the map had marked. For callbacks."""
    st.session_state[_MAP_TURN] = map_turn() + 1


def map_turn() -> int:
    """Part of the map's key: a new number stands for a new map, without a mark from an earlier click."""
    return int(st.session_state.get(_MAP_TURN, 0))


def choose(key: str, values: Sequence[str]) -> None:
    """Set a filter with several values by its key: `choose("actor", ["Huawei"])`. For callbacks."""
    st.session_state[key] = list(values)


def narrow(key: str, value: str) -> None:
    """Filter to one value of a key: `narrow("actor", "Huawei")`. For callbacks."""
    choose(key, [value])


def count_by_group() -> None:
    """Switch on that bodies count with their group or government. For callbacks."""
    st.session_state["groups"] = True


def know_all() -> None:
    """Take “As known on” off. For callbacks."""
    st.session_state["known"] = None


def reset() -> None:
    """Take all filters off. For callbacks."""
    for key in KEYS:
        st.session_state[key] = _default(key)
    turn_map()


def _default(key: str) -> object:
    by_key: dict[str, object] = {"q": "", "usd_from": "", "usd_to": "", "sources": 1, "disputed": address.INCLUDED,
                                 "groups": True}  # fmt: skip
    if key in by_key:
        return by_key[key]
    return None if key in ("from", "to", "known") else []


def link(**more: object) -> str:
    """The address that rebuilds this page: where it is, the filters, and what else the page says of itself.

    `more`: further values by key, in words; None for those left at their default.
    """
    query = address.query({**address_values(current()), **more})
    return f"{st.context.url or ''}{'?' if query else ''}{query}"
