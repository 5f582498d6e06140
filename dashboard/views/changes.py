"""What changed between two releases, days, or since: which events are new, changed, merged, withdrawn, and why."""

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import (
    address,
    cache,
    cache_changes,
    changes_words,
    components,
    event_cards,
    evidence,
    filters,
    known_day,
    place,
    waiting,
    wording,
)
from dashboard.cache_changes import Comparison, Shown, Side
from dashboard.filter_words import described
from db.filters import Filters
from db.vocabulary import Kind
from pipeline.diff import Sort
from pipeline.errors import InputError

STYLES = Path(__file__).resolve().parents[1] / "changes.css"
CARDS = 25
DAYS_BACK = 90


def show() -> None:
    """The page from top to bottom."""
    st.title("What changed")
    st.caption("Events that are new, changed, merged or withdrawn from one state of the data to another, and why.")
    if cache.size().events == 0:
        components.empty_state(filters.current())
        return
    released = cache_changes.releases()
    if released.empty:
        tell_of_releases()
    tell_of_unknown([str(version) for version in released["version"]])
    left, right = components.control_row()
    with left:
        before, after, labels = sides(released)
    if before is None or after is None:
        st.info("Give the day to compare with.", icon=":material/event:")
    elif changes_words.same_side(before, after):
        st.info("Both sides are the same: choose another release or day on one of them.", icon=":material/compare:")
    elif are_ready(before, after):
        compare(before, after, labels, right)


def are_ready(before: Side, after: Side) -> bool:
    """Whether the two states can be compared now; what takes long is offered first."""
    if not (known_day.ready(before.day) and known_day.ready(after.day)):
        return False
    asked = (before, after, scoped(filters.current()), place.open_event(), cache.data())
    seconds = cache.size().claims * waiting.COMPARE_SECONDS
    return waiting.may_begin("compare", asked, "The two states are compared event by event", seconds)


def tell_of_releases() -> None:
    """That there is no release yet, and how to make one; two days can be compared meanwhile."""
    st.info(
        "No release yet: two days can be compared. A release freezes the data under a number:",
        icon=":material/inventory_2:",
    )
    st.code(changes_words.RELEASE_COMMAND, language="bash")


def sides(released: pd.DataFrame) -> tuple[Side | None, Side | None, dict[str, object]]:
    """What is compared with what, and the choices as the address says them."""
    versions = [str(version) for version in released["version"]]
    known = {
        changes_words.release_label(version): side
        for version in versions
        if (side := cache_changes.side_of_release(version))
    }
    labels: dict[str, object] = {}
    chosen = []
    for key, label, first in (("before", "From", ""), ("after", "To", changes_words.NOW)):
        picked, day = side_choice(key, label, changes_words.choices(versions, first=first))
        labels |= {key: picked, f"{key}_day": day if picked == changes_words.DAY else None}
        chosen.append((picked, day))
    as_known_on = filters.current().as_known_on
    is_cut = changes_words.is_cut(picked for picked, _ in chosen)
    if as_known_on and not is_cut:
        st.caption(f":material/info: “As known on {wording.date_words(as_known_on)}” does not count here: a release "
                   "cannot be cut to a day.")  # fmt: skip
    found = [changes_words.picked(picked, day, as_known_on if is_cut else None, known) for picked, day in chosen]
    return found[0], found[1], labels


def tell_of_unknown(versions: list[str]) -> None:
    """Say which release of the link is not there: the page compares another one."""
    offered = changes_words.choices(versions, first=changes_words.NOW)
    for key in ("before", "after"):
        asked = place.asked(key)
        if asked and asked not in offered:
            st.warning(f"“{wording.escape_markdown(asked)}” in the link is no release that is known here, no “Now” "
                       "and no “As known on a day”: another choice stands below.",
                       icon=":material/search_off:")  # fmt: skip


def side_choice(key: str, label: str, options: list[str]) -> tuple[str, dt.date | None]:
    """A release, a day or now, kept in the address; the day where one is asked for."""
    picked = st.selectbox(label, options, key=key, width=200, bind="query-params", persist_state="session",
                          help="A release, the data as known on a day, or the data now.")  # fmt: skip
    if picked != changes_words.DAY:
        return picked, None
    last = cache.size().last_published or address.LAST_DAY
    start = last - dt.timedelta(days=DAYS_BACK) if key == "before" else last
    day = st.date_input("Day", start, key=f"{key}_day", format="YYYY-MM-DD", width=160, bind="query-params",
                        persist_state="session", help="Only what was published by this day, merged as it would have "
                        "been then.")  # fmt: skip
    return picked, day


