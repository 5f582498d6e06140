"""The filters that an address asks for, for programs: the keys of the pages, but whatever is not understood is refused.

A page ignores what it does not know, and says so; a script would not see that, and take all for a part.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from dashboard import address
from dashboard.filter_words import address_values, chosen
from db.filters import NO_FILTERS, Filters
from db.words import terms_of

KEYS = tuple(address_values(NO_FILTERS))


class AddressError(Exception):
    """Something in an address means nothing. `str()` says what, and what would."""


def filters_of(query: Mapping[str, Sequence[str]]) -> Filters:
    """The filters behind the keys and values of an address, codes or words; empty values ask for nothing.

    Raises:
        AddressError: an unknown key, a value that means nothing, or several values where one can hold.
    """
    given = {key: [value for value in values if value] for key, values in query.items()}
    for key, values in given.items():
        _check(key, values)

    def single(key: str) -> str:
        return next(iter(given.get(key, ())), "")

    values: dict[str, object] = {key: single(key) for key in KEYS}
    values |= {key: [_code(key, value) for value in given.get(key, ())] for key in _SEVERAL}
    values |= {key: dt.date.fromisoformat(single(key)) if single(key) else None for key in address.DATED}
    values["disputed"] = address.INCLUDED if single("disputed") in ("", address.INCLUDED) else address.LEFT_OUT
    values["groups"] = single("groups").lower() != address.SWITCHED_OFF
    return chosen(values)


_SEVERAL = ("kind", "stage", "supplier", "recipient", "actor", "bloc", "country", "region", "technology")
"""Keys that may be repeated: any of their values will do."""


def _check(key: str, values: Sequence[str]) -> None:
    if key not in KEYS:
        raise AddressError(f"“{key}” is no filter. Filters are: {', '.join(KEYS)}.")
    if len(values) > 1 and key not in _SEVERAL:
        raise AddressError(f"“{key}” can hold one value only, not {len(values)}.")
    vain = [value for value in values if any(map(_is_no_sign, value))] or address.meaningless(key, values)
    vain += [value for value in values if key.startswith("usd_") and address.parse_usd(value) is None]
    if vain:
        raise AddressError(f"{key}={ascii(vain[0][:100])[1:-1]} was not understood. {_allowed(key)}")
    for text in values if key == "q" else ():
        _check_search(text)


def _is_no_sign(sign: str) -> bool:
    """Control characters, and halves of signs: PostgreSQL takes no text with them."""
    return unicodedata.category(sign) in ("Cc", "Cs") and not sign.isspace()


def _check_search(text: str) -> None:
    """A page passes over what of a search does not count; here it would choose more than was asked for."""
    words = {word.lower(): word for word in text.split()}
    if len(words) > address.MOST_WORDS or len(text) > address.MOST_CHARACTERS:
        raise AddressError(
            f"q is too long. Write up to {address.MOST_WORDS} words and {address.MOST_CHARACTERS} signs."
        )
    for word in words.values():
        if not terms_of(word):
            raise AddressError(f"q={word} holds nothing to search for. Write words of letters or digits.")


def _allowed(key: str) -> str:
    if key in address.DATED:
        return f"Write a day between {address.FIRST_DAY} and {address.LAST_DAY}, such as 2025-03-01."
    if key.startswith("usd_"):
        return f"Write an amount such as 250m or 1.4bn, up to {address.MOST_USD // 10**12:,}tn."
    if key == "sources":
        return f"Write a number from 1 to {address.MOST_SOURCES}."
    if key == "groups":
        return f"Write {_either(address.SWITCHES)}."
    if key == "country":
        return "Write a code of ISO 3166-1 such as MY, or a name such as Malaysia."
    if key not in address.CODED:
        return "Write words without control characters."
    return f"Write {_either(address.CODED[key][0][:12])}{' and so on' if len(address.CODED[key][0]) > 12 else ''}."


def _either(words: Iterable[str]) -> str:
    return " or ".join(words)


def _code(key: str, value: str) -> str:
    """The code behind a code or its words in any case; names as they are."""
    codes, words = address.CODED.get(key, ((), str))
    known = {text.lower(): str(code) for code in codes for text in (words(code), code)}
    return known.get(value.lower(), value)
