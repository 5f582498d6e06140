"""Judging from pages: whether it is allowed, who judges, saving in turn with loads, and undoing.

Keeps the reviewer's name, the place in the queue and the last decision in the session, never in the address.
"""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass

import streamlit as st

from dashboard import place
from dashboard.wording import escape_markdown, plural
from db.engine import BusyDatabaseError, database_url, open_engine
from pipeline import judging, regrouping
from pipeline.errors import TrackerError
from pipeline.judgements import Subject
from pipeline.judging import Outcome

SWITCH = "ENTENTE_REVIEW"
HOW_TO_SWITCH_ON = (
    f"Judging is switched off here, so that nobody who can merely see the page changes the data. On a machine of your "
    f"own start the dashboard with `{SWITCH}=on`; `make run` does."
)
READY_REASONS = (
    "Read both passages",
    "One announcement, told twice",
    "One deal at a later stage",
    "Other figures for one deal",
    "Two deals",
    "Another round, tranche or renewal",
    "Another buyer, recipient or site",
    "The passages do not say enough",
)
MISREAD = "Pressed by mistake"
_NAME, _PLACE, _DONE = "reviewer", "_review_place", "_review_done"


@dataclass(frozen=True, slots=True)
class Done:
    """The last decision of this session: what was done, in words (markdown), and the judgements to undo it by."""

    words: str
    judgement_ids: tuple[str, ...]


def is_on() -> bool:
    """Whether the environment allows people to judge on pages."""
    return os.environ.get(SWITCH, "").strip().lower() in {"on", "1", "true", "yes"}


def name_field() -> str:
    """Ask for the reviewer's name, once in a session; returns it, empty while there is none."""
    name = st.text_input(
        "Your name",
        key=_NAME,
        max_chars=100,
        placeholder="Needed to judge",
        help="Stored with each of your decisions, in the database and in the file of judgements.",
        persist_state="session",
        width=220,
    )
    return (name or "").strip()


def reason_field(key: str) -> str:
    """Ask for the reason of a decision: a ready one or one's own words."""
    reason = st.selectbox(
        "Why",
        READY_REASONS,
        key=key,
        accept_new_options=True,
        help="Stored with the decision, for people who ask later. Choose one or write your own.",
        width=300,
    )
    return (reason or "").strip()


def judge_claims(left: str, right: str, verdict: str, who: str, why: str) -> Callable[[], Outcome]:
    """Deciding on two claims: what `save` is to do."""
    engine = open_engine(database_url())
    return lambda: judging.judge(engine, judging.decision(Subject.CLAIM, left, right, verdict, who, why))


def judge_actors(left: str, right: str, verdict: str, who: str, why: str) -> Callable[[], Outcome]:
    """Deciding on two actors: what `save` is to do."""
    engine = open_engine(database_url())
    return lambda: judging.judge(engine, judging.decision(Subject.ACTOR, left, right, verdict, who, why))


def merge_events(
    event_id: str, other_id: str, who: str, why: str, link: tuple[str, str] | None = None
) -> Callable[[], Outcome]:
    """Making two events one: what `save` is to do."""
    engine = open_engine(database_url())
    return lambda: regrouping.merge(engine, event_id, other_id, who, why, link=link)


def split_event(event_id: str, leaving: Collection[str], who: str, why: str) -> Callable[[], Outcome]:
    """Taking claims out of an event: what `save` is to do."""
    engine = open_engine(database_url())
    return lambda: regrouping.split(engine, event_id, leaving, who, why)


def try_merge(event_id: str, other_id: str) -> Outcome | None:
    """What merging two events would lead to; nothing is changed. None where that is impossible, which is said."""
    engine = open_engine(database_url())
    return _in_turn(lambda: regrouping.merge(engine, event_id, other_id, "trial", "trial", keep=False), "Trying")


def try_split(event_id: str, leaving: Collection[str]) -> Outcome | None:
    """What a split would lead to; nothing is changed. None where that is impossible, which is said."""
    engine = open_engine(database_url())
    return _in_turn(lambda: regrouping.split(engine, event_id, leaving, "trial", "trial", keep=False), "Trying")


def save(words: str, do: Callable[[], Outcome]) -> Outcome | None:
    """Save a decision and remember how to undo it; None where that failed, which is said.

    `words`: what was decided (markdown); what came of it is added.
    """
    outcome = _in_turn(do, "Saving")
    if outcome is not None:
        st.session_state[_DONE] = Done(f"{words} {result_words(outcome)}".strip(), outcome.judgement_ids)
    return outcome


def _in_turn(do: Callable[[], Outcome], doing: str) -> Outcome | None:
    if not is_on():
        st.error(HOW_TO_SWITCH_ON)
        return None
    patience = f"{judging.PATIENCE:g} seconds"
    try:
        with st.spinner(f"{doing} … while a load is running this waits for its turn, at most {patience}."):
            return do()
    except BusyDatabaseError:
        st.error(
            f"A load has been writing for more than {patience}: nothing was changed, and what you typed is kept. "
            "Try again in a moment.",
            icon=":material/hourglass_top:",
        )
    except TrackerError as error:
        st.error(f"Nothing was changed: {escape_markdown(str(error))}.", icon=":material/error:")
    return None


def result_words(outcome: Outcome) -> str:
    """The events that judged claims are in now, in a sentence (markdown)."""
    named = [
        f"“[{escape_markdown(event.title)}]({place.event_link(event.event_id)})” ({plural(event.reports, 'report')})"
        for event in outcome.events
    ]
    if not named:
        return ""
    return f"One event now: {named[0]}." if len(named) == 1 else f"{len(named)} events now: {' · '.join(named)}."


def draw_last_decision() -> None:
    """What was decided last in this session, with a button that takes it back."""
    done: Done | None = st.session_state.get(_DONE)
    if done is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(done.words, icon=":material/check:", width="stretch")
        if done.judgement_ids and st.button("Undo", key="undo_last", shortcut="z", icon=":material/undo:"):
            undo(done.judgement_ids, st.session_state.get(_NAME) or "", MISREAD)


def undo(judgement_ids: Collection[str], who: str, why: str) -> None:
    """Take judgements back and draw the page anew; what fails is said."""
    engine = open_engine(database_url())
    outcome = _in_turn(lambda: judging.undo(engine, judgement_ids, who, why), "Undoing")
    if outcome is not None:
        st.session_state[_DONE] = Done(f"Taken back. {result_words(outcome)}".strip(), ())
        st.rerun()


def queue_place(name: str, length: int) -> int:
    """Where this session is in a queue (`name`) of so many, from 0."""
    return min(int(st.session_state.get(f"{_PLACE} {name}", 0)), max(length - 1, 0))


def move(name: str, to: int) -> None:
    """Go to a place in a queue. For callbacks."""
    st.session_state[f"{_PLACE} {name}"] = max(to, 0)
