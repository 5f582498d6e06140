"""Judging from pages: whether it is allowed, who judges, saving in turn with loads, and undoing.

Keeps the reviewer's name, the place in the queue and this session's decisions in the session, never in the address.
"""

import os
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import streamlit as st

from dashboard import cache, place
from dashboard.charts import shortened
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
    "One announcement, told twice",
    "One deal at a later stage",
    "Other figures for one deal",
    "Two deals",
    "Another round, tranche or renewal",
    "Another buyer, recipient or site",
    "The passages do not say enough",
)
READY_ACTOR_REASONS = (
    "One body under two names",
    "Renamed",
    "One name in two languages or scripts",
    "Subsidiary or part of it",
    "Two bodies with names alike",
    "The sources do not say enough",
)
MISREAD = "Pressed by mistake"
NO_REASON = "no reason given"
"""Stored as the reason of an answer that needs none."""
SETTLING = 1.0
"""Seconds after the pair on the screen changed in which no answer counts: the key was meant for the pair before."""
TITLE = 60
"""Characters of a title beside a decision."""
_NAME, _PLACE, _AGAIN, _DESK = "reviewer", "_review_place", "reason_again", "_review_desk"


@dataclass(frozen=True, slots=True)
class Press:
    """An answer, the pair that it was given on, and when (seconds, `time.monotonic`)."""

    pair: str
    answer: str
    moment: float


@dataclass(slots=True)
class _Desk:
    """What a session remembers. Streamlit starts a new run of the page beside one that is still saving, and ends that
    one where it next touches the session: so a run fetches this once, changes it in place, and saves under its lock."""

    lock: Any = field(default_factory=RLock)
    done: list[tuple[str, ...]] = field(default_factory=list)
    said: str | None = None
    reason: str | None = None
    pressed: Press | None = None
    shown: str | None = None
    since: float = float("-inf")
    saved: float = float("-inf")


def _desk() -> _Desk:
    desk: _Desk = st.session_state.setdefault(_DESK, _Desk())
    return desk


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


def reason_field(key: str, ready: Sequence[str] = READY_REASONS) -> str:
    """Ask for the reason of a decision, none to begin with: a ready one or one's own words; empty while there is none.

    `key`: with the pair in it, so that words on one pair are not carried to the next.
    """
    last = _desk().reason
    options = [*ready, *([last] if last and last not in ready else [])]
    again = last is not None and bool(st.session_state.get(_AGAIN))
    reason = st.selectbox(
        "Why",
        options,
        index=options.index(last) if last and again else None,
        key=f"{key} again" if again else key,  # else Streamlit keeps the empty field
        accept_new_options=True,
        placeholder="Choose or write a reason",
        help="Stored with the decision, for people who ask later. Only “Unsure” needs none.",
        width=300,
    )
    return (reason or "").strip()


def again_field() -> None:
    """Offer to begin each pair with the reason given last; it keeps its place while there is none."""
    st.checkbox("Same reason for the next", key=_AGAIN, disabled=_desk().reason is None,
                help="Begins each pair with the reason that you gave last, until you take this off.")  # fmt: skip


def lacking(who: str, why: str, *, needs_reason: bool = True) -> str:
    """What is still missing before a person may decide, in a sentence; empty: nothing."""
    if not who:
        return "Write your name first."
    return "Choose or write a reason first." if needs_reason and not why else ""


def press(pair: str, answer: str) -> None:
    """Note an answer and the pair that it was given on. For callbacks, which run before the page is drawn anew."""
    desk, moment = _desk(), time.monotonic()
    with desk.lock:  # what is being saved comes first, so that the page is drawn on what it leads to
        desk.pressed = Press(pair, answer, moment)


def show_pair(pair: str) -> None:
    """Note which pair is on the screen, and since when; the first one of a session is taken as read."""
    desk = _desk()
    if desk.shown != pair:
        desk.since = float("-inf") if desk.shown is None else time.monotonic()
        desk.shown = pair


def answered(pair: str, *, alone: bool = True) -> Press | None:
    """The answer just given on this pair; None where there is none, or one that was meant for another, which is said.

    `alone`: no other pair on the page can be answered, so that an answer on another one is too late.
    Each press that comes too early starts the wait anew, so that a key held down judges one pair alone.
    """
    desk = _desk()
    pressed = desk.pressed
    if pressed is None or (pressed.pair != pair and not alone):
        return None
    desk.pressed = None
    if pressed.pair == pair and pressed.moment - max(desk.since, desk.saved) >= SETTLING:
        return pressed
    desk.since = pressed.moment
    st.toast("That press came just as the pair changed, and was not counted.", icon=":material/speed:")
    return None


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


