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
    assert _taken(turned).judgement_id == _taken(JUDGEMENT).judgement_id == "ju-wkecdfjsljjo"


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
