"""Funding over time with the controls that stand beside it, sums by group, and the figures as tables."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import (
    cache,
    cache_pages,
    components,
    csv_tables,
    event_cards,
    filters,
    funding_tables,
    funding_words,
    place,
    wording,
)
from dashboard import tables as list_tables
from dashboard.charts_cumulative import LINES, funding_cumulative, funding_cumulative_alt
from dashboard.charts_funding import Group, biggest_groups
from dashboard.charts_timeline import GROUPS, before, funding_timeline, funding_timeline_alt, start_year
from db.filters import Filters
from db.queries.events import Order
from db.vocabulary import Kind, Stage


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page draws.

    `events`: the greatest of the `total` (`funding_words.chart_events`). `strip`: the decisions with most sources
    (`funding_words.chart_controls`). `numbers`: how many decisions there are by kind.
    """

    events: pd.DataFrame
    total: int
    strip: pd.DataFrame
    numbers: dict[str, int]


def show() -> None:
    """The page from top to bottom."""
    st.title("Who pays for AI")
    if funding_words.is_elsewhere(filters.current()):
        elsewhere(filters.current())
        return
    chosen = funding_words.chosen(filters.current())
    components.headline(cache.counts(chosen))
    left, right = components.control_row()
    with left:
        stage = components.stage_choice()
        group: Group = components.choice("by", "Colour by", funding_words.GROUPS)
    shown = drawn(chosen, stage)
    since = controls(chosen, shown, stage, group, left, right)
    if shown.events.empty and shown.strip.empty:
        components.empty_state(filters.current())
        return
    timeline(chosen, shown, stage, group, since)
    sums(chosen, shown, stage, group, since)
    tables(chosen, shown, stage)


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


def controls(
    chosen: Filters, shown: Shown, stage: Stage | None, group: Group, left: DeltaGenerator, right: DeltaGenerator
) -> int | None:
    """The first year drawn, where there is a choice, and the exports; both in the row of controls."""
    with left:
        start = start_year(shown.events)
        since = start if start and components.choice("years", "Years", funding_words.YEARS) == "late" else None
    with right:
        at = wording.stage_words(stage) if stage else None
        by = None if group == "recipient" else funding_words.GROUPS[group]
        years = funding_words.YEARS["all"] if start and since is None else None
        link = filters.link(at=at, by=by, years=years, mark=place.open_mark())
        components.export_row(exports(chosen, stage, shown.total), link)
    ignored = funding_words.other_kinds(filters.current())
    if ignored:
        st.caption(f"Not on this page, which shows funding, export controls and restrictions: {ignored}.")
    return since


def exports(chosen: Filters, stage: Stage | None, total: int) -> list[components.Export | components.Table]:
    """What the page offers for download."""
    events, claims = components.tables_of(chosen, cache.counts(chosen), "events", "claims")
    most = csv_tables.MOST_AT_ONCE
    label = "Figures CSV" if total <= most else f"Figures CSV, {most:,} largest"
    figures = components.Export(label, "funding-figures", lambda: greatest(chosen, stage, most)[0])
    return [events, figures, claims]


def greatest(chosen: Filters, stage: Stage | None, most: int) -> tuple[pd.DataFrame, int]:
    """The greatest funding events at a stage, and how many there are; none where the filters leave funding out."""
    found, total = cache_pages.greatest(chosen, stage, most)
    return (found, total) if Kind.FUNDING in chosen.kinds else (found.head(0), 0)


def drawn(chosen: Filters, stage: Stage | None) -> Shown:
    """What is drawn; each part is empty where the filters leave its kind out."""
    numbers = cache_pages.number_by_kind(chosen)
    numbers = {kind: numbers.get(kind, 0) for kind in funding_words.CONTROLS}
    decisions = cache_pages.controls(chosen, funding_words.DECISIONS)
    if not set(funding_words.CONTROLS) & set(chosen.kinds):
        decisions = decisions.head(0)
    funding, total = greatest(chosen, stage, funding_words.MARKS)
    return Shown(funding_words.chart_events(funding), total, funding_words.chart_controls(decisions), numbers)


