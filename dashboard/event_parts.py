"""The parts of an event's page as HTML: heading, notices, key facts, stage ladder, parties. Pure."""

from collections.abc import Mapping
from html import escape

import pandas as pd

from dashboard import event_cards, wording
from dashboard.evidence import Row, badge
from db.vocabulary import LADDER, SIDE_EXITS

RULES = {
    "only figure": "the only figure reported",
    "all reports agree": "all reports agree on it",
    "most independent sources": "reported by the most independent sources",
    "most precise": "the most precise of the figures reported",
    "latest report": "the figure of the latest report",
    "only shares of it are reported": "the largest share reported; the whole is not reported",
    "only disputing reports give a figure": "only reports that dispute it give a figure",
}
"""The named rules that choose a figure (`pipeline.figures.AmountRule`), as ends of a sentence."""


def kicker(event: Row) -> str:
    """The line above the title: kind, the furthest stage with its date, a later end apart from it."""
    reached, *later = event_cards.progress(event)
    ended = event["stage"] in SIDE_EXITS
    marks = [badge(reached, "bad" if ended and not later else "strong")]
    marks += [badge(end[:1].upper() + end[1:], "bad" if ended else "plain") for end in later]
    marks += [badge("Disputed", "bad")] if event["disputed"] else []
    return f'<p class="kicker">{escape(wording.kind_words(event["kind"]))} {" ".join(marks)}</p>'


def notices(event: Row, claims: pd.DataFrame) -> list[str]:
    """What a reader must know before the figures, as plain sentences."""
    told = []
    if not wording.missing(event["sole_asserter"]):
        told.append(
            f"Rests on {event['sole_asserter']} alone: every claim that asserts this goes back to that one body."
        )
    against = int((claims["stance"] != "asserts").sum())
    if against:
        told.append(
            f"{against} of {wording.plural(len(claims), 'claim')} {_verb(against)} it: see who disputes it below."
        )
    if event["is_total"]:
        told.append("A cumulative or headline sum: it stands apart and is never added to the deals within it.")
    return told


def _verb(number: int) -> str:
    return "denies or disputes" if number == 1 else "deny or dispute"


def key_facts(event: Row, others: int = 0) -> list[tuple[str, str, str]]:
    """(label, the fact, what stands behind it) for the row of figures under the title. Plain text.

    `others`: how many figures other stages have (`figures_elsewhere`).
    """
    return [
        fact
        for fact in (_amount(event, others), _dollars(event), _sources(event), _place(event), _subject(event))
        if fact[1]
    ]


def figures_elsewhere(event: Row, claims: pd.DataFrame) -> int:
    """How many different figures claims give for other stages than that of the event's own. `claims`: `CLAIM_FRAME`."""
    told = claims[claims["stage"] != event["amount_stage"]].to_dict("records")
    return len({(row["stage"], figure) for row in told if (figure := wording.money_of(row))})


def _amount(event: Row, others: int) -> tuple[str, str, str]:
    chosen = wording.money_of(event)
    if not chosen:
        return "Amount", "Not disclosed", "no claim gives a figure"
    stage = wording.stage_words(event["amount_stage"])
    rule = RULES.get(str(event["amount_rule"]), str(event["amount_rule"]))
    if others:
        only = "the only figure at this stage" if event["amount_rule"] == "only figure" else rule
        rule = f"{only}; {others} {'other' if others == 1 else 'others'} at other stages below"
    span = ""
    if event["amount_low"] != event["amount_high"]:
        span = f"; reports run from {wording.money_range(event['amount_low'], event['amount_high'], event['currency'])}"
    return f"Amount, {stage.lower()}", chosen[0].upper() + chosen[1:], f"{rule}{span}"


def _dollars(event: Row) -> tuple[str, str, str]:
    if wording.missing(event["usd_chosen"]):
        without = not wording.missing(event["currency"])
        return "In US dollars", "No rate known" if without else "", "left out of totals in US dollars"
    if event["currency"] == "USD":
        return "In US dollars", "", ""
    rate = f"1 {event['currency']} = {_rate(event['usd_rate'])} USD"
    when = wording.date_words(event["usd_rate_date"])
    return "In US dollars", wording.usd_short(event["usd_chosen"]), f"at {rate}, {when}, {event['usd_rate_source']}"


def _rate(rate: object) -> str:
    return f"{float(str(rate)):.4g}"


def _sources(event: Row) -> tuple[str, str, str]:
    independent = wording.whole(event["independent_sources"]) or 0
    reports, publishers = (wording.whole(event[name]) or 0 for name in ("reports", "publishers"))
    said = f"{wording.plural(reports, 'report')} by {wording.plural(publishers, 'publisher')}"
    behind = f"{said}; reprints, and what rests on one named body, count once"
    return "Independent sources", f"{independent:,}", behind


def _place(event: Row) -> tuple[str, str, str]:
    countries = wording.parts(event["countries"])
    return ("Country" if len(countries) == 1 else "Countries"), wording.countries_words(event["countries"], 3), ""


def _subject(event: Row) -> tuple[str, str, str]:
    return "About", wording.technologies_words(event["technologies"]), str(event["instrument"] or "")


def key_facts_row(event: Row, others: int = 0) -> str:
    """The key facts as HTML."""
    cells = (
        f'<div><dt>{escape(label)}</dt><dd>{escape(fact)}</dd><dd class="behind">{escape(behind)}</dd></div>'
        for label, fact, behind in key_facts(event, others)
    )
    return f'<dl class="key-facts">{"".join(cells)}</dl>'


