"""About: limits first, then method, the state of the data, the dictionary and the terms. Only arranges."""

import streamlit as st

from dashboard import about_text, about_words, cache, components, filters, shapes, wording
from db import dictionary
from db.queries.about import Size

REJECTION_COLUMNS = {
    "file": st.column_config.TextColumn("File", help="The input file."),
    "line": st.column_config.NumberColumn("Line", help="Line of the record in the file, from 1."),
    "rule": st.column_config.TextColumn("Rule", help="The rule that the record broke."),
    "found_in": st.column_config.TextColumn("Where", help="The part of the record."),
    "message": st.column_config.TextColumn("What is wrong, and the remedy", width="large", help="In plain words."),
}


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
    show_terms(size, revision)


def show_size(size: Size, revision: int) -> None:
    """How much there is, from when to when, and how much of it a second reader checked."""
    if size.events == 0:
        components.empty_state(filters.current())
        return
    st.markdown(f"**Version {revision}:** {about_words.size_words(size)}")
    st.markdown(f"Second reading of articles: {about_words.review_counts(size)}.")


def show_last_run() -> None:
    """The last execution of the pipeline, what it refused, and actors that only claims name."""
    runs = cache.runs(1)
    st.subheader("Last run", anchor=False)
    if runs.empty:
        st.markdown("No run yet.")
        return
    st.markdown(about_words.run_words(runs.iloc[0]))
    refused = cache.rejections(int(runs.iloc[0]["run_id"]))
    if not refused.empty:
        st.markdown(f"**{wording.plural(len(refused), 'fault')} for which records were refused:**")
        st.dataframe(refused, hide_index=True, column_config=REJECTION_COLUMNS, placeholder="")
        export = components.Export("Rejections CSV", "rejections", lambda: refused, of_events=False)
        components.export_row([export], filters.link())
    waiting = cache.provisional_actors()
    if not waiting.empty:
        number = wording.plural(len(waiting), "actor")
        st.markdown(f"{number} named by claims but missing from the register of actors:")
        st.markdown(wording.escape_markdown(wording.listing(list(waiting["name"]), 60)))


def show_dictionary() -> None:
    """Each exported file with its columns."""
    st.markdown("The same tables come with each download of the whole data (`python -m pipeline export DIR`).")
    tabs = st.tabs([f"{name}.csv" for name in dictionary.TABLES])
    for tab, (name, columns) in zip(tabs, dictionary.TABLES.items(), strict=True):
        with tab:
            st.caption(dictionary.ROWS[name])
            with st.container(height=480, border=False):
                st.table(about_words.column_table(columns), width="stretch")


def show_terms(size: Size, revision: int) -> None:
    """Border policy, licences, citation, and what to do about an error."""
    st.header("Borders on the maps", anchor="borders")
    st.markdown(wording.escape_markdown(shapes.BORDER_POLICY))
    st.header("Licences", anchor="licences")
    st.markdown(about_text.LICENCES)
    st.header("How to cite", anchor="cite")
    last = wording.date_words(size.last_published) or "no date yet"
    st.code(about_text.citation(revision, last, size.claims, size.events), language=None, wrap_lines=True)
    st.header("Report an error", anchor="errors")
    st.markdown(about_text.REPORT)


show()