def compare(before: Side, after: Side, labels: dict[str, object], corner: DeltaGenerator) -> None:
    """Counts, filters and the list of differences. `corner`: where the exports stand."""
    chosen, event_id = scoped(filters.current()), place.open_event() or ""
    try:
        with st.spinner("Comparing …", show_time=True):
            found = cache_changes.comparison(before, after, chosen, event_id)
    except InputError as error:
        st.error(wording.escape_markdown(str(error)), icon=":material/error:")
        return
    st.subheader(f"From {changes_words.side_words(before)} to {changes_words.side_words(after)}")
    if found.counts:
        st.markdown(f"**{changes_words.counts_words(found)}**")
    if event_id:
        told_event(event_id)
    else:
        told_filters(chosen)
    if not found.counts:
        said = "This event is the same in both." if event_id else "No event of this selection differs between the two."
        st.info(said, icon=":material/done_all:")
        return
    sorts = sort_choice(found, after)
    with corner:
        exports(before, after, chosen, sorts, labels | {"event": event_id, "kinds": place.asked_kinds()})
    cards(found, sorts, after)


def told_event(event_id: str) -> None:
    """That only one event is looked at, with a button that looks at all."""
    page = cache.event(cache.forward(event_id)[0] or event_id)
    title = "an event that is not there now" if page is None else f"“{page.event['title']}”"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/filter_alt: Only {wording.escape_markdown(title)}, whatever the filters choose",
                   width="stretch")  # fmt: skip
        st.button("All events", on_click=place.show, args=("event", None), type="tertiary", key="all_events")


def scoped(chosen: Filters) -> Filters:
    """The filters with the kinds of the page that the link came from, where they name none themselves."""
    kinds = tuple(kind for kind in Kind if kind in place.asked_kinds())
    return chosen if chosen.kinds or not kinds else replace(chosen, kinds=kinds)


def clear() -> None:
    """Take all filters off, and the kinds of the page that the link came from. For callbacks."""
    filters.reset()
    place.show("kinds", None)


def told_filters(chosen: Filters) -> None:
    """The filters that are on, with a button that takes them off."""
    said = " · ".join(described(cache_changes.timeless(chosen)))
    if said:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f":material/filter_alt: Events that these filters choose before or after: "
                       f"{wording.escape_markdown(said)}", width="stretch")  # fmt: skip
            st.button("Clear filters", on_click=clear, type="tertiary", key="clear_changes")


def sort_choice(found: Comparison, after: Side) -> tuple[Sort, ...]:
    """Which sorts of difference are listed; all where none is chosen."""
    options = changes_words.sort_options(found)
    picked = st.pills("Show", list(options), selection_mode="multi", key="sorts", label_visibility="collapsed",
                      format_func=lambda value: options[value])  # fmt: skip
    st.caption(changes_words.legend(found.counts, after))
    return tuple(Sort(value) for value in picked or ())


def exports(before: Side, after: Side, chosen: Filters, sorts: tuple[Sort, ...], labels: dict[str, object]) -> None:
    """The CSV of exactly what is listed, and the link that rebuilds the page."""
    event_id = str(labels["event"])
    write = partial(cache_changes.differences_csv, before, after, chosen, sorts, event_id)
    components.file_row("Changes CSV", "changes", write, filters.link(**labels))


def cards(found: Comparison, sorts: tuple[Sort, ...], after: Side) -> None:
    """One card for each difference, some at a time."""
    rarest_first = sorted(found.shown, key=lambda one: (found.counts[one.sort], one.sort, one.event_id))
    listed = [one for one in rarest_first if not sorts or one.sort in sorts]
    total = sum(number for sort, number in found.counts.items() if not sorts or sort in sorts)
    pages = -(-len(listed) // CARDS)
    page = 1
    if pages > 1:
        page = int(st.number_input(f"Page (of {pages})", 1, pages, key="page", width=130))
    st.html(evidence.STYLES)
    st.html(event_cards.STYLES)
    st.html(STYLES)
    links = changes_words.Links(found.titles, place.event_link, place.article_link)
    for one in listed[(page - 1) * CARDS : page * CARDS]:
        draw_card(one, after, links)
    if total > len(listed):
        st.caption(f"The first {len(listed):,} of {total:,}; the CSV has all.")


def draw_card(one: Shown, after: Side, links: changes_words.Links) -> None:
    """The title as a link to the event as it is today, and what became of it."""
    with st.container(border=True, gap=None, key=f"card-{one.event_id}-{one.sort}"):
        place.link_to_event(one.event_id, f"**{wording.escape_markdown(one.title)}**", icon="")
        st.html(changes_words.card(one, after, links))


show()
