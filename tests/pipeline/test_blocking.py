"""Blocks: every labelled pair can be found, finding is mutual, keys are few, short and narrow."""

import dataclasses
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from db.values import PartialDate
from pipeline.blocking import block_keys, probe_keys
from pipeline.claims import Claim
from tests.corpus_claims import load_corpus, load_gold

UNREACHED = {"infra-abilene-campus", "infra-cassava-ai-factory-africa"}
"""Events whose two reports name no party in common, or one country of several: left to a person."""


@cache
def corpus() -> dict[str, Claim]:
    return {claim.claim_id: claim for claim in load_corpus()}


def finds(one: Claim, other: Claim) -> bool:
    return not set(probe_keys(one)).isdisjoint(block_keys(other))


def test_all_labelled_pairs_are_reached_through_candidates() -> None:
    events = defaultdict(list)
    for claim_id, event in load_gold().items():
        events[event].append(corpus()[claim_id])

    broken = {event for event, claims in events.items() if len(reach(claims)) < len(claims)}

    assert broken == UNREACHED


def reach(claims: list[Claim]) -> set[str]:
    reached, frontier = {claims[0].claim_id}, [claims[0]]
    while frontier:
        one = frontier.pop()
        found = [other for other in claims if other.claim_id not in reached and finds(one, other)]
        reached |= {other.claim_id for other in found}
        frontier += found
    return reached


def test_nearly_all_labelled_pairs_are_candidates_themselves() -> None:
    events = defaultdict(list)
    for claim_id, event in load_gold().items():
        events[event].append(corpus()[claim_id])
    pairs = [pair for claims in events.values() for pair in combinations(claims, 2)]

    assert sum(finds(*pair) for pair in pairs) / len(pairs) > 0.985


dates = st.one_of(
    st.dates(min_value=PartialDate.parse("2015-01-01").first, max_value=PartialDate.parse("2026-12-31").last).map(str),
    st.integers(2015, 2026).map(str),
    st.tuples(st.integers(2015, 2026), st.integers(1, 12)).map(lambda parts: f"{parts[0]}-{parts[1]:02}"),
)


@settings(max_examples=300, deadline=None)
@given(st.data(), dates, dates)
def test_whoever_finds_is_found(data: st.DataObject, first: str, second: str) -> None:
    ids = sorted(corpus())
    one, other = (corpus()[data.draw(st.sampled_from(ids))] for _ in range(2))
    parties = data.draw(st.sampled_from([one.parties, other.parties]))
    one = dataclasses.replace(one, date=PartialDate.parse(first))
    other = dataclasses.replace(other, date=PartialDate.parse(second), kind=one.kind, parties=parties)

    assert finds(one, other) == finds(other, one)


def test_a_claim_finds_itself_under_few_short_ascii_keys() -> None:
    keys = [block_keys(claim) for claim in corpus().values()]
    probes = [probe_keys(claim) for claim in corpus().values()]

    assert all(finds(claim, claim) for claim in corpus().values())
    assert all(key.isascii() and len(key) <= 20 for found in probes for key in found)
    assert max(map(len, keys)) <= 11
    assert sum(map(len, keys)) / len(keys) < 4.5
    assert sum(map(len, probes)) / len(probes) < 20


def test_ten_years_of_one_firm_do_not_fall_into_one_block() -> None:
    claim = next(claim for claim in corpus().values() if claim.date.precision == "day" and claim.amount is None)
    days = [PartialDate.parse(f"{year}-{month:02}-15") for year in range(2015, 2025) for month in range(1, 13)]
    claims = [
        dataclasses.replace(claim, claim_id=f"c{number}", article_id=f"a{number}", date=day)
        for number, day in enumerate(days)
    ]

    blocks = Counter(key for one in claims for key in block_keys(one))

    assert max(blocks.values()) <= 12
    assert not finds(claims[0], claims[-1])
