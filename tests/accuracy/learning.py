"""Points for signals from labelled pairs: logistic regression that stays near what the design lets expect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.features import Features
from pipeline.matching import terms_of

Numbers = NDArray[np.float64]
NEVER = "never"
PULL = 70.0
"""How strongly points are held to the expected ones: the weight of a squared deviation against one pair's log-loss."""
PULL_OF_START = 2.0
"""The same for the points that a kind starts from, which depend on how many pairs are compared at all."""
STEPS = 30


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of claims as rows: `terms` (pairs x signals), whether they belong `together`, and `open` to decision."""

    ids: list[tuple[str, str]]
    signals: list[str]
    terms: Numbers
    together: Numbers
    open: NDArray[np.bool_]


def read_pairs(claims: Mapping[str, Features], events: Mapping[str, str], signals: Sequence[str]) -> Pairs:
    """All pairs of one kind among the labelled claims. A pair is open unless a signal says `never`."""
    ids = sorted(events)
    pairs = [(one, two) for place, one in enumerate(ids) for two in ids[place + 1 :]]
    pairs = [(one, two) for one, two in pairs if claims[one].kind is claims[two].kind]
    column = {name: place for place, name in enumerate(signals)}
    terms = np.zeros((len(pairs), len(signals)))
    for row, (one, two) in enumerate(pairs):
        for name, times in terms_of(claims[one], claims[two]).items():
            terms[row, column[name]] = times
    together = np.array([float(events[one] == events[two]) for one, two in pairs])
    return Pairs(pairs, list(signals), terms, together, terms[:, column[NEVER]] == 0)


def learn(pairs: Pairs, rows: NDArray[np.bool_], expected: Mapping[str, float]) -> Numbers:
    """The points of each signal that explain these rows best, by Newton's method; unseen ones stay as expected."""
    prior = np.array([expected[name] for name in pairs.signals])
    pull = np.array([PULL_OF_START if name.startswith("start: ") else PULL for name in pairs.signals])
    terms, together = pairs.terms[rows & pairs.open], pairs.together[rows & pairs.open]
    points = prior.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-terms @ points))
        slope = terms.T @ (chance - together) + pull * (points - prior)
        curve = (terms * (chance * (1 - chance))[:, None]).T @ terms + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        points -= step
        if np.abs(step).max() < 1e-6:
            break
    return points


def log_odds(pairs: Pairs, points: Numbers) -> Numbers:
    """The log-odds of every pair by these points; far below 0 where a signal says `never`."""
    found: Numbers = pairs.terms @ points
    return np.where(pairs.open, found, -100.0)
