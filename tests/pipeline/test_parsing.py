"""Parsing finds repeated keys wherever they stand, and places of faults read as paths."""

import json

import pytest

from pipeline.actors import ActorNote, parse_actor
from pipeline.issues import Rule
from pipeline.parsing import MOST_FAULTS
from pipeline.remedies import where_of
from tests.pipeline.samples import ACTOR, record_of


@pytest.mark.parametrize("key", ['"name"', '"n\\u0061me"', '"name" ', '"name"\t'])
def test_a_repeated_key_is_found_however_it_is_written(key: str) -> None:
    raw = "{" + key + ': "X", ' + json.dumps(ACTOR)[1:]

    issues = parse_actor(record_of(raw.encode()))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.found) for issue in issues] == [(Rule.REPEATED_KEY, "name")]


@pytest.mark.parametrize(("faults", "others"), [(MOST_FAULTS, []), (MOST_FAULTS + 1, ["and 1 more"])])
def test_the_faults_of_a_record_are_listed_up_to_a_limit_and_then_counted(faults: int, others: list[str]) -> None:
    issues = parse_actor(record_of(ACTOR | {f"key{number}": 1 for number in range(faults)}))

    assert isinstance(issues, tuple)
    listed = [issue for issue in issues if issue.rule is Rule.UNKNOWN_KEY]
    assert len(listed) == MOST_FAULTS == 100
    assert [issue.remedy.split(":")[0] for issue in issues[MOST_FAULTS:]] == others
    assert all(issue.is_rejection for issue in issues)


@pytest.mark.parametrize("alias", ['say "x": y', "a : b", 'back\\slash\\":', "tab\\t: no"])
def test_colons_within_texts_are_no_keys(alias: str) -> None:
    parsed = parse_actor(record_of(json.dumps(ACTOR | {"aliases": [alias]}).encode()))

    assert isinstance(parsed, ActorNote)
    assert parsed.aliases == (alias,)


@pytest.mark.parametrize(
    ("path", "where"), [((), ""), (("id",), "id"), (("claims", 1, "amount", "min"), "claims[1].amount.min")]
)
def test_a_place_reads_as_a_path(path: tuple[str | int, ...], where: str) -> None:
    assert where_of(path) == where
