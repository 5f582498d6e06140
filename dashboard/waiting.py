"""Long work on a large database: what it is and how long it takes is said first, and it begins when asked for."""

import datetime as dt

import streamlit as st

from dashboard import cache, place, wording

PATIENCE = 10.0
"""Seconds that a page may take without being asked for it."""
DAY_SECONDS = 1 / 2500
"""For each claim of the database, at most: working out what was known on a day (measured with 200,000 claims)."""
COMPARE_SECONDS = 1 / 2100
"""For each claim of the database, at most: comparing two states of it (measured with 200,000 claims)."""


def day_is_ready(day: dt.date | None) -> bool:
    """Whether what was known on a day can be shown: works it out if that is quick or was asked for, else offers to."""
    if cache.day_is_kept(day):
        return True
    seconds = cache.size().claims * DAY_SECONDS
    what = (
        f"What was known on {wording.date_words(day)} has not been worked out yet. It is done once, then kept for all"
    )
    if not may_begin("day", day, what, seconds):
        return False
    cache.prepare_day(day)
    return True


def may_begin(key: str, of: object, what: str, seconds: float) -> bool:
    """Whether to begin: the work is quick, or this visitor asked for it. Else says how long it takes, with a button.

    Args:
        key: names the sort of work; `of`: all that its outcome depends on.
        what: one sentence, without its end.
    """
    if seconds <= PATIENCE or place.was_asked_for(key, of):
        return True
    st.info(f"{what}: up to {time_words(seconds)} with {cache.size().claims:,} claims.", icon=":material/hourglass:")
    st.button("Begin", on_click=place.ask_for, args=(key, of), type="primary", key=f"begin_{key}")
    return False


def time_words(seconds: float) -> str:
    """A rough time: half minutes, then minutes."""
    if seconds <= 45:
        return "half a minute"
    return wording.plural(max(1, round(seconds / 60)), "minute")
