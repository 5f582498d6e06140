"""Words of a text, as the search knows them: the same on every database, in every script.

Texts are folded: compatibility forms (NFKC), case, accents, Arabic vowel signs. Scripts that put no blanks between
words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut into pairs of signs that stand side by side, so that every
stretch of such a text can be found. A word is found by its beginning, a pair of signs wherever it stands.

What is filed was cut by the rules of its day. Change them, and `pipeline.RULES` must grow: then all is filed anew.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 40
"""Signs of a word that count."""
SHORTEST_BEGINNING = 3
"""Shorter words must be whole words: `AI` is not meant to find `aim`."""

_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ACCENTS = dict.fromkeys([*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640])
_SMALL_MARKS = "".join(
    re.escape(sign) for sign in map(chr, range(0x370, 0xABFF)) if unicodedata.category(sign) in ("Mn", "Mc")
)
_PLAIN = re.compile("[0-9a-z]+")
_DENSE_RUN = re.compile(f"[{_DENSE}]+")
_OTHER_RUN = re.compile(rf"(?:[^\W_]|[{_SMALL_MARKS}])+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for; `is_beginning`: words that begin so are meant too."""

    word: str
    is_beginning: bool

    def fits(self, words: frozenset[str]) -> bool:
        """Whether these words of a text hold it."""
        return self.word in words or (self.is_beginning and any(one.startswith(self.word) for one in words))


def folded(text: str) -> str:
    """Text without what people write now so, now otherwise: case, accents, compatibility forms."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).translate(_ACCENTS)
    return unicodedata.normalize("NFC", apart.casefold().translate(_ACCENTS))


def words_of(*texts: str | None) -> frozenset[str]:
    """The words of some texts, each once."""
    words: set[str] = set()
    for text in filter(None, texts):
        plain, dense = _runs(folded(text))
        words.update(run[:LONGEST] for run in plain)
        for run in dense:
            words.update(map("".join, pairwise(run)), run[-1])
    return frozenset(words)


def _runs(text: str) -> tuple[list[str], list[str]]:
    """Words between blanks and signs, and stretches of scripts without blanks."""
    if text.isascii():
        return _PLAIN.findall(text), []
    return _OTHER_RUN.findall(_DENSE_RUN.sub(" ", text)), _DENSE_RUN.findall(text)


def terms_of(word: str) -> tuple[Term, ...]:
    """What must all be found where a word of a search stands; nothing for a word without letters and digits."""
    plain, dense = _runs(folded(word))
    found = [Term(run[:LONGEST], len(run) >= SHORTEST_BEGINNING) for run in plain]
    for run in dense:
        pairs = list(map("".join, pairwise(run)))
        found += [Term(pair, False) for pair in pairs] or [Term(run, True)]
    return tuple(dict.fromkeys(found))
