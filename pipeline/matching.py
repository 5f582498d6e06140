"""Whether two claims report the same event, with reasons: DESIGN.md section 3 as points for and against.

A decision is a pure, symmetric function of the two claims and the fixed points of weights.csv: no database, no
statistics of the other claims. Two claims are taken to differ until the signals outweigh the points they start from.
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
from pipeline.weights import POINTS

__all__ = ["Features", "Match", "Portion", "compare", "features", "portion_of", "start_of", "terms_of"]

_SIGNALS: dict[Kind, Callable[[Features, Features], Iterator[Signal]]] = {
    Kind.CONTRACT: contract_signals,
    Kind.PARTNERSHIP: partnership_signals,
    Kind.FUNDING: funding_signals,
    Kind.INFRASTRUCTURE: infrastructure_signals,
    Kind.EXPORT_CONTROL: export_control_signals,
    Kind.RESTRICTION: restriction_signals,
}


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on a pair: `score` from 0 to 1 (0.5 is the border), reasons for and against in plain words."""

    same: bool
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


_POINTS = dict(POINTS)
_OTHER_KIND = Match(False, 0.0, (), ("different kinds of act",))
_HOPELESS = -50.0


def start_of(kind: Kind) -> str:
    """The row of weights.csv with the points that a pair of one kind starts from."""
    return f"start: {kind}"


_START = {kind: _POINTS[start_of(kind)] for kind in Kind}


def compare(left: Features, right: Features, *, words_above: float = -1.0) -> Match:
    """Whether two claims report one event. Symmetric: the order of the two changes nothing.

    `words_above`: a pair that scores no more than this comes without words, which saves most of the work.
    """
    if left.kind is not right.kind:
        return _OTHER_KIND
    if right.claim_id < left.claim_id:
        left, right = right, left
    signals = list(_SIGNALS[left.kind](left, right))
    total = _START[left.kind]
    for terms, _ in signals:
        for name, times in terms:
            total += _POINTS[name] * times
    score = 0.0 if total < _HOPELESS else round(1 / (1 + math.exp(-total)), 4)
    if score <= words_above:
        return Match(score > 0.5, score, (), ())
    weighed = [(sum(_POINTS[name] * times for name, times in terms), words) for terms, words in signals]
    reasons = tuple(_said(words) for points, words in weighed if points > 0)
    against = tuple(_said(words) for points, words in weighed if points < 0)
    return Match(score > 0.5, score, reasons, against)


def terms_of(left: Features, right: Features) -> dict[str, float]:
    """The rows of weights.csv that apply to a pair of one kind, and how much: what points are learned from."""
    if right.claim_id < left.claim_id:
        left, right = right, left
    found = {start_of(left.kind): 1.0}
    for terms, _ in _SIGNALS[left.kind](left, right):
        for name, times in terms:
            found[name] = found.get(name, 0.0) + times
    return found


def _said(words: Words) -> str:
    return words if isinstance(words, str) else words()
