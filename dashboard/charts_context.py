"""The rest of the map while a country is chosen: places with events outside the choice, pale and still clickable."""

from collections.abc import Iterable

import plotly.graph_objects as go

from dashboard.charts import safe
from dashboard.charts_map import DOT_SIZE, OFF_MAP, dot_places
from dashboard.palette import Look
from db.countries import COUNTRIES, name_of

NAME = "outside the choice"


def add_context(figure: go.Figure, codes: Iterable[str], look: Look) -> None:
    """Put pale marks for these countries (alpha-2) under the map's own. Each carries customdata [alpha-2]."""
    drawn = sorted(code for code in codes if code not in OFF_MAP and code in COUNTRIES and COUNTRIES[code].alpha3)
    if not drawn:
        return
    dots = dot_places([code for code in drawn if COUNTRIES[code].marker])
    figure.add_traces([_areas(drawn, look), _dots(dots, look)])
    figure.data = (*figure.data[-2:], *figure.data[:-2])


def _hover(codes: Iterable[str]) -> list[str]:
    return [f"<b>{safe(name_of(code))}</b><br>{NAME}; click to choose it" for code in codes]


def _areas(codes: list[str], look: Look) -> go.Choropleth:
    return go.Choropleth(
        locations=[COUNTRIES[code].alpha3 for code in codes],
        locationmode="ISO-3",
        z=[1] * len(codes),
        colorscale=[[0, look.grid], [1, look.grid]],
        showscale=False,
        marker={"line": {"color": look.muted, "width": 0.5}},
        customdata=[[code] for code in codes],
        hovertext=_hover(codes),
        hoverinfo="text",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        name=NAME,
    )


def _dots(dots: dict[str, tuple[float, float]], look: Look) -> go.Scattergeo:
    return go.Scattergeo(
        lat=[latitude for latitude, _ in dots.values()],
        lon=[longitude for _, longitude in dots.values()],
        mode="markers",
        marker={"size": DOT_SIZE, "color": look.grid, "line": {"color": look.muted, "width": 1}},
        customdata=[[code] for code in dots],
        hovertext=_hover(dots),
        hoverinfo="text",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
        name=NAME,
    )
