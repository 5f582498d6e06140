"""All decisions: who, when, why, whether in force; undoing; the file of judgements."""

import streamlit as st

from dashboard import cache, components, filters, place, review_words, reviewing, tables, wording
from dashboard.decision_groups import Group, grouped
from dashboard.evidence import Row

MOST_SHOWN = 30
"""Decisions made in one go that are shown one by one."""


def draw(who: str | None) -> None:
    """The table of decisions, the one picked, and the files. `who`: the reviewer's name; None: judging is off."""
    judged = cache.judgements()
    if judged.empty:
        st.info("Nobody has decided anything yet.", icon=":material/gavel:")
        return
    holding = int(judged["in_force"].sum())
    st.markdown(f"**{wording.plural(len(judged), 'decision')}** · {holding:,} in force")
    groups = grouped(judged)
    picked = st.dataframe(
        review_words.decision_table(groups),
        hide_index=True,
        column_config=dict(review_words.DECISION_COLUMNS),
        height=tables.height(len(groups)),
        row_height=tables.ROW,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        key="decision_list",
        alt="Table of decisions, latest first.",
    )
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(groups):
        draw_group(groups[rows[0]], who)
    else:
        st.caption("Choose a row to see its details and events, and to undo it.")
    reviewing.draw_last_decision()
    components.export_row([components.Export("Decisions CSV", "decisions", lambda: judged)], filters.link())
    st.download_button(
        "Decisions as judgements.jsonl", cache.judgement_lines, "judgements.jsonl", "application/jsonl",
        on_click="ignore", icon=":material/download:",
        help="All of them, sorted, a line each: loads into another database with `load --judgements`.",
    )  # fmt: skip


def draw_group(group: Group, who: str | None) -> None:
    """What was decided in one go: each decision with links to its events, and buttons that take back one or all."""
    with st.container(border=True, key="judged_picked"):
        if group.label:
            st.markdown(f"**{group.label}**, by {wording.plural(len(group.rows), 'decision')} made in one go")
            with st.expander("Its decisions one by one"):
                for row in group.rows[:MOST_SHOWN]:
                    draw_one(row)
                if len(group.rows) > MOST_SHOWN:
                    st.caption(f"And {len(group.rows) - MOST_SHOWN:,} more, in the CSV below.")
        else:
            draw_one(group.rows[0])
        if who is not None and group.standing:
            ask_to_undo(group, who)


def draw_one(row: Row) -> None:
    """One decision: what it was on, whether it holds, and links to the events."""
    left, right = (wording.escape_markdown(review_words.source_of(row, side)) for side in ("left", "right"))
    verdict = review_words.VERDICTS[str(row["verdict"])]
    st.markdown(f"**{verdict}**: {left} and {right}. {wording.escape_markdown(str(row['why']))}")
    st.caption(f"Id `{row['judgement_id']}` · {wording.escape_markdown(review_words.state(row))}")
    events = {str(row[f"{side}_event"]): row[f"{side}_title"] for side in ("left", "right")
              if not wording.missing(row[f"{side}_event"])}  # fmt: skip
    for event_id, title in events.items():
        place.link_to_event(event_id, wording.escape_markdown(str(title)), icon=":material/event:")


def ask_to_undo(group: Group, who: str) -> None:
    """Why, and the buttons. Of decisions made in one go a single one can be taken back as well."""
    first = group.standing[0]
    why = st.text_input("Why it is undone", key=f"undo_why {first}", max_chars=1000, placeholder=reviewing.MISREAD,
                        help="Stored beside the decision, which stays on record.")  # fmt: skip
    why = why or reviewing.MISREAD
    if not group.label:
        if st.button("Undo this decision", key=f"undo_picked {first}", icon=":material/undo:", disabled=not who):
            reviewing.undo([first], who, why)
        return
    labels = {str(row["judgement_id"]): one_of(row) for row in group.rows if row["judgement_id"] in group.standing}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("Undo all of it", key=f"undo_together {first}", icon=":material/undo:", disabled=not who):
            reviewing.undo(group.standing, who, why)
        one = st.selectbox("or a single one", list(labels), index=None, format_func=lambda key: labels[key],
                           key=f"undo_choice {first}", placeholder="Choose a decision", width=420)  # fmt: skip
        if st.button("Undo it", key=f"undo_picked {first}", disabled=not who or one is None) and one:
            reviewing.undo([one], who, why)


def one_of(row: Row) -> str:
    """One of several decisions in a line: `Same: The Paper, 2 May 2025 and The Post, 3 May 2025`."""
    left, right = (review_words.source_of(row, side) for side in ("left", "right"))
    return f"{review_words.VERDICTS[str(row['verdict'])]}: {left} and {right}"
