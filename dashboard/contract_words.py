"""What the Contracts view says: its title, its measure, what is left out, and its table. Pure."""

from dataclasses import replace

import pandas as pd

from dashboard import wording
from dashboard.charts_map import Measure, undrawn
from db.countries import codes_in_region, name_of
from db.filters import Filters
from db.vocabulary import Kind, Stage

MEASURES: dict[Measure, str] = {"events": "Events", "usd": "US dollars", "bloc": "Supplier's home"}
DEALS = (Kind.CONTRACT.value, Kind.PARTNERSHIP.value, Kind.INFRASTRUCTURE.value)
"""Kinds that put AI into a country."""
TABLE_FRAME = ("country", "name", "events", "usd", "ceiling", "left_out", "bloc", "suppliers")
_PLURALS = {
    Kind.CONTRACT: "government contracts",
    Kind.PARTNERSHIP: "partnerships",
    Kind.FUNDING: "funding",
    Kind.INFRASTRUCTURE: "infrastructure",
    Kind.EXPORT_CONTROL: "export controls",
    Kind.RESTRICTION: "restrictions",
}


def mapped(filters: Filters) -> Filters:
    """What the view maps: the kinds that the filters name, or government contracts where they name none."""
    return filters if filters.kinds else replace(filters, kinds=(Kind.CONTRACT.value,))


def anywhere(filters: Filters) -> Filters:
    """The same choice without its places."""
    return replace(filters, countries=(), regions=())


def kinds_said(filters: Filters) -> str:
    """`Government contracts and partnerships`."""
    words = [_PLURALS[kind] for kind in Kind if kind in filters.kinds]
    joined = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return joined[:1].upper() + joined[1:]


def title(filters: Filters, measure: str, stage: Stage | None) -> str:
    """The map's title: what is drawn, how it is coloured, and for money at which stage."""
    drawn = kinds_said(filters)
    if measure == "usd":
        at = f"at the stage “{wording.stage_words(stage)}”" if stage else "at the furthest stage with a figure"
        without = ", rumoured and ended ones left out" if stage is None else ""
        return f"{drawn} in US dollars, {at}{without}"
    if measure == "bloc":
        return f"{drawn}: home of the leading supplier"
    return f"{drawn}: number of events"


def figures_said(frame: pd.DataFrame) -> str:
    """How many events a map in USD adds up, how much of the sum is ceilings, and how many it leaves out."""
    counted, left_out = int(frame["counted"].sum()), int(frame["left_out"].sum())
    if left_out == 0:
        return f"Adds up {wording.plural(counted, 'event')}{ceilings_said(frame)}."
    without = "has" if left_out == 1 else "have"
    more = f"{left_out:,} more {without} no figure that may be added"
    return f"Adds up {wording.plural(counted, 'event')}{ceilings_said(frame)}; {more}."


def ceilings_said(frame: pd.DataFrame) -> str:
    """The sum and how much of it is ceilings, as the end of a phrase; empty where no figure is a ceiling."""
    ceiling = int(frame["ceiling"].sum())
    if not ceiling:
        return ""
    total = wording.usd_short(int(frame["usd"].sum()))
    return f" to {total}, of which {wording.usd_short(ceiling)} are ceilings (“up to”)"


def exported(frame: pd.DataFrame) -> pd.DataFrame:
    """The map's figures as a file names them: `usd_of_which_up_to` for the ceilings in the sum `usd`."""
    return frame.rename(columns={"ceiling": "usd_of_which_up_to"})


def in_place(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The rows of the chosen countries and regions. An event may land in others too: those are not asked for."""
    if not filters.countries and not filters.regions:
        return frame
    codes = {*filters.countries, *(code for region in filters.regions for code in codes_in_region(region))}
    return frame[frame["country"].isin(codes)].reset_index(drop=True)


def places_said(filters: Filters) -> str:
    """The chosen countries and regions in words; empty where there are none."""
    return wording.listing([*map(name_of, filters.countries), *filters.regions], 3)


def not_drawn(frame: pd.DataFrame) -> str:
    """What the data holds and the map cannot draw, as a sentence."""
    rows = undrawn(frame)
    if rows.empty:
        return "Every place in this selection is on the map."
    listed = [f"{name_of(code)} ({wording.plural(int(count), 'event')})"
              for code, count in zip(rows["country"], rows["events"], strict=True)]  # fmt: skip
    return f"Not drawn, since it has no place on a map: {', '.join(listed)}."


def table(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The map's figures as a table. Columns: `TABLE_FRAME`; the greatest by the measure first."""
    named = frame.assign(name=frame["country"].map(name_of))[list(TABLE_FRAME)]
    first = ["usd", "events"] if measure == "usd" else ["events", "usd"]
    return named.sort_values([*first, "name"], ascending=[False, False, True], na_position="last", ignore_index=True)
