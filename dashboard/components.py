"""What every page shows: how much it takes in, which filters are on, the exports, and what to do where it is empty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import cache, cache_actors, cache_changes, csv_tables, filters, place, shapes, wording
from dashboard.filter_words import described
from dashboard.palette import DARK, LIGHT, Look
from dashboard.tables import ORDERS
from db.extracts import to_csv
from db.filters import NO_FILTERS, Filters
from db.queries.events import Counts, Order
from db.vocabulary import Stage

Option = TypeVar("Option", bound=str)
FURTHEST = "Furthest with a figure"
LOAD_COMMAND = ".venv/bin/python -m pipeline load pipeline/corpus"


def look() -> Look:
    """The colours of the theme that the browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def tab_title(shown: str) -> str:
    """What the browser's tab says: `Funding - Entente`."""
    return f"{shown} - Entente"


def masthead(folder: Path) -> None:
    """The product's name above the filters. `folder`: where its pictures are."""
    theme = "dark" if look() is DARK else "light"
    st.logo(folder / f"wordmark-{theme}.svg", size="large", icon_image=folder / "icon.svg")


def headline(counts: Counts) -> None:
    """`132 claims · 41 events · 97 articles`, and the filters that are on, with a button that takes them off."""
    parts = [wording.plural(counts.claims, "claim"), wording.plural(counts.events, "event"),
             wording.plural(counts.articles, "article")]  # fmt: skip
    st.markdown(f"**{' · '.join(parts)}**")
    said = filters.chips()
    if said:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f":material/filter_alt: {wording.escape_markdown(said)}", width="stretch")
            st.button("Clear filters", on_click=filters.reset, type="tertiary", key="clear_above")
    tell_of_joined(filters.current())


