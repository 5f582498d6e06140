"""The page of one event, drawn with Streamlit: what it is, its stages, its claims with evidence, why they are one."""

import datetime as dt

import pandas as pd
import streamlit as st

from dashboard import (
    cache,
    components,
    event_judging,
    event_parts,
    evidence,
    filters,
    merge_reasons,
    place,
    reviewing,
    wording,
)
from db.filters import Filters
from db.queries.event_page import MOST_LINKS, EventPage
from db.queries.events import EVENT_FRAME
from db.queries.frames import typed
from pipeline.claim_ids import event_id_of

STANCES = {
    "asserts": ("Who says so", "They report it as a fact or a plan."),
    "denies": ("Who denies it", "They say that it did not happen or is not so."),
    "disputes": ("Who disputes it", "They contest a part of it, such as the figure or the date."),
}
"""Groups of claims: heading and what they do."""
MOST_NEAR = 5
"""Near misses that are shown at once."""
CLAIMS_AT_ONCE = 100
"""Claims of a stance that are drawn at once."""
LINKS_AT_ONCE = 100
"""Links between claims that a list holds."""
MEND = "mend-it"
"""Anchor of the section where an event is merged or split."""


def draw(event_id: str, chosen: Filters) -> None:
    """The page of an event, of the event that its id leads to now, or of the reason why it is gone."""
    st.html(evidence.STYLES)
    back(chosen)
    page = cache.event(event_id, chosen.as_known_on) or follow(event_id, chosen)
    if page is None:
        return
    event = page.event
    st.html(event_parts.kicker(event))
    st.set_page_config(components.tab_title(str(event["title"])))
    st.title(wording.escape_markdown(str(event["title"])), anchor=False)
    may_mend = reviewing.is_on() and chosen.as_known_on is None
    if may_mend:
        st.markdown(f":small[[Wrong? Merge or split](#{MEND})]")
    if told := event_parts.notices(event, page.claims):
        st.html("".join(f'<p class="notice">{evidence.escape(notice)}</p>' for notice in told))
    st.html(event_parts.key_facts_row(event, event_parts.figures_elsewhere(event, page.claims)))
    draw_parties(event)
    st.subheader("How far it has come", anchor=False)
    numbers = {str(claim_id): number for number, claim_id in enumerate(page.claims["claim_id"], start=1)}
    passages = event_parts.stage_evidence(page.claims, numbers)
    dates = event_parts.figure_dates(page.stages, page.claims)
    st.html(event_parts.ladder(page.stages, str(event["stage"]), event["furthest_stage"], passages, dates))
    st.caption("Each stage has its own date, amount and evidence. Amounts of stages are never added up.")
    draw_claims(page, numbers)
    draw_reasons(page, numbers)
    draw_near(page, numbers)
    if may_mend:
        st.html(f'<span id="{MEND}"></span>')
        event_judging.draw(page, numbers)
    draw_foot(page)


def back(chosen: Filters) -> None:
    """The way back to the list, under the filters as they are."""
    number = cache.counts(chosen).events
    st.button(
        f"All {wording.plural(number, 'event')} of this selection" if number > 1 else "The list of events",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=place.show,
        args=("event", None),
    )


def follow(event_id: str, chosen: Filters) -> EventPage | None:
    """The event that an id leads to now, with a word on it; None where it is gone or never was, which is said."""
    day = chosen.as_known_on
    target, reason = cache.forward(event_id, day)
    if target is not None:
        page = cache.event(target, day)
        if page is not None:
            st.info(wording.escape_markdown(redirect_words(event_id, page.claims)), icon=":material/merge:")
        return page
    shown = wording.escape_markdown(event_id)
    if day is not None and (home := cache.forward(event_id)[0]) is not None:
        draw_not_yet(event_id, home, day)
    elif reason is not None:
        st.title("This event is gone", anchor=False)
        st.warning(f"{shown}: {wording.escape_markdown(reason)}. Its id is kept and is never given to another event.",
                   icon=":material/delete_history:")  # fmt: skip
    elif cache.size().events == 0:
        st.title("No events yet", anchor=False)
        components.empty_state(chosen)
    else:
        st.title("No such event", anchor=False)
        st.warning(f"There is no event with the id {shown}. Check the link, or look in the list.",
                   icon=":material/search_off:")  # fmt: skip
    return None


def redirect_words(old_id: str, claims: pd.DataFrame) -> str:
    """Why an id leads to the event with these claims: merged into it, or anchored anew. Plain text."""
    if old_id in {event_id_of(str(claim_id)) for claim_id in claims["claim_id"]}:
        why = "its report was found to be one of this event, so the two were merged"
    else:
        why = "its first report was withdrawn or replaced, so the event was anchored anew"
    return f"The link names {old_id}, which leads here: {why}. The old id keeps leading here."


def draw_not_yet(event_id: str, home: str, day: dt.date) -> None:
    """That an event of today was not known on a day under this id, with the ways to where it lives. `home`: today."""
    today = cache.event(home)
    claim_ids = [] if today is None else [str(claim_id) for claim_id in today.claims["claim_id"]]
    then = next((found for one in claim_ids if (found := cache.forward(event_id_of(one), day)[0])), None)
    st.title("Not yet known", anchor=False)
    under = " under this id" if then else ""
    st.warning(f"{wording.escape_markdown(event_id)} was not yet known on {wording.date_words(day)}{under}.",
               icon=":material/history:")  # fmt: skip
    if then and (page := cache.event(then, day)):
        title = wording.escape_markdown(str(page.event["title"]))
        place.link_to_event(then, f"As known on {wording.date_words(day)}: {title}", icon=":material/arrow_forward:")
    if today is not None:
        title = wording.escape_markdown(str(today.event["title"]))
        st.button(f"Today: {title}", on_click=to_today, args=(home,), icon=":material/today:", type="tertiary")


