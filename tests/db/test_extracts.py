"""Frames as CSV."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.extracts import BYTE_ORDER_MARK, guarded, is_guarded_start, to_csv
from db.queries.frames import DAY, FLAG, REAL, TEXT, WHOLE, typed

TYPES = {"name": TEXT, "amount": WHOLE, "share": REAL, "is_total": FLAG, "day": DAY}


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    return typed(pd.DataFrame(list(rows), columns=list(TYPES), dtype=object), TYPES)


def test_whole_numbers_stay_whole_and_missing_cells_are_empty() -> None:
    shown = to_csv(frame(("a", 9_000_000_000_000_001, 0.5, True, "2025-01-02"), (None, None, None, False, None)))

    assert shown == "name,amount,share,is_total,day\na,9000000000000001,0.5,true,2025-01-02\n,,,false,\n"


def test_a_frame_without_rows_is_its_heading() -> None:
    assert to_csv(frame()) == "name,amount,share,is_total,day\n"
    assert to_csv(frame(), header=False) == ""


def test_the_byte_order_mark_comes_only_when_asked_for() -> None:
    assert to_csv(frame(), mark=True) == BYTE_ORDER_MARK + to_csv(frame())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%", "\t", "\r", "\n"])
def test_text_that_begins_like_a_formula_is_guarded_unless_switched_off(start: str) -> None:
    shown = frame((f"{start}1+1", -5, -0.5, False, None))

    (_, guarded), (_, plain) = (
        list(csv.reader(io.StringIO(to_csv(shown, guard=g), newline=""))) for g in (True, False)
    )

    assert guarded == [f"'{start}1+1", "-5", "-0.5", "false", ""]
    assert plain[0] == f"{start}1+1"


def test_text_of_any_text_type_is_guarded() -> None:
    shown = pd.DataFrame({"name": pd.Series(["=1", None], dtype="str")})

    assert to_csv(shown) == 'name\n\'=1\n""\n'


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1), min_size=1))
def test_any_text_comes_back_from_a_csv_reader(texts: list[str]) -> None:
    shown = to_csv(frame(*((text, 1, None, True, None) for text in texts)), guard=False)

    rows = list(csv.reader(io.StringIO(shown, newline=""), strict=True))
    assert [row[0] for row in rows[1:]] == texts
    again = pd.read_csv(io.StringIO(shown, newline=""), dtype=str, keep_default_na=False)
    assert list(again.name) == texts


@given(st.text(st.sampled_from("'=+ a"), max_size=6))
def test_the_guard_can_be_taken_off_exactly(text: str) -> None:
    shown = guarded(text)

    assert not shown.startswith(("=", "+"))
    assert (shown[1:] if shown.startswith("'") and is_guarded_start(shown[1:]) else shown) == text
