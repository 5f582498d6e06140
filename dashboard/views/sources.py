"""Sources: the articles behind the chosen events, or one article with its claims (`?article=…`). Only arranges."""

import pandas as pd
import streamlit as st

from dashboard import article_view, cache, charts, components, filters, place, shapes, tables, wording
from db.filters import Filters

PUBLISHERS, LANGUAGES, MONTHS = 12, 12, 8
TEXTS = {"all": "All articles", "own": "Own texts only", "reprints": "Reprints only"}


def show_list(chosen: Filters) -> None:
    """Coverage, then the articles as a table."""
    st.title("Sources")
    st.caption("The articles that the chosen events rest on. What they do not cover is not in the data.")
    components.headline(cache.counts(chosen))
    found = cache.article_list(chosen)
    if found.empty:
        components.empty_state(chosen)
        return
    st.markdown(wording.escape_markdown(summary(found)))
    coverage(found)
    leaders(found)
    st.subheader("Articles", anchor=False)
    listed, shown = chosen_texts(found)
    select_article(listed, found)
    exports = [components.Export("Articles CSV", "articles", lambda: listed)]
    components.export_row(exports, filters.link(texts=None if shown == "all" else TEXTS[shown]))


def summary(found: pd.DataFrame) -> str:
    """Publishers, languages, reprints and the state of second readings, in a sentence or two."""
    reprints = int(found["reprint_of"].notna().sum())
    parts = [
        wording.plural(found["publisher"].nunique(), "publisher"),
        wording.plural(found["language"].nunique(), "language"),
        wording.plural(reprints, "reprint") if reprints else "no reprints",
    ]
    reviews = found["outcome"].map(wording.review_words_short).value_counts()
    read = ", ".join(f"{words.lower()} {number:,}" for words, number in reviews.items())
    return f"{', '.join(parts)}. Second reading: {read}."


def coverage(found: pd.DataFrame) -> None:
    """Articles by month and language."""
    counted, look = tables.by_month(found), components.look()
    st.subheader("Articles by month of publication", anchor=False)
    figure = charts.sources_over_time(counted, look=look)
    if len(tables.months_between(counted)) <= MONTHS:
        figure.update_xaxes(dtick="M1")  # Plotly would repeat a month's name at its half
    alt = charts.sources_over_time_alt(counted)
    st.plotly_chart(figure, theme=None, config=shapes.plotly_config(), alt=alt, key="coverage")
    left_out = len(found) - int(counted["articles"].sum())
    if left_out:
        st.caption(f"{wording.plural(left_out, 'article')} dated to a year only left out of the chart.")


def leaders(found: pd.DataFrame) -> None:
    """Publishers and languages with most articles, beside each other."""
    left, right = st.columns(2, gap="large")
    with left:
        bars(tables.most_common(found["publisher"], "publisher"), "publisher", "Publishers", PUBLISHERS)
    with right:
        languages = found["language"].map(wording.language_words)
        bars(tables.most_common(languages, "language"), "language", "Languages of the sources", LANGUAGES)


def bars(counted: pd.DataFrame, name: str, heading: str, most: int) -> None:
    """The first bars of a list; says how many more there are."""
    first, look = counted.head(most), components.look()
    st.subheader(heading, anchor=False)
    figure = charts.bars(first, "articles", name, look=look)
    alt = charts.bars_alt(first, "articles", name)
    st.plotly_chart(figure, theme=None, config=shapes.plotly_config(), alt=alt, key=f"bars_{name}")
    if len(counted) > most:
        rest = int(counted["articles"].iloc[most:].sum())
        st.caption(f"And {wording.plural(len(counted) - most, 'other')} with {wording.plural(rest, 'article')}.")


def chosen_texts(found: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """All articles, or only those with a text of their own, or only reprints, as the reader wants; and which."""
    is_reprint = found["reprint_of"].notna()
    if not is_reprint.any():
        return found, "all"
    shown = components.choice("texts", "Show", TEXTS, "A reprint repeats the text of an earlier article.")
    return found if shown == "all" else found[is_reprint == (shown == "reprints")].reset_index(drop=True), shown


def select_article(found: pd.DataFrame, known: pd.DataFrame) -> None:
    """Draw the table and open the article whose title is clicked. `known`: all that reprints may be named after."""
    picked = st.dataframe(
        tables.article_table(found, known),
        hide_index=True,
        column_order=[
            name for name in tables.ARTICLE_COLUMNS if name != "reprint" or known["reprint_of"].notna().any()
        ],
        column_config=dict(tables.ARTICLE_COLUMNS),
        height=tables.height(len(found)),
        row_height=tables.ROW,
        placeholder="",
        on_select="rerun",
        selection_mode="single-cell",
        key="article_list",
        alt="Table of the articles behind the chosen events, latest first. A click on a column's name sorts.",
    )
    st.caption("Click a title to read the article with its claims, a column's name to sort.")
    row = tables.clicked_row(picked["selection"])
    if row is not None and row < len(found):
        place.show("article", str(found["article_id"].iloc[row]))
        st.rerun()


opened = place.open_article()
if opened:
    article_view.draw(opened, filters.current())
else:
    show_list(filters.current())