def tell_of_joined(chosen: Filters) -> None:
    """Say which actors the names of a link mean now, where they are not an actor's own name (any more)."""
    names = (*chosen.actors, *chosen.suppliers, *chosen.recipients)
    for name, kept in cache_actors.kept_names(names).items():
        st.caption(f":material/link: “{wording.escape_markdown(name)}” is another name of, or was joined to, "
                   f"“{wording.escape_markdown(kept)}”, whose events are shown.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """A file that a page offers: the button's words, the name of the file, and the frame, asked for on the click.

    `of_events`: whether it is empty where the database holds no event; it is not offered then.
    """

    label: str
    name: str
    frame: Callable[[], pd.DataFrame]
    of_events: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table of `dashboard.csv_tables` that a page offers. `rows`: how long it is; what is long is streamed."""

    label: str
    name: str
    filters: Filters
    rows: int


def tables_of(chosen: Filters, counts: Counts, *names: str) -> list[Table]:
    """The tables of these names behind the chosen events."""
    rows = {"events": counts.events, "claims": counts.claims, "articles": counts.articles}
    return [Table(f"{name.capitalize()} CSV", name, chosen, rows[name]) for name in names]


def control_row() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Places for a page's own controls (left) and its exports (right); they wrap on narrow screens."""
    row = st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute")
    left = row.container(horizontal=True, vertical_alignment="bottom", width="content")
    return left, row.container(horizontal=True, vertical_alignment="bottom", width="content")


def chart(
    figure: go.Figure, name: str, *, alt: str, on_click: Callable[[str], None] | None = None, fills: bool = False
) -> None:
    """Draw a chart with our own colours and shapes.

    Args:
        figure: from the charts modules.
        name: part of its key.
        alt: the chart in one sentence.
        on_click: called with the chart's key when a mark is clicked.
        fills: whether it is as high as the container around it, whatever its own height.
    """
    key = f"{name}-{filters.map_turn()}"
    figure.update_layout(modebar={"bgcolor": "rgba(0,0,0,0)", "color": look().muted, "activecolor": look().text})
    st.plotly_chart(
        figure,
        theme=None,
        key=key,
        on_select=partial(on_click, key) if on_click else "ignore",
        selection_mode="points",
        config=shapes.plotly_config(),
        alt=alt,
        height="stretch" if fills else "content",
    )


def _csv(export: Export) -> bytes:
    return to_csv(export.frame(), mark=True).encode()


def export_row(exports: list[Export | Table], link: str) -> None:
    """Buttons that download exactly what the page shows, and the link that rebuilds it."""
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        has_events = cache.size().events > 0
        for export in exports:
            if isinstance(export, Export) and (has_events or not export.of_events):
                _csv_button(export.label, export.name, partial(_csv, export))
            elif isinstance(export, Table) and has_events:
                _table_button(export)
        tables = [export for export in exports if isinstance(export, Table)]
        _link_box(link, of=tables[0].filters if tables and has_events else None)


def file_row(label: str, name: str, write: Callable[[], bytes], link: str) -> None:
    """The same for one file that its page writes itself, on the click."""
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        _csv_button(label, name, write)
        _link_box(link, pinned=False)


_CSV_HELP = ("CSV in UTF-8 with a byte-order mark, so that Excel reads it. Text that a spreadsheet would run "
             "as a formula is marked with an apostrophe.")  # fmt: skip


def _csv_button(label: str, name: str, write: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        data=write,
        file_name=file_name(name, filters.current(), cache.data()[1]),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        help=_CSV_HELP,
        key=f"csv_{name}",
    )


def _table_button(table: Table) -> None:
    """Short tables are written on the click; long ones are a link to where they are streamed from."""
    if table.rows <= csv_tables.MOST_AT_ONCE:
        _csv_button(table.label, table.name, partial(csv_tables.whole, cache.data()[0], table.name, table.filters))
        return
    if csv_tables.are_served():
        address = csv_tables.address_of(
            st.context.url, table.name, table.filters, **{csv_tables.FOR_SPREADSHEETS: "on"}
        )
        said = f"{table.rows:,} rows. {_CSV_HELP}"
        st.link_button(table.label, address, help=said, icon=":material/download:")
        return
    help_ = (f"{table.rows:,} rows are more than fit here. Narrow the filters, or start the dashboard by "
             "`python -m streamlit run dashboard/server.py`, which streams them.")  # fmt: skip
    st.button(table.label, disabled=True, help=help_, icon=":material/download:", key=f"csv_{table.name}")


def _link_box(link: str, *, pinned: bool = True, of: Filters | None = None) -> None:
    with st.popover("Link to this view", icon=":material/link:"):
        st.caption("This address rebuilds the page with its filters.")
        st.code(link, language=None, wrap_lines=True)
        version = cache_changes.latest_version() if pinned else None
        if version:
            st.caption(f"This one is pinned to release {version}: whoever opens it later sees what changed since.")
            st.code(f"{link}{'&' if '?' in link else '?'}{urlencode({'release': version})}", language=None,
                    wrap_lines=True)  # fmt: skip
        if of is not None and csv_tables.are_served():
            st.caption("For scripts: the same choice as files, by `curl -o events.csv 'ADDRESS'` or "
                       "`pandas.read_csv('ADDRESS')`.")  # fmt: skip
            addresses = [csv_tables.address_of(st.context.url, name, of) for name in csv_tables.TABLES]
            st.code("\n".join(addresses), language=None, wrap_lines=True)


def pager(key: str, noun: str, total: int, size: int, of: object) -> int:
    """Draw which page of a list is open, with the way to the others; nothing where one page holds all.

    Args:
        key: of the page's number in the address.
        of: what the list is of; where that changes, the first page is opened.

    Returns:
        At which place the open page starts.
    """
    pages = max(1, -(-total // size))
    number = place.open_page(key, of, pages)
    start = (number - 1) * size
    if pages == 1:
        return start
    with st.container(horizontal=True, vertical_alignment="center", key=f"pager_{key}"):
        st.markdown(f"{noun.capitalize()} **{start + 1:,}–{min(start + size, total):,}** of {total:,}", width="content")
        with st.container(horizontal=True, width="content", gap="small"):
            for label, icon, to in (
                ("First", "first_page", 1), ("Previous", "chevron_left", number - 1),
                ("Next", "chevron_right", number + 1), ("Last", "last_page", pages),
            ):  # fmt: skip
                st.button(label, on_click=place.turn_page, args=(key, to), key=f"{key}_{label}", type="tertiary",
                          disabled=to == number or not 1 <= to <= pages, icon=f":material/{icon}:",
                          icon_position="right" if label in ("Next", "Last") else "left",
                          help=f"Page {max(1, min(to, pages)):,} of {pages:,}")  # fmt: skip
    return start


def file_name(name: str, chosen: Filters, revision: int) -> str:
    """`entente-contracts-filtered-data3.csv`: what it is, whether a filter was on, and the version of the data."""
    extent = "full" if chosen == NO_FILTERS else "filtered"
    return f"entente-{name}-{extent}-data{revision}.csv"


def empty_state(chosen: Filters) -> None:
    """Say why there is nothing to show, and what to do about it."""
    if cache.size().events == 0:
        st.info(
            "The database is empty. Load the bundled articles, then open this page again:", icon=":material/database:"
        )
        st.code(LOAD_COMMAND, language="bash")
        return
    st.info("No event fits these filters. Take one off, or begin anew.", icon=":material/search_off:")
    offer_groups(chosen)
    for part in described(chosen):
        st.markdown(f"- {wording.escape_markdown(part)}")
    st.button("Clear all filters", on_click=filters.reset, type="primary", key="clear_empty")


def offer_groups(chosen: Filters) -> None:
    """Where only bodies by themselves are counted: how many events there are with their group, one click away."""
    if chosen.roll_up:
        return
    number = cache.counts(replace(chosen, roll_up=True)).events
    if number:
        st.markdown(f"By itself this body has no event here; with its group or agencies: **{number:,}**.")
        st.button("Count by group and government", on_click=filters.count_by_group, type="primary", key="by_group")


def choice(key: str, label: str, options: Mapping[Option, str], hint: str | None = None) -> Option:
    """One of a few options as a row of buttons, kept in the address. `options`: value → words; the first is default."""
    first = next(iter(options))
    picked = st.segmented_control(
        label,
        list(options),
        default=first,
        required=True,
        format_func=lambda value: options[value],
        key=key,
        help=hint,
        bind="query-params",
        persist_state="session",
    )
    return picked or first


def stage_choice() -> Stage | None:
    """The one stage whose money is shown, kept in the address as `at`; None: the furthest that has a figure."""
    options = {"": FURTHEST, **{stage.value: wording.stage_words(stage) for stage in Stage}}
    picked = st.selectbox(
        "Money at stage",
        list(options),
        format_func=lambda value: options[value],
        key="at",
        help="Stages are never added up: each event counts once, at this stage. “Furthest with a figure” leaves "
        "rumoured, suspended and cancelled events out of sums.",
        width=240,
        bind="query-params",
        persist_state="session",
    )
    return Stage(picked) if picked else None


def order_choice() -> Order:
    """In which order events are listed, kept in the address as `order`."""
    picked: Order = st.selectbox(
        "Order",
        list(Order),
        format_func=lambda order: ORDERS[order],
        key="order",
        help="Puts all chosen events in order, not only those on this page.",
        width=240,
        bind="query-params",
        persist_state="session",
    )
    return picked
