"""Whether two claims report the same event, with reasons: DESIGN.md section 3 as points for and against.

A decision is a pure, symmetric function of the two claims: no database, no corpus statistics, no learned weights.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from db.vocabulary import Kind
from pipeline.features import Features, Portion, features, portion_of
from pipeline.matching_contracts import contract_signals, infrastructure_signals, partnership_signals
from pipeline.matching_decisions import export_control_signals, restriction_signals
from pipeline.matching_funding import funding_signals
from pipeline.signals import Signal, Words

__all__ = ["Features", "Match", "Portion", "compare", "features", "portion_of"]

_SIGNALS: dict[Kind, Callable[[Features, Features], Iterator[Signal]]] = {
    Kind.CONTRACT: contract_signals,
    Kind.PARTNERSHIP: partnership_signals,
    Kind.FUNDING: funding_signals,
    Kind.INFRASTRUCTURE: infrastructure_signals,
    Kind.EXPORT_CONTROL: export_control_signals,
    Kind.RESTRICTION: restriction_signals,
}


_PRIOR: dict[Kind, float] = {
    Kind.CONTRACT: -2.8,
    Kind.PARTNERSHIP: -3.0,
    Kind.FUNDING: -2.0,
    Kind.INFRASTRUCTURE: -2.2,
    Kind.EXPORT_CONTROL: -2.8,
    Kind.RESTRICTION: -2.7,
}
"""Two claims are taken to differ until shown the same: what the signals must outweigh."""


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on a pair: `score` from 0 to 1 (0.5 is the border), reasons for and against in plain words."""

    same: bool
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


_OTHER_KIND = Match(False, 0.0, (), ("different kinds of act",))
_HOPELESS = -50.0


def compare(left: Features, right: Features, *, explain: bool = True) -> Match:
    """Whether two claims report one event. Symmetric: the order of the two changes nothing.

    `explain` False: a pair that does not match comes without words, which saves most of the work.
    """
    if left.kind is not right.kind:
        return _OTHER_KIND
    if right.claim_id < left.claim_id:
        left, right = right, left
    signals = list(_SIGNALS[left.kind](left, right))
    total = _PRIOR[left.kind] + sum(points for points, _ in signals)
    score = 0.0 if total < _HOPELESS else round(1 / (1 + math.exp(-total)), 4)
    if score <= 0.5 and not explain:
        return Match(False, score, (), ())
    reasons = tuple(_said(words) for points, words in signals if points > 0)
    against = tuple(_said(words) for points, words in signals if points < 0)
    return Match(score > 0.5, score, reasons, against)


def _said(words: Words) -> str:
    return words if isinstance(words, str) else words()
