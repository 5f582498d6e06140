"""Near-duplicate texts: one agency's copy on many sites, cut or with matter around it, is one independent source.

MinHash (rensa) proposes pairs of texts; a pair is then decided on the texts themselves, by the share of the shorter
one that stands in the longer.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rensa import RMinHash

SHINGLE_WORDS = 4
MINIMA = 24
"""Single minima: a copy cut to a quarter of a text shares one with a chance of 0.999, to a sixth with 0.987."""
BANDS, ROWS = 6, 4
"""Bands of four minima, met only by near-duplicates. They hold families that are too large for single minima."""
SHORT, LONG = 40, 240
SHARE_OF_SHORT, SHARE_OF_LONG = 0.9, 0.6
LEAST_OF_LONGER = 1 / 6
"""A text that is less than this of a longer one is a passage of it, not the same report."""
_SEED = 20_250_625
_STEP, _ALL = 0x9E3779B97F4A7C15, 2**64 - 1
_STARTS = tuple(((place + 1) * _STEP & _ALL >> 1) & ~1 for place in range(MINIMA))
_SIGN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_INDIC = "\u0900-\u0dff"
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(rf"[{_SIGN}]|(?:[^\W_{_SIGN}]|[{_INDIC}])+")
_RAW_WORD = re.compile(rf"[{_SIGN}]|(?:[^\W_{_SIGN}]|[{_INDIC}\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0670])+")
_MARKS = re.compile("[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u2060\ufeff]")


def fold(text: str) -> str:
    """Case, accents, vowel points, widths and invisible signs taken away."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare)


def words_of(text: str) -> list[str]:
    """The folded words. Each sign of Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese is a word."""
    folded = fold(text)
    return (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)


def shingles(text: str) -> frozenset[str]:
    """All runs of four words. A text of fewer words gives one run."""
    words = words_of(text)
    if len(words) <= SHINGLE_WORDS:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], words[3:], strict=False)))


def bands_of(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """For each text its signed 64-bit keys: even ones of single minima, odd ones of bands of four.

    A text without words has no keys: it is nobody's reprint.
    """
    sets = [list(shingles(text)) for text in texts]
    signatures = RMinHash.digests_from_token_sets(sets, MINIMA, _SEED)
    return [tuple(_keys(signature)) if words else () for signature, words in zip(signatures, sets, strict=True)]


def is_band(key: int) -> bool:
    """Whether a key is one of a band of four minima."""
    return bool(key & 1)


def _keys(minima: Sequence[int]) -> Iterator[int]:
    # 32-bit minima folded into 64 bits: keys that differ may meet by chance, and the texts then tell them apart.
    yield from (_signed(start + 2 * least) for start, least in zip(_STARTS, minima, strict=True))
    for band in range(BANDS):
        key = band + 1
        for least in minima[band * ROWS : (band + 1) * ROWS]:
            key = (key * _STEP + least) & _ALL
        yield _signed(key | 1)


def _signed(key: int) -> int:
    return key if key <= _ALL >> 1 else key - _ALL - 1


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """How much of the shorter text's runs stands in the longer, 0 to 1."""
    least = min(len(left), len(right))
    return len(left & right) / least if least else 0.0


def share_needed(runs: int) -> float:
    """The share of the shorter text, of so many runs, from which it is a reprint.

    Short notes on different facts differ by a few words only, so they must agree nearly whole; of a long text more may
    be the editor's own. Two quoted sentences of a hundred words stay below it in any article that says more than that.
    """
    along = min(max((runs - SHORT) / (LONG - SHORT), 0.0), 1.0)
    return SHARE_OF_SHORT + along * (SHARE_OF_LONG - SHARE_OF_SHORT)


def is_reprint(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two texts, as runs of words, are one text: whole, cut, or with other matter around it."""
    shorter, longer = sorted((len(left), len(right)))
    if not shorter or shorter < longer * LEAST_OF_LONGER:
        return False
    return share(left, right) >= share_needed(shorter)


def shared_passages(text: str, other: str) -> list[tuple[int, int]]:
    """Where a text repeats another, as (start, end) in code points, in order; only runs of four words and more."""
    known = shingles(other)
    placed = [(word, *found.span()) for found in _RAW_WORD.finditer(text) for word in words_of(found.group())]
    passages: list[tuple[int, int]] = []
    for first in range(len(placed) - SHINGLE_WORDS + 1):
        run = placed[first : first + SHINGLE_WORDS]
        if " ".join(word for word, *_ in run) in known:
            start, end = run[0][1], run[-1][2]
            if passages and start <= passages[-1][1]:
                passages[-1] = (passages[-1][0], end)
            else:
                passages.append((start, end))
    return _joined(text, passages)


def _joined(text: str, passages: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Passages with no word between them are one."""
    joined: list[tuple[int, int]] = []
    for start, end in passages:
        if joined and not words_of(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
