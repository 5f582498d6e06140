"""Colours of the charts for the light and the dark theme, colour-blind safe, at least 3:1 against the page.

Hues follow Okabe and Ito (jfly.uni-koeln.de/color) and Paul Tol (sronpersonalpages.nl/~pault), darkened or lightened
until they pass WCAG 2.2 success criterion 1.4.11 (non-text contrast).
`background` is the page in that theme: keep it equal to `backgroundColor` in .streamlit/config.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from db.vocabulary import Bloc


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one theme, as #rrggbb. `sequential` runs from few to many, `qualitative` from first to sixth."""

    text: str
    muted: str
    grid: str
    land: str
    border: str
    ocean: str
    background: str
    hover: str
    other: str
    sequential: tuple[str, str, str, str, str]
    qualitative: tuple[str, ...]
    blocs: Mapping[Bloc, str]


LIGHT = Look(
    text="#1f2933",
    muted="#5b6570",
    grid="#e3e6ea",
    land="#e6e9ed",
    border="#ffffff",
    ocean="#ffffff",
    background="#ffffff",
    hover="#ffffff",
    other="#868e99",
    sequential=("#479da3", "#2f83a6", "#2a5f9e", "#33388a", "#2a125c"),
    qualitative=("#0072B2", "#D55E00", "#1B9E77", "#332288", "#882255", "#7A5200"),
    blocs=MappingProxyType(
        {
            Bloc.UNITED_STATES: "#0072B2",
            Bloc.CHINA: "#C8361D",
            Bloc.EUROPE: "#2A1A80",
            Bloc.GULF: "#00966C",
            Bloc.OTHER: "#868e99",
        }
    ),
)

DARK = Look(
    text="#f2f3f5",
    muted="#a6aeb9",
    grid="#2a303b",
    land="#2b313c",
    border="#0e1117",
    ocean="#0e1117",
    background="#0e1117",
    hover="#1a1f29",
    other="#8b94a1",
    sequential=("#4677b3", "#4f96bd", "#6fbcc4", "#a6dcc0", "#f2f5c4"),
    qualitative=("#3B8EEA", "#E69F00", "#00A878", "#F0E442", "#E58BC0", "#D55E00"),
    blocs=MappingProxyType(
        {
            Bloc.UNITED_STATES: "#3B8EEA",
            Bloc.CHINA: "#E0552B",
            Bloc.EUROPE: "#F0D442",
            Bloc.GULF: "#00A878",
            Bloc.OTHER: "#8b94a1",
        }
    ),
)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