def save(words: str, do: Callable[[], Outcome], why: str = "", pressed: Press | None = None) -> Outcome | None:
    """Save a decision and remember how to undo it; None where that failed, which is said.

    `words`: what was decided (markdown); what came of it is added. `why`: kept to be offered again. `pressed`: the
    answer; one that was given before the last decision was saved is dropped, and the page drawn anew.
    """
    desk = _desk()

    def kept() -> Outcome:
        outcome = do()
        desk.saved = time.monotonic()
        desk.done.append(outcome.judgement_ids)
        desk.said, desk.reason = words, desk.reason if why == NO_REASON else why or desk.reason
        desk.said = f"{words} {result_words(outcome)}".strip()
        return outcome

    with desk.lock:
        late = pressed is not None and pressed.moment < desk.saved
        outcome = None if late else _in_turn(kept, "Saving")
    if late:
        st.rerun()
    return outcome


def say(words: str) -> None:
    """Put this (markdown) where the last decision is told."""
    _desk().said = words


def _in_turn(do: Callable[[], Outcome], doing: str) -> Outcome | None:
    if not is_on():
        st.error(HOW_TO_SWITCH_ON)
        return None
    patience = f"{judging.PATIENCE:g} seconds"
    try:
        with st.spinner(f"{doing} … while a load is running this waits for its turn, at most {patience}."):
            outcome = do()
            cache.ask_anew()
            return outcome
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
    """The events that judged claims are in now, in a sentence (markdown); titles are cut."""
    named = [
        f"“[{escape_markdown(shortened(event.title, TITLE))}]({place.event_link(event.event_id)})” "
        f"({plural(event.reports, 'report')})"
        for event in outcome.events
    ]
    if not named:
        return ""
    return f"One event now: {named[0]}." if len(named) == 1 else f"{len(named)} events now: {' · '.join(named)}."


def draw_last_decision(*, reserve: bool = False) -> None:
    """What was decided last in this session, with a button that takes back one decision after the other.

    `reserve`: keep its place while there is nothing to tell, so that what is around it does not move.
    """
    said, standing = _desk().said, _standing()
    if said is None and not reserve:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="last_decision"):
        if said is None:
            st.caption("Your last decision will stand here, with a way back.", width="stretch")
            return
        st.success(said, icon=":material/check:", width="stretch")
        if standing:
            left = f" {plural(len(standing), 'decision')} of this session can be taken back, the latest first."
            if st.button("Undo", key=f"undo_last {standing[-1][0]}", shortcut="z", icon=":material/undo:", help=left):
                undo(standing[-1], st.session_state.get(_NAME) or "", MISREAD)


def _standing() -> list[tuple[str, ...]]:
    """The decisions of this session that nobody took back, the latest last, each as the ids of its judgements."""
    done: list[tuple[str, ...]] = [ids for ids in _desk().done if ids]
    if not done:
        return []
    judged = cache.judgements()
    undone = set(judged.loc[judged["undone_by"].notna(), "judgement_id"])
    return [ids for ids in done if not undone & set(ids)]


def undo(judgement_ids: Collection[str], who: str, why: str) -> None:
    """Take judgements back and draw the page anew; what fails is said."""
    engine, desk = open_engine(database_url()), _desk()

    def taken_back() -> Outcome:
        outcome = judging.undo(engine, judgement_ids, who, why)
        desk.saved = time.monotonic()
        desk.said = "Taken back."
        desk.said = f"Taken back. {result_words(outcome)}".strip()
        return outcome

    if _in_turn(taken_back, "Undoing") is not None:
        st.rerun()


def queue_place(name: str, length: int) -> int:
    """Where this session is in a queue (`name`) of so many, from 0."""
    return min(int(st.session_state.get(f"{_PLACE} {name}", 0)), max(length - 1, 0))


def move(name: str, to: int) -> None:
    """Go to a place in a queue. For callbacks."""
    st.session_state[f"{_PLACE} {name}"] = max(to, 0)
