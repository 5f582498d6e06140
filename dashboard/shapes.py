"""Country shapes for Plotly, served by the tracker itself: made from Natural Earth, no request to a CDN.

`python -m dashboard.shapes countries-50m.json world_50m.json` turns a world-atlas file (npm, TopoJSON of Natural Earth)
into the TopoJSON that plotly.js fetches as `<topojsonURL>/world_50m.json`: the layers that it may ask for, countries
with ISO 3166-1 alpha-3 ids and, in `properties.ct`, the point where a hover text stands.
"""

import itertools
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from db.countries import COUNTRIES

BORDER_POLICY = (
    "The maps show borders as Natural Earth (version 4.1, public domain) draws them: by who controls an area, not by "
    "who claims it. There is one exception: Crimea is drawn as part of Ukraine, following resolution 68/262 of the "
    "United Nations General Assembly. Kosovo, Palestine and Taiwan have shapes and codes of their own. Western Sahara "
    "is split along the line of control, its western part drawn as Morocco. Northern Cyprus, Somaliland and the "
    "Siachen Glacier are drawn apart as land without data, since ISO 3166 has no code for them. In Kashmir the lines "
    "of control are drawn as borders. A line on the map or a name in a list is a convention for showing data, and no "
    "statement on the status of any territory."
)
"""Shown on the About page; the facts behind it are in static/topojson/README.md."""

URL_VARIABLE = "ENTENTE_TOPOJSON_URL"
CODE_OF_NAME = {"Kosovo": "XKX"}
"""Shapes that Natural Earth names and ISO does not number."""
MOVED_PARTS = (("RUS", (34.3, 45.2), "UKR"),)
"""(from, a point inside the part as longitude and latitude, to): see BORDER_POLICY."""
EMPTY_LAYERS = ("ocean", "lakes", "rivers", "subunits")
"""Layers that plotly.js looks up by name but that our maps do not draw."""

Json = dict[str, Any]
Ring = list[int]
Point = tuple[float, float]


def plotly_config(base_path: str | None = None) -> Json:
    """The `config` for every chart: own shapes, no upload button, few tools.

    Args:
        base_path: Where Streamlit is mounted; None asks Streamlit for `server.baseUrlPath`. The environment variable
            ENTENTE_TOPOJSON_URL replaces the address of the shapes altogether.
    """
    mount = (st.get_option("server.baseUrlPath") if base_path is None else base_path) or ""
    prefix = f"/{mount.strip('/')}" if mount.strip("/") else ""
    return {
        "topojsonURL": os.environ.get(URL_VARIABLE) or f"{prefix}/app/static/topojson/",
        "displaylogo": False,
        "showSendToCloud": False,
        "scrollZoom": False,
        "responsive": True,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "hoverClosestGeo", "sendDataToCloud"],
        "toImageButtonOptions": {"format": "png", "filename": "entente", "scale": 2},
    }


def to_plotly(atlas: Mapping[str, Any]) -> Json:
    """Turn a world-atlas topology (`objects.countries` with ISO numeric ids, `objects.land`) into Plotly's form.

    Shapes without an ISO code keep their place but get no id: drawn as land, never filled with data.

    Raises:
        KeyError: the topology lacks one of these objects.
        ValueError: it lacks a part that BORDER_POLICY moves.
    """
    countries = _coded(atlas["objects"]["countries"]["geometries"])
    for source, point, target in MOVED_PARTS:
        _move_part(countries, atlas, source, point, target)
    geometries = [_geometry(country) for country in countries]
    return {
        "type": "Topology",
        "bbox": atlas["bbox"],
        "transform": atlas["transform"],
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": geometries},
            "land": atlas["objects"]["land"],
            "coastlines": {"type": "MultiLineString", "arcs": _coastlines(countries)},
            **{layer: {"type": "GeometryCollection", "geometries": []} for layer in EMPTY_LAYERS},
        },
        "arcs": atlas["arcs"],
    }


def _coded(geometries: list[Json]) -> list[Json]:
    """Geometries as {id, name, polygons}; an id goes to the first shape that claims it (the main territory)."""
    of_number = {c.numeric: c.alpha3 for c in COUNTRIES.values() if c.numeric}
    taken: set[str | None] = set()
    countries = []
    for geometry in geometries:
        name = geometry["properties"]["name"]
        code = of_number.get(geometry.get("id", "")) or CODE_OF_NAME.get(name)
        polygons = [*geometry["arcs"]] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        countries.append({"id": None if code in taken else code, "name": name, "polygons": polygons})
        taken.add(code)
    return countries


