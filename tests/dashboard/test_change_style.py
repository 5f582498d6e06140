"""How pages write figures and values of events that changed."""

import pytest

from dashboard.change_style import figure, word


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("date", "2026-03-31", "31 March 2026"),
        ("first_published", "2026-03", "March 2026"),
        ("furthest_stage", "signed", "signed"),
        ("usd_chosen", "122000000000", "USD 122 billion"),
        ("technologies", "foundation-model", "Foundation models"),
        ("countries", "KE", "Kenya"),
        ("kind", "export_control", "Export control"),
        ("suppliers", "C3 AI", "C3 AI"),
        ("reports", "12", "12"),
    ],
)
def test_values_are_written_as_on_the_page_of_an_event(column: str, text: str, words: str) -> None:
    assert word(column, text) == words


def test_a_figure_is_written_as_reported_and_none_as_such() -> None:
    row = {"amount": "122000000000", "amount_min": "", "amount_max": "", "currency": "USD", "bound": "about"}

    assert figure(row) == "about USD 122 billion"
    assert figure(dict.fromkeys(row, "")) == "none"
