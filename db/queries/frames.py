"""Rows to frames whose columns and types are declared, also when there are no rows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

TEXT, WHOLE, REAL, FLAG, DAY = "str", "Int64", "Float64", "bool", "datetime64[s]"
"""Types of columns: text (missing: None), whole number that may be missing, real number, flag, day."""


def frame(connection: Connection, statement: "sa.Select[tuple[object, ...]]", types: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a statement. Columns are those of `types`, in that order."""
    rows = connection.execute(statement).all()
    raw = pd.DataFrame([tuple(row) for row in rows], columns=list(types), dtype=object)
    return typed(raw, types)


def typed(raw: pd.DataFrame, types: Mapping[str, str]) -> pd.DataFrame:
    """A frame of plain objects with the declared types."""
    columns = {name: _column(raw[name], kind) for name, kind in types.items()}
    return pd.DataFrame(columns, columns=list(types))


def _column(values: "pd.Series[Any]", kind: str) -> "pd.Series[Any]":
    if kind == TEXT:
        return values.astype(object).where(values.notna(), None)
    dated = pd.to_datetime(values) if kind == DAY else values
    return dated.astype(kind)  # type: ignore[call-overload,no-any-return]
