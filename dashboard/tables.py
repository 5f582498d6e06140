"""Frames as tables for people: words for codes, few columns, help on each. Frame in, frame out; no Streamlit state."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.charts import shortened
from dashboard.evidence import Row, safe_url
from db.queries.events import Order

ROW, HEADER = 61, 36
"""Heights in pixels of a row and of the line of column names. Streamlit wraps text in rows above 4 rem (60 pixels)."""

PAGE = 100
"""Rows on a page of a list."""
TITLE = 92
"""Characters of a title that fit into three lines of its column."""

ORDERS: Mapping[Order, str] = {
    Order.LATEST: "Latest first",
    Order.EARLIEST: "Earliest first",
    Order.LARGEST: "Largest in US dollars",
    Order.SOURCES: "Most sources",
    Order.CLAIMS: "Most claims",
}
"""In which order events can be listed."""

EVENT_COLUMNS: Mapping[str, Any] = {
    "date": st.column_config.TextColumn(
        "Date",
        width=92,
        help="When its furthest stage was reached, as precise as known. A later end does not change it.",
    ),
    "title": st.column_config.TextColumn(
        "Event", width=262, help="The parties, acting side first, then the subject. Click a title to open its event."
    ),
    "stage": st.column_config.TextColumn(
        "Stage",
        width=100,
        help="The furthest stage, which the date belongs to, and a later end where there is one.",
    ),
    "kind": st.column_config.TextColumn("Kind", width=100, help="What sort of act it is."),
    "place": st.column_config.TextColumn("Country", width=96, help="Where the act lands."),
    "amount": st.column_config.TextColumn(
        "As reported",
        width=112,
        help="The chosen figure of the furthest stage that has one; another stage than "
        "the one shown is named. Empty: no figure.",
    ),
    "usd": st.column_config.NumberColumn(
        "USD",
        format="compact",
        width=62,
        help="The same in US dollars at the rate of the event's date. Empty: no rate.",
    ),
    "sources": st.column_config.NumberColumn(
        "Sources", width=68, help="Independent sources: one text, or one named body, counts once."
    ),
    "note": st.column_config.TextColumn(
        "Note", width=122, help="Disputed, resting on one body alone, or a sum that is not added to its deals."
    ),
    "claims": st.column_config.NumberColumn("Claims", width=60, help="Claims read from articles that report it."),
}
"""Columns of `event_table` with labels and help."""


def event_table(events: pd.DataFrame) -> pd.DataFrame:
    """Events for reading. `events`: `EVENT_FRAME`; columns: those of `EVENT_COLUMNS`, same rows in the same order."""
    records = events.to_dict("records")
    made = {
        "title": events["title"].map(lambda title: shortened(title, TITLE)),
        "kind": events["kind"].map(wording.kind_words),
        "stage": [stage_said(row) for row in records],
        "place": events["countries"].map(lambda cell: wording.countries_words(cell, 2)),
        "amount": [amount_said(row) for row in records],
        "usd": events["usd_chosen"],
        "sources": events["independent_sources"],
        "note": [event_note(row) for row in records],
    }
    return events[["date", "claims"]].assign(**made)[list(EVENT_COLUMNS)]


def stage_said(event: Row) -> str:
    """The furthest stage, which the event's date belongs to, and a later end: `Announced, since cancelled`."""
    reached, now = _reached(event), event["stage"]
    said = wording.stage_words(reached)
    return said if reached == now else f"{said}, since {wording.stage_words(now).lower()}"


def amount_said(event: Row) -> str:
    """The figure as reported; one of another stage than `stage_said` begins with says so: `USD 5 billion (signed)`."""
    said = wording.money_of(event)
    if not said or event["amount_stage"] == _reached(event):
        return said
    return f"{said} ({wording.stage_words(event['amount_stage']).lower()})"


def _reached(event: Row) -> object:
    return event["stage"] if wording.missing(event["furthest_stage"]) else event["furthest_stage"]


def event_note(event: Row) -> str:
    """What a reader must know of an event in a list: who alone says it, that it is disputed, that it is a sum."""
    alone = "" if wording.missing(event["sole_asserter"]) else f"only {event['sole_asserter']} says so"
    told = ["disputed" if event["disputed"] else "", "sum, not added" if event["is_total"] else "", alone]
    said = "; ".join(part for part in told if part)
    return said[:1].upper() + said[1:]


ARTICLE_COLUMNS: Mapping[str, Any] = {
    "published": st.column_config.TextColumn("Published", width=92, help="Date of publication, as precise as known."),
    "title": st.column_config.TextColumn("Article", width=270, help="Click a title to read it with its claims."),
    "publisher": st.column_config.TextColumn("Publisher", width=130, help="Outlet or issuer."),
    "reprint": st.column_config.TextColumn(
        "Reprint of", width=130, help="The earlier article whose text it repeats: both count as one independent source."
    ),
    "language": st.column_config.TextColumn("Language", width=80, help="Language of the source."),
    "review": st.column_config.TextColumn(
        "Second reading", width=112, help="What a second reader found on looking for the source again."
    ),
    "url": st.column_config.LinkColumn("Source", width=70, display_text="Open ↗", help="Opens the source's page."),
    "claims": st.column_config.NumberColumn("Claims", width=60, help="Claims read from it."),
    "events": st.column_config.NumberColumn("Events", width=60, help="Events that it reports."),
}
"""Columns of `article_table` with labels and help."""


def article_table(articles: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Articles for reading. Columns: those of `ARTICLE_COLUMNS`, same rows and order.

    `articles`: `ARTICLE_FRAME`. `known`: more of them, whose publishers reprints are named after.
    """
    made = {
        "language": articles["language"].map(wording.language_words),
        "review": articles["outcome"].map(wording.review_words_short),
        "url": articles["url"].map(safe_url),
        "reprint": reprint_words(articles, articles if known is None else known),
    }
    kept = articles[["published", "title", "publisher", "claims", "events"]]
    return kept.assign(**made)[list(ARTICLE_COLUMNS)]


def reprint_words(articles: pd.DataFrame, known: pd.DataFrame) -> list[str]:
    """`The Paper, 3 May 2025` for each article that repeats its text, else nothing. Both: `ARTICLE_FRAME`."""
    named = {row.article_id: f"{row.publisher}, {wording.date_words(row.published)}" for row in known.itertuples()}
    firsts = articles["reprint_of"]
    return ["" if wording.missing(first) else named.get(first, "an article not listed") for first in firsts]


def height(rows: int, most: int = 11) -> int:
    """Pixels for a table of so many rows, at most `most` of them at once."""
    return ROW * min(rows, most) + HEADER + 2


def sorts_said(shown: int, total: int) -> str:
    """What a click on a column's name sorts, as the end of a phrase: not the whole, where the table is a page of it."""
    return " these rows; “Order” puts all of them in order" if shown < total else ""


def clicked_row(selection: Mapping[str, Any], column: str = "title") -> int | None:
    """The place of the row whose cell in `column` was clicked; None for other cells, which people may want to copy.

    `selection`: what `st.dataframe(selection_mode="single-cell")` gives, with cells as (row, column).
    """
    cells = selection.get("cells") or []
    return int(cells[0][0]) if cells and cells[0][1] == column else None


def months_between(counted: pd.DataFrame) -> pd.PeriodIndex:
    """All months from the first to the last of a frame with a column month, also those that are not in it."""
    if counted.empty:
        return pd.PeriodIndex([], freq="M")
    return pd.period_range(counted["month"].min(), counted["month"].max(), freq="M")
