"""All decisions: who, when, why, whether in force; undoing; the file of judgements."""

import pandas as pd
import streamlit as st

from dashboard import cache, components, filters, place, review_words, reviewing, tables, wording
from dashboard.evidence import Row


def draw(who: str | None) -> None:
    """The table of decisions, the one picked, and the files. `who`: the reviewer's name; None: judging is off."""
    judged = cache.judgements()
    if judged.empty:
        st.info("Nobody has decided anything yet.", icon=":material/gavel:")
        return
    holding = int(judged["in_force"].sum())
    st.markdown(f"**{wording.plural(len(judged), 'decision')}** · {holding:,} in force")
    picked = st.dataframe(
        review_words.decision_table(judged),
        hide_index=True,
        column_config=dict(review_words.DECISION_COLUMNS),
        height=tables.height(len(judged)),
        row_height=tables.ROW,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        key="decision_list",
        alt="Table of decisions, latest first.",
    )
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(judged):
        draw_one(judged.iloc[rows[0]].to_dict(), made_with(judged, judged.iloc[rows[0]]), who)
    else:
        st.caption("Choose a row to see its events and to undo it.")
    components.export_row([components.Export("Decisions CSV", "decisions", lambda: judged)], filters.link())
    st.download_button(
        "Decisions as judgements.jsonl", cache.judgement_lines, "judgements.jsonl", "application/jsonl",
        on_click="ignore", icon=":material/download:",
        help="All of them, sorted, a line each: loads into another database with `load --judgements`.",
    )  # fmt: skip


def made_with(judged: pd.DataFrame, row: Row) -> list[str]:
    """The ids of the decisions not undone that one person made at one moment with this one, this one first."""
    together = judged[(judged["who"] == row["who"]) & (judged["decided_at"] == row["decided_at"])]
    ids = [str(one) for one in together.loc[together["undone_by"].isna(), "judgement_id"]]
    return sorted(ids, key=lambda one: (one != row["judgement_id"], one))


def draw_one(row: Row, together: list[str], who: str | None) -> None:
    """One decision: what it was on, links to the events, and buttons that take back it, or all made in one go."""
    with st.container(border=True, key="judged_picked"):
        verdict = review_words.VERDICTS[str(row["verdict"])]
        left, right = (wording.escape_markdown(str(row[f"{side}_id"])) for side in ("left", "right"))
        st.markdown(f"**{verdict}**: {left} and {right}. {wording.escape_markdown(str(row['why']))}")
        st.caption(f"Id `{row['judgement_id']}` · {wording.escape_markdown(review_words.state(row))}")
        for side in ("left", "right"):
            if not wording.missing(row[f"{side}_event"]):
                title = wording.escape_markdown(str(row[f"{side}_title"]))
                place.link_to_event(str(row[f"{side}_event"]), title, icon=":material/event:")
        if who is not None and wording.missing(row["undone_by"]):
            ask_to_undo(together, who)


def ask_to_undo(together: list[str], who: str) -> None:
    """Why, and the buttons. `together`: ids of decisions made in one go, the one that is picked first."""
    why = st.text_input("Why it is undone", key="undo_why", max_chars=1000, placeholder=reviewing.MISREAD,
                        help="Stored beside the decision, which stays on record.")  # fmt: skip
    one, *others = together
    with st.container(horizontal=True):
        if st.button("Undo this decision", key="undo_picked", icon=":material/undo:", disabled=not who):
            reviewing.undo([one], who, why or reviewing.MISREAD)
        label = f"Undo it with the {wording.plural(len(others), 'other')} made in one go"
        if others and st.button(label, key="undo_together", icon=":material/undo:", disabled=not who):
            reviewing.undo(together, who, why or reviewing.MISREAD)
