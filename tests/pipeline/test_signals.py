"""How two claims are compared in one respect: products and names of their own, undoing, later stages."""

import dataclasses

import pytest

from db.vocabulary import Stage
from pipeline.claims import Claim
from pipeline.features import features
from pipeline.matching import compare, terms_of
from tests.corpus_claims import load_corpus

BASE = next(claim for claim in load_corpus() if claim.claim_id == "longbridge-2026-01-stepfun#1")


def terms(left: Claim, right: Claim) -> dict[str, float]:
    return terms_of(features(left), features(right))


def other(**changes: object) -> Claim:
    """A second claim in another article, equal but for the changes."""
    return dataclasses.replace(BASE, claim_id="other#1", article_id="other", **changes)  # type: ignore[arg-type]


def saying(claim: Claim, what: str) -> Claim:
    return dataclasses.replace(claim, what=what, evidence="")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Sales of the H200 to China", "Sales of chips to China", {"only one names a product"}),
        ("Sales of the H200 to China", "Sales of the B30A to China", {"different codes"}),
        ("Sales of the H200 to China", "Exports of the H200", {"shared code"}),
        ("Sales of chips", "Exports of chips", set()),
    ],
)
def test_a_product_that_only_one_names_is_weaker_than_two_products(left: str, right: str, expected: set[str]) -> None:
    found = terms(saying(BASE, left), saying(other(), right))

    assert found.keys() & {"only one names a product", "different codes", "shared code"} == expected


def test_names_that_the_other_lacks_count_only_where_both_have_some() -> None:
    two_sites = terms(saying(BASE, "a site at Narvik"), saying(other(), "a site at Abilene near Lubbock"))
    one_site = terms(saying(BASE, "a site at Narvik"), saying(other(), "a site"))

    assert two_sites["names of its own"] == 1
    assert "names of its own" not in one_site


def test_a_name_in_the_words_of_the_other_is_not_its_own() -> None:
    found = terms(saying(BASE, "a site at Narvik"), saying(other(), "Narvik and the port"))

    assert "names of its own" not in found


@pytest.mark.parametrize("undone", [Stage.SUSPENDED, Stage.CANCELLED])
def test_an_act_and_its_undoing_speak_for_one_event(undone: Stage) -> None:
    match = compare(features(BASE), features(other(stage=undone)))

    assert "one report says that it was suspended or cancelled" in match.reasons


def test_two_reports_of_an_undoing_are_no_act_and_undoing() -> None:
    cancelled = dataclasses.replace(BASE, stage=Stage.CANCELLED)

    assert "an act and its undoing" not in terms(cancelled, other(stage=Stage.CANCELLED))
