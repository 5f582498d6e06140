"""Letters and words of names in one form: plain letters, simplified characters, no punctuation.

Transliteration by anyascii (ISC), traditional Chinese characters to simplified ones by OpenCC (Apache-2.0). Not rigour
or normality: their present versions need PyICU, which has no wheels, so that a fresh machine would need a compiler.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from anyascii import anyascii
from opencc import OpenCC

Words = tuple[str, ...]

_TRANSLITERATED = ("LATIN", "GREEK", "CYRILLIC")
_ACRONYM = re.compile(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)")
_SLASHED = re.compile(r"(?<!\w)(\w)/(\w)(?!\w)")
_POSSESSIVE = re.compile(r"'s\b")
_HAN = re.compile("[\u3400-\u9fff]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ", "'"))


def words_of(name: str) -> Words:
    """The words of a name in plain letters and lower case, without possessive s."""
    return split(_POSSESSIVE.sub("", plain(name)))


def plain(name: str) -> str:
    """A name in lower case, NFKC, with one kind of apostrophe, simplified characters and nothing invisible."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).translate(_APOSTROPHES)
    text = text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _to_simplified()(text) if _HAN.search(text) else text


def split(text: str) -> Words:
    """Words of letters and digits, Latin, Greek and Cyrillic ones in ASCII. No dots in acronyms, no apostrophes."""
    text = _in_ascii(text)
    text = _SLASHED.sub(r"\1\2", _ACRONYM.sub(lambda found: found[0].replace(".", ""), text))
    text = text.replace("'", "").replace("&", " and ").replace("+", " plus ")
    return tuple("".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in text).split())


@cache
def _to_simplified() -> Callable[[str], str]:
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _in_ascii(text: str) -> str:
    return text if text.isascii() else "".join(map(_letter, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("COMBINING"):
        return ""
    return anyascii(letter).casefold() if letter.isalpha() and name.startswith(_TRANSLITERATED) else letter
