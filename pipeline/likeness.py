"""Which actors may be one, by their names: questions for a person, never joined without one. Pure.

Names are likely to mean one body where their words are the same in another order, where one name's words are all in the
other's (a subsidiary, or a short form), or where the words in which they differ are spelled nearly alike.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

NEARLY = 0.85
"""Likeness of two words (Levenshtein ratio) from which one may be the other spelled otherwise."""
CONTAINED = 0.6
"""Likeness of two names of which one has all words of the other: often a parent and its subsidiary."""
CROWDED = 40
"""Names that share a word (or its beginning): above this the word tells nothing (`government`, `national`)."""
HEAD = 3
"""Letters that two spellings of one word are expected to begin with alike."""
SHORT = 4
"""Words of so few letters differ by one too easily (`CSC`, `CSCS`), or tell little (`AI`)."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Named:
    """An actor with all its names. `events`: how many name it; `group_id`: its topmost owner, or itself."""

    actor_id: str
    name: str
    names: tuple[str, ...]
    group_id: str
    events: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class Likely:
    """Two actors that may be one, the names in sorted order. `reason` in plain words."""

    left: str
    right: str
    likeness: float
    reason: str
    events: int

    @property
    def value(self) -> float:
        """What a decision is worth: how many events the lesser known of the two is in, times the likeness."""
        return self.events * self.likeness


def likely_pairs(actors: Iterable[Named], judged: Collection[tuple[str, str]] = (), most: int = 200) -> list[Likely]:
    """The pairs worth a person's look, the most valuable first. `judged`: pairs of names, sorted, already decided."""
    by_id = {actor.actor_id: actor for actor in actors}
    decided = {(min(pair), max(pair)) for pair in judged}
    found = []
    for pair in sorted(_meeting(by_id)):
        one, other = by_id[pair[0]], by_id[pair[1]]
        if one.group_id == other.group_id:
            continue
        left, right = (one, other) if one.name <= other.name else (other, one)
        likeness, reason = 0.0, ""
        for mine in left.names:
            for its in right.names:
                likeness, reason = max((likeness, reason), _compared(mine, its))
        if likeness > 0 and (left.name, right.name) not in decided:
            found.append(Likely(left.name, right.name, likeness, reason, min(left.events, right.events)))
    return sorted(found, key=lambda pair: (-pair.value, pair.left, pair.right))[:most]


def _meeting(actors: Mapping[str, Named]) -> set[tuple[str, str]]:
    """Pairs of actors that share a telling word or the beginning of one."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for actor in actors.values():
        for word in {word for name in actor.names for word in words_of(name)}:
            blocks[word].add(actor.actor_id)
            blocks[f"{word[:HEAD]}*"].add(actor.actor_id)
    return {pair for ids in blocks.values() if 1 < len(ids) <= CROWDED for pair in combinations(sorted(ids), 2)}


@lru_cache(maxsize=20_000)
def words_of(name: str) -> frozenset[str]:
    """The words of a name without case and accents."""
    if name.isascii():
        return frozenset(_WORD.findall(name.lower()))
    folded = unicodedata.normalize("NFKD", name.casefold())
    return frozenset(_WORD.findall("".join(char for char in folded if not unicodedata.combining(char))))


def _compared(left: str, right: str) -> tuple[float, str]:
    ours, theirs = words_of(left), words_of(right)
    more, less = ours - theirs, theirs - ours
    if not more and not less:
        return 1.0, f"the same words: “{left}” and “{right}”"
    if not more or not less:
        inner, outer = (left, right) if not more else (right, left)
        telling = max(map(len, words_of(inner)), default=0) >= SHORT
        return (CONTAINED, f"“{outer}” has all words of “{inner}”") if telling else (0.0, "")
    if len(more) != len(less):
        return 0.0, ""
    least = 1.0
    for word in more:
        least = min(least, max(_alike(word, other) for other in less))
        if least < NEARLY:
            return 0.0, ""
    return least, f"spelled nearly alike: “{left}” and “{right}”"


def _alike(one: str, other: str) -> float:
    """Likeness of two words; 0 where it is less than what counts."""
    return fuzz.ratio(one, other, score_cutoff=100 * NEARLY) / 100 if min(len(one), len(other)) > SHORT else 0.0