def _geometry(country: Json) -> Json:
    properties: Json = {"name": country["name"]}
    geometry: Json = {"type": "MultiPolygon", "arcs": country["polygons"], "properties": properties}
    if country["id"]:
        geometry["id"] = country["id"]
        place = _PLACES[country["id"]]
        properties["ct"] = [place.longitude, place.latitude]
    return geometry


_PLACES = {country.alpha3: country for country in COUNTRIES.values()}


def _coastlines(countries: list[Json]) -> list[Ring]:
    """Arcs that bound one shape only: they have the sea, or a lake, on their other side."""
    uses = Counter(_plain(arc) for country in countries for arc in _arcs(country["polygons"]))
    return [[arc] for arc, count in sorted(uses.items()) if count == 1]


def _arcs(polygons: list[list[Ring]]) -> Iterator[int]:
    return (arc for rings in polygons for ring in rings for arc in ring)


def _plain(arc: int) -> int:
    """The index of an arc; TopoJSON writes a reversed arc as its bitwise complement."""
    return arc if arc >= 0 else ~arc


def _move_part(countries: list[Json], atlas: Mapping[str, Any], source: str, point: Point, target: str) -> None:
    of_code = {country["id"]: country for country in countries}
    giver, taker = of_code[source]["polygons"], of_code[target]["polygons"]
    part = next((rings for rings in giver if contains(outline(atlas, rings[0]), point)), None)
    if part is None:
        raise ValueError(f"no part of {source} lies at {point}: this atlas draws it otherwise")
    giver.remove(part)
    neighbour = next((rings for rings in taker if _touch(rings[0], part[0])), None)
    if neighbour is None:
        taker.append(part)
        return
    taker.remove(neighbour)
    joined = join_rings(atlas, neighbour[0], part[0])
    taker.append([*joined, *neighbour[1:], *part[1:]])


def _touch(one: Ring, other: Ring) -> bool:
    return any(~arc in other for arc in one)


def join_rings(atlas: Mapping[str, Any], one: Ring, other: Ring) -> list[Ring]:
    """The outlines of two touching areas as one, without the arcs between them; the outer ring comes first."""
    both = [*one, *other]
    left = {_ends(atlas, arc)[0]: arc for arc in both if ~arc not in both}
    rings = []
    while left:
        start, arc = left.popitem()
        ring, end = [arc], _ends(atlas, arc)[1]
        while end != start:
            arc = left.pop(end)
            ring.append(arc)
            end = _ends(atlas, arc)[1]
        rings.append(ring)
    return sorted(rings, key=lambda ring: -_extent(outline(atlas, ring)))


def _ends(atlas: Mapping[str, Any], arc: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last grid point of an arc, in its direction."""
    steps = atlas["arcs"][_plain(arc)]
    first = (steps[0][0], steps[0][1])
    last = (sum(step[0] for step in steps), sum(step[1] for step in steps))
    return (first, last) if arc >= 0 else (last, first)


def _extent(points: list[Point]) -> float:
    """The width of the box around some points, in degrees."""
    return max(x for x, _ in points) - min(x for x, _ in points)


def outline(atlas: Mapping[str, Any], ring: Ring) -> list[Point]:
    """The points of a ring as (longitude, latitude) in degrees."""
    points: list[Point] = []
    for arc in ring:
        points += _line(atlas, arc)[1 if points else 0 :]
    return points


def _line(atlas: Mapping[str, Any], arc: int) -> list[Point]:
    (scale_x, scale_y), (left, bottom) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    points = []
    for step_x, step_y in atlas["arcs"][_plain(arc)]:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points if arc >= 0 else points[::-1]


def contains(ring: list[Point], point: Point) -> bool:
    """Whether a point lies inside a closed ring (even-odd rule; the ring must not cross the antimeridian)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def main(arguments: list[str]) -> int:
    """Convert one file: `ATLAS.json OUT.json`. Returns 2 for a wrong call."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m dashboard.shapes ATLAS.json OUT.json\n")
        return 2
    atlas = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    Path(arguments[1]).write_text(json.dumps(to_plotly(atlas), separators=(",", ":")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
