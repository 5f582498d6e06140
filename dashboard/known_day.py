"""Before a page shows what was known on a day: working it out, at once where that is quick, else when asked to."""

import datetime as dt

import streamlit as st

from dashboard import filters, wording
from db.engine import database_url, open_engine
from pipeline import snapshot, snapshot_queue

LOOKS_EVERY = 0.5
"""Seconds between two looks at what is being worked out; between them a visitor may go elsewhere."""
ALMOST = 0.97
"""Where a bar stays that took longer than expected."""


def ready(day: dt.date | None) -> bool:
    """Whether the page can be drawn: what was known on this day is there, or was made just now.

    Where that would take long, says so and offers to begin; where it was begun, by anybody, shows how far it is. All
    who ask for a day share it, and it goes on when they leave.
    """
    engine = open_engine(database_url())
    if day is None or snapshot.is_kept(engine, day):
        return True
    seconds = snapshot.seconds_to_make(engine, day)
    if seconds <= snapshot.LONG:
        with st.spinner(f"Working out what was known on {day}: once for this day, then it is kept …", show_time=True):
            snapshot.known_on(engine, day)
        return True
    making = snapshot_queue.last_begun(engine, day)
    if making is None or making.finished.is_set():
        _offer(day, seconds, failed=making is not None and making.failed)
        return False
    _wait(making, day, seconds)
    return False


def _offer(day: dt.date, seconds: float, *, failed: bool) -> None:
    shown = wording.date_words(day)
    if failed:
        st.error(f"What was known on {shown} could not be worked out: the server's log says why.")
    st.info(
        f"What was known on {shown} has not been worked out yet for the data as it is now. That takes "
        f"**about {duration(seconds)}**, once for this day; then it is kept, for everybody. You may leave this page "
        "meanwhile: it goes on.",
        icon=":material/history:",
    )
    with st.container(horizontal=True):
        st.button("Work it out", type="primary", on_click=_begin, args=(day,), key="know_day")
        if day == filters.current().as_known_on:
            st.button("Show what is known now", on_click=filters.know_all, key="know_now")


def _begin(day: dt.date) -> None:
    snapshot_queue.begin(open_engine(database_url()), day)


def _wait(making: snapshot_queue.Making, day: dt.date, seconds: float) -> None:
    """Show how far it is, until it is done; a visitor who goes elsewhere ends only this."""
    st.info(f"Working out what was known on {wording.date_words(day)}: about {duration(seconds)} in all. This page "
            "opens by itself when it is done; you may leave meanwhile.", icon=":material/hourglass_top:")  # fmt: skip
    bar = st.progress(0.0)
    while not making.finished.wait(LOOKS_EVERY):
        past = making.elapsed()
        bar.progress(min(ALMOST, past / seconds), f"{duration(past)} of about {duration(seconds)}")
    st.rerun()


def duration(seconds: float) -> str:
    """`40 seconds`, `3 minutes`: rounded as one says it."""
    return wording.plural(max(1, round(seconds)), "second") if seconds < 90 else f"{round(seconds / 60)} minutes"