def to_today(event_id: str) -> None:
    """Open an event as it is known now. For callbacks."""
    filters.know_all()
    place.show("event", event_id)


def draw_parties(event: "pd.Series[object]") -> None:
    """Who takes part, by role; each name leads to all events of that actor."""
    with st.container(gap=None):
        for role, names in event_parts.parties(event):
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"parties {role}"):
                st.markdown(f":small[{role}]", width="content")
                for name in names:
                    st.button(wording.escape_markdown(name), type="tertiary", key=f"party {role} {name}",
                              on_click=to_actor, args=(name,), help="All events of this actor")  # fmt: skip


def to_actor(name: str) -> None:
    """Leave the event for the list of all events of an actor. For callbacks."""
    filters.reset()
    filters.narrow("actor", name)
    place.show("event", None)


def draw_claims(page: EventPage, numbers: dict[str, int]) -> None:
    """The claims with their evidence, in groups by stance, earliest published first."""
    for stance, (heading, meaning) in STANCES.items():
        group = page.claims[page.claims["stance"] == stance]
        if group.empty:
            continue
        publishers = wording.plural(group["publisher"].nunique(), "publisher")
        st.subheader(f"{heading}: {wording.plural(len(group), 'claim')} by {publishers}", anchor=False, help=meaning)
        start = components.pager(f"{stance}_page", "claims", len(group), CLAIMS_AT_ONCE, str(page.event["event_id"]))
        for _, claim in group.iloc[start : start + CLAIMS_AT_ONCE].iterrows():
            text, link = page.texts[str(claim["article_id"])], place.article_link(str(claim["article_id"]))
            st.html(evidence.claim_card(claim, text, numbers[str(claim["claim_id"])], link))


def draw_reasons(page: EventPage, numbers: dict[str, int]) -> None:
    """Why the claims were taken for one event: the links that hold them together, then all others on demand."""
    st.subheader("Why these claims are one event", anchor=False)
    if len(page.claims) == 1:
        st.markdown("Only one claim reports it, so nothing was merged.")
        return
    said = dict(
        zip(page.claims["claim_id"], page.claims["evidence"] + " " + page.claims["what"].fillna(""), strict=True)
    )
    holding = merge_reasons.backbone(page.links)
    if not page.decisions.empty:
        st.markdown("People decided:")
        st.html(merge_reasons.decisions(page.decisions, numbers))
    if not holding.empty:
        st.markdown("The rules found these links, the surest that hold the claims together:")
        draw_links(holding, numbers, said)
    more = page.links.drop(index=holding.index)
    if not more.empty:
        with st.expander(f"{wording.plural(len(more), 'more link')} between the same claims"):
            draw_links(more, numbers, said)
    if len(page.links) == MOST_LINKS:
        st.caption(f"The surest {MOST_LINKS:,} of all links between these claims are looked at.")


def draw_links(links: pd.DataFrame, numbers: dict[str, int], said: dict[str, str]) -> None:
    """The surest of these links. `said`: claim id → its evidence and subject."""
    st.html(merge_reasons.reasons(links.head(LINKS_AT_ONCE), numbers, said))
    if len(links) > LINKS_AT_ONCE:
        st.caption(f"The surest {LINKS_AT_ONCE} of {len(links):,}.")


def draw_near(page: EventPage, numbers: dict[str, int]) -> None:
    """Other events that nearly belong here, the nearest first, each with why not."""
    if page.near.empty:
        return
    st.subheader(
        "What nearly belongs here, and why not",
        anchor=False,
        help="Other events with a claim that has much in common with one of this, or that a person called different.",
    )
    said = dict(
        zip(page.claims["claim_id"], page.claims["evidence"] + " " + page.claims["what"].fillna(""), strict=True)
    )
    rows = [
        merge_reasons.near(row, numbers[row["own_id"]], place.event_link(row["event_id"]), said[row["own_id"]])
        for row in page.near.to_dict("records")
    ]
    st.html("".join(rows[:MOST_NEAR]))
    if rows[MOST_NEAR:]:
        with st.expander(f"{wording.plural(len(rows) - MOST_NEAR, 'more event')}"):
            st.html("".join(rows[MOST_NEAR:]))


def draw_foot(page: EventPage) -> None:
    """The permanent id, and the exports of exactly this page."""
    event_id = str(page.event["event_id"])
    st.subheader("Cite or take away", anchor=False)
    st.markdown(f"Permanent id `{event_id}`. It keeps leading here when claims are added, merged or withdrawn.")
    components.export_row(
        [
            components.Export("Claims CSV", f"{event_id}-claims", lambda: page.claims),
            components.Export("Event CSV", event_id, lambda: one_row(page.event)),
        ],
        filters.link(event=event_id),
    )


def one_row(event: "pd.Series[object]") -> pd.DataFrame:
    """A row of `EVENT_FRAME` as a frame with its types, so that its file reads as the file of many does."""
    return typed(event.to_frame().T, EVENT_FRAME)
