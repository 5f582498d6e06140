"""The world map of government contracts: discrete classes, dots for small states, clicks back to a country code."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import counted, empty_figure, money, plain_layout, safe
from dashboard.palette import Look
from db.countries import ALPHA2_OF, COUNTRIES, name_of
from db.vocabulary import Bloc

Measure = Literal["events", "usd", "bloc"]

EVENT_CLASSES = ((1, "1 event"), (2, "2"), (3, "3 to 5"), (6, "6 to 10"), (11, "more than 10"))
USD_CLASSES = (
    (0, "under $10m"),
    (10**7, "$10m to $100m"),
    (10**8, "$100m to $1bn"),
    (10**9, "$1bn to $10bn"),
    (10**10, "$10bn and more"),
)
"""(least value of the class, its name), rising; each class ends where the next begins."""
NO_FIGURE = "no figure"

LATITUDES = (-56, 78)
"""What the map shows, in degrees: from Tierra del Fuego to Svalbard, without Antarctica."""
OFF_MAP = frozenset({"AQ"})
DOT_SIZE = 8
HOVER_DISTANCE = 1
"""Pixels around a dot that still count as the dot. Plotly's 20 would take the clicks on the countries beside it."""
DOT_GAP = 3.4
"""Least distance between two dots in degrees: the width of a dot on a map 1000 pixels wide."""

OFFSHORE = {"SG": (0.3, 104.8)}
"""Dots that stand a little out to sea, as {alpha-2: (latitude, longitude)}: at home they would cover a neighbour's
coast, where people click on the neighbour (Singapore's that of Johor)."""


def contract_map(
    frame: pd.DataFrame, *, measure: Measure, look: Look, selected: str | None = None, height: int = 440
) -> go.Figure:
    """A choropleth of contracts by the buyer's country, in classes that the legend names.

    Columns of `frame`, one row a country: country (ISO alpha-2), events, claims (Int64), usd (Int64, NA where no
    figure is known), bloc (a `Bloc`, home of the leading supplier), suppliers (names, joined by commas).
    Rows without events and rows of `undrawn` are left out. Each mark carries customdata [alpha-2].
    """
    drawn = _drawable(frame)
    if drawn.empty:
        return empty_figure("No contracts with a place on the map in this selection", look, height)
    classes = _classes(measure, look)
    member_of = [_class_of(row, measure) for row in drawn.to_dict("records")]
    dots = dot_places([code for code in drawn["country"] if COUNTRIES[code].marker])
    margin = {"l": 0, "r": 0, "t": 0, "b": 8}
    layout = plain_layout(look, height, geo=_geo(look), margin=margin, hoverdistance=HOVER_DISTANCE)
    figure = go.Figure(layout=layout)
    shown = [(name, colour) for name, colour in classes.items() if measure == "events" or name in member_of]
    for name, colour in shown:
        members = drawn[[own == name for own in member_of]]
        figure.add_trace(_areas(members, name, colour, look))
    for name, colour in shown:
        members = drawn[[own == name and code in dots for own, code in zip(member_of, drawn["country"], strict=True)]]
        figure.add_trace(_dots(members, dots, name, colour, look))
        figure.add_trace(_legend_entry(name, colour))
    if selected is not None and _has_place(selected):
        figure.add_trace(_outline(selected, dots, look))
    return figure


def _drawable(frame: pd.DataFrame) -> pd.DataFrame:
    on_map = frame["country"].map(_has_place).astype(bool)
    return frame[on_map & (frame["events"].fillna(0) > 0)].sort_values("country")


def _has_place(code: str) -> bool:
    country = COUNTRIES.get(code)
    return country is not None and country.alpha3 is not None and code not in OFF_MAP


