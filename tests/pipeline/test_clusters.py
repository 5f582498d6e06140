"""Clusters: human verdicts before scores, no bridge over a contradiction, and the same result in any order."""

import dataclasses
import random
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocabulary import Verdict
from pipeline.clusters import Clustering, Pair, cluster, ordered
from pipeline.matching import Features, Match, compare, features
from tests.corpus_claims import load_corpus, usd_of

SURE, LIKELY = Match(True, 0.9, (), ()), Match(True, 0.7, (), ())
NAMES = "abcdef"
Value = TypeVar("Value")


@cache
def corpus() -> dict[str, Features]:
    return {claim.claim_id: features(claim, usd_of(claim)) for claim in load_corpus()}


@cache
def alike() -> dict[str, Features]:
    """Claims that report one round in one way: whatever a person does not keep apart may be joined."""
    claim = corpus()["longbridge-2026-01-stepfun#1"].claim
    return {name: features(dataclasses.replace(claim, claim_id=name, article_id=f"article-{name}")) for name in NAMES}


def groups(clustering: Clustering) -> set[frozenset[str]]:
    return {one.claim_ids for one in clustering.clusters}


def group(*names: str) -> set[frozenset[str]]:
    return {frozenset(name) for name in names}


def test_claims_without_matches_stay_alone() -> None:
    assert groups(cluster([alike()[name] for name in "ab"], {}, {})) == group("a", "b")


def test_matches_join_and_leave_their_links() -> None:
    found = cluster([alike()[name] for name in "abc"], {("a", "b"): SURE, ("b", "c"): LIKELY}, {})

    assert groups(found) == group("abc")
    assert found.clusters[0].links == (("a", "b"), ("b", "c"))


def test_same_joins_claims_that_no_rule_would_join() -> None:
    total, share = "techinasia-2025-06-zhipu-contracts#6", "reuters-2025-03-19-zhipu-chengdu#1"

    found = cluster([corpus()[total], corpus()[share]], {}, {(total, share): Verdict.SAME})

    assert len(found.clusters) == 1


def test_same_never_joins_two_kinds_of_act() -> None:
    funding, contract = "techinasia-2025-06-zhipu-contracts#6", "gnn-2025-06-25-zhipu-government-deals#1"

    found = cluster([corpus()[funding], corpus()[contract]], {}, {(funding, contract): Verdict.SAME})

    assert len(found.clusters) == 2


def test_different_keeps_apart_also_through_others() -> None:
    matches = {ordered(*pair): SURE for pair in combinations("abc", 2)}
    verdicts = {("a", "b"): Verdict.SAME, ("a", "c"): Verdict.DIFFERENT}

    assert groups(cluster([alike()[name] for name in "abc"], matches, verdicts)) == group("ab", "c")


def test_unsure_changes_nothing() -> None:
    verdicts = {("a", "b"): Verdict.UNSURE}

    assert groups(cluster([alike()[name] for name in "ab"], {("a", "b"): SURE}, verdicts)) == group("ab")


def test_different_wins_over_a_chain_of_same_and_the_pair_is_reported() -> None:
    verdicts = {("a", "b"): Verdict.SAME, ("c", "b"): Verdict.SAME, ("c", "a"): Verdict.DIFFERENT}

    found = cluster([alike()[name] for name in "abc"], {}, verdicts)

    assert found.conflicts == (("a", "c"),)
    assert not any({"a", "c"} <= members for members in groups(found))


def test_verdicts_on_claims_elsewhere_are_ignored() -> None:
    verdicts = {("a", "elsewhere"): Verdict.SAME, ("a", "gone"): Verdict.DIFFERENT}

    assert groups(cluster([alike()["a"]], {("a", "x"): SURE}, verdicts)) == group("a")


def test_a_vague_claim_does_not_join_two_named_rounds() -> None:
    base = alike()["a"].claim
    rounds = {
        "b1": dataclasses.replace(base, claim_id="b1", article_id="1"),
        "c1": dataclasses.replace(
            base, claim_id="c1", article_id="2", instrument="series C", what="Series C", evidence=""
        ),
        "vague": dataclasses.replace(
            base, claim_id="vague", article_id="3", instrument=None, what="a round", evidence="", amount=None
        ),
    }
    known = {name: features(claim) for name, claim in rounds.items()}
    matches = {("b1", "vague"): SURE, ("c1", "vague"): LIKELY}

    found = groups(cluster(known.values(), matches, {}))

    assert compare(known["b1"], known["c1"]).score == 0
    assert not any({"b1", "c1"} <= members for members in found)


