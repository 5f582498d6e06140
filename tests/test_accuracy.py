"""The measuring itself: parts that share no event, points that follow the labels, and the floor on unseen events."""

import numpy as np
import pytest

from pipeline.evaluate import score
from pipeline.matching import Features, features
from pipeline.weights import read_points
from tests.accuracy.folds import FOLDS, folds_of, groups_of
from tests.accuracy.learning import NEVER, Pairs, learn, read_pairs
from tests.accuracy.measuring import unseen_events
from tests.corpus_claims import load_corpus, load_gold, usd_of


def labelled() -> tuple[dict[str, Features], dict[str, str]]:
    events = load_gold()
    return {claim.claim_id: features(claim, usd_of(claim)) for claim in load_corpus()}, events


def test_no_event_and_no_article_is_in_two_parts() -> None:
    claims, events = labelled()
    fold_of = folds_of(groups_of(claims, events, by_recipient=False), seed=1)

    assert set(fold_of.values()) == set(range(FOLDS))
    for shared in (events, {claim_id: claims[claim_id].article_id for claim_id in events}):
        assert len({(name, fold_of[claim_id]) for claim_id, name in shared.items()}) == len(set(shared.values()))


def toy(rows: list[tuple[float, bool]]) -> Pairs:
    terms = np.array([[1.0, times, 0.0] for times, _ in rows])
    together = np.array([float(same) for _, same in rows])
    ids = [(f"a{n}", f"b{n}") for n in range(len(rows))]
    return Pairs(ids, ["start: funding", "signal", NEVER], terms, together, np.ones(len(rows), bool))


def test_points_follow_the_labels_from_what_was_expected() -> None:
    expected = {"start: funding": -1.0, "signal": 1.0, NEVER: -100.0}
    speaks_for = toy([(1.0, True), (0.0, False)] * 200)
    speaks_against = toy([(1.0, False), (0.0, True)] * 200)

    assert learn(speaks_for, speaks_for.open, expected)[1] > 1.0
    assert learn(speaks_against, speaks_against.open, expected)[1] < 1.0
    assert learn(speaks_for, ~speaks_for.open, expected).tolist() == [-1.0, 1.0, -100.0]


@pytest.mark.slow
def test_unseen_events_are_found_nearly_as_well_as_seen_ones() -> None:
    claims, events = labelled()
    expected = read_points("expected")
    pairs = read_pairs(claims, events, list(expected))

    found = unseen_events(claims, events, pairs, expected, seed=0)

    assert score(found, events).pairwise.f1 >= 0.93
