"""Review: pairs of claims and of actors that people should decide on, and all decisions. Only arranges."""

import streamlit as st

from dashboard import cache, components, evidence, filters, review_actors, review_decisions, review_pairs, reviewing

QUEUES = {"pairs": "Pairs of claims", "actors": "Actors", "decisions": "Decisions"}

st.title("Review")
st.caption(
    "Where the rules are unsure, people decide. A decision stands above any score, survives rebuilds, can be undone, "
    "and is kept with who, when and why."
)
st.html(evidence.STYLES)
st.html(review_pairs.STYLES)
if cache.size().events == 0:
    components.empty_state(filters.current())
else:
    left, right = components.control_row()
    with left:
        shown = components.choice("queue", "Show", QUEUES)
    with right:
        who = reviewing.name_field() if reviewing.is_on() else None
    if who is None:
        st.info(reviewing.HOW_TO_SWITCH_ON, icon=":material/lock:")
    if filters.current().as_known_on is not None:
        st.caption("Decisions hold for all that is known now: “As known on” changes nothing on this page.")
    {"pairs": review_pairs, "actors": review_actors, "decisions": review_decisions}[shown].draw(who)
