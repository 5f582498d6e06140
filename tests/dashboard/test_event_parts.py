"""The parts of an event's page."""

import pandas as pd

from dashboard import event_parts
from db.engine import open_engine
from db.filters import NO_FILTERS
from db.queries.event_page import STAGE_FRAME
from db.queries.events import EVENT_FRAME, events
from db.queries.frames import typed
from pipeline.figures import AmountRule


def event(**given: object) -> "pd.Series[object]":
    base: dict[str, object] = {
        "kind": "funding", "stage": "signed", "date": "2025-06", "title": "A → B", "countries": "CN",
        "technologies": "foundation-model", "is_total": False, "disputed": False, "reports": 3,
        "independent_sources": 2, "publishers": 3, "claims": 4,
    }  # fmt: skip
    row = {name: (base | given).get(name) for name in EVENT_FRAME}
    return typed(pd.DataFrame([row], columns=list(EVENT_FRAME), dtype=object), EVENT_FRAME).iloc[0]


MONEY: dict[str, object] = {
    "amount": 10_000_000_000, "currency": "CNY", "bound": "at_least", "amount_stage": "signed", "amount_low": 10**9,
    "amount_high": 10**10, "amount_rule": "most independent sources", "usd_chosen": 1_390_000_000,
    "usd_rate": "0.13899", "usd_rate_date": "2025-06", "usd_rate_source": "European Central Bank",
}  # fmt: skip


def facts(row: "pd.Series[object]") -> dict[str, tuple[str, str]]:
    return {label: (fact, behind) for label, fact, behind in event_parts.key_facts(row)}


def test_the_amount_shows_its_bound_its_rule_and_the_span_of_reports() -> None:
    fact, behind = facts(event(**MONEY))["Amount, signed"]

    assert fact == "At least CNY 10 billion"
    assert behind == "reported by the most independent sources; reports run from CNY 1 to 10 billion"


def test_dollars_come_with_rate_date_and_source() -> None:
    fact, behind = facts(event(**MONEY))["In US dollars"]

    assert fact == "$1.39bn"
    assert behind == "at 1 CNY = 0.139 USD, June 2025, European Central Bank"


def test_a_rate_over_a_span_of_days_names_both_ends() -> None:
    _, behind = facts(event(**{**MONEY, "usd_rate_date": "2026-01-02/2026-10-30"}))["In US dollars"]

    assert behind == "at 1 CNY = 0.139 USD, 2 January 2026 to 30 October 2026, European Central Bank"