def undrawn(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that no map can draw: EU, multilateral, unknown, Antarctica and unlisted codes. List them beside it."""
    return frame[~frame["country"].map(_has_place).astype(bool)]


def clicked_country(selection: Mapping[str, Any] | None) -> str | None:
    """The alpha-2 code of the country that was clicked, from the `selection` of `st.plotly_chart(on_select=…)`.

    Areas give `location` (alpha-3) and `customdata`, dots only `customdata`. None where nothing known was clicked.
    """
    points: Sequence[Mapping[str, Any]] = (selection or {}).get("points") or []
    for point in points:
        custom = point.get("customdata")
        code = custom[0] if isinstance(custom, list | tuple) and custom else custom
        found = code if code in COUNTRIES else ALPHA2_OF.get(str(point.get("location")))
        if found:
            return str(found)
    return None


def contract_map_alt(frame: pd.DataFrame) -> str:
    """The map in one sentence: how many countries and events, the three with most, what it does not draw."""
    drawn = _drawable(frame)
    if drawn.empty:
        return "World map of government contracts: none in this selection."
    first = drawn.sort_values(["events", "country"], ascending=[False, True]).head(3)
    leaders = ", ".join(
        f"{name_of(code)} {int(events)}" for code, events in zip(first["country"], first["events"], strict=True)
    )
    missing = len(undrawn(frame))
    tail = f" Not on the map: {', '.join(name_of(code) for code in undrawn(frame)['country'])}." if missing else ""
    where = "1 country" if len(drawn) == 1 else f"{len(drawn)} countries"
    return f"World map of {counted(int(drawn['events'].sum()), 'contract')} in {where}; most in {leaders}.{tail}"


def _classes(measure: Measure, look: Look) -> dict[str, str]:
    """Class names with their colours, in the order of the legend."""
    if measure == "bloc":
        return {bloc.value: look.blocs[bloc] for bloc in Bloc}
    steps = EVENT_CLASSES if measure == "events" else USD_CLASSES
    scale = {name: colour for (_, name), colour in zip(steps, look.sequential, strict=True)}
    return scale | ({NO_FIGURE: look.other} if measure == "usd" else {})


def _class_of(row: Mapping[Any, Any], measure: Measure) -> str:
    if measure == "bloc":
        return str(row["bloc"]) if row["bloc"] in set(Bloc) else Bloc.OTHER.value
    if pd.isna(row[measure]):
        return NO_FIGURE
    steps = EVENT_CLASSES if measure == "events" else USD_CLASSES
    return next(name for least, name in reversed(steps) if row[measure] >= least)


def dot_places(codes: Sequence[str], gap: float = DOT_GAP) -> dict[str, tuple[float, float]]:
    """Where the dots of small states go, as {alpha-2: (latitude, longitude)}: at home or `OFFSHORE`, or pushed clear.

    Neighbours closer than `gap` degrees move apart along the line between them; the result does not hang on the order.
    """
    places = {code: _home(code) for code in sorted(codes)}
    for _ in range(40):
        close = [(a, b) for a in places for b in places if a < b and _apart(places[a], places[b]) < gap - 0.01]
        if not close:
            break
        for one, other in close:
            places[one], places[other] = _pushed(places[one], places[other], gap)
    return places


def _home(code: str) -> tuple[float, float]:
    if code in OFFSHORE:
        return OFFSHORE[code]
    country = COUNTRIES[code]
    return country.latitude or 0.0, country.longitude or 0.0


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _pushed(one: tuple[float, float], other: tuple[float, float], gap: float) -> tuple[Any, Any]:
    apart = _apart(one, other)
    north, east = (((other[0] - one[0]) / apart, (other[1] - one[1]) / apart)) if apart else (0.0, 1.0)
    step = (gap - apart) / 2
    return (one[0] - north * step, one[1] - east * step), (other[0] + north * step, other[1] + east * step)


def _hover(row: Mapping[Any, Any]) -> str:
    lines = [f"<b>{safe(name_of(row['country']))}</b>"]
    lines.append(f"{counted(int(row['events']), 'event')}, {counted(int(row['claims']), 'claim')}")
    if not pd.isna(row["usd"]):
        lines.append(f"{money(int(row['usd']))} reported")
    if row["suppliers"]:
        names = safe(str(row["suppliers"])).split(", ")
        more = [f"and {len(names) - 4} more"] if len(names) > 4 else []
        lines.append("Leading suppliers: " + ",<br>".join([*names[:4], *more]))
    return "<br>".join(lines)


def _marks(members: pd.DataFrame) -> dict[str, Any]:
    """What areas and dots have in common: code, hover text, and no fading of the others after a click."""
    rows = members.to_dict("records")
    return {
        "customdata": [[row["country"]] for row in rows],
        "hovertext": [_hover(row) for row in rows],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "showlegend": False,
    }


def _areas(members: pd.DataFrame, name: str, colour: str, look: Look) -> go.Choropleth:
    return go.Choropleth(
        **_marks(members),
        locations=[COUNTRIES[code].alpha3 for code in members["country"]],
        locationmode="ISO-3",
        z=[1] * len(members),
        zmin=0,
        zmax=1,
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        marker={"line": {"color": look.border, "width": 0.6}},
        name=name,
        legendgroup=name,
    )


def _dots(
    members: pd.DataFrame, dots: Mapping[str, tuple[float, float]], name: str, colour: str, look: Look
) -> go.Scattergeo:
    places = [dots[code] for code in members["country"]]
    return go.Scattergeo(
        **_marks(members),
        lat=[latitude for latitude, _ in places],
        lon=[longitude for _, longitude in places],
        mode="markers",
        marker={"size": DOT_SIZE, "color": colour, "line": {"color": look.border, "width": 1.2}},
        name=name,
        legendgroup=name,
    )


def _legend_entry(name: str, colour: str) -> go.Scattergeo:
    """A square in the legend for a class, drawn nowhere: a class may have areas only, dots only, or nothing."""
    return go.Scattergeo(
        lat=[None],
        lon=[None],
        mode="markers",
        marker={"symbol": "square", "size": 12, "color": colour},
        name=name,
        legendgroup=name,
        showlegend=True,
        hoverinfo="skip",
    )


def _outline(code: str, dots: Mapping[str, tuple[float, float]], look: Look) -> go.Choropleth | go.Scattergeo:
    """The chosen country outlined: an empty area on top, or a ring where it is a dot."""
    line = {"color": look.text, "width": 1.6}
    if code in dots:
        latitude, longitude = dots[code]
        ring = {"size": DOT_SIZE + 4, "symbol": "circle-open", "color": look.text, "line": line}
        return go.Scattergeo(
            lat=[latitude], lon=[longitude], mode="markers", marker=ring, hoverinfo="skip", showlegend=False
        )
    clear = "rgba(0,0,0,0)"
    return go.Choropleth(
        locations=[COUNTRIES[code].alpha3],
        locationmode="ISO-3",
        z=[0],
        colorscale=[[0, clear], [1, clear]],
        showscale=False,
        marker={"line": line},
        hoverinfo="skip",
        showlegend=False,
    )


def _geo(look: Look) -> dict[str, Any]:
    return {
        "projection": {"type": "natural earth"},
        "resolution": 50,
        "fitbounds": False,
        "lataxis": {"range": list(LATITUDES)},
        "lonaxis": {"range": [-170, 190]},
        "showframe": False,
        "showcoastlines": False,
        "showocean": False,
        "showlakes": False,
        "showland": True,
        "landcolor": look.land,
        "showcountries": True,
        "countrycolor": look.border,
        "countrywidth": 0.6,
        "bgcolor": "rgba(0,0,0,0)",
        "domain": {"x": [0, 1], "y": [0, 1]},
    }
