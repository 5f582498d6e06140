"""Funding over time with the controls that stand beside it, sums by group, and the figures as tables."""

import pandas as pd
import streamlit as st

from dashboard import cache, components, event_cards, filters, funding_tables, funding_words, place, wording
from dashboard.charts_cumulative import funding_cumulative, funding_cumulative_alt
from dashboard.charts_funding import Group
from dashboard.charts_timeline import before, funding_timeline, funding_timeline_alt, start_year
from db.filters import Filters
from db.vocabulary import Kind, Stage


def show() -> None:
    """The page from top to bottom."""
    st.title("Who pays for AI")
    if funding_words.is_elsewhere(filters.current()):
        elsewhere(filters.current())
        return
    chosen = funding_words.chosen(filters.current())
    components.headline(cache.counts(chosen))
    stage, group, since = controls(chosen)
    funding, decisions = frames(chosen, stage)
    if funding.empty and decisions.empty:
        components.empty_state(filters.current())
        return
    timeline(chosen, funding, decisions, stage, group, since)
    sums(funding, stage, group, since)
    tables(funding, decisions)


def elsewhere(asked: Filters) -> None:
    """Say that the chosen kinds have no place on this page, and what to do about it."""
    components.headline(cache.counts(asked))
    if cache.size().events == 0:
        components.empty_state(asked)
        return
    kinds = wording.escape_markdown(funding_words.other_kinds(asked))
    st.info(
        f"This page shows funding, export controls and restrictions; the filters name only: {kinds}. Take the filter "
        "on kinds off to see them, or open the chosen events in the list.",
        icon=":material/search_off:",
    )
    st.button("Show funding and controls", on_click=filters.choose, args=("kind", []), type="primary")
    place.link_to_events("The chosen events in the list")


def controls(chosen: Filters) -> tuple[Stage | None, Group, int | None]:
    """At which stage money is shown, what the colours stand for, the first year drawn, and the exports."""
    left, right = components.control_row()
    with left:
        stage = components.stage_choice()
        group: Group = components.choice("by", "Colour by", funding_words.GROUPS)
        start = start_year(funding_words.chart_events(frames(chosen, stage)[0]))
        since = start if start and components.choice("years", "Years", funding_words.YEARS) == "late" else None
    with right:
        at = wording.stage_words(stage) if stage else None
        by = None if group == "recipient" else funding_words.GROUPS[group]
        years = funding_words.YEARS["all"] if start and since is None else None
        link = filters.link(at=at, by=by, years=years, mark=place.open_mark())
        components.export_row(exports(chosen, stage), link)
    ignored = funding_words.other_kinds(filters.current())
    if ignored:
        st.caption(f"Not on this page, which shows funding, export controls and restrictions: {ignored}.")
    return stage, group, since


def exports(chosen: Filters, stage: Stage | None) -> list[components.Export]:
    """What the page offers for download."""
    return [
        components.Export("Events CSV", "funding-events", lambda: cache.event_list(chosen)),
        components.Export("Figures CSV", "funding-figures", lambda: frames(chosen, stage)[0]),
        components.Export("Claims CSV", "funding-claims", lambda: cache.claim_list(chosen)),
    ]


def frames(chosen: Filters, stage: Stage | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Funding at a stage, and the controls; each empty where the filters leave its kind out."""
    funding, decisions = cache.funding_list(chosen, stage), cache.controls(chosen)
    if Kind.FUNDING not in chosen.kinds:
        funding = funding.head(0)
    if not set(funding_words.CONTROLS) & set(chosen.kinds):
        decisions = decisions.head(0)
    return funding, decisions


def timeline(
    chosen: Filters,
    funding: pd.DataFrame,
    decisions: pd.DataFrame,
    stage: Stage | None,
    group: Group,
    since: int | None,
) -> None:
    """Every event as a mark, with the controls beneath; the card of a clicked mark above, where it is seen."""
    events, strip = funding_words.chart_events(funding), funding_words.chart_controls(decisions)
    st.subheader(f"Funding over time: {funding_words.stage_title(stage)}")
    with st.container():  # always there, so that a card does not make the browser draw the chart anew
        open_card(chosen)
    if since is not None:
        left_off = funding_words.before_said(before(events, since), before(strip, since), since)
        st.caption(wording.escape_markdown(left_off))
    figure = funding_timeline(events, strip, look=components.look(), colour_by=group, since=since)
    components.chart(figure, "timeline", alt=funding_timeline_alt(events, strip), on_click=place.take_mark)
    st.caption(
        "Amounts in US dollars on a log axis. A bar is a date known only to the month or year; hollow diamonds are "
        "totals. Click a mark to read its event and evidence."
    )


def open_card(chosen: Filters) -> None:
    """The event whose mark or row was chosen, with its evidence."""
    mark = place.open_mark()
    found = cache.event(mark, chosen.as_known_on) if mark else None
    if found is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Chosen event", width="stretch")
        st.button("Close", on_click=place.close_mark, icon=":material/close:", type="tertiary")
    event_cards.draw(found.event.to_frame().T, found.claims)


def sums(funding: pd.DataFrame, stage: Stage | None, group: Group, since: int | None) -> None:
    """What may be added up, over time; and what may not."""
    if funding.empty:
        return
    added = funding_words.chart_events(funding_words.added_up(funding, stage))
    st.subheader(f"Sum over time by {funding_words.group_said(group)}: {funding_words.stage_title(stage)}")
    figure = funding_cumulative(added, look=components.look(), by=group, since=since)
    components.chart(figure, "sums", alt=funding_cumulative_alt(added, by=group))
    earlier = f" The axis starts with {since}; the sums take in what came before." if since else ""
    st.caption(wording.escape_markdown(f"{funding_words.sum_said(funding, stage)}{earlier}"))


def tables(funding: pd.DataFrame, decisions: pd.DataFrame) -> None:
    """The figures of the charts to read."""
    st.subheader("The same figures as a table")
    if not funding.empty:
        funding_tables.draw(funding_words.table(funding), funding_tables.FUNDING_COLUMNS, "funding_rows")
    if not decisions.empty:
        st.subheader(f"Export controls and restrictions ({len(decisions)})")
        funding_tables.draw(funding_words.controls_table(decisions), funding_tables.CONTROL_COLUMNS, "control_rows")


show()
