"""The Review page in words: why a pair is asked about, what a decision would change, decisions as a table. Pure."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import wording
from dashboard.evidence import Row
from db.queries.review import APART, CONFLICT, NEAR, THROUGH, WEAK

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

_EITHER = "The claim, by who published it and the event it is in now; or the actor."

DECISION_COLUMNS: Mapping[str, Any] = {
    "decided": st.column_config.TextColumn("Decided", width=110, help="Day and time (UTC) of the decision."),
    "who": st.column_config.TextColumn("Who", width=84, help="Who decided."),
    "left": st.column_config.TextColumn("One", width=196, help=_EITHER),
    "verdict": st.column_config.TextColumn("Verdict", width=80, help="What was decided on the two."),
    "right": st.column_config.TextColumn("Other", width=196, help=_EITHER),
    "why": st.column_config.TextColumn("Why", width=150, help="The reason given."),
    "state": st.column_config.TextColumn(
        "State", width=150, help="In force, replaced by a later decision on the same two, or undone: by whom and when."
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


def decision_table(judged: pd.DataFrame) -> pd.DataFrame:
    """Judgements (`JUDGEMENT_FRAME`) for reading, same rows in the same order. Columns: those of `DECISION_COLUMNS`."""
    rows = judged.to_dict("records")
    made = {
        "decided": [moment(row["decided_at"]) for row in rows],
        "who": [row["who"] for row in rows],
        "left": [subject_of(row, "left") for row in rows],
        "verdict": [VERDICTS.get(row["verdict"], row["verdict"]) for row in rows],
        "right": [subject_of(row, "right") for row in rows],
        "why": [row["why"] for row in rows],
        "state": [state(row) for row in rows],
    }
    return pd.DataFrame(made, columns=list(DECISION_COLUMNS))


def moment(stored: object) -> str:
    """`2026-11-23 16:05` of a stored moment."""
    return str(stored)[:16].replace("T", " ")


def subject_of(row: Row, side: str) -> str:
    """What a judgement is about on one side: the claim's publisher and event, or the actor's name."""
    title = row[f"{side}_title"]
    if wording.missing(title):
        return str(row[f"{side}_id"])
    return f"{row[f'{side}_publisher']}, {wording.date_words(row[f'{side}_published'])}: {title}"


def state(row: Row) -> str:
    """Whether a judgement holds."""
    if row["in_force"]:
        return "In force"
    if wording.missing(row["undone_by"]):
        return "Replaced by a later one"
    why = "" if wording.missing(row["undone_why"]) else f": {row['undone_why']}"
    return f"Undone by {row['undone_by']}, {moment(row['undone_at'])}{why}"
