"""Frames as tables for people: words for codes, few columns, help on each. Frame in, frame out; no Streamlit state."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording

EVENT_COLUMNS: Mapping[str, Any] = {
    "title": st.column_config.TextColumn(
        "Event", width="large", help="The parties, acting side first, then the subject. Select a row to open the event."
    ),
    "date": st.column_config.TextColumn(
        "Date", width=95, help="When it happened, as precise as known: year, year-month or year-month-day."
    ),
    "kind": st.column_config.TextColumn("Kind", width=110, help="What sort of act it is."),
    "stage": st.column_config.TextColumn("Stage", width=95, help="How far it has come by the latest reports."),
    "place": st.column_config.TextColumn("Country", width="small", help="Where the act lands."),
    "amount": st.column_config.TextColumn(
        "Amount as reported", width="medium", help="The chosen figure of the furthest stage that has one. Empty: none."
    ),
    "usd": st.column_config.NumberColumn(
        "USD", format="compact", width=75, help="The same in US dollars at the rate of the event's date. Empty: no rate."
    ),
    "sources": st.column_config.NumberColumn(
        "Sources", width=75, help="Independent sources: reprints of one text count once."
    ),
    "claims": st.column_config.NumberColumn("Claims", width=70, help="Claims read from articles that report it."),
    "note": st.column_config.TextColumn(
        "Note", width="medium", help="Disputed, resting on one body alone, or a sum that is not added to its deals."
    ),
}
"""Columns of `event_table` with labels and help."""


def event_table(events: pd.DataFrame) -> pd.DataFrame:
    """Events for reading. `events`: `EVENT_FRAME`; columns: those of `EVENT_COLUMNS`, same rows in the same order."""
    return pd.DataFrame(
        {
            "title": events["title"],
            "date": events["date"],
            "kind": events["kind"].map(wording.kind_words),
            "stage": events["stage"].map(wording.stage_words),
            "place": events["countries"].map(lambda cell: wording.countries_words(cell, 2)),
            "amount": [wording.money_of(row) for _, row in events.iterrows()],
            "usd": events["usd_chosen"],
            "sources": events["independent_sources"],
            "claims": events["claims"],
            "note": [event_note(row) for _, row in events.iterrows()],
        },
        columns=list(EVENT_COLUMNS),
    )


def event_note(event: "pd.Series[object]") -> str:
    """What a reader must know of an event in a list: who alone says it, that it is disputed, that it is a sum."""
    alone = "" if wording.missing(event["sole_asserter"]) else f"rests on {event['sole_asserter']} alone"
    told = ["disputed" if event["disputed"] else "", "sum, not added" if event["is_total"] else "", alone]
    said = "; ".join(part for part in told if part)
    return said[:1].upper() + said[1:]


ARTICLE_COLUMNS: Mapping[str, Any] = {
    "title": st.column_config.TextColumn("Article", width="large", help="Select a row to read it with its claims."),
    "published": st.column_config.TextColumn("Published", width=95, help="Date of publication, as precise as known."),
    "publisher": st.column_config.TextColumn("Publisher", width="medium", help="Outlet or issuer."),
    "language": st.column_config.TextColumn("Language", width=90, help="Language of the source."),
    "claims": st.column_config.NumberColumn("Claims", width=70, help="Claims read from it."),
    "events": st.column_config.NumberColumn("Events", width=70, help="Events that it reports."),
    "review": st.column_config.TextColumn(
        "Second reading", width="medium", help="What a second reader found on looking for the source again."
    ),
    "url": st.column_config.LinkColumn("Source", width="small", display_text="Open ↗", help="Opens the source's page."),
}
"""Columns of `article_table` with labels and help."""


def article_table(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles for reading. `articles`: `ARTICLE_FRAME`; columns: those of `ARTICLE_COLUMNS`, same rows and order."""
    return pd.DataFrame(
        {
            **{name: articles[name] for name in ("title", "published", "publisher", "claims", "events")},
            "language": articles["language"].map(wording.language_words),
            "review": articles["outcome"].map(wording.review_words),
            "url": articles["url"],
        },
        columns=list(ARTICLE_COLUMNS),
    )


def chosen_row(selection: Mapping[str, Any]) -> int | None:
    """The place of the row that was selected in a table, by its box or by one of its cells; None where none was."""
    rows, cells = selection.get("rows") or [], selection.get("cells") or []
    if rows:
        return int(rows[0])
    return int(cells[0][0]) if cells else None


def by_month(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles counted by month of publication and language; those dated to a year only are left out.

    Columns: month (datetime64, first day), language (ISO 639-1), articles (int). `articles`: `ARTICLE_FRAME`.
    """
    dated = articles[articles["published"].str.len() > len("YYYY")]
    month = dated["published_first"].dt.to_period("M").dt.to_timestamp()
    counted = dated.groupby([month.rename("month"), "language"]).size()
    return counted.reset_index(name="articles")


def most_common(values: "pd.Series[Any]", name: str) -> pd.DataFrame:
    """The values with how many articles have them, most first, ties by name. Columns: `name`, articles."""
    counted = values.value_counts().rename_axis(name).reset_index(name="articles")
    return counted.sort_values(["articles", name], ascending=[False, True], ignore_index=True)
