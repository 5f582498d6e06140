"""Rules across the fields of a note: evidence in the text, roles that fit the kind, amounts in one of two forms.

They work on mappings, so that one wording of a rule serves sound notes and records that are wrong elsewhere too.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel
from rapidfuzz import fuzz

from db.values import PartialDate
from db.vocabulary import ROLES_OF_KIND, Bound, Kind, Role
from pipeline.issues import Fault, Rule, shown

UNFIT_ROLES: dict[str, tuple[Role, ...]] = {
    kind: tuple(role for role in Role if role not in roles) for kind, roles in ROLES_OF_KIND.items()
}
"""The roles that no claim of a kind may fill."""

_NEAR = 70.0
"""Likeness in percent from which a passage is offered as the one that was meant."""


def evidence_span(text: str, evidence: str) -> tuple[int, int]:
    """Where the evidence stands in the text: start and end in Unicode code points, as Python slices.

    Raises:
        ValueError: the evidence is empty, or does not occur exactly once (overlapping occurrences count).
    """
    start = text.find(evidence)
    if not evidence or start < 0 or text.find(evidence, start + 1) >= 0:
        raise ValueError(f"{shown(evidence)!r} does not occur exactly once in the text")
    return start, start + len(evidence)


def occurrences(text: str, evidence: str) -> int:
    """How often the evidence stands in the text, overlapping occurrences counted."""
    count, start = 0, text.find(evidence)
    while evidence and start >= 0:
        count, start = count + 1, text.find(evidence, start + 1)
    return count


def note_faults(note: Mapping[str, object]) -> Iterator[Fault]:
    """All faults across the fields of a note; fields of the wrong type are passed over."""
    text, claims = note.get("text"), note.get("claims")
    for place, value in enumerate(claims if isinstance(claims, Sequence) else ()):
        claim, where = _fields(value), f"claims[{place}]"
        if claim is not None:
            yield from _evidence_faults(text, claim.get("evidence"), where)
            yield from _role_faults(claim, where)
            yield from _amount_faults(_fields(claim.get("amount")), where)


def _fields(value: object) -> Mapping[str, object] | None:
    if isinstance(value, BaseModel):
        return vars(value)
    return value if isinstance(value, Mapping) else None


def _evidence_faults(text: object, evidence: object, where: str) -> Iterator[Fault]:
    if not (isinstance(text, str) and isinstance(evidence, str)) or _is_blank(text) or _is_blank(evidence):
        return
    start = text.find(evidence)
    if start < 0:
        yield Fault(Rule.EVIDENCE_ABSENT, f"{where}.evidence", evidence, _absence_remedy(text, evidence))
    elif text.find(evidence, start + 1) >= 0:
        remedy = f"it occurs {occurrences(text, evidence)} times; lengthen it until it occurs once in the text"
        yield Fault(Rule.EVIDENCE_REPEATED, f"{where}.evidence", evidence, remedy)


def _is_blank(text: str) -> bool:
    return not text or text.isspace()


def _absence_remedy(text: str, evidence: str) -> str:
    if unicodedata.normalize("NFC", evidence) in unicodedata.normalize("NFC", text):
        return "it differs from the text in Unicode form only (NFC, NFD); write both in one form, best in NFC"
    return _nearest_passage(text, evidence)


def _nearest_passage(text: str, evidence: str) -> str:
    """The remedy for absent evidence: the passage that comes nearest, in whole words, if any does."""
    near = fuzz.partial_ratio_alignment(evidence.lower(), text.lower(), score_cutoff=_NEAR)
    if near is None or len(text.lower()) != len(text):
        return ""
    start = text.rfind(" ", 0, near.dest_start + 1) + 1
    end = text.find(" ", max(near.dest_end - 1, start))
    passage = shown(text[start : end if end >= 0 else len(text)], 2 * len(evidence) + 20)
    return f"copy the phrase from the text character by character; nearest passage: '{passage}'"


def _role_faults(claim: Mapping[str, object], where: str) -> Iterator[Fault]:
    kind = claim.get("kind")
    if not isinstance(kind, str) or kind not in UNFIT_ROLES:
        return
    fitting = ROLES_OF_KIND[Kind(kind)]
    for role in UNFIT_ROLES[kind]:
        if claim.get(role):
            remedy = f"a {kind} has {' and '.join(fitting)}"
            yield Fault(Rule.ROLE_DOES_NOT_FIT, f"{where}.{role}", role, remedy)
    if not any(claim.get(role) for role in fitting):
        yield Fault(Rule.NO_PARTY, where, "", f"name at least one party under {' or '.join(fitting)}")
    if kind != Kind.FUNDING and claim.get("instrument"):
        yield Fault(Rule.INSTRUMENT_DOES_NOT_FIT, f"{where}.instrument", str(claim["instrument"]))


def _amount_faults(amount: Mapping[str, object] | None, where: str) -> Iterator[Fault]:
    """Whether the figures fit the bound: min and max for a range, one value for all else."""
    if amount is None or amount.get("bound") is None:
        return
    value, low, high = (amount.get(key) for key in ("value", "min", "max"))
    is_range = amount["bound"] == Bound.RANGE
    if is_range and (value is not None or low is None or high is None):
        yield Fault(Rule.BAD_AMOUNT, f"{where}.amount", "", "a range has min and max, and no value")
    elif not is_range and (value is None or low is not None or high is not None):
        yield Fault(Rule.BAD_AMOUNT, f"{where}.amount", "", "give one value; min and max go with bound range only")
    elif isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high:
        yield Fault(Rule.BAD_AMOUNT, f"{where}.amount", f"{low} to {high}", "min must not be above max")


def late_dates(published: str, dates: Sequence[str]) -> Iterator[Fault]:
    """A notice for each claim dated wholly after its publication: planned acts, or slips of the pen."""
    last = PartialDate.parse(published).last
    for place, date in enumerate(dates):
        if PartialDate.parse(date).first > last:
            yield Fault(Rule.DATED_AFTER_PUBLICATION, f"claims[{place}].date", date)
