"""Blocks: labelled pairs can be found, finding is mutual, keys are few and short."""

from collections import defaultdict
from functools import cache
from itertools import combinations

from pipeline.blocking import MAX_SUBJECTS, are_candidates, block_keys
from pipeline.matching import Features, compare, features
from tests.corpus_claims import load_corpus, load_gold, usd_of

UNREACHED = {"infra-abilene-campus", "infra-cassava-ai-factory-africa"}
"""Events whose two reports name no party in common, or one country of several: left to a person."""


@cache
def corpus() -> dict[str, Features]:
    return {claim.claim_id: features(claim, usd_of(claim)) for claim in load_corpus()}


@cache
def labelled() -> dict[str, list[str]]:
    events = defaultdict(list)
    for claim_id, event in load_gold().items():
        events[event].append(claim_id)
    return events


@cache
def sharing_a_block() -> frozenset[tuple[str, str]]:
    blocks = defaultdict(list)
    for claim_id, claim in corpus().items():
        for key in block_keys(claim.claim):
            blocks[key].append(claim_id)
    return frozenset(pair for found in blocks.values() for pair in combinations(sorted(found), 2))


@cache
def candidates() -> frozenset[tuple[str, str]]:
    return frozenset((one, two) for one, two in sharing_a_block() if are_candidates(corpus()[one], corpus()[two]))


def test_all_labelled_pairs_are_reached_through_candidates() -> None:
    linked = defaultdict(set)
    for one, two in candidates():
        linked[one].add(two)
        linked[two].add(one)

    broken = {event for event, claims in labelled().items() if not reaches(claims, linked)}

    assert broken == UNREACHED


def reaches(claims: list[str], linked: dict[str, set[str]]) -> bool:
    reached, frontier = {claims[0]}, [claims[0]]
    while frontier:
        found = (linked[frontier.pop()] & set(claims)) - reached
        reached |= found
        frontier += found
    return len(reached) == len(claims)


def test_nearly_all_labelled_pairs_are_candidates_themselves() -> None:
    pairs = {pair for claims in labelled().values() for pair in combinations(sorted(claims), 2)}

    assert len(pairs & candidates()) / len(pairs) > 0.99


def test_a_claim_meets_few_others_and_none_that_it_matches_is_left_out() -> None:
    left_out = sharing_a_block() - candidates()

    assert len(candidates()) < 5 * len(corpus())
    assert not [pair for pair in left_out if compare(*(corpus()[one] for one in pair), words_above=1.0).same]


def test_a_claim_has_few_short_ascii_keys() -> None:
    keys = [block_keys(claim.claim) for claim in corpus().values()]

    assert all(key.isascii() and len(key) <= 20 for found in keys for key in found)
    assert max(map(len, keys)) <= MAX_SUBJECTS + 2
    assert all(len(set(found)) == len(found) >= 1 for found in keys)
    assert sum(map(len, keys)) / len(keys) < 3.5
