"""The published schemas take what the parsers take, and refuse what a schema can refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from db.vocabulary import ROLES_OF_KIND, Kind, Role
from pipeline.issues import Rule
from pipeline.readers import find_inputs, records
from pipeline.schema import actor_schema, json_schema, judgement_schema
from tests.pipeline.samples import ACTOR, JUDGEMENT, NOTE, changed
from tests.pipeline.test_notes import BAD_NOTES, SOUND_CHANGES

CORPUS = Path(__file__).parents[2] / "pipeline" / "corpus"
BEYOND_A_SCHEMA = {Rule.EVIDENCE_ABSENT, Rule.EVIDENCE_REPEATED, Rule.IMPOSSIBLE_DATE, Rule.REPEATED_VALUE}
"""Rules that a schema cannot express, or the form of it at most."""


def _is_valid(schema: dict[str, Any], value: Any) -> bool:
    return bool(Draft202012Validator(schema).is_valid(value))


@pytest.mark.parametrize("schema", [json_schema(), actor_schema(), judgement_schema()])
def test_each_schema_is_itself_valid_and_described(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith("urn:entente:schema:")
    assert schema["title"]
    assert schema["additionalProperties"] is False


def test_every_field_of_a_note_is_described() -> None:
    definitions = json_schema()["$defs"]
    fields = [json_schema(), definitions["ClaimNote"], definitions["AmountNote"]]

    assert [
        name for holder in fields for name, field in holder["properties"].items() if "description" not in field
    ] == []


def test_the_whole_bundled_corpus_is_valid() -> None:
    inputs = find_inputs([str(CORPUS)])
    note, actor = Draft202012Validator(json_schema()), Draft202012Validator(actor_schema())

    assert [r for path in inputs.notes for r in records(path) if not note.is_valid(json.loads(r.raw))] == []
    assert [r for path in inputs.actors for r in records(path) if not actor.is_valid(json.loads(r.raw))] == []


@pytest.mark.parametrize(("place", "value"), SOUND_CHANGES)
def test_what_the_parser_takes_is_valid(place: str, value: Any) -> None:
    assert _is_valid(json_schema(), changed(NOTE, place, value))


@pytest.mark.parametrize(
    ("place", "value"), [(place, value) for place, value, rule, _ in BAD_NOTES if rule not in BEYOND_A_SCHEMA]
)
def test_what_the_parser_refuses_is_invalid(place: str, value: Any) -> None:
    assert not _is_valid(json_schema(), changed(NOTE, place, value))


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", Role)
def test_roles_go_with_their_kinds_only(kind: Kind, role: Role) -> None:
    claim = NOTE["claims"][0] | {"kind": kind.value}
    claim = {key: value for key, value in claim.items() if key not in {"suppliers", "buyers"}}
    note = changed(NOTE, "claims", [claim | {role.value: ["X"]}])

    assert _is_valid(json_schema(), note) is (role in ROLES_OF_KIND[kind])


@pytest.mark.parametrize(("place", "value"), [("kind", "firm"), ("country", "UK"), ("wikidata", "95"), ("x", 1)])
def test_a_bad_actor_is_invalid(place: str, value: Any) -> None:
    assert _is_valid(actor_schema(), ACTOR)
    assert not _is_valid(actor_schema(), changed(ACTOR, place, value))


@pytest.mark.parametrize(("place", "value"), [("subject", "event"), ("verdict", "equal"), ("who", ""), ("x", 1)])
def test_a_bad_judgement_is_invalid(place: str, value: Any) -> None:
    assert _is_valid(judgement_schema(), JUDGEMENT)
    assert not _is_valid(judgement_schema(), changed(JUDGEMENT, place, value))


UNDONE = {"undone_by": "Bo", "undone_when": "2026-01-05", "undone_why": "two sites"}


@pytest.mark.parametrize(
    ("added", "valid"),
    [
        (UNDONE, True),
        ({**UNDONE, "undone_why": None}, True),
        (dict.fromkeys(UNDONE), True),
        ({"undone_by": "Bo"}, False),
        ({"undone_why": "two sites"}, False),
        ({"verdict": "owns"}, False),
        ({"verdict": "owned_by", "subject": "actor"}, True),
    ],
)
def test_an_undoing_is_whole_and_only_actors_are_owned(added: dict[str, Any], valid: bool) -> None:
    assert _is_valid(judgement_schema(), JUDGEMENT | added) is valid
