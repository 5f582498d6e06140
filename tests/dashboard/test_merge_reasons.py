"""Why claims are one event, in words."""

import pandas as pd
import pytest

from dashboard import merge_reasons


def links(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["left_id", "right_id", "score", "reasons"])


def test_the_backbone_joins_all_claims_by_the_surest_links_and_no_more() -> None:
    found = links(
        ("a", "b", 0.99, ""), ("b", "c", 0.9, ""), ("a", "c", 0.8, ""), ("d", "e", 0.7, ""), ("c", "d", 0.6, "")
    )

    kept = merge_reasons.backbone(found)

    assert list(zip(kept["left_id"], kept["right_id"], strict=True)) == [("a", "b"), ("b", "c"), ("d", "e"), ("c", "d")]


def test_no_links_have_no_backbone() -> None:
    assert merge_reasons.backbone(links()).empty


def test_reasons_lead_to_the_claims_by_number_with_the_lower_first() -> None:
    html = merge_reasons.reasons(links(("b", "a", 0.9, "buyer\n1 days apart")), {"a": 1, "b": 2}, {})

    said = ": buyers that belong together; dates 1 day apart"
    assert f'<a href="#claim-1">1</a> and <a href="#claim-2">2</a>{said}' in html


def test_stems_of_words_are_completed_from_the_texts() -> None:
    said = merge_reasons.reason_words("same words: tranch, H200", "the second Tranche of H200s")

    assert said == "same words: Tranche, H200s"


def test_a_stem_that_no_text_has_stays() -> None:
    assert merge_reasons.reason_words("same words: 300bn", "") == "same words: 300bn"


def test_reasons_and_decisions_are_shown_as_text() -> None:
    judged = pd.DataFrame(
        [("a", "b", "same", "Ada", "2026-01-02T03:04:05+00:00", "<b>one release</b>")],
        columns=["left_id", "right_id", "verdict", "who", "decided_at", "why"],
    )

    html = merge_reasons.decisions(judged, {"a": 1, "b": 2})
    html += merge_reasons.reasons(links(("a", "b", 0.9, "same number: <i>")), {"a": 1, "b": 2}, {})

    assert "by Ada, 2 January 2026" in html
    assert "&lt;b&gt;one release&lt;/b&gt;" in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("3 days apart", "dates 3 days apart"),
        ("0 days apart", "dates that meet"),
        ("both series D", "both “Series D”"),
        ("both seed", "both “Seed”"),
        ("same date: 2025-01-21", "the same date: 21 January 2025"),
        ("same date: 2025", "the same date: 2025"),
        ("amounts agree: 2 billion EUR and 2.3 billion USD", "amounts agree: EUR 2 billion and USD 2.3 billion"),
        ("same number: 100000", "same number: 100,000"),
        ("same number: 2030", "same number: 2030"),
        (
            "amounts differ: 4.35 billion HKD and 500 thousand USD",
            "amounts differ: HKD 4.35 billion and USD 500 thousand",
        ),
    ],
)
def test_reasons_are_said_as_people_say_them(reason: str, said: str) -> None:
    assert merge_reasons.reason_words(reason, "") == said


def test_what_speaks_for_and_against_stands_side_by_side_and_nothing_is_said_as_such() -> None:
    html = merge_reasons.weighed(["same recipient: <X>"], [], "")

    assert "<li>Same recipient: &lt;X&gt;</li>" in html
    assert "<h4>Against it</h4><ul><li>Nothing</li></ul>" in html


def near(**changes: object) -> dict[str, object]:
    return {
        "event_id": "ev-x", "title": "A & B", "reports": 2, "score": 0.3, "reasons": "buyer", "against": "2 days apart",
        "verdict": None, "who": None, "decided_at": None, "why": None, **changes,
    }  # fmt: skip


def test_a_near_miss_says_why_not_and_what_is_in_common() -> None:
    html = merge_reasons.near(near(), 3, "events?event=ev-x", "")

    assert '<a href="events?event=ev-x" target="_self">A &amp; B</a> (2 reports)' in html
    assert '<a href="#claim-3">3</a>' in html
    assert "<strong>Apart because:</strong> dates 2 days apart." in html
    assert "In common: buyers that belong together." in html


def test_a_match_that_lies_in_another_event_says_that_the_events_do_not_fit() -> None:
    assert "the two events as wholes do not fit" in merge_reasons.near(near(score=0.8), 1, "", "")


def test_a_near_miss_with_nothing_against_it_shares_too_little() -> None:
    assert "what they share is too little" in merge_reasons.near(near(against=""), 1, "", "")


def test_a_decision_says_who_when_and_why() -> None:
    judged = near(verdict="different", who="Ada", decided_at="2026-01-02T03:04:05+00:00", why="two <sites>")

    html = merge_reasons.near(judged, 1, "", "")

    assert "<strong>Judged different</strong> by Ada, 2 January 2026: two &lt;sites&gt;." in html
    assert "Apart because" not in html


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("same parties: A, B\n2 parties in common\nexactly the same parties", "exactly the same parties: A, B"),
        ("same parties: A\n1 party in common", "same parties: A"),
        ("same supplier: A\nexactly the same parties", "same supplier: A; exactly the same parties"),
        ("both called series e\nboth series E", "both “Series E”"),
        ("both called strategic round", "both called strategic round"),
        ("same words: HK, Hong, Kong", "same words: Hong Kong"),
        ("same buyer: Malaysia\nsame words: malaysia, cloud", "same buyer: Malaysia; same words: cloud"),
        ("same buyer: Malaysia\nsame words: malaysia", "same buyer: Malaysia"),
    ],
)  # fmt: skip
def test_one_fact_is_said_once(lines: str, said: str) -> None:
    assert merge_reasons.sentence(lines, "cloud in Hong Kong (HK)") == said
