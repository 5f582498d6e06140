"""Accuracy of predicted events against labels, worked out by hand."""

from pathlib import Path

import pytest

from dashboard.about_text import LIMITS as ABOUT
from db.engine import open_engine
from pipeline.errors import InputError
from pipeline.evaluate import Rates, by_kind, read_labels, read_predictions, score

ROOT = Path(__file__).resolve().parents[2]
LABELLED = ROOT / "tests" / "gold" / "clusters.csv"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_perfect_agreement_scores_one() -> None:
    accuracy = score({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "y"})

    assert accuracy.pairwise == accuracy.b_cubed == Rates(1.0, 1.0)
    assert (accuracy.claims, accuracy.pairs, accuracy.wrong) == (3, 1, ())


def test_one_wrong_and_one_missed_pair_are_counted_and_named() -> None:
    accuracy = score({"a": 1, "b": 1, "c": 2, "d": 1}, {"a": "x", "b": "x", "c": "x", "d": "y"})

    assert accuracy.pairwise == Rates(1 / 3, 1 / 3)
    assert accuracy.pairwise.f1 == pytest.approx(1 / 3)
    assert accuracy.b_cubed.precision == pytest.approx((2 / 3 + 2 / 3 + 1 + 1 / 3) / 4)
    assert accuracy.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert accuracy.wrong == (("a", "c", True), ("a", "d", False), ("b", "c", True), ("b", "d", False))


def test_only_claims_known_to_both_count() -> None:
    assert score({"a": 1, "b": 1, "new": 1}, {"a": "x", "b": "x", "old": "x"}).claims == 2


def test_nothing_put_together_is_precise_but_recalls_nothing() -> None:
    assert score({"a": 1, "b": 2}, {"a": "x", "b": "x"}).pairwise == Rates(1.0, 0.0)
    assert Rates(0.0, 0.0).f1 == 0


def test_no_claim_in_common_is_refused() -> None:
    with pytest.raises(ValueError, match="share no claim"):
        score({"a": 1}, {"b": 1})


@pytest.mark.parametrize("text", [README, ABOUT], ids=["README", "About"])
def test_the_accuracy_that_we_state_is_the_one_measured(corpus_url: str, text: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        predicted, _ = read_predictions(connection)
    accuracy = score(predicted, read_labels(LABELLED))

    words = " ".join(text.split())
    assert f"pairwise F1 is {accuracy.pairwise.f1:.3f}" in words
    assert f"precision {accuracy.pairwise.precision:.3f}, recall {accuracy.pairwise.recall:.3f}" in words
    assert f"{accuracy.claims} claims, {accuracy.pairs} pairs" in words


def test_each_kind_of_act_is_scored_over_its_own_claims() -> None:
    kinds = {"a": "funding", "b": "funding", "c": "contract", "d": "contract"}

    found = by_kind({"a": 1, "b": 1, "c": 2, "d": 3}, {"a": "x", "b": "x", "c": "y", "d": "y", "gone": "y"}, kinds)

    assert list(found) == ["contract", "funding"]
    assert found["funding"].pairwise.f1 == 1
    assert found["contract"].pairwise.recall == 0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,1,x\na,1,y\n", "labels.csv:3: a 1 is labelled twice"),
        ("a,one,x\n", "labels.csv:2: claim_number 'one' is no number"),
        ("", "holds no labels"),
    ],
)
def test_labels_that_cannot_be_meant_are_refused_with_their_line(tmp_path: Path, rows: str, said: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(f"article_id,claim_number,event\n{rows}", encoding="utf-8")

    with pytest.raises(InputError, match=said):
        read_labels(path)
