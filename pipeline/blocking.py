"""Which claims may be compared at all: short keys that two claims of one event share as a rule.

A key names a kind and one subject (a party's group, and for some kinds a country; an authority's country), alone or
with one thing more that seldom agrees by chance. What stands in a block is further narrowed by `pipeline.neighbours`.
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

from db.vocabulary import Kind, Role
from pipeline.claims import Claim
from pipeline.features import Features
from pipeline.promise import Numbers, is_promising
from pipeline.sketches import sketch_of

MAX_SUBJECTS = 3
_LETTER = {
    Kind.CONTRACT: "c",
    Kind.PARTNERSHIP: "p",
    Kind.FUNDING: "f",
    Kind.INFRASTRUCTURE: "i",
    Kind.EXPORT_CONTROL: "x",
    Kind.RESTRICTION: "r",
}
_BY_COUNTRY = (Kind.CONTRACT, Kind.INFRASTRUCTURE, Kind.RESTRICTION)
_SUBJECT_ROLE = {Kind.CONTRACT: Role.SUPPLIERS, Kind.FUNDING: Role.RECIPIENTS, Kind.RESTRICTION: Role.TARGETS}
"""The role that two claims of one event share as a rule; all roles for the kinds that are not named."""


def block_keys(claim: Claim) -> tuple[str, ...]:
    """The keys under which a claim is filed and looked for (short ASCII): one for each of at most three subjects, one
    for its article, and one for its figure with its first subject."""
    return tuple(dict.fromkeys(_keys(claim)))


def are_candidates(one: Features, other: Features) -> bool:
    """Whether two claims are compared where few others stand between them: they share a block and look promising."""
    if set(block_keys(one.claim)).isdisjoint(block_keys(other.claim)):
        return False
    return bool(is_promising(sketch_of(one), sketch_of(other), Numbers()))


def _keys(claim: Claim) -> Iterator[str]:
    letter, subjects = _LETTER[claim.kind], _subjects(claim)
    for subject in subjects:
        yield f"{letter}{subject}"
    yield f"{letter}@{_digest(claim.article_id)}"
    if claim.amount is not None and subjects:
        yield f"{letter}={_digest(f'{subjects[0]} {claim.amount.figure} {claim.amount.currency}')}"


def _subjects(claim: Claim) -> tuple[str, ...]:
    """Who, and for some kinds where."""
    if claim.kind is Kind.EXPORT_CONTROL:
        states = {party.country or "" for party in claim.parties if party.role is Role.AUTHORITIES}
        return tuple(sorted(states)[:MAX_SUBJECTS])
    role = _SUBJECT_ROLE.get(claim.kind)
    groups = claim.groups(role) if role else frozenset()
    found = (_digest(group) for group in groups or {party.group_id for party in claim.parties})
    if claim.kind in _BY_COUNTRY:
        found = (f"{group}{country}" for group in sorted(found) for country in sorted(claim.countries) or [""])
    return tuple(islice(sorted(found), MAX_SUBJECTS))


@lru_cache(maxsize=65536)
def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=5).hexdigest()
