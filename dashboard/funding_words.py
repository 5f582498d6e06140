"""What the Funding view says and draws: frames for the charts, what a sum takes in, its tables. Pure."""

from typing import Any

import pandas as pd

from dashboard import tables, wording
from dashboard.charts_funding import Group
from db.filters import Filters
from db.vocabulary import DISPUTED_ONLY, Bound, Kind, Stage

GROUPS: dict[Group, str] = {"recipient": "Recipient", "investor_country": "Investor's country"}
CONTROLS = (Kind.EXPORT_CONTROL, Kind.RESTRICTION)
YEARS = {"late": "Most events", "all": "All years"}
"""What the time axis takes in: the years of nearly all events, or all."""


def chosen(filters: Filters) -> Filters:
    """What the view takes in: funding, export controls and restrictions, or those of them that the filters name."""
    return filters.of_kinds(Kind.FUNDING, *CONTROLS)


def is_elsewhere(filters: Filters) -> bool:
    """Whether the filters name kinds, and none that this view shows."""
    return bool(filters.kinds) and not {Kind.FUNDING, *CONTROLS} & set(filters.kinds)


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


def before_said(funding: pd.DataFrame, controls: pd.DataFrame, year: int) -> str:
    """What a time axis that starts with a year leaves off: both frames hold only what lies before it."""
    counts = ((len(funding), "funding event"), (len(controls), "decision"))
    said = " and ".join(wording.plural(number, word) for number, word in counts if number)
    return f"{said} before {year} not drawn; “All years” shows everything." if said else ""


def stage_title(stage: Stage | None) -> str:
    """Which stage's money is shown."""
    if stage is None:
        return "money at the furthest stage with a figure"
    return f"money at the stage “{wording.stage_words(stage)}”"


def reasons_left_out(funding: pd.DataFrame, stage: Stage | None) -> "pd.Series[Any]":
    """Why each event is not added up, in words; missing where it is.

    Rumoured money and suspended events count only where a stage is asked for, cancelled ones where theirs is.
    """
    reasons = pd.Series([None] * len(funding), index=funding.index, dtype=object)
    without_figure = funding["bound"].isna()
    reasons[funding["usd_chosen"].isna()] = "without a rate to US dollars"
    reasons[without_figure] = "without a figure"
    reasons[funding["amount_rule"].isin([DISPUTED_ONLY])] = "disputed figures only"
    if stage is None:
        reasons[funding["stage"].isin([Stage.RUMOURED.value]) & ~without_figure] = "rumoured"
        reasons[funding["is_suspended"]] = "suspended"
    if stage is not Stage.CANCELLED:
        reasons[funding["is_cancelled"]] = "cancelled"
    reasons[funding["is_total"]] = "totals over several deals"
    return reasons


def added_up(funding: pd.DataFrame, stage: Stage | None) -> pd.DataFrame:
    """The events that a sum may take in: those without one of `reasons_left_out`."""
    return funding[reasons_left_out(funding, stage).isna()]


def sum_said(funding: pd.DataFrame, stage: Stage | None) -> str:
    """What is added up, by stage and bound, and what is left out, with counts and reasons."""
    added = added_up(funding, stage)
    said = "Nothing to add up."
    if not added.empty:
        said = (
            f"Adds up {wording.plural(len(added), 'event')} to {_usd_sum(added)}, lower ends where a range is "
            f"reported{_split_said(added)}."
        )
    counts = reasons_left_out(funding, stage).dropna().value_counts().sort_index()
    if counts.empty:
        return said
    return f"{said} Left out: {', '.join(f'{reason} ({count:,})' for reason, count in counts.items())}."


def _usd_sum(funding: pd.DataFrame) -> str:
    return wording.usd_short(int(funding["usd_chosen"].sum()))


def _split_said(added: pd.DataFrame) -> str:
    """`; of which announced $1.1tn, signed $90bn; ceilings (“up to”) $117bn`: what a sum of unlike figures hides."""
    by_stage = {stage: added[added["stage"] == stage.value] for stage in Stage if stage.value in set(added["stage"])}
    parts = [f"{wording.stage_words(stage).lower()} {_usd_sum(some)}" for stage, some in by_stage.items()]
    ceilings = added[added["bound"] == Bound.UP_TO.value]
    said = f"; of which {', '.join(parts)}"
    return said if ceilings.empty else f"{said}; ceilings (“up to”) {_usd_sum(ceilings)}"


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
        "suspended" if row["is_suspended"] else "",
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
            "stage": [tables.stage_said(row) for row in controls.to_dict("records")],
        }
    )


def group_said(group: Group) -> str:
    """`recipient` or `investor's country`."""
    return GROUPS[group].lower()