def test_a_claim_like_one_of_a_group_and_unlike_the_others_is_taken_out_again() -> None:
    claims, apart = [alike()[name] for name in "abcdef"], Match(False, 0.02, (), ())
    near = dict.fromkeys(combinations("bcdef", 2), SURE)
    matches = {**near, ("a", "b"): SURE, **{("a", name): apart for name in "cdef"}}

    assert groups(cluster(claims, matches, {})) == group("a", "bcdef")
    assert groups(cluster(claims, matches, {("a", "c"): Verdict.SAME})) == group("abcdef")


pairs = st.sampled_from([ordered(*pair) for pair in combinations(NAMES, 2)])


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(pairs, st.sampled_from([SURE, LIKELY])),
    st.dictionaries(pairs, st.sampled_from(Verdict)),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_input_changes_nothing(
    matches: dict[Pair, Match], verdicts: dict[Pair, Verdict], rng: random.Random
) -> None:
    straight = cluster(alike().values(), matches, verdicts)
    names = list(NAMES)
    rng.shuffle(names)
    turned = {(right, left): verdict for (left, right), verdict in shuffled(verdicts, rng).items()}

    assert cluster([alike()[name] for name in names], shuffled(matches, rng), turned) == straight


def shuffled(table: Mapping[Pair, Value], rng: random.Random) -> dict[Pair, Value]:
    items = list(table.items())
    rng.shuffle(items)
    return dict(items)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(pairs, st.sampled_from([SURE, LIKELY])), st.dictionaries(pairs, st.sampled_from(Verdict)))
def test_verdicts_hold_as_a_naive_closure_says(matches: dict[Pair, Match], verdicts: dict[Pair, Verdict]) -> None:
    found = cluster(alike().values(), matches, verdicts)
    home = {claim_id: one.claim_ids for one in found.clusters for claim_id in one.claim_ids}
    closure = closed([pair for pair, verdict in verdicts.items() if verdict is Verdict.SAME])
    different = {pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT}

    assert all(home[left] != home[right] for left, right in different)
    assert set(found.conflicts) == {(left, right) for left, right in different if right in closure[left]}
    if not found.conflicts:
        assert all(closure[name] <= home[name] for name in NAMES)
    assert sum(len(one.claim_ids) for one in found.clusters) == len(NAMES)
    assert all(len(one.links) == len(one.claim_ids) - 1 for one in found.clusters)


def closed(same: list[Pair]) -> dict[str, set[str]]:
    closure = {name: {name} for name in NAMES}
    for _ in NAMES:
        for left, right in same:
            merged = closure[left] | closure[right]
            for name in merged:
                closure[name] = closure[name] | merged
    return closure


def test_components_are_clustered_independently_of_each_other() -> None:
    known = [known for known in corpus().values() if known.kind == "restriction"]
    matches = {
        ordered(one.claim_id, other.claim_id): match
        for one, other in combinations(known, 2)
        if (match := compare(one, other)).same
    }
    together = groups(cluster(known, matches, {}))

    alone: set[frozenset[str]] = set()
    for component in components([one.claim_id for one in known], matches):
        inside = {pair: match for pair, match in matches.items() if component.issuperset(pair)}
        alone |= groups(cluster([corpus()[claim_id] for claim_id in component], inside, {}))

    assert together == alone


def components(ids: list[str], matches: Mapping[Pair, Match]) -> list[set[str]]:
    near = defaultdict(set)
    for left, right in matches:
        near[left].add(right)
        near[right].add(left)
    left_over, found = set(ids), []
    while left_over:
        reached, frontier = set(), {min(left_over)}
        while frontier:
            reached |= frontier
            frontier = {other for one in frontier for other in near[one]} - reached
        found.append(reached)
        left_over -= reached
    return found


@pytest.mark.parametrize("size", [400])
def test_a_big_event_is_one_cluster_in_little_time(size: int) -> None:
    claim = alike()["a"].claim
    crowd = [features(dataclasses.replace(claim, claim_id=f"c{n:04}", article_id=f"a{n}")) for n in range(size)]
    matches = dict.fromkeys(combinations([one.claim_id for one in crowd], 2), SURE)

    assert len(cluster(crowd, matches, {}).clusters) == 1


def test_two_suppliers_named_together_by_one_report_are_of_one_contract() -> None:
    both, model, hardware = (
        "cna-2025-05-21-malaysia-huawei-retraction#1",
        "japantimes-2025-05-21-malaysia-huawei#2",
        "japantimes-2025-05-21-malaysia-huawei#1",
    )

    def joined(*ids: str) -> set[frozenset[str]]:
        pairs = {pair: compare(corpus()[pair[0]], corpus()[pair[1]]) for pair in combinations(sorted(ids), 2)}
        return groups(cluster([corpus()[one] for one in ids], pairs, {}))

    assert joined(both, model, hardware) == {frozenset((both, model, hardware))}
    assert joined(model, hardware) == {frozenset((model,)), frozenset((hardware,))}
