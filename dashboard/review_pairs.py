"""The queue of pairs of claims that the rules are unsure of: one at a time, side by side, a key for each answer."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard import cache, components, evidence, filters, merge_reasons, place, review_words, reviewing, wording
from db.queries.doubtful import FEW_CLAIMS
from db.queries.review import PairPage
from db.vocabulary import Verdict
from pipeline.judging import Outcome
from pipeline.matching import Match

STYLES = Path(__file__).with_name("review_pairs.css")
QUEUE = "pairs"
ANSWERS = {
    Verdict.SAME: ("Same", "s", "Both claims report one act."),
    Verdict.DIFFERENT: ("Different", "d", "They report two acts, and never meet in one event."),
    Verdict.UNSURE: ("Unsure", "u", "You looked and cannot tell. Changes nothing, and the pair is not asked again."),
}
"""Answers on two claims: the button's words, its key, what it means."""


def draw(who: str | None) -> None:
    """The pair that the session is at. `who`: the reviewer's name; None: judging is off, so nothing can be pressed."""
    chosen = filters.current()
    waiting = cache.review_queue(chosen)
    if waiting.empty:
        said = filters.chips()
        st.success("No pair is waiting" + (" under these filters." if said else ": every doubt is decided."))
        reviewing.draw_last_decision()
        return
    at = reviewing.queue_place(QUEUE, len(waiting))
    row = waiting.iloc[at]
    page, match = cache.pair(str(row["left_id"]), str(row["right_id"]))
    header(at, len(waiting), review_words.stake(row))
    if page is None:
        st.info("This pair is gone.")
        return
    same, different = review_words.would_change(page.events)
    st.markdown(
        f"**Do these two claims report one act?** {review_words.SORTS[str(row['sort'])]}  \n"
        f"**Same** {same} **Different** {different}"
    )
    draw_chain(page, who)
    side_by_side(page, match)
    if who is not None:
        ask(page, who)
    if cache.counts(chosen).claims > FEW_CLAIMS:
        st.caption(
            f"Of more than {FEW_CLAIMS:,} claims the queue looks at the pairs that the rules are least sure of, and at "
            "the claims with most at stake. Narrower filters look closer."
        )
    components.export_row([components.Export("Queue CSV", "review-queue", lambda: waiting)], filters.link())


def header(at: int, length: int, said: str) -> None:
    """`Pair 3 of 41 · $40bn at stake`, with the way back and on."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Pair {at + 1:,} of {length:,}** · {wording.escape_markdown(said)}", width="stretch")
        st.button("Back", key="queue_back", shortcut="b", icon=":material/arrow_back:", disabled=at == 0,
                  on_click=reviewing.move, args=(QUEUE, at - 1))  # fmt: skip
        st.button("Skip", key="queue_skip", shortcut="n", icon=":material/arrow_forward:", disabled=at + 1 == length,
                  on_click=reviewing.move, args=(QUEUE, at + 1),
                  help="Leave this pair for later.")  # fmt: skip


def ask(page: PairPage, who: str) -> None:
    """The reason and the answers, in a bar that stays in sight at the foot of the window; saves what was answered."""
    pair = " ".join(str(claim_id) for claim_id in page.claims["claim_id"])
    reviewing.show_pair(pair)
    with st.container(key="answer_bar"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            why = reviewing.reason_field(f"review_why {pair}")
            for verdict, (label, key, hint) in ANSWERS.items():
                missing = reviewing.lacking(who, why, needs_reason=verdict is not Verdict.UNSURE)
                st.button(label, key=f"answer_{verdict} {pair}", shortcut=key, help=missing or hint,
                          disabled=bool(missing), on_click=reviewing.press, args=(pair, str(verdict)),
                          type="primary" if verdict is Verdict.SAME else "secondary")  # fmt: skip
            reviewing.again_field()
        if not who:
            st.caption("Write your name above to judge. Keys: S same, D different, U unsure, N skip, B back, Z undo.")
        reviewing.draw_last_decision(reserve=True)
    if answer := reviewing.answered(pair):
        verdict, reason = Verdict(answer.answer), why or reviewing.NO_REASON
        if (
            reviewing.save(f"**{ANSWERS[verdict][0]}.**", decide(page, verdict, who, reason), reason, answer)
            is not None
        ):
            st.rerun()


def draw_chain(page: PairPage, who: str | None) -> None:
    """The decisions that join two claims through others, each with a button that takes it back."""
    if page.chain.empty:
        return
    st.markdown(":small[Joined through others by these decisions:]")
    for row in page.chain.to_dict("records"):
        with st.container(horizontal=True, vertical_alignment="center"):
            left, right = (review_words.source_of(row, side) for side in ("left", "right"))
            st.markdown(":small[" + wording.escape_markdown(
                f"{left} and {right}: same, decided by {row['who']}, "
                f"{review_words.moment(row['decided_at'])}: {row['why']}"
            ) + "]", width="stretch")  # fmt: skip
            if who is not None and st.button("Undo", key=f"undo {row['judgement_id']}", disabled=not who):
                reviewing.undo([str(row["judgement_id"])], who, "Contradicted by another decision")


def decide(page: PairPage, verdict: Verdict, who: str, why: str) -> Callable[[], Outcome]:
    """What an answer is to do: `same` on claims of two events merges the two whole."""
    left, right = (str(claim_id) for claim_id in page.claims["claim_id"])
    events = [str(event_id) for event_id in page.claims["event_id"]]
    if verdict is Verdict.SAME and events[0] != events[1]:
        return reviewing.merge_events(events[0], events[1], who, why, (left, right))
    return reviewing.judge_claims(left, right, verdict, who, why)


def side_by_side(page: PairPage, match: Match | None) -> None:
    """What the rules say of the two claims, then both with their evidence and event, what differs marked."""
    if match is not None:
        texts = " ".join(page.claims["evidence"] + " " + page.claims["what"].fillna(""))
        st.html(merge_reasons.weighed(match.reasons, match.against, texts))
    differing = evidence.differing_facts(page.claims.iloc[0], page.claims.iloc[1])
    titles = dict(zip(page.events["event_id"], page.events["title"], strict=True))
    for number, (column, (_, claim)) in enumerate(zip(st.columns(2), page.claims.iterrows(), strict=True), start=1):
        with column, st.container(key=f"judged_{number}"):
            text = page.texts[str(claim["article_id"])]
            link = place.article_link(str(claim["article_id"]))
            st.html(evidence.claim_card(claim, text, number, link, differing))
            title = wording.escape_markdown(str(titles[claim["event_id"]]))
            place.link_to_event(str(claim["event_id"]), f"Event: {title}", icon=":material/event:")
    for row in page.decisions.to_dict("records"):
        st.caption(wording.escape_markdown(
            f"{review_words.VERDICTS[row['verdict']]}, decided by {row['who']}, "
            f"{review_words.moment(row['decided_at'])}: {row['why']} ({review_words.state(row)})"
        ))  # fmt: skip
