"""Judgements: strict records about a pair without order."""

import datetime as dt
from typing import Any

import pytest

from pipeline.issues import Rule
from pipeline.judgements import JudgementNote, parse_judgement
from tests.pipeline.samples import ABSENT, JUDGEMENT, changed, record_of


def _taken(judgement: dict[str, Any]) -> JudgementNote:
    parsed = parse_judgement(record_of(judgement))
    assert isinstance(parsed, JudgementNote)
    return parsed


@pytest.mark.parametrize(
    ("place", "value", "rule", "where"),
    [
        ("subject", "event", Rule.UNKNOWN_SUBJECT, "subject"),
        ("verdict", "equal", Rule.UNKNOWN_VERDICT, "verdict"),
        ("left", JUDGEMENT["right"], Rule.SAME_PAIR, "right"),
        ("left", "", Rule.EMPTY_VALUE, "left"),
        ("who", ABSENT, Rule.MISSING_KEY, ""),
        ("why", " ", Rule.EMPTY_VALUE, "why"),
        ("when", "yesterday", Rule.IMPOSSIBLE_DATE, "when"),
        ("when", "2026-02-30", Rule.IMPOSSIBLE_DATE, "when"),
        ("when", "0001-01-01", Rule.IMPOSSIBLE_DATE, "when"),
        ("score", 1, Rule.UNKNOWN_KEY, ""),
    ],
)
def test_a_bad_judgement_is_refused_by_its_rule(place: str, value: Any, rule: Rule, where: str) -> None:
    issues = parse_judgement(record_of(changed(JUDGEMENT, place, value)))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.where) for issue in issues] == [(rule, where)]


def test_a_pair_has_no_order() -> None:
    turned = JUDGEMENT | {"left": JUDGEMENT["right"], "right": JUDGEMENT["left"]}

    assert _taken(turned) == _taken(JUDGEMENT)
    assert _taken(JUDGEMENT).left < _taken(JUDGEMENT).right
    assert _taken(turned).judgement_id == _taken(JUDGEMENT).judgement_id == "ju-phpyqoz7hq5p"


@pytest.mark.parametrize(
    ("place", "value"), [("who", "Bo"), ("when", "2026-01-03"), ("left", "c"), ("subject", "actor")]
)
def test_another_person_time_or_pair_is_another_judgement(place: str, value: str) -> None:
    assert _taken(changed(JUDGEMENT, place, value)).judgement_id != _taken(JUDGEMENT).judgement_id


@pytest.mark.parametrize("when", ["2026-01-02T03:04:05Z", "2026-01-02T05:04:05+02:00", "2026-01-02 03:04:05"])
def test_times_are_compared_in_utc(when: str) -> None:
    assert _taken(JUDGEMENT | {"when": when}).moment == dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def test_a_date_alone_is_its_first_minute() -> None:
    assert _taken(JUDGEMENT | {"when": "2026-01-02"}).moment == dt.datetime(2026, 1, 2, tzinfo=dt.UTC)


UNDONE = {"undone_by": "Bo", "undone_when": "2026-01-05", "undone_why": "two sites"}


def test_an_undoing_says_who_and_when_and_perhaps_why() -> None:
    assert _taken(JUDGEMENT | UNDONE).undone_by == "Bo"
    assert _taken(JUDGEMENT | UNDONE | {"undone_why": None}).undone_why is None


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (["undone_by"], ["undone_when"]),
        (["undone_when"], ["undone_by"]),
        (["undone_why"], ["undone_by", "undone_when"]),
    ],
)
def test_half_an_undoing_is_refused(given: list[str], missing: list[str]) -> None:
    issues = parse_judgement(record_of(JUDGEMENT | {key: UNDONE[key] for key in given}))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.found) for issue in issues] == [(Rule.MISSING_KEY, key) for key in missing]


@pytest.mark.parametrize("verdict", ["owns", "owned_by"])
def test_actors_own_each_other_and_claims_do_not(verdict: str) -> None:
    issues = parse_judgement(record_of(JUDGEMENT | {"verdict": verdict}))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.where) for issue in issues] == [(Rule.UNKNOWN_VERDICT, "verdict")]
    assert _taken(JUDGEMENT | {"verdict": verdict, "subject": "actor"}).verdict != verdict  # the pair is turned round


def test_the_same_moment_written_otherwise_is_the_same_judgement() -> None:
    offset = JUDGEMENT | {"when": "2026-01-02T05:04:05+02:00"}

    assert _taken(offset).judgement_id == _taken(JUDGEMENT).judgement_id
