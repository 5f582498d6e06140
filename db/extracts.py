"""Frames as CSV: the contract behind both the command line's export and the download buttons.

UTF-8, a header, `\\n` line ends, ISO dates, empty for missing, `true`/`false`. Text that a spreadsheet would run as a
formula gets a leading apostrophe, which can be switched off; the byte-order mark that Excel needs is for people only.
"""

from typing import Any

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")
"""First characters that spreadsheets may take for a formula (OWASP, CSV injection; `|` and `%` as Superset adds)."""
BYTE_ORDER_MARK = "\ufeff"
_LINE_END = "\r\x00\n"
"""While writing: cells that hold a sign of the line end are quoted, and so a lone carriage return is. No cell holds
NUL, so that the ends of lines can be told from what is in cells."""


def to_csv(frame: pd.DataFrame, *, header: bool = True, guard: bool = True, mark: bool = False) -> str:
    """A frame as CSV text, columns and rows as they stand.

    Args:
        header: with the line of column names.
        guard: put an apostrophe before text that begins like a formula. Numbers are never touched.
        mark: begin with a byte-order mark, so that Excel reads the text as UTF-8.
    """
    shown = pd.DataFrame({name: _cells(frame[name], guard) for name in frame.columns}, columns=frame.columns)
    text = shown.to_csv(index=False, header=header, lineterminator=_LINE_END).replace(_LINE_END, "\n")
    return BYTE_ORDER_MARK + text if mark else text


def _cells(values: "pd.Series[Any]", guard: bool) -> "pd.Series[Any]":
    if pd.api.types.is_bool_dtype(values):
        return values.map({True: "true", False: "false"})
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.strftime("%Y-%m-%d")  # type: ignore[no-any-return]
    if guard and (values.dtype == object or isinstance(values.dtype, pd.StringDtype)):
        return values.map(_guarded, na_action="ignore")
    return values


def _guarded(cell: object) -> object:
    return guarded(cell) if isinstance(cell, str) else cell


def guarded(text: str) -> str:
    """Text with an apostrophe before it where a spreadsheet would take it for a formula.

    Also where it begins with apostrophes and then like a formula: so whoever takes one away has the text as it was.
    """
    return f"'{text}" if is_guarded_start(text) else text


def is_guarded_start(text: str) -> bool:
    """Whether text begins like a formula, or like a guarded one."""
    return text.lstrip("'").startswith(FORMULA_STARTS)
