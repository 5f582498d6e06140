"""The bar of a link that was made on a release (`?release=1.0`): its figures, or its event, then and now."""

import streamlit as st

from dashboard import (
    cache,
    cache_changes,
    changes_words,
    components,
    contract_words,
    filters,
    funding_words,
    place,
    wording,
)
from dashboard.cache_changes import Side
from db.filters import Filters
from pipeline.errors import InputError

NARROWED = {"Contracts": contract_words.mapped, "Funding": funding_words.chosen}
"""What pages that add up money take in of the filters' choice, by title."""


def draw(page_title: str) -> None:
    """Draw the bar, where the address names a release."""
    version = place.open_release()
    if version is None:
        return
    side = cache_changes.side_of_release(version)
    if side is None:
        st.warning(f"This link was made on release {wording.escape_markdown(version)}, which is not known here: "
                   "the page shows the data now.", icon=":material/inventory_2:")  # fmt: skip
        return
    narrowed = NARROWED.get(page_title, _as_it_is)(filters.current())
    event_id = place.open_event() or ""
    try:
        said = figures_said(side, narrowed, event_id, sums=adds_up(page_title))
    except InputError as error:
        st.warning(wording.escape_markdown(str(error)), icon=":material/inventory_2:")
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="pinned"):
        st.markdown(f":material/inventory_2: {wording.escape_markdown(said)}", width="stretch")
        place.link_to_changes("See what changed", changes_words.release_label(side.version), changes_words.NOW,
                              kinds=narrowed.kinds, event_id=event_id)  # fmt: skip


def _as_it_is(chosen: Filters) -> Filters:
    return chosen


def adds_up(page_title: str) -> bool:
    """Whether a page adds up money as the bar does: at the furthest stage with a figure."""
    return page_title in NARROWED and place.asked("at") in (None, components.FURTHEST)


def figures_said(side: Side, chosen: Filters, event_id: str, *, sums: bool) -> str:
    """The figures then and now; on the page of one event, what became of it since."""
    if chosen.as_known_on is not None:
        return changes_words.uncut_words(side)
    if not event_id:
        figures = cache_changes.figures(side, chosen), cache_changes.figures(Side(), chosen)
        return changes_words.bar_words(side, *figures, searches=bool(chosen.text), sums=sums)
    then_row = cache_changes.event_row(side, event_id)
    leads_to, _ = cache.forward(event_id)
    return changes_words.event_bar_words(
        side, then_row, cache_changes.event_row(Side(), leads_to) if leads_to else None
    )
