"""Groups weighed as wholes: the mean over pairs, the same from both sides, bounded in work and in each pair's say."""

import dataclasses

import pytest

from pipeline.matching import Features, Match, features
from pipeline.weighing import CLIP, SAY_IN_ARTICLE, SPOKESMEN, Scales
from tests.pipeline.test_clusters import alike, corpus


def scored(**scores: float) -> dict[tuple[str, str], Match]:
    """Scores by two letters: `ab=0.9`."""
    return {(pair[0], pair[1]): Match(score > 0.5, score, (), ()) for pair, score in scores.items()}


def test_the_mean_of_one_pair_is_its_log_odds() -> None:
    scales = Scales(alike(), scored(ab=0.75))

    assert scales.mean_odds(["a"], ["b"]) == pytest.approx(1.0986, abs=1e-4)
    assert scales.mean_odds(["b"], ["a"]) == scales.mean_odds(["a"], ["b"])


def test_a_sure_pair_counts_no_more_than_the_clip() -> None:
    scales = Scales(alike(), scored(ab=1.0, ac=0.0, ad=0.9999))

    assert [scales.mean_odds(["a"], [other]) for other in "bcd"] == [CLIP, -CLIP, CLIP]
    assert scales.mean_odds(["a"], ["b", "c"]) == 0


def test_pairs_that_were_not_compared_before_are_compared() -> None:
    a, b = (alike()[name] for name in "ab")

    assert Scales({"a": a, "b": b}, {}).mean_odds(["a"], ["b"]) == CLIP


def test_a_pair_within_one_article_weighs_more() -> None:
    told = {name: one for name, one in alike().items() if name != "c"}
    beside = dataclasses.replace(alike()["c"].claim, article_id=alike()["a"].claim.article_id)
    claims: dict[str, Features] = {**told, "c": features(beside)}

    mean = Scales(claims, scored(ab=1.0, ac=0.0)).mean_odds(["a"], ["b", "c"])

    assert mean == pytest.approx(CLIP * (1 - SAY_IN_ARTICLE) / (1 + SAY_IN_ARTICLE))


def test_only_the_first_by_id_speak_for_a_large_group() -> None:
    claim = next(iter(corpus().values())).claim
    names = [f"n{number:02}" for number in range(SPOKESMEN + 5)]
    many = {name: features(dataclasses.replace(claim, claim_id=name, article_id=name)) for name in ("a", *names)}
    scores = {("a", name): Match(True, 1.0, (), ()) for name in names[:SPOKESMEN]}
    scores |= {("a", name): Match(False, 0.0, (), ()) for name in names[SPOKESMEN:]}

    assert Scales(many, scores).mean_odds(["a"], list(reversed(names))) == CLIP
