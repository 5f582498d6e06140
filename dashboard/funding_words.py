"""What the Funding view says and draws: frames for the charts, what a sum takes in, its tables. Pure."""

from typing import Any

import pandas as pd

from dashboard import wording
from dashboard.charts_funding import Group
from db.filters import Filters
from db.vocabulary import Kind, Stage

GROUPS: dict[Group, str] = {"recipient": "Recipient", "investor_country": "Investor's country"}
CONTROLS = (Kind.EXPORT_CONTROL, Kind.RESTRICTION)


def chosen(filters: Filters) -> Filters:
    """What the view takes in: funding, export controls and restrictions, or those of them that the filters name."""
    return filters.of_kinds(Kind.FUNDING, *CONTROLS)


def other_kinds(filters: Filters) -> str:
    """Chosen kinds that this view has no place for, in words; empty where there are none."""
    return ", ".join(wording.kind_words(kind) for kind in filters.kinds if kind not in (Kind.FUNDING, *CONTROLS))


def chart_events(funding: pd.DataFrame) -> pd.DataFrame:
    """`FUNDING_FRAME` with the columns that the charts of funding expect."""
    return funding.assign(
        kind=Kind.FUNDING.value, date_text=funding["date"].map(wording.date_words), amount_usd=funding["usd_chosen"]
    )


def chart_controls(controls: pd.DataFrame) -> pd.DataFrame:
    """`CONTROL_FRAME` with the columns that the strip under the timeline expects."""
    return controls.assign(
        date_text=controls["date"].map(wording.date_words),
        authority=controls["authorities"].map(lambda cell: wording.listed(cell, 2)),
        targets=controls["targets"].map(lambda cell: wording.listed(cell, 4)),
    )


def stage_title(stage: Stage | None) -> str:
    """Which stage's money is shown."""
    if stage is None:
        return "money at the furthest stage with a figure"
    return f"money at the stage “{wording.stage_words(stage)}”"


def reasons_left_out(funding: pd.DataFrame, stage: Stage | None) -> "pd.Series[Any]":
    """Why each event is not added up, in words; missing where it is."""
    reasons = pd.Series([None] * len(funding), index=funding.index, dtype=object)
    without_figure = funding["bound"].isna()
    reasons[funding["usd_chosen"].isna()] = "without a rate to US dollars"
    reasons[without_figure] = "without a figure"
    if stage is not Stage.CANCELLED:
        reasons[funding["is_cancelled"]] = "cancelled"
    reasons[funding["is_total"]] = "totals over several deals"
    return reasons


def added_up(funding: pd.DataFrame, stage: Stage | None) -> pd.DataFrame:
    """The events that a sum may take in: one deal each, not cancelled, with a figure in US dollars."""
    return funding[reasons_left_out(funding, stage).isna()]


def sum_said(funding: pd.DataFrame, stage: Stage | None) -> str:
    """What is added up and what is left out, with counts and reasons."""
    reasons = reasons_left_out(funding, stage)
    added = int(reasons.isna().sum())
    total = wording.usd_short(int(funding.loc[reasons.isna(), "usd_chosen"].sum()))
    said = f"Adds up {wording.plural(added, 'event')} to {total}, lower ends where a range is reported."
    if added == 0:
        said = "Nothing to add up."
    counts = reasons.dropna().value_counts().sort_index()
    if counts.empty:
        return said
    return f"{said} Left out: {', '.join(f'{reason} ({count:,})' for reason, count in counts.items())}."


def table(funding: pd.DataFrame) -> pd.DataFrame:
    """Funding events to read, latest first. Columns: event_id, date, title, amount, said_by, note, usd, stage."""
    rows = funding.sort_values(
        ["date_first", "date_last", "event_id"], ascending=[False, True, True], ignore_index=True
    )
    records = [row for _, row in rows.iterrows()]
    return pd.DataFrame(
        {
            "event_id": rows["event_id"],
            "date": rows["date"],
            "title": rows["title"],
            "amount": [wording.money_of(row) for row in records],
            "said_by": rows["attributed_to"].map(lambda cell: wording.listed(cell, 2)),
            "note": [note(row) for row in records],
            "usd": rows["usd_chosen"],
            "stage": rows["stage"].map(wording.stage_words),
        }
    )


def note(row: "pd.Series[Any]") -> str:
    """What a reader must know before quoting a figure."""
    words = [
        "total, never added" if row["is_total"] else "",
        "cancelled" if row["is_cancelled"] else "",
        "disputed" if row["disputed"] else "",
        "" if wording.missing(row["sole_asserter"]) else f"rests on {row['sole_asserter']} alone",
    ]
    return "; ".join(word for word in words if word)


def controls_table(controls: pd.DataFrame) -> pd.DataFrame:
    """Controls and restrictions to read, latest first. Columns: event_id, date, kind, title, stage."""
    return pd.DataFrame(
        {
            "event_id": controls["event_id"],
            "date": controls["date"],
            "kind": controls["kind"].map(wording.kind_words),
            "title": controls["title"],
            "stage": controls["stage"].map(wording.stage_words),
        }
    )


def group_said(group: Group) -> str:
    """`recipient` or `investor's country`."""
    return GROUPS[group].lower()
