import copy
import json
from pathlib import Path
from typing import Any

import pytest

import dashboard
from dashboard import shapes
from db.countries import COUNTRIES

SERVED = Path(dashboard.__file__).parent / "static" / "topojson" / "world_50m.json"


def square(left: int, bottom: int, size: int) -> list[list[int]]:
    return [[left, bottom], [0, size], [size, 0], [0, -size], [-size, 0]]


@pytest.fixture
def atlas() -> dict[str, Any]:
    """Ukraine as a square of four arcs over Crimea, which shares one arc with it and is given to Russia."""
    arcs = [
        [[30, 46], [0, 4], [8, 0], [0, -4]],  # Ukraine's west, north and east
        [[38, 46], [-8, 0]],  # the shared border, eastward point first
        [[30, 46], [0, -2], [8, 0], [0, 2]],  # Crimea's west, south and east
        square(100, 60, 10),
        square(20, 42, 1),
        square(44, 9, 2),
    ]
    countries = [
        {"type": "Polygon", "id": "804", "arcs": [[0, 1]], "properties": {"name": "Ukraine"}},
        {"type": "MultiPolygon", "id": "643", "arcs": [[[3]], [[~1, ~2]]], "properties": {"name": "Russia"}},
        {"type": "Polygon", "arcs": [[4]], "properties": {"name": "Kosovo"}},
        {"type": "Polygon", "arcs": [[5]], "properties": {"name": "Somaliland"}},
    ]
    return {
        "type": "Topology",
        "bbox": [-180, -90, 180, 90],
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": countries},
            "land": {"type": "GeometryCollection", "geometries": []},
        },
        "arcs": arcs,
    }


def by_name(topology: dict[str, Any]) -> dict[str, Any]:
    return {country["properties"]["name"]: country for country in topology["objects"]["countries"]["geometries"]}


def test_numeric_ids_become_alpha3_and_kosovo_gets_its_own(atlas: dict[str, Any]) -> None:
    found = by_name(shapes.to_plotly(atlas))
    assert [found[name]["id"] for name in ("Ukraine", "Russia", "Kosovo")] == ["UKR", "RUS", "XKX"]


def test_a_shape_without_a_code_stays_as_land_without_an_id(atlas: dict[str, Any]) -> None:
    somaliland = by_name(shapes.to_plotly(atlas))["Somaliland"]
    assert "id" not in somaliland
    assert somaliland["arcs"] == [[[5]]]


def test_crimea_joins_ukraine_without_a_border_between_them(atlas: dict[str, Any]) -> None:
    made = shapes.to_plotly(atlas)
    found = by_name(made)
    assert found["Russia"]["arcs"] == [[[3]]]
    (polygon,) = found["Ukraine"]["arcs"]
    outline = shapes.outline(made, polygon[0])
    assert outline[0] == outline[-1]
    assert shapes.contains(outline, (34.3, 45.2))
    assert shapes.contains(outline, (33.0, 48.0))
    assert not {1, ~1} & set(polygon[0])


def test_an_atlas_that_draws_crimea_otherwise_is_refused(atlas: dict[str, Any]) -> None:
    atlas["objects"]["countries"]["geometries"][1]["arcs"] = [[[3]]]
    with pytest.raises(ValueError, match="RUS"):
        shapes.to_plotly(atlas)


def test_the_atlas_given_is_left_as_it_was(atlas: dict[str, Any]) -> None:
    before = copy.deepcopy(atlas)
    shapes.to_plotly(atlas)
    assert atlas == before


def test_the_second_shape_of_a_code_is_land_only(atlas: dict[str, Any]) -> None:
    reef = {"type": "Polygon", "id": "804", "arcs": [[4]], "properties": {"name": "Reef"}}
    atlas["objects"]["countries"]["geometries"].append(reef)
    assert "id" not in by_name(shapes.to_plotly(atlas))["Reef"]


def test_the_command_writes_the_file_and_refuses_a_wrong_call(tmp_path: Path, atlas: dict[str, Any]) -> None:
    source, target = tmp_path / "atlas.json", tmp_path / "world_50m.json"
    source.write_text(json.dumps(atlas))
    assert shapes.main([str(source), str(target)]) == 0
    assert json.loads(target.read_text()) == shapes.to_plotly(atlas)
    assert shapes.main([]) == 2


@pytest.fixture(scope="module")
def served() -> dict[str, Any]:
    return dict(json.loads(SERVED.read_text(encoding="utf-8")))


def test_the_served_file_has_every_layer_that_plotly_looks_up(served: dict[str, Any]) -> None:
    layers = {"countries", "land", "coastlines", "ocean", "lakes", "rivers", "subunits"}
    assert set(served["objects"]) == layers


def test_every_country_has_a_shape_or_a_marker(served: dict[str, Any]) -> None:
    drawn = {country.get("id") for country in served["objects"]["countries"]["geometries"]}
    missing = {c.code for c in COUNTRIES.values() if c.alpha3 and c.alpha3 not in drawn and not c.marker}
    assert missing == set()
    assert {"XKX", "TWN", "SGP", "HKG", "MLT", "BHR", "PSE", "ESH"} <= drawn


def test_every_id_is_used_once_and_known(served: dict[str, Any]) -> None:
    ids = [country["id"] for country in served["objects"]["countries"]["geometries"] if "id" in country]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {country.alpha3 for country in COUNTRIES.values()}


def test_the_served_file_follows_the_border_policy(served: dict[str, Any]) -> None:
    assert "Crimea" in shapes.BORDER_POLICY
    owners = [
        country.get("id")
        for country in served["objects"]["countries"]["geometries"]
        if any(shapes.contains(shapes.outline(served, rings[0]), (34.3, 45.2)) for rings in country["arcs"])
    ]
    assert owners == ["UKR"]


@pytest.mark.parametrize(
    ("base_path", "url"),
    [("", "/app/static/topojson/"), ("geo", "/geo/app/static/topojson/"), ("/a/b/", "/a/b/app/static/topojson/")],
)
def test_the_address_of_the_shapes_follows_the_base_path(base_path: str, url: str) -> None:
    assert shapes.plotly_config(base_path)["topojsonURL"] == url


def test_the_environment_replaces_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_TOPOJSON_URL", "https://maps.example.org/borders/")
    assert shapes.plotly_config("geo")["topojsonURL"] == "https://maps.example.org/borders/"


def test_no_button_sends_the_chart_to_a_cloud() -> None:
    assert shapes.plotly_config("")["showSendToCloud"] is False
