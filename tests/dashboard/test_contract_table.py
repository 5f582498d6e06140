"""The table beside the map."""

import pytest

from dashboard.charts_map import Measure
from dashboard.contract_table import COLUMNS, ROW
from dashboard.contract_words import MEASURES, TABLE_FRAME

NARROWEST = 354
"""Pixels that a phone of 390, and the place beside the map of a window of 1440, leave for columns."""


@pytest.mark.parametrize("measure", MEASURES)
def test_all_columns_of_a_measure_fit_beside_the_map_and_on_a_phone(measure: Measure) -> None:
    assert sum(column["width"] for column in COLUMNS[measure].values()) <= NARROWEST


@pytest.mark.parametrize("measure", MEASURES)
def test_what_colours_the_map_is_explained_in_its_second_column(measure: Measure) -> None:
    columns = COLUMNS[measure]

    assert list(columns)[:2] == ["name", measure]
    assert set(columns) <= set(TABLE_FRAME)
    assert all(column["help"] for column in columns.values())


def test_rows_are_high_enough_for_streamlit_to_wrap_their_text() -> None:
    assert ROW > 60
