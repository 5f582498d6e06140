"""Decisions made in one go are put together."""

import pandas as pd

from dashboard.decision_groups import grouped
from db.queries.frames import typed
from db.queries.review import JUDGEMENT_FRAME
from pipeline.regrouping import HELD

MOMENT = "2026-01-02T03:04:05.678+00:00"


def judged(*rows: tuple[str, str, str, dict[str, object]]) -> pd.DataFrame:
    made = [
        {
            "judgement_id": f"ju-{number}", "subject": "claim", "left_id": left, "right_id": right, "who": "Ada",
            "verdict": verdict, "decided_at": MOMENT, "why": "read", "in_force": True, **more,
        }
        for number, (left, verdict, right, more) in enumerate(rows)
    ]  # fmt: skip
    return typed(pd.DataFrame(made, columns=list(JUDGEMENT_FRAME), dtype=object), JUDGEMENT_FRAME)


def test_a_split_is_one_group_that_counts_the_claims_taken_out() -> None:
    held = {"why": f"read{HELD}"}
    [group] = grouped(judged(
        ("a", "different", "c", {}), ("b", "same", "c", {}), ("c", "different", "d", {}), ("a", "same", "d", held),
    ))  # fmt: skip

    assert group.label == "Split: 2 of 4 claims taken out"
    assert len(group.rows) == 4


def test_one_claim_taken_out_of_three_is_the_one_in_all_decisions() -> None:
    [group] = grouped(judged(("a", "different", "b", {}), ("b", "different", "c", {})))

    assert group.label == "Split: 1 of 3 claims taken out"


def test_a_merge_by_several_decisions_is_one_group_and_one_decision_has_no_label() -> None:
    merge, alone = grouped(judged(("a", "same", "c", {}), ("b", "same", "d", {}), ("a", "same", "b", {"who": "Bo"})))

    assert (merge.label, alone.label) == ("Merge", "")
    assert merge.standing == ("ju-0", "ju-1")


def test_what_is_undone_does_not_stand() -> None:
    [group] = grouped(judged(("a", "same", "c", {"undone_by": "Bo"}), ("b", "same", "d", {})))

    assert group.standing == ("ju-1",)


def test_decisions_that_share_no_more_than_a_day_or_are_on_actors_stay_apart() -> None:
    day, firm = {"decided_at": "2026-01-02"}, {"subject": "actor"}

    assert len(grouped(judged(*(("a", "same", right, more) for right in "bc" for more in (day, firm))))) == 4
