"""Funding as a whole list, and what of it may be added up, event by event: what the quick queries are held against."""

from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from db.filters import Filters
from db.queries.funding import funding_of
from db.queries.where import chosen_ids
from db.vocabulary import DISPUTED_ONLY, Kind, Stage


def funding(connection: Connection, filters: Filters, stage: Stage | None = None) -> pd.DataFrame:
    """The chosen funding events at one stage, earliest first. Columns: `db.queries.funding.FUNDING_FRAME`."""
    ids = chosen_ids(filters.of_kinds(Kind.FUNDING))
    return funding_of(connection, ids, stage, roll_up=filters.roll_up)


def reasons_left_out(funding: pd.DataFrame, stage: Stage | None) -> "pd.Series[Any]":
    """Why each event is not added up (`db.queries.funding.LeftOut`); missing where it is.

    Rumoured money and suspended events count only where a stage is asked for, cancelled ones where theirs is.
    """
    reasons = pd.Series([None] * len(funding), index=funding.index, dtype=object)
    without_figure = funding["bound"].isna()
    reasons[funding["usd_chosen"].isna()] = "no rate"
    reasons[without_figure] = "no figure"
    reasons[funding["amount_rule"].isin([DISPUTED_ONLY])] = "disputed"
    if stage is None:
        reasons[funding["stage"].isin([Stage.RUMOURED.value]) & ~without_figure] = "rumoured"
        reasons[funding["is_suspended"]] = "suspended"
    if stage is not Stage.CANCELLED:
        reasons[funding["is_cancelled"]] = "cancelled"
    reasons[funding["is_total"]] = "total"
    return reasons


def added_up(funding: pd.DataFrame, stage: Stage | None) -> pd.DataFrame:
    """The events that a sum may take in: those without one of `reasons_left_out`."""
    return funding[reasons_left_out(funding, stage).isna()]
