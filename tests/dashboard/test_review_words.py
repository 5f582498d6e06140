"""The Review page in words."""

import pandas as pd
import pytest

from dashboard import review_words
from dashboard.decision_groups import grouped
from db.queries.frames import typed
from db.queries.review import APART, CONFLICT, JUDGEMENT_FRAME, NEAR, THROUGH, WEAK

JUDGEMENT: dict[str, object] = {
    "judgement_id": "ju-1", "subject": "claim", "left_id": "a#1", "right_id": "b#1", "verdict": "different",
    "who": "Ada", "decided_at": "2026-01-02T03:04:05+00:00", "why": "two sites", "in_force": True,
    "left_title": "A → B", "left_publisher": "The Paper", "left_published": "2025-03", "left_event": "ev-a",
    "right_event": "ev-b",
}  # fmt: skip
UNDONE = {"in_force": False, "undone_by": "Bo", "undone_at": "2026-01-03T09:00:00+00:00", "undone_why": "misread"}


def judged(*changes: dict[str, object]) -> pd.DataFrame:
    rows = [{name: (JUDGEMENT | change).get(name) for name in JUDGEMENT_FRAME} for change in changes]
    return typed(pd.DataFrame(rows, columns=list(JUDGEMENT_FRAME), dtype=object), JUDGEMENT_FRAME)


def events(*rows: tuple[str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["title", "reports"])


@pytest.mark.parametrize("sort", [APART, CONFLICT, NEAR, WEAK, THROUGH])
def test_every_sort_of_question_is_explained(sort: str) -> None:
    assert review_words.SORTS[sort].endswith(".")


def test_what_is_at_stake_is_said_with_the_score_where_there_is_one() -> None:
    assert review_words.stake({"usd": 40 * 10**9, "score": 0.561}) == "$40bn at stake · 56% the same by the rules"
    assert review_words.stake({"usd": 10**6, "score": None}) == "$1m at stake"


def test_what_a_decision_would_change_depends_on_where_the_claims_are() -> None:
    apart = review_words.would_change(events(("A", 3), ("B", 1)))
    together = review_words.would_change(events(("A *x*", 3)))

    assert apart[0] == "joins “A” (3 reports) with “B” (1 report)."
    assert "apart, whatever else links them" in apart[1]
    assert "“A \\*x\\*” (3 reports)" in together[0]
    assert together[1].startswith("takes ")


def test_decisions_are_a_table_that_says_whether_each_holds() -> None:
    changes = [{}, UNDONE, {"in_force": False}, {"right_event": None}]
    table = review_words.decision_table(grouped(judged(*({"who": f"P{n}", **one} for n, one in enumerate(changes)))))

    assert list(table.columns) == list(review_words.DECISION_COLUMNS)
    assert list(table["state"]) == [
        "In force", "Undone by Bo, 2026-01-03 09:00: misread", "Replaced by a later one",
        "Its claim is gone: it only links others",
    ]  # fmt: skip
    assert table["left"].iloc[0] == "The Paper, March 2025: A → B"
    assert table["right"].iloc[0] == "a claim that is gone (b#1)"
    assert (table["decided"].iloc[0], table["verdict"].iloc[0]) == ("2026-01-02 03:04", "Different")


def test_long_titles_are_cut_with_an_ellipsis() -> None:
    table = review_words.decision_table(grouped(judged({"left_title": "word " * 50})))

    assert table["left"].iloc[0].endswith("…")
    assert len(table["left"].iloc[0]) <= review_words.MOST
