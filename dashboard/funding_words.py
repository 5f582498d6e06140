"""What the Funding view says and draws: frames for the charts, what a sum takes in, its tables. Pure."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard import tables, wording
from dashboard.charts_funding import Group, biggest_groups, group_names
from db.filters import Filters
from db.queries.funding import LeftOut
from db.vocabulary import Bound, Kind, Stage

GROUPS: dict[Group, str] = {"recipient": "Recipient", "investor_country": "Investor's country"}
CONTROLS = (Kind.EXPORT_CONTROL, Kind.RESTRICTION)
MARKS, DECISIONS = 2000, 500
"""Marks of the timeline and of the strip beneath: more can neither be told apart nor sent in a moment."""
MOST_STEPS = 300
"""Steps that the line of a group has at the most, before they are drawn by month."""
REASONS: dict[str, str] = {
    LeftOut.NO_RATE: "without a rate to US dollars",
    LeftOut.NO_FIGURE: "without a figure",
    LeftOut.DISPUTED: "disputed figures only",
    LeftOut.RUMOURED: "rumoured",
    LeftOut.SUSPENDED: "suspended",
    LeftOut.CANCELLED: "cancelled",
    LeftOut.TOTAL: "totals over several deals",
}
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


def drawn_said(drawn: int, total: int) -> str:
    """That a timeline shows the largest events only; empty where it shows all."""
    return f"Showing the {drawn:,} largest of {total:,} events; the sums below count all." if drawn < total else ""


def sum_said(tally: pd.DataFrame) -> str:
    """What is added up, by stage and bound, and what is left out, with counts and reasons. `tally`: `TALLY_FRAME`."""
    added, others = tally[tally["left_out"].isna()], tally.dropna(subset="left_out")
    said = "Nothing to add up."
    if not added.empty:
        said = (
            f"Adds up {wording.plural(number_added(tally), 'event')} to {_usd_sum(added)}, lower ends where a "
            f"range is reported{_split_said(added)}."
        )
    if others.empty:
        return said
    counts = others.groupby(others["left_out"].map(REASONS))["events"].sum().sort_index()
    return f"{said} Left out: {', '.join(f'{reason} ({count:,})' for reason, count in counts.items())}."


def _usd_sum(tally: pd.DataFrame) -> str:
    return wording.usd_short(int(tally["usd"].sum()))


def _split_said(added: pd.DataFrame) -> str:
    """`; of which announced $1.1tn, signed $90bn; ceilings (“up to”) $117bn`: what a sum of unlike figures hides."""
    by_stage = {stage: added[added["stage"] == stage.value] for stage in Stage if stage.value in set(added["stage"])}
    parts = [f"{wording.stage_words(stage).lower()} {_usd_sum(some)}" for stage, some in by_stage.items()]
    ceilings = added[added["is_ceiling"]]
    said = f"; of which {', '.join(parts)}"
    return said if ceilings.empty else f"{said}; ceilings (“up to”) {_usd_sum(ceilings)}"


def chart_sums(sums: pd.DataFrame, drawn: pd.DataFrame, by: Group) -> pd.DataFrame:
    """`SUM_FRAME` with the columns that the chart of sums expects, a row a step, and `events`: how many it adds up.

    A group with more than `MOST_STEPS` days gets one step a month, at its last day. `drawn`: events of the timeline
    (`chart_events`), which name the steps that are one event.
    """
    steps = _by_month_where_many(sums)
    steps = steps.assign(
        event_id=None, bound=Bound.EXACT.value, is_total=False, date_first=steps["day"], date_last=steps["day"],
        date_text=steps["day"].dt.strftime("%Y-%m-%d").map(wording.date_words), amount_usd=steps["usd"],
        title=[wording.plural(int(number), "event") for number in steps["events"]],
        recipient=steps["group"], investor_country=steps["group"],
    )  # fmt: skip
    single = drawn.drop_duplicates([by, "date_last", "amount_usd"], keep=False)
    named = ["event_id", "bound", "date_first", "date_text", "title"]
    told = single.set_index([by, "date_last", "amount_usd"])[named].to_dict("index")
    rows = steps.to_dict("records")
    for row in rows:
        if row["events"] == 1:
            row.update(told.get((row[by], row["date_last"], row["amount_usd"]), {}))
    made = pd.DataFrame(rows, columns=list(steps), dtype=object)
    return made.astype({"amount_usd": "Int64", "date_last": "datetime64[s]", "date_first": "datetime64[s]"})


def _by_month_where_many(sums: pd.DataFrame) -> pd.DataFrame:
    month = sums["day"].to_numpy("datetime64[M]").astype("datetime64[D]")
    step = np.where(is_by_month(sums), month, sums["day"].to_numpy("datetime64[D]"))
    last = sums.groupby([sums["group"].fillna(""), step], sort=False).agg(
        group=("group", "first"), day=("day", "max"), usd=("usd", "sum"), events=("events", "sum")
    )
    return last.reset_index(drop=True)


def is_among_first(sums: pd.DataFrame, by: Group, most: int) -> "pd.Series[bool]":
    """Whether each row of `SUM_FRAME` is of one of the groups with most, which the chart of sums names."""
    first = biggest_groups(sums, by, most)
    return group_names(sums.rename(columns={"group": by}), by).isin(first)


def number_added(tally: pd.DataFrame) -> int:
    """How many events a sum adds up. `tally`: `TALLY_FRAME`."""
    return int(tally[tally["left_out"].isna()]["events"].sum())


def is_by_month(sums: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row of `SUM_FRAME` is of a group with more than `MOST_STEPS` days."""
    return sums.groupby(sums["group"].fillna(""))["day"].transform("size") > MOST_STEPS


def latest(funding: pd.DataFrame, start: int, size: int) -> pd.DataFrame:
    """Some of the rows of `FUNDING_FRAME`, latest first: `size` from place `start` on."""
    rows = funding.sort_values(["date_first", "date_last", "event_id"], ascending=[False, True, True])
    return rows[start : start + size].reset_index(drop=True)


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Funding events to read. Columns: event_id, date, title, amount, said_by, note, usd, stage."""
    records = rows.to_dict("records")
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


def note(row: Mapping[Any, Any]) -> str:
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
