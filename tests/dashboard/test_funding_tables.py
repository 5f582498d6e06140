"""Titles in the tables of the Funding view."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.funding_tables import CONTROL_COLUMNS, FUNDING_COLUMNS, TITLE, fitting

LONG = (
    "Ministry of Economy, Trade and Industry, Japan → National Institute of Advanced Industrial Science and "
    "Technology, Noetra: Aid for domestic physical AI model"
)


def test_a_long_title_keeps_both_sides_and_what_it_is_about() -> None:
    cut = fitting(LONG, TITLE)

    assert len(cut) <= TITLE
    assert cut.startswith("Ministry of Economy")
    assert "… → National Institute" in cut
    assert cut.endswith("…: Aid for domestic physical AI model")


def test_a_title_that_fits_stays_as_it_is() -> None:
    assert fitting("OpenAI: confidential IPO filing, no terms", TITLE) == "OpenAI: confidential IPO filing, no terms"


@given(st.text(max_size=300))
def test_no_title_gets_longer_than_three_lines_hold(title: str) -> None:
    assert len(fitting(title, TITLE)) <= max(TITLE, 0) or title.count(" → ") > 3


def test_the_date_and_the_title_come_first_and_fit_on_a_phone() -> None:
    for columns in (FUNDING_COLUMNS, CONTROL_COLUMNS):
        assert list(columns)[:2] == ["date", "title"]
        assert columns["date"]["width"] + columns["title"]["width"] <= 354
