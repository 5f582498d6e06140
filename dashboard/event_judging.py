"""Merging an event with another and taking claims out of it, on the event's page. Only where judging is switched on."""

import re

import streamlit as st

from dashboard import address, cache, place, reviewing, wording
from db.filters import Filters
from db.queries.event_page import EventPage
from pipeline.judging import Outcome

MOST_FOUND = 50
"""Events that a search offers to merge with."""
_EVENT_ID = re.compile(r"ev-[a-z2-7]{12}")


def draw(page: EventPage, numbers: dict[str, int]) -> None:
    """The forms to merge and to split, with a preview and undo; nothing where judging is off."""
    if not reviewing.is_on():
        return
    st.subheader("Mend it", anchor=False, help="Stored as judgements on claims: they survive rebuilds, and can be "
                 "undone here or under Decisions on the Review page.")  # fmt: skip
    reviewing.draw_last_decision()
    who = reviewing.name_field()
    with st.expander("Merge with another event"):
        merge_form(page, who)
    if len(page.claims) > 1:
        with st.expander("Take claims out"):
            split_form(page, numbers, who)


def merge_form(page: EventPage, who: str) -> None:
    """Choose the other event, see what would come of it, and merge."""
    event_id = str(page.event["event_id"])
    other_id = other_event(page)
    why = reviewing.reason_field(f"merge_why {event_id}")
    tried, done = buttons("merge", event_id, "Merge", can=bool(who) and other_id is not None)
    if other_id is None:
        return
    if tried and (trial := reviewing.try_merge(event_id, other_id)):
        preview(trial)
    if done:
        outcome = reviewing.save("**Merged.**", reviewing.merge_events(event_id, other_id, who, why))
        if outcome:
            go_on(event_id, outcome)


def other_event(page: EventPage) -> str | None:
    """Ask for the other event: a near miss, an id, a link, or words to search for."""
    event_id = str(page.event["event_id"])
    offered = dict(zip(page.near["event_id"], page.near["title"], strict=True))
    picked = None
    if offered:
        picked = st.selectbox("Event that nearly belongs here", list(offered), index=None, key=f"merge_near {event_id}",
                              format_func=lambda one: offered[one],
                              placeholder="Choose one, or give another below")  # fmt: skip
    typed = st.text_input("Another event: its id, a link to its page, or words to search for",
                          key=f"merge_id {event_id}", placeholder="ev-… or https://… or Mistral series C",
                          max_chars=address.MOST_CHARACTERS)  # fmt: skip
    if not typed.strip():
        return picked
    return named_event(typed) or searched_event(page, typed)


def searched_event(page: EventPage, words: str) -> str | None:
    """Offer the events of the same kind that these words find."""
    event_id = str(page.event["event_id"])
    found = cache.event_list(Filters(text=address.search_words(words), kinds=(str(page.event["kind"]),)))
    found = found[found["event_id"] != event_id]
    if found.empty:
        st.caption("No other event of this kind has these words.")
        return None
    shown = found.head(MOST_FOUND).to_dict("records")
    titles = {str(row["event_id"]): f"{row['title']} ({row['date']})" for row in shown}
    return st.selectbox(f"Events found ({len(found):,})", list(titles), index=None, key=f"merge_found {event_id}",
                        format_func=lambda one: titles[one], placeholder="Choose one")  # fmt: skip


def named_event(text: str) -> str | None:
    """The id of an event in a text such as an address; the last one, as a link to an event ends in it."""
    found = _EVENT_ID.findall(text)
    return found[-1] if found else None


def split_form(page: EventPage, numbers: dict[str, int], who: str) -> None:
    """Choose the claims that leave, see what would come of it, and split."""
    event_id = str(page.event["event_id"])
    labels = {str(row["claim_id"]): claim_label(row, numbers) for row in page.claims.to_dict("records")}
    leaving = [claim_id for claim_id, label in labels.items()
               if st.checkbox(wording.escape_markdown(label), key=f"leave {claim_id}")]  # fmt: skip
    why = reviewing.reason_field(f"split_why {event_id}")
    some = 0 < len(leaving) < len(labels)
    if len(leaving) == len(labels):
        st.caption("At least one claim has to stay.")
    tried, done = buttons("split", event_id, "Take out", can=bool(who) and some)
    if not some:
        return
    if tried and (trial := reviewing.try_split(event_id, leaving)):
        preview(trial)
    if done:
        outcome = reviewing.save("**Taken out.**", reviewing.split_event(event_id, leaving, who, why))
        if outcome:
            go_on(event_id, outcome)


def claim_label(claim: "dict[str, object]", numbers: dict[str, int]) -> str:
    """`3 · Reuters, 2 May 2025: series D, USD 2 billion`."""
    told = [str(claim["what"] or claim["evidence"]), wording.money_of(claim)]
    by = f"{claim['publisher']}, {wording.date_words(claim['published'])}"
    return f"{numbers[str(claim['claim_id'])]} · {by}: {', '.join(part for part in told if part)}"


def buttons(sort: str, event_id: str, label: str, *, can: bool) -> tuple[bool, bool]:
    """Whether the preview and whether the deed itself was asked for."""
    with st.container(horizontal=True):
        tried = st.button("Preview", key=f"try_{sort} {event_id}", disabled=not can, icon=":material/visibility:")
        done = st.button(label, key=f"do_{sort} {event_id}", disabled=not can, type="primary")
    if not can:
        st.caption("Needs your name above and a choice.")
    return tried, done


def preview(trial: Outcome) -> None:
    """What would come of it."""
    lines = [
        f"- “{wording.escape_markdown(event.title)}”: {wording.plural(event.reports, 'report')}, "
        f"{wording.plural(event.claims, 'claim')}"
        for event in trial.events
    ]
    said = wording.plural(len(trial.judgement_ids), "judgement")
    st.info(f"It would give {wording.plural(len(trial.events), 'event')}, by {said}:\n\n" + "\n".join(lines))


def go_on(event_id: str, outcome: Outcome) -> None:
    """Draw the page anew, on the event that this one's id leads to now."""
    now, _ = cache.forward(event_id)
    if now is not None and now in {event.event_id for event in outcome.events}:
        place.show("event", now)
    st.rerun()