def ladder(
    stages: pd.DataFrame,
    current: str,
    furthest: object = None,
    evidence: Mapping[str, str] | None = None,
    dates: Mapping[str, str] | None = None,
) -> str:
    """The stage ladder: four rungs, reached or not, then side exits that were taken; each with its date and money.

    Args:
        stages: `db.queries.event_page.STAGE_FRAME`.
        current: the event's stage now.
        furthest: the furthest rung it reached, marked where a side exit follows it.
        evidence: stage → what `stage_evidence` makes, shown on demand.
        dates: stage → the date of its figure where that is another (`figure_dates`).
    """
    reported = {str(row["stage"]): row for _, row in stages.iterrows()}
    shown = [*LADDER, *(stage for stage in SIDE_EXITS if stage in reported)]
    mark = "" if wording.missing(furthest) or furthest == current else str(furthest)
    passages, own_dates = evidence or {}, dates or {}
    rungs = (
        _rung(str(stage), reported.get(str(stage)), str(stage) == current, str(stage) == mark, passages.get(stage, ""),
              own_dates.get(stage, ""))
        for stage in shown
    )  # fmt: skip
    return f'<ol class="ladder">{"".join(rungs)}</ol>'


def figure_dates(stages: pd.DataFrame, claims: pd.DataFrame) -> dict[str, str]:
    """Stage → the date that its chosen figure was reported for, where that is another than the stage's own.

    Args:
        stages: `STAGE_FRAME`; `claims`: `CLAIM_FRAME`. The earliest date of the claims with this figure is told.
    """
    found = {}
    for row in stages.to_dict("records"):
        figure, stage = wording.money_of(row), str(row["stage"])
        told = claims[claims["stage"] == stage].to_dict("records") if figure else []
        dates = sorted(str(one["date"]) for one in told if wording.money_of(one) == figure and one["date"])
        if dates and not any(_may_be_one(date, str(row["date"])) for date in dates):
            found[stage] = dates[0]
    return found


def _may_be_one(date: str, other: str) -> bool:
    """Whether two dates may be the same day: `2025-08` and `2025-08-13`."""
    return date.startswith(other) or other.startswith(date)


def _rung(
    stage: str, row: "pd.Series[object] | None", current: bool, furthest: bool, evidence: str, figure_date: str
) -> str:
    state = "missing" if row is None else "exit" if stage in SIDE_EXITS else "reached"
    now = ' aria-current="step"' if current else ' data-furthest="true"' if furthest else ""
    name = escape(wording.stage_words(stage))
    if row is None:
        return f'<li class="{state}"><strong>{name}</strong><span>not reported</span></li>'
    claims = "" if evidence else wording.plural(int(row["claims"]), "claim")
    figure = wording.money_of(row) + (f", reported for {wording.date_words(figure_date)}" if figure_date else "")
    lines = [wording.date_words(row["date"]), figure, _converted(row), _span(row), claims]
    said = "".join(f"<span>{escape(line)}</span>" for line in lines if line)
    return f'<li class="{state}"{now}><strong>{name}</strong>{said}{evidence}</li>'


def _converted(row: Row) -> str:
    """The stage's figure in US dollars, where another currency was reported."""
    usd = row.get("usd_chosen")
    return "" if wording.missing(usd) or row["currency"] == "USD" else f"about {wording.usd_short(usd)}"


def _span(row: Row) -> str:
    """The lowest and the highest of a stage's figures and the rule that chose, where reports differ."""
    if wording.missing(row["amount_low"]) or row["amount_low"] == row["amount_high"]:
        return ""
    said = f"reports: {wording.money_range(row['amount_low'], row['amount_high'], row['currency'])}"
    rule = row.get("amount_rule")
    return said if wording.missing(rule) else f"{said}; chosen: {RULES.get(str(rule), str(rule))}"


PASSAGE = 180
"""Characters of a passage that the ladder shows; the claim's card has all of it."""
PASSAGES = 50
"""Passages that the ladder shows for a stage, the earliest published first."""


def stage_evidence(claims: pd.DataFrame, numbers: Mapping[str, int]) -> dict[str, str]:
    """Stage → the passages that report it, folded up, each with its publisher and a link to its card (HTML).

    Args:
        claims: `CLAIM_FRAME`; `numbers`: claim id → its number on the page.
    """
    listed: dict[str, list[str]] = {}
    for claim in claims.to_dict("records"):
        listed.setdefault(str(claim["stage"]), []).append(_evidence_item(claim, numbers[str(claim["claim_id"])]))
    return {stage: _folded(items) for stage, items in listed.items()}


def _folded(items: list[str]) -> str:
    shown = "".join(items[:PASSAGES])
    if len(items) > PASSAGES:
        shown += f"<li>and {len(items) - PASSAGES:,} more: see the claims below</li>"
    return f"<details><summary>{wording.plural(len(items), 'claim')}</summary><ul>{shown}</ul></details>"


def _evidence_item(claim: Row, number: int) -> str:
    passage = str(claim["evidence"])
    cut = passage if len(passage) <= PASSAGE else passage[: PASSAGE - 1].rstrip() + "…"
    stance = "" if claim["stance"] == "asserts" else f" · {wording.stance_words(claim['stance'])}"
    figure = f" · {wording.money_of(claim)}" if wording.money_of(claim) else ""
    by = f"{claim['publisher']}, {wording.date_words(claim['published'])}{figure}{stance}"
    return f'<li><q>{escape(cut)}</q> <a href="#claim-{number}">{escape(by)}</a></li>'


def parties(event: Row) -> list[tuple[str, list[str]]]:
    """(role in words, names) for each role that the event has, the acting side first."""
    named = ((role, wording.parts(event[role])) for role in wording.ROLES)
    return [(wording.role_words(role, len(names)), names) for role, names in named if names]
