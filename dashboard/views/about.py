"""About: limits first, then method, the state of the data, the dictionary and the terms. Only arranges."""

import json

import pandas as pd
import streamlit as st

from dashboard import about_text, cache, components, filters, shapes, wording
from db import dictionary
from db.queries.about import Size


def show() -> None:
    """The page from top to bottom."""
    st.title("About Entente")
    st.markdown("*Who supplies AI to which governments, who pays for it, who restricts it – and who says so.*")
    size, revision = cache.size(), cache.data()[1]
    st.header("Limits", anchor="limits")
    st.markdown(about_text.LIMITS)
    st.header("Method", anchor="method")
    st.markdown(about_text.METHOD)
    with st.expander("When do two claims report the same event?"):
        st.markdown(about_text.SAME_EVENT)
    st.header("The data now", anchor="data")
    show_size(size, revision)
    show_last_run()
    st.header("Data dictionary", anchor="dictionary")
    show_dictionary()
    st.header("Borders on the maps", anchor="borders")
    st.markdown(wording.escape_markdown(shapes.BORDER_POLICY))
    st.header("Licences", anchor="licences")
    st.markdown(about_text.LICENCES)
    st.header("How to cite", anchor="cite")
    last = wording.date_words(size.last_published) or "no date yet"
    st.code(about_text.citation(revision, last, size.claims, size.events), language=None, wrap_lines=True)
    st.header("Report an error", anchor="errors")
    st.markdown(about_text.REPORT)


def show_size(size: Size, revision: int) -> None:
    """How much there is, from when to when, and how much of it a second reader checked."""
    if size.events == 0:
        components.empty_state(filters.current())
        return
    span = f"{wording.date_words(size.first_published)} to {wording.date_words(size.last_published)}"
    st.markdown(
        f"**Version {revision}:** {wording.plural(size.claims, 'claim')} on {wording.plural(size.events, 'event')} from "
        f"{wording.plural(size.articles, 'article')} by {wording.plural(size.publishers, 'publisher')} in "
        f"{wording.plural(size.languages, 'language')}, published {span}. {wording.plural(size.actors, 'actor')}, "
        f"{wording.plural(size.countries, 'country')}, {wording.plural(size.reprints, 'reprint')}, "
        f"{wording.plural(size.judgements, 'judgement')}, {wording.plural(size.withdrawals, 'withdrawn article')}."
    )
    unchecked = size.articles - sum(size.reviewed.values())
    read = [f"{wording.review_words_short(outcome).lower()} {number:,}" for outcome, number in size.reviewed.items()]
    st.markdown(f"Second reading of articles: {', '.join([*read, f'not yet checked {unchecked:,}'])}.")


def show_last_run() -> None:
    """The last execution of the pipeline, what it refused, and actors that only claims name."""
    runs = cache.runs(1)
    st.subheader("Last run", anchor=False)
    if runs.empty:
        st.markdown("No run yet.")
        return
    run = runs.iloc[0]
    st.markdown(run_words(run))
    refused = cache.rejections(int(run["run_id"]))
    if not refused.empty:
        st.markdown(f"**{wording.plural(len(refused), 'fault')} for which records were refused:**")
        st.dataframe(refused, hide_index=True, column_config=REJECTION_COLUMNS)
        components.export_row([components.Export("Rejections (CSV)", "rejections", lambda: refused)], filters.link())
    waiting = cache.provisional_actors()
    if not waiting.empty:
        st.markdown(f"{wording.plural(len(waiting), 'actor')} named by claims but missing from the register of actors:")
        st.markdown(wording.escape_markdown(wording.listing(list(waiting["name"]), 60)))


def run_words(run: "pd.Series[object]") -> str:
    """A run in a sentence. `run`: a row of `RUN_FRAME`."""
    ended = "" if not wording.missing(run["finished_at"]) else " It was cut off before its end; the next run completes it."
    files = [name.rsplit("/", 1)[-1] for name in json.loads(str(run["inputs"]) or "[]")]
    counts = ", ".join(
        f"{int(str(run[f'articles_{word}'])):,} {word}" for word in ("new", "replaced", "unchanged", "withdrawn")
    )
    said = (
        f"`{run['command']}` of version {run['version']} on {wording.date_words(run['started_at'])} from "
        f"{wording.plural(len(files), 'file')}: articles {counts}; {wording.plural(int(str(run['claims'])), 'claim')}; "
        f"**{wording.plural(int(str(run['rejected'])), 'record')} refused**.{ended}"
    )
    return said


REJECTION_COLUMNS = {
    "file": st.column_config.TextColumn("File", help="The input file."),
    "line": st.column_config.NumberColumn("Line", help="Line of the record in the file, from 1."),
    "rule": st.column_config.TextColumn("Rule", help="The rule that the record broke."),
    "found_in": st.column_config.TextColumn("Where", help="The part of the record."),
    "message": st.column_config.TextColumn("What is wrong, and the remedy", width="large", help="In plain words."),
}


def show_dictionary() -> None:
    """Each exported file with its columns."""
    st.markdown("The same tables come with each download of the whole data (`python -m pipeline export DIR`).")
    tabs = st.tabs([f"{name}.csv" for name in dictionary.TABLES])
    for tab, (name, columns) in zip(tabs, dictionary.TABLES.items(), strict=True):
        with tab:
            st.caption(dictionary.ROWS[name])
            with st.container(height=480, border=False):
                st.table(dictionary_table(columns), width="stretch")


def dictionary_table(columns: tuple[dictionary.Column, ...]) -> pd.DataFrame:
    """The columns of a file for reading, as markdown: name, meaning with the words of a closed list, type, example."""
    rows = {
        f"`{column.name}`": {
            "Meaning": wording.escape_markdown(column.meaning + listed_words(column)),
            "Type": column.type,
            "Example": wording.escape_markdown(column.example),
        }
        for column in columns
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def listed_words(column: dictionary.Column) -> str:
    """The words that a column may hold, as a sentence; empty where its list is open."""
    return f" One of: {', '.join(column.values)}." if column.values else ""



show()
