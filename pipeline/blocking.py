"""Which claims are worth comparing: short keys that two claims of one event share.

A key names a kind, one subject (a party's group, or an authority's country) and a stretch of time, so that no block
grows with the length of a firm's history. Dates vaguer than a month have keys by the year, which only pair them with
others: two exact dates of one year do not meet there. Most money moves within months, so that a probe reaches far only
from or to claims whose time runs slower. The search is symmetric: whoever finds is found.
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

from db.vocabulary import Kind, Role, Stage, Stance
from pipeline.claims import Claim
from pipeline.features import Flow, flow_of

REACH, REACH_OF_QUICK = 3, 1
"""A probe looks this many stretches back and forth: exact dates up to so many stretches apart always meet."""
MAX_SUBJECTS = 3

_LETTER = {
    Kind.CONTRACT: "c",
    Kind.PARTNERSHIP: "p",
    Kind.FUNDING: "f",
    Kind.INFRASTRUCTURE: "i",
    Kind.EXPORT_CONTROL: "x",
    Kind.RESTRICTION: "r",
}
_STRETCH_DAYS = {
    Kind.CONTRACT: 183,
    Kind.PARTNERSHIP: 61,
    Kind.FUNDING: 122,
    Kind.INFRASTRUCTURE: 183,
    Kind.EXPORT_CONTROL: 61,
    Kind.RESTRICTION: 61,
}
"""Contracts and sites take years from announcement to delivery; a decision or an agreement is news for months."""
_SLOW = (Kind.CONTRACT, Kind.INFRASTRUCTURE)
_BY_COUNTRY = (Kind.CONTRACT, Kind.INFRASTRUCTURE, Kind.RESTRICTION)
_SUBJECT_ROLE = {Kind.CONTRACT: Role.SUPPLIERS, Kind.FUNDING: Role.RECIPIENTS, Kind.RESTRICTION: Role.TARGETS}
"""The role that two claims of one event share as a rule; all roles for the kinds that are not named."""


def block_keys(claim: Claim) -> tuple[str, ...]:
    """The keys under which a claim is filed (short ASCII): a few for each of at most three subjects, and two more."""
    return tuple(dict.fromkeys([*_timed_keys(claim, probe=False), *_lasting_keys(claim)]))


def probe_keys(claim: Claim) -> tuple[str, ...]:
    """The keys to look up to find every claim that may report the same event.

    A claim finds itself, but not by all of its block keys: see the module.
    """
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
    if claim.kind in _BY_COUNTRY:
        found = (f"{group}{country}" for group in sorted(found) for country in sorted(claim.countries) or [""])
    return tuple(islice(sorted(found), MAX_SUBJECTS))


def _times(claim: Claim) -> tuple[str, ...]:
    """`.n`: a stretch of days, `+n` too if slow; `-y`: known to the month, in that year; `~y`: to the year only."""
    year, stretch = claim.date.first.year, _stretch(claim)
    if claim.date.precision == "year":
        return (f"~{year}",)
    slow = claim.kind is Kind.FUNDING and not _is_quick(claim)
    return (f".{stretch}", f"-{year}", *([f"+{stretch}"] if slow else []))


def _probe_times(claim: Claim) -> tuple[str, ...]:
    year, span = claim.date.first.year, 3 if claim.kind in _SLOW else 2
    years = range(year - span, year + span + 1)
    if claim.date.precision == "year":
        return tuple(f"{mark}{near}" for mark in "-~" for near in years)
    stretch = _stretch(claim)
    wide = range(stretch - REACH, stretch + REACH + 1)
    if _is_quick(claim):
        close = range(stretch - REACH_OF_QUICK, stretch + REACH_OF_QUICK + 1)
        days = (*(f".{near}" for near in close), *(f"+{near}" for near in wide))
    else:
        days = tuple(f".{near}" for near in wide)
    return (*days, *(f"~{near}" for near in years))


def _is_quick(claim: Claim) -> bool:
    """Whether the act is money that plainly changes hands once, so that it is reported within months."""
    if claim.kind is not Kind.FUNDING or claim.stance is not Stance.ASSERTS:
        return False
    settled = claim.stage in (Stage.ANNOUNCED, Stage.SIGNED, Stage.DELIVERED)
    return settled and flow_of(claim) not in (Flow.PUBLIC, Flow.LISTING)


def _stretch(claim: Claim) -> int:
    """The stretch of the middle of the period, so that a month lies in one."""
    return (claim.date.first.toordinal() + claim.date.last.toordinal()) // 2 // _STRETCH_DAYS[claim.kind]


def _lasting_keys(claim: Claim) -> Iterator[str]:
    """Keys without a time: claims of one article, and one figure for one subject."""
    letter = _LETTER[claim.kind]
    yield f"{letter}@{_digest(claim.article_id)}"
    subjects = _subjects(claim)
    if claim.amount is not None and subjects:
        yield f"{letter}={_digest(f'{subjects[0]} {claim.amount.figure} {claim.amount.currency}')}"


@lru_cache(maxsize=65536)
def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=5).hexdigest()
