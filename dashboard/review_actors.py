"""The queue of actors that may be one: two names side by side with keys for each answer, and any two by name."""

import streamlit as st

from dashboard import cache, place, reviewing, wording
from db.queries.review_actors import ActorPage
from db.vocabulary import Verdict
from pipeline.likeness import Likely

QUEUE = "actors"
MOST_CONFLICTS = 5
"""Contradictions of decisions that are shown at once."""
ANSWERS = {
    Verdict.SAME: ("Same", "s", "Two names of one body: all claims of one follow the other."),
    Verdict.DIFFERENT: ("Different", "d", "Two bodies: names never join them."),
    Verdict.OWNS: ("Left owns right", "o", "The right one is a subsidiary or part of the left one."),
    Verdict.OWNED_BY: ("Right owns left", "p", "The left one is a subsidiary or part of the right one."),
    Verdict.UNSURE: ("Unsure", "u", "You looked and cannot tell. Changes nothing, and the pair is not asked again."),
}
"""Answers on two actors: the button's words, its key, what it means."""


def draw(who: str | None) -> None:
    """The pair of actors that the session is at. `who`: the reviewer's name; None: judging is off."""
    waiting = cache.likely_actors()
    for left, right in cache.actor_conflicts()[:MOST_CONFLICTS]:
        st.warning(
            f"{wording.escape_markdown(left)} and {wording.escape_markdown(right)} were called the same, and are kept "
            "apart all the same: a chain of other decisions calls them different. Undo one of them under Decisions.",
            icon=":material/call_split:",
        )
    if waiting:
        at = reviewing.queue_place(QUEUE, len(waiting))
        header(at, waiting)
        ask((waiting[at].left, waiting[at].right), who, "likely")
    else:
        st.success("No two actors with names alike are waiting.")
    any_two(who)


def header(at: int, waiting: list[Likely]) -> None:
    """`Pair 3 of 21`, why the two are asked about, with the way back and on."""
    pair = waiting[at]
    with st.container(horizontal=True, vertical_alignment="center"):
        said = wording.escape_markdown(f"{pair.reason[:1].upper()}{pair.reason[1:]}")
        st.markdown(f"**Pair {at + 1:,} of {len(waiting):,}** · {said}", width="stretch")
        st.button("Back", key="actors_back", shortcut="b", icon=":material/arrow_back:", disabled=at == 0,
                  on_click=reviewing.move, args=(QUEUE, at - 1))  # fmt: skip
        st.button("Skip", key="actors_skip", shortcut="n", icon=":material/arrow_forward:",
                  disabled=at + 1 == len(waiting), on_click=reviewing.move, args=(QUEUE, at + 1),
                  help="Leave this pair for later.")  # fmt: skip
    st.markdown("**Are these two one body, or does one own the other?**")


def ask(names: tuple[str, str], who: str | None, key: str) -> None:
    """The answers, then the two actors side by side."""
    if who is not None:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            why = st.text_input("Why", key=f"{key}_why", max_chars=1000, placeholder="e.g. renamed in 2025",
                                help="Stored with the decision, for people who ask later.", width=260)  # fmt: skip
            for verdict, (label, shortcut, hint) in ANSWERS.items():
                pressed = st.button(label, key=f"{key}_{verdict}", help=hint, disabled=not who,
                                    shortcut=shortcut if key == "likely" else None)  # fmt: skip
                if pressed and decide(names, verdict, who, why or f"{label.lower()}: known to the reviewer"):
                    st.rerun()
        if not who:
            st.caption("Write your name above to judge.")
    for name, column in zip(names, st.columns(2), strict=True):
        with column, st.container(border=True, key=f"judged_{key}_{name}"):
            draw_actor(name, cache.actor(name))


def decide(names: tuple[str, str], verdict: Verdict, who: str, why: str) -> bool:
    """Save an answer; False where that failed, which is said."""
    words = f"**{ANSWERS[verdict][0]}**: {wording.escape_markdown(names[0])} and {wording.escape_markdown(names[1])}."
    return reviewing.save(words, reviewing.judge_actors(*names, str(verdict), who, why)) is not None


def draw_actor(name: str, page: ActorPage | None) -> None:
    """One actor: what it is, its other names, and some of its events."""
    st.markdown(f"**{wording.escape_markdown(name)}**")
    if page is None:
        st.caption("No actor goes by this name.")
        return
    actor = page.actor
    facts = [
        wording.actor_kind_words(actor["kind"]) or "Kind not known",
        wording.country_words(actor["country"]) or "home not known",
        "" if wording.missing(actor["parent"]) else f"owned by {actor['parent']}",
        "named by claims only, not in the register" if actor["provisional"] else "",
    ]
    st.caption(wording.escape_markdown(" · ".join(fact for fact in facts if fact)))
    if page.names:
        st.markdown(f":small[Also: {wording.escape_markdown(wording.listing(list(page.names), 8))}]")
    st.markdown(f":small[In {wording.plural(page.number, 'event')}, such as]")
    for event in page.events.to_dict("records"):
        place.link_to_event(str(event["event_id"]), wording.escape_markdown(str(event["title"])), icon="")


def any_two(who: str | None) -> None:
    """Two actors of one's own choice."""
    with st.expander("Decide on two other actors"):
        names = cache.choices().actors
        left, right = st.columns(2)
        one = left.selectbox("One actor", names, index=None, key="any_left", placeholder="Choose a name")
        other = right.selectbox("Another actor", names, index=None, key="any_right", placeholder="Choose a name")
        if one and other and one != other:
            ask((one, other), who, "any")
        else:
            st.caption("Choose two names, for example a firm and its subsidiary, or one firm under two names.")
