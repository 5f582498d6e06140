"""Near-duplicate texts: one agency's copy on many sites is one independent source.

MinHash bands (rensa) propose pairs of texts; the pair is then decided on the texts themselves.
"""

import re
import struct
from collections.abc import Iterable, Sequence

from rensa import RMinHash

SHINGLE_WORDS = 4
BANDS, ROWS = 8, 4
SAME_TEXT = 0.7
"""Share of four-word runs in common from which two texts are one. Independent reports of one act stay far below it:
they share names and figures, seldom four words in a row."""
_SEED = 20_250_625
_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_]+")


def shingles(text: str) -> frozenset[str]:
    """All runs of four words, folded; each Chinese, Japanese or Korean sign is a word. Short texts give one run."""
    words = _WORD.findall(text.casefold())
    if len(words) <= SHINGLE_WORDS:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(map(" ".join, zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False)))


def bands_of(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """For each text eight signed 64-bit keys; near-duplicates share one with a chance above 0.98 at 0.8 in common.

    A text without words has no bands: it is nobody's reprint.
    """
    sets = [list(shingles(text)) for text in texts]
    signatures = RMinHash.digests_from_token_sets(sets, BANDS * ROWS, _SEED)
    return [_bands(signature) if words else () for signature, words in zip(signatures, sets, strict=True)]


def _bands(signature: Sequence[int]) -> tuple[int, ...]:
    return tuple(_band(number, signature[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS))


def _band(number: int, rows: Iterable[int]) -> int:
    # Four 32-bit minima folded into 64 bits: bands that differ may meet by chance, and the texts then tell them apart.
    key = number + 1
    for row in rows:
        key = (key * 0x9E3779B97F4A7C15 + row) & 0xFFFFFFFFFFFFFFFF
    return int(struct.unpack("<q", struct.pack("<Q", key))[0])


def similarity(left: frozenset[str], right: frozenset[str]) -> float:
    """Jaccard similarity of two sets of shingles, 0 to 1."""
    union = len(left | right)
    return len(left & right) / union if union else 0.0
