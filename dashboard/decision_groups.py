"""Decisions made in one go, as by merging or splitting events, put together. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.evidence import Row
from dashboard.wording import missing
from db.vocabulary import Verdict
from pipeline.regrouping import HELD


@dataclass(frozen=True, slots=True)
class Group:
    """Judgements (rows of `JUDGEMENT_FRAME`) of one person at one moment. `label`: what they were; empty for one."""

    rows: tuple[dict[str, Any], ...]
    label: str = ""

    @property
    def standing(self) -> tuple[str, ...]:
        """The ids of those that nobody took back."""
        return tuple(str(row["judgement_id"]) for row in self.rows if missing(row["undone_by"]))


def grouped(judged: pd.DataFrame) -> list[Group]:
    """Judgements (`JUDGEMENT_FRAME`) as groups, in the order of their first ones.

    Only what carries a time of day is put together: decisions of a file often have no more than a day in common.
    """
    made: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for place, found in enumerate(judged.to_dict("records")):
        row = {str(name): value for name, value in found.items()}
        made.setdefault(_go(row, place), []).append(row)
    return [Group(tuple(rows), label(rows) if len(rows) > 1 else "") for rows in made.values()]


def _go(row: Row, place: int) -> tuple[object, ...]:
    """What judgements made in one go have in common; one with a day alone, or on actors, stands by itself."""
    together = row["subject"] == "claim" and "T" in str(row["decided_at"])
    return (row["who"], row["decided_at"]) if together else (place,)


def label(rows: Iterable[Row]) -> str:
    """`Merge`, or `Split: 2 of 8 claims taken out`, of judgements on claims that were made in one go."""
    listed = list(rows)
    apart = [_pair(row) for row in listed if row["verdict"] == Verdict.DIFFERENT]
    same = [_pair(row) for row in listed if row["verdict"] == Verdict.SAME and not str(row["why"]).endswith(HELD)]
    if not apart:
        return "Merge" if len(same) == len(listed) else f"{len(listed):,} decisions"
    out = {claim_id for pair in same for claim_id in pair}
    if not out:
        [(alone, _)] = Counter(sorted(claim_id for pair in apart for claim_id in pair)).most_common(1)
        out = {alone}
    everyone = out | {claim_id for row in listed for claim_id in _pair(row)}
    return f"Split: {len(out):,} of {len(everyone):,} claims taken out"


def _pair(row: Row) -> tuple[str, str]:
    return str(row["left_id"]), str(row["right_id"])
