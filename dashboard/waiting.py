"""Long work on a large database: what it is and how long it takes is said first, and it begins when asked for."""

import streamlit as st

from dashboard import cache, known_day, place

PATIENCE = 10.0
"""Seconds that a page may take without being asked for it."""
COMPARE_SECONDS = 1 / 2100
"""For each claim of the database, at most: comparing two states of it (measured with 200,000 claims)."""


def may_begin(key: str, of: object, what: str, seconds: float) -> bool:
    """Whether to begin: the work is quick, or this visitor asked for it. Else says how long it takes, with a button.

    Args:
        key: names the sort of work; `of`: all that its outcome depends on.
        what: one sentence, without its end.
    """
    if seconds <= PATIENCE or place.was_asked_for(key, of):
        return True
    claims = f"{cache.size().claims:,} claims"
    st.info(f"{what}: up to {known_day.duration(seconds)} with {claims}.", icon=":material/hourglass:")
    st.button("Begin", on_click=place.ask_for, args=(key, of), type="primary", key=f"begin_{key}")
    return False