def test_every_event_of_the_corpus_has_its_facts(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = events(connection, NO_FILTERS)

    assert all(facts(row) for _, row in listed.iterrows())
    assert listed["usd_rate_date"].str.contains("/").any()


def test_an_amount_in_dollars_is_not_said_twice() -> None:
    assert "In US dollars" not in facts(event(**{**MONEY, "currency": "USD"}))


def test_an_amount_without_a_rate_says_that_totals_leave_it_out() -> None:
    assert facts(event(**{**MONEY, "usd_chosen": None}))["In US dollars"][0] == "No rate known"


def test_an_undisclosed_amount_is_said_and_never_zero() -> None:
    shown = facts(event())

    assert shown["Amount"][0] == "Not disclosed"
    assert "In US dollars" not in shown


def test_every_rule_that_chooses_a_figure_has_words() -> None:
    assert set(event_parts.RULES) == {rule.value for rule in AmountRule}


def test_notices_name_the_one_body_the_dispute_and_the_sum() -> None:
    claims = pd.DataFrame({"stance": ["asserts", "asserts", "denies"]})

    told = event_parts.notices(event(sole_asserter="OpenAI", is_total=True), claims)

    assert told[0].startswith("Rests on OpenAI alone")
    assert told[1].startswith("1 of 3 claims denies or disputes it")
    assert "never added" in told[2]


def test_an_event_that_several_report_and_nobody_disputes_has_no_notice() -> None:
    assert event_parts.notices(event(), pd.DataFrame({"stance": ["asserts"]})) == []


def stages(*rows: dict[str, object]) -> pd.DataFrame:
    return typed(pd.DataFrame(list(rows), columns=list(STAGE_FRAME), dtype=object), STAGE_FRAME)


def test_the_ladder_shows_rungs_that_were_not_reported_and_side_exits_only_if_taken() -> None:
    announced = {"stage": "announced", "date": "2025-01", "claims": 2, "amount": 5 * 10**8, "currency": "EUR",
                 "bound": "up_to", "amount_low": 10**8, "amount_high": 5 * 10**8}  # fmt: skip

    html = event_parts.ladder(stages(announced, {"stage": "cancelled", "date": "2025", "claims": 1}), "cancelled")

    assert html.count("<li") == 5
    assert html.count("not reported") == 3
    assert "January 2025</span><span>up to EUR 500 million</span><span>reports: EUR 100 to 500 million" in html
    assert '<li class="exit" aria-current="step"><strong>Cancelled</strong>' in html
    assert "Suspended" not in html


def test_parties_come_by_role_with_the_number_fitting() -> None:
    assert event_parts.parties(event(investors="A; B", recipients="C")) == [
        ("Investors", ["A", "B"]),
        ("Recipient", ["C"]),
    ]


def test_the_line_above_the_title_dates_the_furthest_stage_and_not_a_later_end() -> None:
    ended = event_parts.kicker(event(stage="cancelled", furthest_stage="announced"))

    assert ended.index("Announced June 2025") < ended.index('<span class="badge bad">Since cancelled</span>')
    assert '<span class="badge strong">Signed June 2025</span>' in event_parts.kicker(event(furthest_stage="signed"))
    assert '<span class="badge bad">Cancelled June 2025</span>' in event_parts.kicker(event(stage="cancelled"))


def test_names_with_markup_are_shown_as_text() -> None:
    html = event_parts.kicker(event(date="2025")) + event_parts.key_facts_row(event(instrument="<img src=x>"))

    assert "<img" not in html
    assert "&lt;img" in html


def test_the_ladder_marks_the_furthest_stage_where_a_side_exit_follows() -> None:
    reached = [{"stage": stage, "date": "2025", "claims": 1} for stage in ("signed", "cancelled")]

    html = event_parts.ladder(stages(*reached), "cancelled", "signed")

    assert '<li class="reached" data-furthest="true"><strong>Signed</strong>' in html
    assert "data-furthest" not in event_parts.ladder(stages(*reached[:1]), "signed", "signed")


def test_a_stage_names_the_rule_that_chose_among_its_figures_and_the_dollars() -> None:
    announced = {"stage": "announced", "date": "2025-01", "claims": 2, "amount": 5 * 10**8, "currency": "EUR",
                 "bound": "exact", "amount_low": 10**8, "amount_high": 5 * 10**8, "amount_rule": "latest report",
                 "usd_chosen": 6 * 10**8}  # fmt: skip

    html = event_parts.ladder(stages(announced), "announced")

    assert "<span>about $600m</span>" in html
    assert "EUR 100 to 500 million; chosen: the figure of the latest report" in html


def test_each_stage_shows_the_passages_that_report_it_with_links_to_their_claims() -> None:
    told = {"claim_id": "a", "stage": "signed", "stance": "denies", "publisher": "The <Paper>", "published": "2025-03",
            "amount": 10**6, "currency": "USD", "bound": "exact", "evidence": "no & never " * 40}  # fmt: skip

    html = event_parts.stage_evidence(pd.DataFrame([told]), {"a": 4})

    assert list(html) == ["signed"]
    assert "<summary>1 claim</summary>" in html["signed"]
    assert "…</q>" in html["signed"]
    assert '<a href="#claim-4">The &lt;Paper&gt;, March 2025 · USD 1 million · Denies it</a>' in html["signed"]
    ladder = event_parts.ladder(stages({"stage": "signed", "date": "2025", "claims": 1}), "signed", None, html)
    assert ladder.count("1 claim") == 1


def claims_of(*rows: tuple[str, str, int | None]) -> pd.DataFrame:
    """Claims of (stage, date, USD)."""
    cells = [
        {"stage": stage, "date": date, "amount": amount, "amount_min": None, "amount_max": None,
         "currency": "USD" if amount else None, "bound": "exact" if amount else None}
        for stage, date, amount in rows
    ]  # fmt: skip
    return pd.DataFrame(cells, dtype=object)


def test_the_only_figure_at_a_stage_is_not_called_the_only_one_where_other_stages_have_some() -> None:
    row = event(**{**MONEY, "amount_rule": "only figure", "amount_low": 10**10})
    told = claims_of(("signed", "2025", 10**10), ("announced", "2024", 10**9), ("announced", "2024", 2 * 10**9))

    others = event_parts.figures_elsewhere(row, told)

    assert others == 2
    assert "the only figure at this stage; 2 others at other stages below" in event_parts.key_facts_row(row, others)
    assert "the only figure reported" in event_parts.key_facts_row(row)


def test_a_figure_that_was_reported_for_another_date_than_its_stage_gives_its_own() -> None:
    rung = stages({"stage": "signed", "date": "2025-06-12", "claims": 2, "amount": 3 * 10**8, "currency": "USD",
                   "bound": "exact"})  # fmt: skip
    later = claims_of(("signed", "2025-06-12", None), ("signed", "2025-08", 3 * 10**8))
    same = claims_of(("signed", "2025-06", 3 * 10**8), ("signed", "2025-08", 3 * 10**8))

    dates = event_parts.figure_dates(rung, later)

    assert dates == {"signed": "2025-08"}
    assert event_parts.figure_dates(rung, same) == {}
    html = event_parts.ladder(rung, "signed", dates=dates)
    assert "<span>12 June 2025</span><span>USD 300 million, reported for August 2025</span>" in html
