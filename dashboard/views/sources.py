"""Sources: the articles behind the chosen events, or one article with its claims (`?article=…`). Only arranges."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import article_view, cache, cache_pages, charts, components, filters, place, shapes, tables, wording
from db.filters import Filters
from db.queries.coverage import Coverage

PUBLISHERS, LANGUAGES, MONTHS = 12, 12, 8
TEXTS = {"all": "All articles", "own": "Own texts only", "reprints": "Reprints only"}


def show_list(chosen: Filters) -> None:
    """Coverage, then the articles as a table, a page at a time."""
    st.title("Sources")
    st.caption("The articles that the chosen events rest on. What they do not cover is not in the data.")
    counts, covered = cache.counts(chosen), cache_pages.coverage(chosen)
    components.headline(counts)
    if covered.articles == 0:
        components.empty_state(chosen)
        return
    st.markdown(wording.escape_markdown(summary(covered)))
    coverage(covered)
    leaders(covered)
    st.subheader("Articles", anchor=False)
    left, right = components.control_row()
    with left:
        shown = chosen_texts(covered)
    number = {"all": covered.articles, "own": covered.articles - covered.reprints, "reprints": covered.reprints}[shown]
    table = st.container()
    start = components.pager("page", "articles", number, tables.PAGE, (chosen, shown))
    reprints = None if shown == "all" else shown == "reprints"
    with table:
        found, firsts = cache_pages.article_page(chosen, tables.PAGE, start, reprints=reprints)
        select_article(found, firsts, number, names_reprints=covered.reprints > 0)
    with right:
        said = None if shown == "all" else TEXTS[shown]
        link = filters.link(texts=said, page=start // tables.PAGE + 1 if start else None)
        [table_of_all] = components.tables_of(chosen, counts, "articles")
        label = table_of_all.label if shown == "all" else "All articles CSV"
        components.export_row([replace(table_of_all, label=label)], link)


def summary(covered: Coverage) -> str:
    """Publishers, languages, reprints and the state of second readings, in a sentence or two."""
    parts = [
        wording.plural(len(covered.publishers), "publisher"),
        wording.plural(len(covered.languages), "language"),
        wording.plural(covered.reprints, "reprint") if covered.reprints else "no reprints",
    ]
    states = {**covered.reviewed, None: covered.articles - sum(covered.reviewed.values())}
    reviews = sorted((-number, wording.review_words_short(state).lower()) for state, number in states.items() if number)
    read = ", ".join(f"{words} {-number:,}" for number, words in reviews)
    return f"{', '.join(parts)}. Second reading: {read}."


def coverage(covered: Coverage) -> None:
    """Articles by month and language."""
    counted, look = covered.months, components.look()
    st.subheader("Articles by month of publication", anchor=False)
    figure = charts.sources_over_time(counted, look=look)
    if len(tables.months_between(counted)) <= MONTHS:
        figure.update_xaxes(dtick="M1")  # Plotly would repeat a month's name at its half
    alt = charts.sources_over_time_alt(counted)
    st.plotly_chart(figure, theme=None, config=shapes.plotly_config(), alt=alt, key="coverage")
    if covered.undated:
        st.caption(f"{wording.plural(covered.undated, 'article')} dated to a year only left out of the chart.")


def leaders(covered: Coverage) -> None:
    """Publishers and languages with most articles, beside each other."""
    left, right = st.columns(2, gap="large")
    with left:
        bars(covered.publishers, "publisher", "Publishers", PUBLISHERS)
    with right:
        named = covered.languages.assign(language=covered.languages["language"].map(wording.language_words))
        bars(named, "language", "Languages of the sources", LANGUAGES)


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


def chosen_texts(covered: Coverage) -> str:
    """Whether to list all articles, only those with a text of their own, or only reprints, as the reader wants."""
    if not covered.reprints:
        return "all"
    return components.choice("texts", "Show", TEXTS, "A reprint repeats the text of an earlier article.")


def select_article(found: pd.DataFrame, firsts: pd.DataFrame, total: int, *, names_reprints: bool) -> None:
    """Draw a page of the table and open the article whose title is clicked.

    Args:
        firsts: the articles that reprints among them are named after.
        total: how many rows all pages have.
        names_reprints: whether there is a column for what is reprinted.
    """
    picked = st.dataframe(
        tables.article_table(found, firsts),
        hide_index=True,
        column_order=[name for name in tables.ARTICLE_COLUMNS if name != "reprint" or names_reprints],
        column_config=dict(tables.ARTICLE_COLUMNS),
        height=tables.height(len(found)),
        row_height=tables.ROW,
        placeholder="",
        on_select="rerun",
        selection_mode="single-cell",
        key="article_list",
        alt="Table of the articles behind the chosen events, latest first. A click on a column's name sorts.",
    )
    sorts = "these rows" if len(found) < total else "them"
    st.caption(f"Latest first. Click a title to read the article with its claims, a column's name to sort {sorts}.")
    row = tables.clicked_row(picked["selection"])
    if row is not None and row < len(found):
        place.show("article", str(found["article_id"].iloc[row]))
        st.rerun()


opened = place.open_article()
if opened:
    article_view.draw(opened, filters.current())
else:
    show_list(filters.current())
