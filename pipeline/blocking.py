"""Which claims are worth comparing: short keys that two claims of one event share.

A key names a kind, one subject (a party's group, or an authority's country) and a stretch of time, so that no block
grows with the length of a firm's history. Dates vaguer than a month have keys by the year, which only pair them with
others: two exact dates of one year do not meet there. The search is symmetric: whoever finds is found.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice

from db.vocabulary import Kind, Role
from pipeline.claims import Claim

STRETCH_DAYS = 61
REACH = 4
"""A probe looks this many stretches back and forth: exact dates up to eight months apart always meet."""
MAX_SUBJECTS = 3

_LETTER = {
    Kind.CONTRACT: "c",
    Kind.PARTNERSHIP: "p",
    Kind.FUNDING: "f",
    Kind.INFRASTRUCTURE: "i",
    Kind.EXPORT_CONTROL: "x",
    Kind.RESTRICTION: "r",
}
_SUBJECT_ROLE = {Kind.CONTRACT: Role.SUPPLIERS, Kind.FUNDING: Role.RECIPIENTS, Kind.RESTRICTION: Role.TARGETS}
"""The role that two claims of one event share as a rule; all roles for the kinds that are not named."""


def block_keys(claim: Claim) -> tuple[str, ...]:
    """The keys under which a claim is filed (short ASCII): a few for each of at most three subjects, and two more."""
    return tuple(dict.fromkeys([*_timed_keys(claim, probe=False), *_lasting_keys(claim)]))


def probe_keys(claim: Claim) -> tuple[str, ...]:
    """The keys to look up to find every claim that may report the same event."""
    return tuple(dict.fromkeys([*_timed_keys(claim, probe=True), *_lasting_keys(claim)]))


def _timed_keys(claim: Claim, *, probe: bool) -> Iterator[str]:
    for subject in _subjects(claim):
        for time in _probe_times(claim) if probe else _times(claim):
            yield f"{_LETTER[claim.kind]}{subject}{time}"


def _subjects(claim: Claim) -> tuple[str, ...]:
    """Who, and for a contract where: the part of the keys before the time."""
    if claim.kind is Kind.EXPORT_CONTROL:
        states = {party.country or "" for party in claim.parties if party.role is Role.AUTHORITIES}
        return tuple(sorted(states)[:MAX_SUBJECTS])
    role = _SUBJECT_ROLE.get(claim.kind)
    groups = claim.groups(role) if role else frozenset()
    found = (_digest(group) for group in groups or {party.group_id for party in claim.parties})
    if claim.kind in (Kind.CONTRACT, Kind.RESTRICTION):
        found = (f"{group}{country}" for group in sorted(found) for country in sorted(claim.countries) or [""])
    return tuple(islice(sorted(found), MAX_SUBJECTS))


def _times(claim: Claim) -> tuple[str, ...]:
    """`.n`: a stretch of days; `-y`: known to the month, in that year; `~y`: known to the year only."""
    year = claim.date.first.year
    return (f"~{year}",) if claim.date.precision == "year" else (f".{_stretch(claim)}", f"-{year}")


def _probe_times(claim: Claim) -> tuple[str, ...]:
    year = claim.date.first.year
    if claim.date.precision == "year":
        return tuple(f"{mark}{near}" for mark in "-~" for near in (year - 1, year, year + 1))
    stretch = _stretch(claim)
    near_stretches = tuple(f".{near}" for near in range(stretch - REACH, stretch + REACH + 1))
    return near_stretches + tuple(f"~{near}" for near in (year - 1, year, year + 1))


def _stretch(claim: Claim) -> int:
    """The stretch of the middle of the period, so that a month lies in one."""
    return (claim.date.first.toordinal() + claim.date.last.toordinal()) // 2 // STRETCH_DAYS


def _lasting_keys(claim: Claim) -> Iterator[str]:
    """Keys without a time: claims of one article, and one figure for one subject."""
    letter = _LETTER[claim.kind]
    yield f"{letter}@{_digest(claim.article_id)}"
    subjects = _subjects(claim)
    if claim.amount is not None and subjects:
        yield f"{letter}={_digest(f'{subjects[0]} {claim.amount.figure} {claim.amount.currency}')}"


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=5).hexdigest()