def timeline(chosen: Filters, shown: Shown, stage: Stage | None, group: Group, since: int | None) -> None:
    """Events as marks, with the controls beneath; the card of a clicked mark above, where it is seen."""
    events, strip = shown.events, shown.strip
    st.subheader(f"Funding over time: {funding_words.stage_title(stage)}")
    with st.container():  # always there, so that a card does not make the browser draw the chart anew
        open_card(chosen)
    said = [funding_words.drawn_said(len(events), shown.total)]
    if since is not None:
        said.append(funding_words.before_said(before(events, since), before(strip, since), since))
    if any(said):
        st.caption(wording.escape_markdown(" ".join(filter(None, said))))
    figure = funding_timeline(events, strip, look=components.look(), colour_by=group, since=since,
                              numbers=shown.numbers, biggest=biggest(chosen, shown, stage, group))  # fmt: skip
    alt = funding_timeline_alt(events, strip, shown.numbers)
    components.chart(figure, "timeline", alt=alt, on_click=place.take_mark)
    st.caption(
        "Amounts in US dollars on a log axis. A bar is a date known only to the month or year; hollow diamonds are "
        "totals. Click a mark to read its event and evidence."
    )


def biggest(chosen: Filters, shown: Shown, stage: Stage | None, group: Group) -> list[str] | None:
    """The groups with most of all chosen events, so that both charts colour the same; None where all are drawn."""
    return None if len(shown.events) == shown.total else biggest_groups(summed(chosen, stage, group), group, GROUPS)


def summed(chosen: Filters, stage: Stage | None, group: Group) -> pd.DataFrame:
    """What the groups that either chart names got by day, of all chosen events. Columns: `SUM_FRAME`."""
    return cache_pages.sums(chosen, stage, by_country=group == "investor_country", most=max(GROUPS, LINES))


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


def sums(chosen: Filters, shown: Shown, stage: Stage | None, group: Group, since: int | None) -> None:
    """What may be added up, over time, of all chosen events; and what may not."""
    if shown.events.empty:
        return
    by_day = summed(chosen, stage, group)
    by_day = by_day[funding_words.is_among_first(by_day, group, LINES)]
    steps = funding_words.chart_sums(by_day, shown.events, group)
    tally = cache_pages.tally(chosen, stage)
    st.subheader(f"Sum over time by {funding_words.group_said(group)}: {funding_words.stage_title(stage)}")
    figure = funding_cumulative(steps, look=components.look(), by=group, since=since)
    alt = funding_cumulative_alt(steps, by=group, number=funding_words.number_added(tally))
    components.chart(figure, "sums", alt=alt)
    earlier = f" The axis starts with {since}; the sums take in what came before." if since else ""
    by_month = " Busy lines have one step a month." if funding_words.is_by_month(by_day).any() else ""
    st.caption(wording.escape_markdown(f"{funding_words.sum_said(tally)}{earlier}{by_month}"))


def tables(chosen: Filters, shown: Shown, stage: Stage | None) -> None:
    """The figures of the charts to read, latest first, in pages."""
    st.subheader("The same figures as a table")
    if not shown.events.empty:
        holder = st.container()
        start = components.pager("figures", "events", len(shown.events), list_tables.PAGE, (chosen, stage))
        with holder:
            rows = funding_words.latest(shown.events, start, list_tables.PAGE)
            funding_tables.draw(funding_words.table(rows), funding_tables.FUNDING_COLUMNS, "funding_rows")
        if len(shown.events) < shown.total:
            st.caption("The events of the timeline, latest first. All of them: “Events CSV” above, or the list.")
    number = sum(shown.numbers.values())
    if not shown.strip.empty:
        st.subheader(f"Export controls and restrictions ({number:,})")
        holder = st.container()
        start = components.pager("decisions", "decisions", number, list_tables.PAGE, chosen)
        with holder:
            rows = cache_pages.event_page(
                chosen.of_kinds(*funding_words.CONTROLS), Order.LATEST, list_tables.PAGE, start
            )
            funding_tables.draw(funding_words.controls_table(rows), funding_tables.CONTROL_COLUMNS, "control_rows")


show()
