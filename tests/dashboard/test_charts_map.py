import math
from itertools import combinations
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts_map import (
    DOT_GAP,
    NO_FIGURE,
    clicked_country,
    contract_map,
    contract_map_alt,
    dot_places,
    undrawn,
)
from dashboard.palette import LIGHT
from db.countries import COUNTRIES
from db.vocabulary import Bloc


def contracts(*rows: tuple[str, int, int | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["country", "events", "usd", "bloc"])
    frame = frame.astype({"events": "Int64", "usd": "Int64"})
    return frame.assign(claims=frame["events"] * 2, suppliers="Zhipu AI, Huawei")


FRAME = contracts(
    ("MY", 4, 10**9, "China"),
    ("US", 12, 9_999_999, "United States"),
    ("SG", 1, None, "China"),
    ("EU", 2, 10**8, "Europe"),
    ("XM", 1, None, "Other"),
    ("ZZ", 1, None, "Other"),
    ("AQ", 1, None, "Other"),
)


def traces(figure: go.Figure, kind: type) -> list[Any]:
    return [trace for trace in figure.data if isinstance(trace, kind) and trace.customdata is not None]


def class_of(figure: go.Figure) -> dict[str, str]:
    """The class that each country's area is drawn in."""
    return {row[0]: trace.name for trace in traces(figure, go.Choropleth) for row in trace.customdata}


@pytest.mark.parametrize(
    ("events", "name"),
    [
        (1, "1 event"),
        (2, "2"),
        (3, "3 to 5"),
        (5, "3 to 5"),
        (6, "6 to 10"),
        (10, "6 to 10"),
        (11, "more than 10"),
        (5000, "more than 10"),
    ],
)
def test_counts_fall_into_their_class(events: int, name: str) -> None:
    figure = contract_map(contracts(("MY", events, None, "China")), measure="events", look=LIGHT)
    assert class_of(figure) == {"MY": name}


@pytest.mark.parametrize(
    ("usd", "name"),
    [
        (9_999_999, "under $10m"),
        (10**7, "$10m to $100m"),
        (10**9 - 1, "$100m to $1bn"),
        (10**9, "$1bn to $10bn"),
        (10**10, "$10bn and more"),
        (None, NO_FIGURE),
    ],
)
def test_sums_fall_into_their_class_and_a_missing_one_is_not_zero(usd: int | None, name: str) -> None:
    figure = contract_map(contracts(("MY", 1, usd, "China")), measure="usd", look=LIGHT)
    assert class_of(figure) == {"MY": name}


def test_blocs_have_their_fixed_colours() -> None:
    figure = contract_map(FRAME, measure="bloc", look=LIGHT)
    colours = {trace.name: trace.colorscale[1][1] for trace in traces(figure, go.Choropleth)}
    assert colours == {"United States": LIGHT.blocs[Bloc.UNITED_STATES], "China": LIGHT.blocs[Bloc.CHINA]}


def test_countries_are_drawn_by_alpha3_and_carry_alpha2() -> None:
    figure = contract_map(FRAME, measure="events", look=LIGHT)
    drawn = {
        location: row[0]
        for trace in traces(figure, go.Choropleth)
        for location, row in zip(trace.locations, trace.customdata, strict=True)
    }
    assert drawn == {"MYS": "MY", "USA": "US", "SGP": "SG"}


def test_small_states_get_a_dot_in_the_colour_of_their_class() -> None:
    figure = contract_map(FRAME, measure="events", look=LIGHT)
    dots = [trace for trace in traces(figure, go.Scattergeo) if len(trace.lat)]
    assert [trace.customdata[0][0] for trace in dots] == ["SG"]
    assert dots[0].marker.color == LIGHT.sequential[0]


def test_the_legend_names_every_class_of_events_once() -> None:
    figure = contract_map(FRAME, measure="events", look=LIGHT)
    assert [trace.name for trace in figure.data if trace.showlegend] == [
        "1 event",
        "2",
        "3 to 5",
        "6 to 10",
        "more than 10",
    ]


def test_the_hover_text_says_counts_money_and_suppliers() -> None:
    figure = contract_map(contracts(("MY", 4, 10**9, "China")), measure="events", look=LIGHT)
    (trace,) = (trace for trace in traces(figure, go.Choropleth) if len(trace.customdata))
    assert trace.hovertext[0].split("<br>")[:3] == ["<b>Malaysia</b>", "4 events, 8 claims", "$1bn reported"]
    assert "Zhipu AI" in trace.hovertext[0]


def test_tags_in_a_suppliers_name_are_not_obeyed() -> None:
    frame = contracts(("MY", 4, None, "China")).assign(suppliers='<a href="x">A</a>')
    figure = contract_map(frame, measure="events", look=LIGHT)
    assert not any("<a" in text for trace in traces(figure, go.Choropleth) for text in trace.hovertext)


def test_the_view_does_not_follow_the_data() -> None:
    geo = contract_map(FRAME, measure="events", look=LIGHT).layout.geo
    assert (geo.fitbounds, geo.resolution, geo.projection.type) == (False, 50, "natural earth")


def test_a_click_fades_nothing() -> None:
    figure = contract_map(FRAME, measure="events", look=LIGHT)
    assert {trace.unselected.marker.opacity for trace in traces(figure, go.Choropleth)} == {1}


@pytest.mark.parametrize(("code", "kind"), [("MY", go.Choropleth), ("SG", go.Scattergeo), ("BR", go.Choropleth)])
def test_the_chosen_country_is_outlined_on_top(code: str, kind: type) -> None:
    last = contract_map(FRAME, measure="events", look=LIGHT, selected=code).data[-1]
    assert isinstance(last, kind)
    assert last.hoverinfo == "skip"


@pytest.mark.parametrize("code", ["EU", "QQ", None])
def test_what_has_no_place_cannot_be_outlined(code: str | None) -> None:
    plain = contract_map(FRAME, measure="events", look=LIGHT)
    assert contract_map(FRAME, measure="events", look=LIGHT, selected=code) == plain


def test_what_no_map_can_draw_is_listed() -> None:
    assert list(undrawn(FRAME)["country"]) == ["EU", "XM", "ZZ", "AQ"]
    everything = FRAME.iloc[[0] * len(COUNTRIES)].assign(country=list(COUNTRIES))
    assert set(undrawn(everything)["country"]) == {"EU", "XM", "ZZ", "AQ"}


def test_countries_without_events_are_left_blank() -> None:
    figure = contract_map(contracts(("MY", 4, None, "China"), ("KE", 0, None, "China")), measure="events", look=LIGHT)
    assert class_of(figure) == {"MY": "3 to 5"}


@pytest.mark.parametrize("frame", [FRAME.iloc[:0], FRAME.iloc[3:]], ids=["no rows", "nothing to place"])
def test_without_a_place_the_figure_says_so(frame: pd.DataFrame) -> None:
    figure = contract_map(frame, measure="events", look=LIGHT)
    assert len(figure.data) == 0
    assert len(figure.layout.annotations) == 1


def test_dots_of_neighbours_stand_apart_whatever_the_order() -> None:
    codes = ["KW", "BH", "QA", "HK", "MO", "LU", "LI", "MC", "SM", "VA", "MT"]
    places = dot_places(codes)
    assert min(math.dist(places[a], places[b]) for a, b in combinations(codes, 2)) >= DOT_GAP - 0.2
    assert dot_places(codes[::-1]) == places


def test_a_dot_without_neighbours_stays_at_home() -> None:
    assert dot_places(["MT"]) == {"MT": (COUNTRIES["MT"].latitude, COUNTRIES["MT"].longitude)}


def test_the_dot_of_singapore_leaves_the_coast_of_johor_to_malaysia() -> None:
    johor = (2.5, 103)
    home = (COUNTRIES["SG"].latitude or 0, COUNTRIES["SG"].longitude or 0)
    place = dot_places(["SG"])["SG"]

    assert math.dist(home, johor) < DOT_GAP / 2 < math.dist(place, johor)
    assert math.dist(place, home) < DOT_GAP / 2


# Payloads as measured with Streamlit 1.67 in Chromium.
AREA = {"curve_number": 2, "point_index": 1, "location": "BRA", "z": 1, "customdata": ["BR"]}
DOT = {"curve_number": 7, "point_index": 1, "lon": 14.42, "lat": 35.92, "location": None, "customdata": ["MT"]}


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        ({"points": [AREA]}, "BR"),
        ({"points": [DOT]}, "MT"),
        ({"points": [{"location": "XKX"}]}, "XK"),
        ({"points": [{"location": "???", "customdata": ["??"]}]}, None),
        ({"points": []}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_click_on_an_area_or_a_dot_gives_the_country(selection: dict[str, Any] | None, code: str | None) -> None:
    assert clicked_country(selection) == code


def test_the_map_in_words() -> None:
    assert contract_map_alt(FRAME) == (
        "World map of 17 contracts in 3 countries; most in United States 12, Malaysia 4, Singapore 1. "
        "Not on the map: European Union, Multilateral, Unknown, Antarctica."
    )
    assert contract_map_alt(FRAME.iloc[:0]).endswith("none in this selection.")


def test_a_dot_takes_only_the_clicks_on_itself() -> None:
    figure = contract_map(FRAME, measure="events", look=LIGHT)

    assert figure.layout.hoverdistance <= 2
