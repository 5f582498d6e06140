"""Merging an event with another and taking claims out of it, on the event's page. Only where judging is switched on."""

import re
from collections.abc import Collection

import streamlit as st

from dashboard import address, cache, cache_pages, place, review_words, reviewing, wording
from db.filters import Filters
from db.queries.event_page import EventPage
from db.queries.events import Order
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
    who = reviewing.name_field()
    with st.expander("Merge with another event"):
        merge_form(page, who)
    if len(page.claims) > 1:
        with st.expander("Take claims out"):
            split_form(page, numbers, who)
    reviewing.draw_last_decision()
    without_effect(set(page.claims["claim_id"]))


def without_effect(claim_ids: Collection[str]) -> None:
    """Name the decisions in force on one of these claims whose other claim is gone."""
    judged = cache.judgements()
    about = judged[judged["left_id"].isin(claim_ids) | judged["right_id"].isin(claim_ids)]
    for row in about.to_dict("records"):
        if review_words.state(row) == review_words.GONE:
            left, right = (review_words.source_of(row, side) for side in ("left", "right"))
            said = f"{review_words.VERDICTS[row['verdict']]}: {left} and {right}, decided by {row['who']}"
            st.caption(wording.escape_markdown(f"{said}. {review_words.GONE}."))


def merge_form(page: EventPage, who: str) -> None:
    """Choose the other event, see what would come of it, and merge."""
    event_id = str(page.event["event_id"])
    other_id = other_event(page)
    why = reviewing.reason_field(f"merge_why {event_id}")
    tried, done = buttons("merge", event_id, "Merge", who, why, chosen=other_id is not None)
    if other_id is None:
        return
    if tried and (trial := reviewing.try_merge(event_id, other_id)):
        preview(trial)
    if done:
        outcome = reviewing.save("**Merged.**", reviewing.merge_events(event_id, other_id, who, why), why)
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
    named = named_event(typed)
    return there(named) if named else searched_event(page, typed)


def there(event_id: str) -> str | None:
    """Where an id leads now; None where there is no such event, which is said."""
    found, reason = cache.forward(event_id)
    if found is None:
        st.warning(f"This event is gone: {wording.escape_markdown(reason)}" if reason else "No event has this id.")
    return found


def searched_event(page: EventPage, words: str) -> str | None:
    """Offer the events of the same kind that these words find."""
    event_id = str(page.event["event_id"])
    asked = Filters(text=address.search_words(words), kinds=(str(page.event["kind"]),))
    found = cache_pages.event_page(asked, Order.LATEST, MOST_FOUND + 1)
    others = found[found["event_id"] != event_id].head(MOST_FOUND)
    if others.empty:
        st.caption("No other event of this kind has these words.")
        return None
    titles = {str(row["event_id"]): f"{row['title']} ({row['date']})" for row in others.to_dict("records")}
    said = f"Events found ({len(titles)})" if len(found) <= MOST_FOUND else f"Events found (the latest {MOST_FOUND})"
    return st.selectbox(said, list(titles), index=None, key=f"merge_found {event_id}",
                        format_func=lambda one: titles[one], placeholder="Choose one")  # fmt: skip


def named_event(text: str) -> str | None:
    """The id of an event in a text such as an address; the last one, as a link to an event ends in it."""
    found = _EVENT_ID.findall(text)
    return found[-1] if found else None


def split_form(page: EventPage, numbers: dict[str, int], who: str) -> None:
    """Choose the claims that leave, see what would come of it, and split."""
    event_id = str(page.event["event_id"])
    labels = {str(row["claim_id"]): claim_label(row) for row in page.claims.to_dict("records")}
    leaving = [claim_id for claim_id, label in labels.items()
               if claim_box(claim_id, numbers[claim_id], label)]  # fmt: skip
    why = reviewing.reason_field(f"split_why {event_id}")
    some = 0 < len(leaving) < len(labels)
    if len(leaving) == len(labels):
        st.caption("At least one claim has to stay.")
    tried, done = buttons("split", event_id, "Take out", who, why, chosen=some)
    if not some:
        return
    if tried and (trial := reviewing.try_split(event_id, leaving)):
        preview(trial)
    if done:
        outcome = reviewing.save("**Taken out.**", reviewing.split_event(event_id, leaving, who, why), why)
        if outcome:
            go_on(event_id, outcome)


def claim_box(claim_id: str, number: int, told: str) -> bool:
    """A box to tick, named `Claim 3` for those who hear the page, and beside it what the claim says."""
    with st.container(horizontal=True, vertical_alignment="top"):
        ticked = st.checkbox(f"Claim {number}", key=f"leave {claim_id}", width=90)
        st.markdown(wording.escape_markdown(told), width="stretch")
    return ticked


def claim_label(claim: "dict[str, object]") -> str:
    """`Reuters, 2 May 2025: series D, USD 2 billion`."""
    told = [str(claim["what"] or claim["evidence"]), wording.money_of(claim)]
    by = f"{claim['publisher']}, {wording.date_words(claim['published'])}"
    return f"{by}: {', '.join(part for part in told if part)}"


def buttons(sort: str, event_id: str, label: str, who: str, why: str, *, chosen: bool) -> tuple[bool, bool]:
    """Whether the preview, which needs a choice alone, and whether the deed itself was asked for."""
    missing = reviewing.lacking(who, why) if chosen else "Choose first."
    with st.container(horizontal=True):
        tried = st.button("Preview", key=f"try_{sort} {event_id}", disabled=not chosen, icon=":material/visibility:")
        done = st.button(label, key=f"do_{sort} {event_id}", disabled=bool(missing), type="primary",
                         help=missing or None)  # fmt: skip
    if missing:
        st.caption(missing)
    return tried, done


def preview(trial: Outcome) -> None:
    """What would come of it, beside what is."""
    said = wording.plural(len(trial.judgement_ids), "decision")
    st.info(f"It would give {wording.plural(len(trial.events), 'event')}, by {said}. Nothing is changed yet.")
    st.table(review_words.comparison(trial.before, trial.events))


def go_on(event_id: str, outcome: Outcome) -> None:
    """Draw the page anew, on the event that this one's id leads to now."""
    now, _ = cache.forward(event_id)
    if now is not None and now in {event.event_id for event in outcome.events}:
        place.show("event", now)
    st.rerun()
