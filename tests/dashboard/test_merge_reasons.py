"""Why claims are one event, in words."""

import pandas as pd

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

    assert '<a href="#claim-1">1</a> and <a href="#claim-2">2</a>: buyers that belong together; 1 day apart' in html


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
