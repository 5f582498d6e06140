"""The Review page in words: why a pair is asked about, what a decision would change, decisions as a table. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.charts import shortened
from dashboard.decision_groups import Group
from dashboard.evidence import Row
from db.queries.review import APART, CONFLICT, NEAR, THROUGH, WEAK
from db.queries.review_actors import ActorPage
from pipeline.judging import EventNow

SORTS = {
    CONFLICT: "Decisions contradict each other: these two were called different, and a chain of “same” joins them. "
    "They stay apart until one of the decisions is undone.",
    APART: "By themselves these two fit, yet their events as wholes do not.",
    NEAR: "These two nearly fit, but not enough.",
    WEAK: "These two were joined, but not with much certainty.",
    THROUGH: "By themselves these two hardly fit, yet others join them in one event.",
}
"""Why a pair is asked about, by `QUEUE_FRAME`'s sort."""

VERDICTS = {"same": "Same", "different": "Different", "unsure": "Unsure", "owns": "Owns", "owned_by": "Is owned by"}

_EITHER = "The claim, by who published it and the event it is in now; or the actor. The row's details show it whole."
IN_FORCE, GONE = "In force", "Its claim is gone: it only links others"
MOST = 62
"""Characters of what a decision is on that fit into two lines of its column."""

DECISION_COLUMNS: Mapping[str, Any] = {
    "verdict": st.column_config.TextColumn(
        "Verdict", width=110, help="What was decided on the two. Decisions made in one go are one row."
    ),
    "left": st.column_config.TextColumn("One", width=236, help=_EITHER),
    "right": st.column_config.TextColumn("Other", width=236, help=_EITHER),
    "who": st.column_config.TextColumn("Who", width=84, help="Who decided."),
    "decided": st.column_config.TextColumn("When", width=110, help="Day and time (UTC) of the decision."),
    "why": st.column_config.TextColumn("Why", width=140, help="The reason given."),
    "state": st.column_config.TextColumn(
        "State",
        width=130,
        help="In force, replaced by a later decision on the same two, undone by whom and when, or without effect as a "
        "claim is not in the database any more.",
    ),
}
"""Columns of `decision_table` with labels and help."""


def stake(row: Row) -> str:
    """What a decision on a pair is worth: `$40bn at stake · 56 % the same by the rules`."""
    score = "" if wording.missing(row["score"]) else f"{float(str(row['score'])):.0%} the same by the rules"
    return " · ".join(part for part in (f"{wording.usd_short(row['usd'])} at stake", score) if part)


def would_change(events: pd.DataFrame) -> tuple[str, str]:
    """What `same` and what `different` would do to the events of two claims (`EVENT_FRAME`), in markdown."""
    named = [
        f"“{wording.escape_markdown(str(row['title']))}” ({wording.plural(int(row['reports']), 'report')})"
        for row in events.to_dict("records")
    ]
    if len(named) == 2:
        return f"joins {named[0]} with {named[1]}.", "keeps the two events apart, whatever else links them."
    return f"keeps both in {named[0]}, whatever else speaks against it.", f"takes {named[0]} apart."


def would_join(left: ActorPage | None, right: ActorPage | None) -> str:
    """What `same` would do to two actors, in markdown; empty where one of them is not there."""
    if left is None or right is None:
        return ""
    kept, gone = kept_and_gone(left, right)
    stays, other = wording.escape_markdown(kept.name), wording.escape_markdown(gone.name)
    rule = "in the register" if not kept.actor["provisional"] and gone.actor["provisional"] else "first by alphabet"
    changed = f"{wording.plural(gone.number, 'event')} {'changes' if gone.number == 1 else 'change'}"
    return f"**Same**: {stays} stays ({rule}), {other} becomes another name of it; {changed}."


def kept_and_gone(left: ActorPage | None, right: ActorPage | None) -> tuple[ActorPage, ActorPage]:
    """Which of two actors stays when they are one: known before provisional, then by name (`pipeline.joins`)."""
    pages = [page for page in (left, right) if page is not None]
    kept, gone = sorted(pages, key=lambda page: (bool(page.actor["provisional"]), page.name))
    return kept, gone


def comparison(before: Iterable[EventNow], after: Iterable[EventNow]) -> pd.DataFrame:
    """Events before and after a decision, side by side in a table: markdown, a row for each event."""
    rows = [
        {
            "": when,
            "Event": wording.escape_markdown(cut(event.title)),
            "Figure": wording.escape_markdown(wording.money_of(asdict(event))) or "none",
            "Stage": wording.stage_words(event.stage),
            "Disputed": "yes" if event.disputed else "no",
            "Reports": event.reports,
            "Sources": event.independent_sources,
        }
        for when, events in (("Now", before), ("Then", after))
        for event in events
    ]
    return pd.DataFrame(rows).set_index("")


def cut(title: str) -> str:
    """A title beside others, with an ellipsis where it was cut."""
    return shortened(title, MOST)


def decision_table(groups: Iterable[Group]) -> pd.DataFrame:
    """Decisions for reading, a row for each group in its order. Columns: those of `DECISION_COLUMNS`."""
    made = [
        {
            "verdict": group.label or VERDICTS.get(str(row["verdict"]), row["verdict"]),
            "left": cut(subject_of(row, "left")),
            "right": cut(subject_of(row, "right")),
            "who": row["who"],
            "decided": moment(row["decided_at"]),
            "why": cut(str(row["why"])),
            "state": group_state(group),
        }
        for group in groups
        for row in group.rows[:1]
    ]
    return pd.DataFrame(made, columns=list(DECISION_COLUMNS))


def group_state(group: Group) -> str:
    """Whether what was decided in one go holds: as of one where all are alike, else how many are in force."""
    states = {state(row) for row in group.rows}
    if len(states) == 1:
        return states.pop()
    return f"{sum(state(row) == IN_FORCE for row in group.rows):,} of {len(group.rows):,} in force"


def moment(stored: object) -> str:
    """`2026-11-23 16:05` of a stored moment."""
    return str(stored)[:16].replace("T", " ")


def subject_of(row: Row, side: str) -> str:
    """What a judgement is about on one side: the claim's publisher and event, or the actor's name."""
    title = row[f"{side}_title"]
    return source_of(row, side) if wording.missing(title) else f"{source_of(row, side)}: {title}"


def source_of(row: Row, side: str) -> str:
    """`The Paper, 2 May 2025` for a claim, the name for an actor; a claim that is gone by its id."""
    if row["subject"] == "actor":
        return str(row[f"{side}_id"])
    if wording.missing(row[f"{side}_publisher"]):
        return f"a claim that is gone ({row[f'{side}_id']})"
    return f"{row[f'{side}_publisher']}, {wording.date_words(row[f'{side}_published'])}"


def state(row: Row) -> str:
    """Whether a judgement (`JUDGEMENT_FRAME`) holds."""
    if row["in_force"]:
        gone = row["subject"] == "claim" and any(wording.missing(row[f"{side}_event"]) for side in ("left", "right"))
        return GONE if gone else IN_FORCE
    if wording.missing(row["undone_by"]):
        return "Replaced by a later one"
    why = "" if wording.missing(row["undone_why"]) else f": {row['undone_why']}"
    return f"Undone by {row['undone_by']}, {moment(row['undone_at'])}{why}"
