"""What the address of a page may carry: the keys, their values in words, and how codes in a link are understood.

Pure. Streamlit writes the label of an option into the address; a link may as well hold the code (`country=MY`).
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode

from dashboard import wording
from db.countries import COUNTRIES, REGIONS, name_of
from db.vocabulary import Bloc, Kind, Stage, Technology

_AMOUNT = re.compile(
    r"\A\s*(?:USD|\$)?\s*([0-9]{1,15}(?:[.,][0-9]{1,15})?)\s*(k|m|bn|b|tn|t|million|billion|trillion)?\s*\Z", re.I
)
_DAY = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_UNITS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
AMOUNT_PATTERN = r"^\s*(USD|\$)?\s*[0-9]{1,15}([.,][0-9]{1,15})?\s*(k|m|bn|b|tn|t|million|billion|trillion)?\s*$"
"""The same rule for the browser's check of the field."""

INCLUDED, LEFT_OUT = "Included", "Left out"
DISPUTED = (INCLUDED, LEFT_OUT)
"""Values of the key `disputed`."""

SWITCHED_OFF = "false"
"""What the key `groups` says where each body is counted by itself; a link without the key counts by group."""
SWITCHES = ("true", SWITCHED_OFF)
"""Values of the key `groups`."""

FIRST_DAY, LAST_DAY = dt.date(1950, 1, 1), dt.date(2100, 12, 31)
"""What the keys `DATED` may say."""
DATED = ("from", "to", "known")
MOST_USD = 10**15
"""More is a slip of the pen: ten times what the world earns in a year."""
MOST_SOURCES = 99
"""The greatest value of the key `sources`."""
MOST_CHARACTERS, MOST_WORDS = 200, 20
"""How much of a search counts: each word is a condition of its own for the database."""

Words = Callable[[str], str]

CODED: Mapping[str, tuple[tuple[str, ...], Words]] = {
    "kind": (tuple(Kind), wording.kind_words),
    "stage": (tuple(Stage), wording.stage_words),
    "technology": (tuple(Technology), wording.technology_words),
    "country": (tuple(sorted(COUNTRIES, key=name_of)), name_of),
    "region": (REGIONS, str),
    "bloc": (tuple(Bloc), str),
    "disputed": (("false",), lambda _: LEFT_OUT),
}
"""Keys whose values are codes: the codes, and how each is said."""


def labels(key: str, values: Iterable[str]) -> list[str]:
    """The values of a key as they stand in the address: codes and words in any case as words, all else as it is."""
    codes, words = CODED.get(key, ((), str))
    known = {text.lower(): words(code) for code in codes for text in (words(code), code)}
    return [known.get(value.lower(), value) for value in values]


def meaningless(key: str, values: Iterable[str]) -> list[str]:
    """The values of a filter in a link that name nothing that can be filtered by; empty values ask for nothing.

    Names of actors and words always mean something, and amounts are judged where they are written (`parse_usd`).
    """
    return [value for value in values if value and not _means_something(key, value)]


def _means_something(key: str, value: str) -> bool:
    if key in DATED:
        return _is_day(value)
    if key == "sources":
        return value.isascii() and value.isdecimal() and len(value) <= 2 and 1 <= int(value) <= MOST_SOURCES
    if key == "groups":
        return value.lower() in SWITCHES
    codes, words = CODED.get(key, ((), str))
    allowed = {text.lower() for code in codes for text in (words(code), code)}
    return key not in CODED or value.lower() in allowed or (key == "disputed" and value in DISPUTED)


def _is_day(value: str) -> bool:
    if not _DAY.match(value):
        return False
    try:
        return FIRST_DAY <= dt.date.fromisoformat(value) <= LAST_DAY
    except ValueError:
        return False


def search_words(text: str | None) -> str:
    """The words of a search that count, each once in any case, parted by single blanks: the first `MOST_WORDS`."""
    different: dict[str, str] = {}
    for word in (text or "").split():
        different.setdefault(word.lower(), word)
    return " ".join(list(different.values())[:MOST_WORDS])


def parse_usd(text: str | None) -> int | None:
    """Whole US dollars from `100m`, `1.4bn`, `USD 250 million` or `500000`; None for all else and above `MOST_USD`.

    Only whole dollars result: figures beyond the unit's decimals are cut.
    """
    found = _AMOUNT.match(text or "")
    if found is None:
        return None
    whole, _, decimals = found[1].replace(",", ".").partition(".")
    unit = _UNITS[found[2][0].lower()] if found[2] else 1
    part = int(decimals or "0") * unit // int("1" + "0" * len(decimals))
    usd = int(whole) * unit + part
    return usd if usd <= MOST_USD else None


def query(values: Mapping[str, object]) -> str:
    """The part of an address behind `?`, from `pairs`."""
    return urlencode(pairs(values))


def pairs(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Keys and texts of an address in the given order: several values repeat their key, empty ones are left out."""
    return [(key, text) for key, value in values.items() for text in _texts(key, value)]


def _texts(key: str, value: object) -> list[str]:
    if value is None or value == "":
        return []
    return labels(key, [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)])
