"""When two claims are one event: labelled pairs, symmetry, portions of money, reasons, and the floor of accuracy."""

import csv
import math
from collections import defaultdict
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocabulary import Kind
from pipeline import blocking, evaluate
from pipeline.clusters import cluster
from pipeline.features import Portion, portion_of
from pipeline.matching import Features, Match, compare, features, terms_of
from pipeline.weights import POINTS
from tests.corpus_claims import GOLD, load_corpus, load_gold, usd_of

PAIRS = list(csv.DictReader((GOLD.parent.parent / "pairs.csv").read_text(encoding="utf-8").splitlines()))


@cache
def corpus() -> dict[str, Features]:
    return {claim.claim_id: features(claim, usd_of(claim)) for claim in load_corpus()}


@cache
def candidate_pairs() -> frozenset[tuple[str, str]]:
    filed = defaultdict(set)
    for claim_id, known in corpus().items():
        for key in blocking.block_keys(known.claim):
            filed[key].add(claim_id)
    together = {pair for found in filed.values() for pair in combinations(sorted(found), 2)}
    return frozenset(pair for pair in together if blocking.are_candidates(*(corpus()[one] for one in pair)))


@pytest.mark.parametrize("row", PAIRS, ids=[row["why"] for row in PAIRS])
def test_telling_pairs_are_judged_as_labelled(row: dict[str, str]) -> None:
    match = compare(corpus()[row["left_ref"]], corpus()[row["right_ref"]])

    assert match.same is (row["same"] == "true"), (match.reasons, match.against)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_comparison_is_the_same_both_ways_round(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(Kind))
    ids = sorted(claim_id for claim_id, known in corpus().items() if known.kind is kind)
    left, right = (corpus()[data.draw(st.sampled_from(ids))] for _ in range(2))

    assert compare(left, right) == compare(right, left)


def test_score_and_verdict_agree_and_every_match_has_a_reason() -> None:
    matches = [compare(corpus()[left], corpus()[right]) for left, right in sorted(candidate_pairs())]

    assert all(0 <= match.score <= 1 and match.same is (match.score > 0.5) for match in matches)
    assert all(match.reasons for match in matches if match.same)
    assert all(match.against for match in matches if match.score == 0)


def test_other_kinds_of_act_never_match() -> None:
    by_kind = {known.kind: known for known in corpus().values()}

    assert compare(by_kind[Kind.FUNDING], by_kind[Kind.CONTRACT]) == Match(False, 0.0, (), ("different kinds of act",))


def test_reasons_name_the_parties_the_round_and_the_figures() -> None:
    match = compare(corpus()["longbridge-2026-01-stepfun#1"], corpus()["chinacsr-2026-02-27-stepfun-ipo#2"])

    assert match.reasons[:2] == ("same recipient: 階躍星辰", "both series B") or match.reasons[:2] == (
        "same recipient: StepFun",
        "both series B",
    )
    assert "amounts agree: at least 5 billion CNY and at least 5 billion CNY" in match.reasons
    assert match.against == ("called series b and series b+", "nothing in common in the wording")


def test_figures_in_two_currencies_are_compared_by_their_usd_value() -> None:
    dollars = corpus()["hindustantimes-2024-10-03-openai-round#1"].claim
    euros = corpus()["cna-2025-09-09-asml-mistral#1"].claim

    assert features(dollars).usd == 6_600_000_000
    assert features(euros).usd is None
    assert features(euros, 1_900_000_000).usd == 1_900_000_000


@pytest.mark.parametrize(
    ("claim_id", "portion"),
    [
        ("techinasia-2025-06-zhipu-contracts#6", Portion.TOTAL),
        ("handmsg-2025-04-08-zhipu-huafa#3", Portion.TOTAL),
        ("aitechsuite-2025-12-01-bfl#2", Portion.TOTAL),
        ("huashang-2025-07-29-zhipu-state#1", Portion.TOTAL),
        ("juhe-2026-06-deepseek-closed#2", Portion.SHARE),
        ("google-anthropic-2026-04-24#2", Portion.SHARE),
        ("asiaict-2026-01-06-minimax-zhipu#2", Portion.SHARE),
        ("juhe-2026-06-deepseek-closed#1", Portion.WHOLE),
        ("businesstoday-2025-04-01-openai-conditions#1", Portion.WHOLE),
    ],
)
def test_portion_tells_a_round_from_a_share_and_from_a_total(claim_id: str, portion: Portion) -> None:
    assert portion_of(corpus()[claim_id].claim) is portion


def test_the_terms_of_a_pair_add_up_to_its_score() -> None:
    left, right = corpus()["longbridge-2026-01-stepfun#1"], corpus()["chinacsr-2026-02-27-stepfun-ipo#2"]
    total = sum(POINTS[name] * times for name, times in terms_of(left, right).items())

    assert compare(left, right).score == round(1 / (1 + math.exp(-total)), 4)
    assert terms_of(left, right) == terms_of(right, left)


def test_every_term_has_points() -> None:
    used = {name for pair in candidate_pairs() for name in terms_of(*(corpus()[one] for one in pair))}

    assert used <= POINTS.keys()


def test_events_of_the_corpus_agree_with_the_labels() -> None:
    matches = {pair: compare(corpus()[pair[0]], corpus()[pair[1]]) for pair in candidate_pairs()}
    clustering = cluster(corpus().values(), {pair: match for pair, match in matches.items() if match.same}, {})
    predicted = {claim_id: number for number, one in enumerate(clustering.clusters) for claim_id in one.claim_ids}

    accuracy = evaluate.score(predicted, load_gold())

    assert accuracy.pairwise.f1 >= 0.93
    assert accuracy.b_cubed.f1 >= 0.96
