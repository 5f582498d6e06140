"""What two groups of claims say of each other as wholes: how alike they are on average, over the pairs between them."""

import math
from collections.abc import Collection, Mapping

from db.vocabulary import Kind
from pipeline.matching import Features, Match, Portion, compare
from pipeline.signals import are_apart

Pair = tuple[str, str]
"""Ids of two claims, the smaller first."""

SPOKESMEN = 8
"""Claims that speak for a group when two groups are weighed: bounds the work on big events."""
CLIP = 2.0
"""Log-odds beyond which one pair counts no more: a single sure pair must not outweigh all the others."""
SAY_OF_SHARE, SAY_IN_ARTICLE = 0.5, 2.0
"""What a share's pair and a pair within one article weigh in that mean."""
SAY_OF_BRIDGED = 0.1
"""What a pair weighs there that speaks against, of other parties whom a third claim of the groups names together."""
_DECISIONS = (Kind.EXPORT_CONTROL, Kind.RESTRICTION)


def ordered(left: str, right: str) -> Pair:
    """The pair with the smaller id first: how pairs are keyed."""
    return (left, right) if left <= right else (right, left)


class Scales:
    """Weighs groups of these claims (by id), and looks at each pair once. `matches`: the pairs compared already."""

    def __init__(self, claims: Mapping[str, Features], matches: Mapping[Pair, Match]) -> None:
        self._claims, self._matches = claims, matches
        self._known: dict[Pair, tuple[float, float]] = {}

    def mean_odds(self, left: Collection[str], right: Collection[str]) -> float:
        """The weighted mean of the log-odds of the pairs between two groups, of the first SPOKESMEN of each by id."""
        total = weights = 0.0
        ours, theirs = (tuple(self._claims[one] for one in sorted(ids)[:SPOKESMEN]) for ids in (left, right))
        for one in ours:
            for other in theirs:
                odds, weight = self._pair(one, other)
                if odds < 0 and _are_bridged(one, other, (*ours, *theirs)):
                    weight *= SAY_OF_BRIDGED
                total += weight * odds
                weights += weight
        return total / weights

    def _pair(self, one: Features, other: Features) -> tuple[float, float]:
        """Log-odds and weight of a pair."""
        pair = ordered(one.claim_id, other.claim_id)
        known = self._known.get(pair)
        if known is None:
            match = self._matches.get(pair) or compare(one, other, words_above=1.0)
            known = self._known[pair] = (_log_odds(match), _weight(one, other))
        return known


def _are_bridged(left: Features, right: Features, claims: tuple[Features, ...]) -> bool:
    """Whether some claim names the parties of both together: two suppliers of one system, two investors in a round.

    Two authorities in one report bridge nothing: each decides for itself.
    """
    ours, theirs = left.acting.actors, right.acting.actors
    if left.kind in _DECISIONS or not are_apart(ours, theirs):
        return False
    return any(not (claim.acting.actors.isdisjoint(ours) or claim.acting.actors.isdisjoint(theirs)) for claim in claims)


def _weight(left: Features, right: Features) -> float:
    """How much a pair says of its groups: a share little, what one article tells together or apart much."""
    shares = (left.portion is Portion.SHARE) + (right.portion is Portion.SHARE)
    return SAY_OF_SHARE**shares * (SAY_IN_ARTICLE if left.article_id == right.article_id else 1.0)


def _log_odds(match: Match) -> float:
    if not 0 < match.score < 1:
        return math.copysign(CLIP, match.score - 0.5)
    return max(-CLIP, min(CLIP, math.log(match.score / (1 - match.score))))
