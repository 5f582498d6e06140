"""The queue of actors that may be one: two names side by side with keys for each answer, and any two by name."""

import streamlit as st

from dashboard import address, cache, place, review_words, reviewing, wording
from db.queries.review_actors import ActorPage
from db.vocabulary import Verdict
from pipeline.likeness import Likely

QUEUE = "actors"
MOST_CONFLICTS = 5
"""Contradictions of decisions that are shown at once."""
MOST_LINKS = 2
"""Events that changed which are linked beside a decision."""
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
        reviewing.draw_last_decision()
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
    """What “Same” would do, the two actors side by side, then the answers; saves what was answered."""
    pages = (cache.actor(names[0]), cache.actor(names[1]))
    if said := review_words.would_join(*pages):
        st.markdown(said)
    for name, page, column in zip(names, pages, st.columns(2), strict=True):
        with column, st.container(border=True, key=f"judged_{key}_{name}"):
            draw_actor(name, page)
    if who is None:
        return
    pair = " and ".join(names)
    if key == "likely":
        reviewing.show_pair(pair)
    with st.container(key="answer_bar" if key == "likely" else f"answers_{key}"):
        why = answer_buttons(pair, who, key)
        if key == "likely":
            reviewing.draw_last_decision(reserve=True)
    if answer := reviewing.answered(pair, alone=key == "likely"):
        decide(names, pages, answer, who, why or reviewing.NO_REASON)


def answer_buttons(pair: str, who: str, key: str) -> str:
    """The reason and the answers; gives the reason. `pair`: both names."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        why = reviewing.reason_field(f"{key}_why {pair}", reviewing.READY_ACTOR_REASONS)
        for verdict, (label, shortcut, hint) in ANSWERS.items():
            missing = reviewing.lacking(who, why, needs_reason=verdict is not Verdict.UNSURE)
            st.button(label, key=f"{key}_{verdict} {pair}", help=missing or hint, disabled=bool(missing),
                      shortcut=shortcut if key == "likely" else None,
                      on_click=reviewing.press, args=(pair, str(verdict)))  # fmt: skip
        if key == "likely":
            reviewing.again_field()
    if not who:
        st.caption("Write your name above to judge.")
    return why


def decide(
    names: tuple[str, str],
    pages: tuple[ActorPage | None, ActorPage | None],
    pressed: reviewing.Press,
    who: str,
    why: str,
) -> None:
    """Save an answer, tell what came of it and draw the page anew; what fails is said."""
    verdict = Verdict(pressed.answer)
    words = f"**{ANSWERS[verdict][0]}**: {wording.escape_markdown(names[0])} and {wording.escape_markdown(names[1])}."
    if reviewing.save(words, reviewing.judge_actors(*names, str(verdict), who, why), why, pressed) is None:
        return
    if verdict is Verdict.SAME and all(pages):
        reviewing.say(joined_words(names, pages))
    st.rerun()


def joined_words(names: tuple[str, str], pages: tuple[ActorPage | None, ActorPage | None]) -> str:
    """What came of calling two actors the same (markdown), with links to the events. `pages`: as they were before."""
    if set(names) in [set(pair) for pair in cache.actor_conflicts()]:
        return "Stored, yet the two stay apart: other decisions call them different."
    kept, gone = review_words.kept_and_gone(*pages)
    now = cache.actor(kept.name)
    number = now.number if now is not None else kept.number
    link = f"events?{address.query({'actor': kept.name})}"
    moved = " · ".join(
        f"[{wording.escape_markdown(review_words.cut(str(event['title'])))}]({place.event_link(str(event['event_id']))})"
        for event in gone.events.head(MOST_LINKS).to_dict("records")
    )
    told = f"**{wording.escape_markdown(gone.name)}** is another name of **{wording.escape_markdown(kept.name)}** now"
    changed = f" {wording.plural(gone.number, 'event')} changed: {moved}." if gone.number else ""
    return f"{told}, which is in [{wording.plural(number, 'event')}]({link}).{changed}"


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
