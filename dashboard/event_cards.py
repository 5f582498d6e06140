"""Events as cards with their first evidence: what it is, who says so, the passage, one click from the event's page."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import evidence, place, wording

STYLES = Path(__file__).with_name("event_cards.css")
Row = Mapping[Any, Any]


def draw(events: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Draw a card for each event, in order.

    Args:
        events: `db.queries.events.EVENT_FRAME`.
        claims: `CLAIM_FRAME`, of these events at least.
    """
    st.html(evidence.STYLES)
    st.html(STYLES)
    first = first_claims(claims)
    for event in events.to_dict("records"):
        event_id = str(event["event_id"])
        with st.container(border=True, gap=None, key=f"card-{event_id}"):
            place.link_to_event(event_id, f"**{wording.escape_markdown(str(event['title']))}**", icon="")
            st.html(card(event, first.get(event_id)))


def first_claims(claims: pd.DataFrame) -> dict[str, Row]:
    """For each event the claim to quote: the earliest published that asserts it, else the earliest of all."""
    ranked = claims.assign(other=claims["stance"] != "asserts")
    ranked = ranked.sort_values(["other", "published", "claim_id"]).drop_duplicates("event_id")
    return {str(row["event_id"]): row for row in ranked.to_dict("records")}


def card(event: Row, claim: Row | None) -> str:
    """What stands under the title: facts, notices, and the passage with its publisher. HTML, all escaped."""
    notices = "".join(notice_badges(event))
    passage = "" if claim is None else quoted(claim)
    return f'<div class="event-card"><p>{escape(" · ".join(facts(event)))}{notices}</p>{passage}</div>'


def facts(event: Row) -> list[str]:
    """Kind, place, stage with its date, amount and sources of an event, in words; what is not known is left out."""
    independent = int(str(event["independent_sources"]))
    words = [
        wording.kind_words(event["kind"]),
        wording.countries_words(event["countries"], 3),
        *progress(event),
        amount_words(event),
        wording.plural(independent, "independent source"),
    ]
    return [word for word in words if word]


def progress(event: Row) -> list[str]:
    """The furthest stage with its date, and a later end apart from it: the date is not the end's."""
    furthest, now = event["furthest_stage"], event["stage"]
    reached = now if wording.missing(furthest) else furthest
    words = [f"{wording.stage_words(reached)} {wording.date_words(event['date'])}"]
    return words if reached == now else [*words, f"since {wording.stage_words(now).lower()}"]


def amount_words(event: Row) -> str:
    """The figure as reported, with US dollars beside another currency: `EUR 2 billion (about $2.36bn)`.

    A figure of an earlier stage than the one reached says so: `USD 5 billion when announced`.
    """
    reported, usd = wording.money_of(event), wording.usd_short(event["usd_chosen"])
    if not reported:
        return ""
    converted = f" (about {usd})" if usd and event["currency"] != "USD" else ""
    earlier = event["amount_stage"] not in (event["furthest_stage"], event["stage"])
    return f"{reported}{converted}" + (f" when {wording.stage_words(event['amount_stage']).lower()}" if earlier else "")


def notice_badges(event: Row) -> list[str]:
    """Badges for what a reader must know before quoting: one body's word alone, a dispute, a total."""
    badges = []
    if not wording.missing(event["sole_asserter"]):
        said = f"Rests on {event['sole_asserter']} alone"
        badges.append(evidence.badge(said, "warn", "Every report of it goes back to this one body."))
    if event["disputed"]:
        badges.append(evidence.badge("Disputed", "bad", "Some source denies or disputes it."))
    if event["is_total"]:
        badges.append(evidence.badge("Total", "plain", "A sum over several deals; never added to them."))
    return badges


def quoted(claim: Row) -> str:
    """A claim's evidence as a quotation with its byline and the link to the source."""
    passage = escape(str(claim["evidence"]))
    said_by = claim["attributed_to"]
    attributed = "" if wording.missing(said_by) else f" · according to {escape(str(said_by))}"
    source = evidence.source_link(claim["url"], "Source")
    return (
        f'<blockquote lang="{escape(str(claim["language"]))}" dir="auto">'
        f'<mark class="evidence">{passage}</mark></blockquote>'
        f'<p class="quiet">{evidence.byline(claim)}{attributed} · {source}</p>'
    )
