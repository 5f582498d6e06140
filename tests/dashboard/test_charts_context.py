import plotly.graph_objects as go

from dashboard.charts_context import add_context
from dashboard.palette import LIGHT


def test_context_lies_under_what_was_drawn_before() -> None:
    figure = go.Figure(go.Choropleth(name="first"))

    add_context(figure, ["BR", "SG"], LIGHT)

    assert [trace.type for trace in figure.data] == ["choropleth", "scattergeo", "choropleth"]
    assert figure.data[-1].name == "first"


def test_context_marks_carry_their_code_so_that_a_click_finds_the_country() -> None:
    figure = go.Figure()

    add_context(figure, ["SG", "BR"], LIGHT)

    areas, dots = figure.data
    assert [list(each) for each in areas.customdata] == [["BR"], ["SG"]]
    assert [list(each) for each in dots.customdata] == [["SG"]]


def test_places_without_a_shape_are_left_out() -> None:
    figure = go.Figure()

    add_context(figure, ["EU", "ZZ", "AQ"], LIGHT)

    assert len(figure.data) == 0
