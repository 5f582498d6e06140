"""Names of governments and state bodies: which country they name, and the words in one order and spelling.

`Ministry of Finance (Kenya)`, `Kenyan Finance Ministry` and `Kenya's Ministry of Finance` come out alike.
"""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from db.country_words import ADJECTIVES, AMBIGUOUS, NAMES
from db.subdivisions import SUBDIVISIONS
from pipeline.folding import Words, words_of

BODIES = frozenset({
    "administration", "agency", "army", "authority", "bureau", "commission", "congress", "council", "court",
    "department", "directorate", "force", "forces", "government", "guard", "ministries", "ministry", "navy", "office",
    "parliament", "police", "secretariat", "senate", "treasury",
})  # fmt: skip
"""Words that make a name one of a state's bodies."""
_ONLY_ONES = frozenset({"army", "congress", "navy", "parliament", "police", "senate", "treasury"})
"""Of these a country has one, so that its name and the word say which."""
_MOVED = frozenset({"ministry", "ministries", "department", "government"})
"""Words that may stand before or behind what they are about."""
_SPELT = {"defense": "defence", "labor": "labour", "center": "centre", "organization": "organisation",
          "program": "programme", "govt": "government", "dept": "department"}  # fmt: skip
_PARTS = frozenset({"borough", "canton", "city", "county", "municipality", "prefecture", "province", "state"})
"""What a country has several of: `City of New York Police Department`."""
_WHOLE = frozenset({("government", "of", "federal"), ("government", "of", "national"), ("government", "of", "central")})


def country_and_rest(words: Words) -> tuple[str, Words] | None:
    """The one country that stands at an end of a name, and the words left, none where it stands alone.

    None: no country, several, or words that may mean several.
    """
    words = words[1:] if words[:1] == ("the",) else words
    at_start, rest = _taken_from_start(words)
    at_end, rest = _taken_from_end(rest)
    code = at_start or at_end
    if code is None or (at_start and at_end and at_start != at_end) or names_a_place(rest) or is_unclear(rest):
        return None
    return code, in_order(rest)


def _taken_from_start(words: Words) -> tuple[str | None, Words]:
    for size in range(min(len(words), _longest()), 0, -1):
        code = _names().get(words[:size]) or (_adjectives().get(words[:size]) if len(words) > size else None)
        if code is not None:
            return code, words[size:]
    return None, words


def _taken_from_end(words: Words) -> tuple[str | None, Words]:
    for size in range(min(len(words), _longest()), 0, -1):
        code = _names().get(words[-size:])
        if code is not None:
            rest = words[:-size]
            while rest and rest[-1] in ("of", "the"):
                rest = rest[:-1]
            return code, rest
    return None, words


def in_order(words: Words) -> Words:
    """`Finance Ministry` as `ministry of finance`, `Shenzhen government` as `government of shenzhen`; one spelling."""
    listed = [_SPELT.get(word, word) for word in words if word != "the"]
    if len(listed) > 1 and listed[-1] in _MOVED and listed[0] not in _MOVED:
        listed = [listed[-1], "of", *listed[:-1]]
    if len(listed) > 1 and listed[0] in _MOVED and listed[1] == "for":
        listed[1] = "of"
    return ("government",) if tuple(listed) in _WHOLE else tuple(listed)


def is_government(words: Words) -> bool:
    """Whether words in order, their country taken away, mean the country's government: itself, or nothing."""
    return words in ((), ("government",))


def is_body(words: Words) -> bool:
    """Whether words in order, with a country, say which of its bodies they mean."""
    return bool(BODIES & set(words)) and (len(words) > 1 or words[0] in _ONLY_ONES)


def place_of(name: str) -> Words:
    """The words of the place in the name of a government: `Government of Abu Dhabi`, `City of Bokhtar`; else none."""
    words = in_order(words_of(name))
    return words[2:] if len(words) > 2 and words[0] in {"government", *_PARTS} and words[1] == "of" else ()


def is_of_a_part(words: Words, country: str | None) -> bool:
    """Whether the words of a body's name tell that it is one of a state, county or city of this country, not of all.

    `California Department of Technology`, `City of New York Police Department`; not the ministry of a `State of` that
    is a country itself.
    """
    if "county" in words or any(_holds_at(words, start, country) for start in range(len(words))):
        return True
    named = pairwise(words)
    ofs = [place + 2 for place, pair in enumerate(named) if pair[0] in _PARTS and pair[1] == "of"]
    return any(words[start:] and not names_a_place(words[start : start + 4]) for start in ofs)


def _holds_at(words: Words, start: int, country: str | None) -> bool:
    return any(words[start : start + size] in _subdivisions().get(country or "", ()) for size in range(1, 6))


def names_a_place(words: Words) -> bool:
    """Whether the name of a country stands somewhere in these words."""
    return any(words[start : start + size] in _names() for start in range(len(words)) for size in range(1, 5))


def is_unclear(words: Words) -> bool:
    """Whether words stand in these that may mean more than one country or state: `Georgia`."""
    return any(words[start : start + size] in _unclear() for start in range(len(words)) for size in range(1, 5))


@cache
def _names() -> Mapping[Words, str]:
    return {words_of(name): code for name, code in NAMES.items()}


@cache
def _adjectives() -> Mapping[Words, str]:
    return {words_of(word): code for word, code in ADJECTIVES.items()}


@cache
def _unclear() -> frozenset[Words]:
    return frozenset(words_of(word) for word in AMBIGUOUS)


@cache
def _subdivisions() -> Mapping[str, frozenset[Words]]:
    """Words of the names of subdivisions by country; without those that are named as the country, as México is."""
    return {
        country: frozenset(words for words in map(words_of, names) if _names().get(words) != country)
        for country, names in SUBDIVISIONS.items()
    }


@cache
def _longest() -> int:
    return max(map(len, [*_names(), *_adjectives()]))
