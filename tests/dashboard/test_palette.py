import math
import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest

import dashboard
from dashboard.palette import DARK, LIGHT, Look, contrast
from db.vocabulary import Bloc

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIMULATED = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def seen_as(colour: str, sight: str) -> tuple[float, float, float]:
    """CIE Lab of a colour as seen with a colour vision deficiency."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    rows = SIMULATED[sight]
    red, green, blue = (min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in rows)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def least_distance(colours: list[str]) -> float:
    return min(
        math.dist(seen_as(one, sight), seen_as(other, sight))
        for sight in SIMULATED
        for one, other in combinations(colours, 2)
    )


def marks(look: Look) -> list[str]:
    return [*look.sequential, *look.qualitative, *look.blocs.values(), look.other]


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#336699", "#336699") == 1


@LOOKS
def test_every_mark_stands_out_from_the_page(look: Look) -> None:
    assert min(contrast(colour, look.background) for colour in marks(look)) >= 3


@LOOKS
def test_every_mark_stands_out_from_land_without_data(look: Look) -> None:
    assert min(contrast(colour, look.land) for colour in marks(look)) >= 2.4


@LOOKS
def test_text_is_readable(look: Look) -> None:
    assert contrast(look.text, look.background) >= 7
    assert contrast(look.text, look.hover) >= 7
    assert contrast(look.muted, look.background) >= 4.5


@LOOKS
def test_the_sequential_scale_runs_away_from_the_page_step_by_step(look: Look) -> None:
    ratios = [contrast(colour, look.background) for colour in look.sequential]
    assert all(later / earlier >= 1.3 for earlier, later in pairwise(ratios))


@LOOKS
def test_blocs_and_groups_differ_with_red_green_blindness(look: Look) -> None:
    assert set(look.blocs) == set(Bloc)
    assert least_distance(list(look.blocs.values())) >= 12
    assert least_distance(list(look.qualitative)) >= 12


@pytest.mark.parametrize(("theme", "look"), [("light", LIGHT), ("dark", DARK)])
def test_the_background_is_that_of_the_page(theme: str, look: Look) -> None:
    config = Path(dashboard.__file__).parents[1] / ".streamlit" / "config.toml"
    page = tomllib.loads(config.read_text(encoding="utf-8"))["theme"][theme]
    assert (look.background, look.text) == (page["backgroundColor"], page["textColor"])
