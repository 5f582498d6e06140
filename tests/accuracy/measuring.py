"""Events found by given points, scored as `python -m pipeline evaluate` scores them."""

import math
from collections.abc import Mapping

import numpy as np

from pipeline.clusters import cluster
from pipeline.evaluate import Accuracy, score
from pipeline.features import Features
from pipeline.matching import Match
from tests.accuracy.folds import FOLDS, folds_of, groups_of
from tests.accuracy.learning import Numbers, Pairs, learn, log_odds

Events = dict[str, tuple[int, int]]


def events_of(claims: Mapping[str, Features], odds: Mapping[tuple[str, str], float], fold: int = 0) -> Events:
    """Cluster claims by the log-odds of all their pairs, with the product's own clustering: claim → event."""
    matches = {pair: _match(value) for pair, value in odds.items()}
    found = cluster(claims.values(), matches, {}).clusters
    return {claim_id: (fold, number) for number, one in enumerate(found) for claim_id in one.claim_ids}


def _match(odds: float) -> Match:
    chance = 0.0 if odds < -50 else round(1 / (1 + math.exp(-odds)), 4)
    return Match(chance > 0.5, chance, (), ())


def unseen_events(
    claims: Mapping[str, Features], events: Mapping[str, str], pairs: Pairs, expected: Mapping[str, float], seed: int,
    *, by_recipient: bool = False,
) -> Events:  # fmt: skip
    """The events of each fold by points that were learned on the other folds alone."""
    fold_of = folds_of(groups_of(claims, events, by_recipient=by_recipient), seed)
    folds = np.array([[fold_of[one], fold_of[two]] for one, two in pairs.ids])
    found: Events = {}
    for fold in range(FOLDS):
        points = learn(pairs, (folds != fold).all(axis=1), expected)
        odds = _odds(pairs, log_odds(pairs, points), (folds == fold).all(axis=1))
        held_out = {claim_id: claims[claim_id] for claim_id in events if fold_of[claim_id] == fold}
        found |= events_of(held_out, odds, fold)
    return found


def _odds(pairs: Pairs, values: Numbers, rows: np.ndarray) -> dict[tuple[str, str], float]:
    return {pairs.ids[row]: float(values[row]) for row in np.flatnonzero(rows)}


def seen_events(claims: Mapping[str, Features], events: Mapping[str, str], pairs: Pairs, points: Numbers) -> Events:
    """The events by points that were learned on all of the labels."""
    known = {claim_id: claims[claim_id] for claim_id in events}
    return events_of(known, _odds(pairs, log_odds(pairs, points), np.ones(len(pairs.ids), bool)))


def by_kind(claims: Mapping[str, Features], found: Events, events: Mapping[str, str]) -> dict[str, Accuracy]:
    """The agreement with the labels for each kind of act."""
    kinds = sorted({claims[claim_id].kind for claim_id in events})
    return {
        kind: score(found, {claim_id: event for claim_id, event in events.items() if claims[claim_id].kind is kind})
        for kind in kinds
    }
