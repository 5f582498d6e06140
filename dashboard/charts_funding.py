"""What the charts of funding share: groups with their colours, amounts in words, whether a day is known."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from dashboard.charts import OTHER, money, top_groups
from dashboard.palette import Look
from db.countries import name_of
from db.vocabulary import Bound

Group = Literal["recipient", "investor_country"]
Row = Mapping[Any, Any]

BOUND_WORDS: Mapping[str, str] = {Bound.AT_LEAST: "at least ", Bound.UP_TO: "up to ", Bound.ABOUT: "about "}
NO_NAME = "not named"


def with_usd(events: pd.DataFrame) -> pd.DataFrame:
    """The events with a USD figure above 0: what a chart of money can draw."""
    return events[events["amount_usd"].fillna(0) > 0]


def grouped(
    events: pd.DataFrame, by: Group, most: int, biggest: Sequence[str] | None = None
) -> tuple[pd.DataFrame, list[str]]:
    """The events with a column `group`, and the groups' names: the biggest by sum (totals aside), the rest Other.

    `biggest`: their names, where `events` are not all there are.
    """
    names = group_names(events, by)
    if biggest is not None:
        return events.assign(group=names.where(names.isin(biggest), OTHER)), list(biggest)
    single = ~events["is_total"].astype(bool)
    sums = events["amount_usd"].where(single, 0).groupby(names).sum()
    top = top_groups(sums[[name for name in sums.index if name != NO_NAME]], most)
    return events.assign(group=names.where(names.isin(top), OTHER)), top


def biggest_groups(sums: pd.DataFrame, by: Group, most: int) -> list[str]:
    """The names of the groups with most, the biggest first. Columns of `sums`: group, usd."""
    named = sums.dropna(subset="group")
    return top_groups(named["usd"].groupby(named["group"].map(lambda value: _group_name(value, by))).sum(), most)


def group_names(events: pd.DataFrame, by: Group) -> "pd.Series[Any]":
    """The recipient, or the name of the investor's country, of each event."""
    return events[by].map(lambda value: _group_name(value, by))


def _group_name(value: Any, by: Group) -> str:
    if pd.isna(value) or not value:
        return NO_NAME
    return name_of(str(value)) if by == "investor_country" else str(value)


def group_colours(top: Sequence[str], members: pd.DataFrame, look: Look) -> dict[str, str]:
    """A colour for each of the biggest groups; grey Other comes last, if `members` (column group) has any."""
    colours = dict(zip(top, look.qualitative, strict=False))
    return colours | ({OTHER: look.other} if (members["group"] == OTHER).any() else {})


def is_day(row: Row) -> bool:
    """Whether the date is known to the day."""
    return bool(row["date_first"] == row["date_last"])


def middle(row: Row) -> pd.Timestamp:
    """The middle of the span that a date may lie in: where a mark for it sits on its bar."""
    first, last = pd.Timestamp(row["date_first"]), pd.Timestamp(row["date_last"])
    return first + (last - first) / 2


def amount_text(row: Row) -> str:
    """The amount in words, with the spread of other figures where sources disagree."""
    text = BOUND_WORDS.get(row["bound"], "") + money(int(row["amount_usd"]))
    low, high = row["usd_low"], row["usd_high"]
    if not pd.isna(low) and not pd.isna(high) and int(low) < int(high):
        return f"{text} (reported from {money(int(low))} to {money(int(high))})"
    return text
