"""The published JSON Schemas (2020-12) of the input format, generated from the models that read it.

What a schema cannot say stays with the checks: that evidence occurs once in the text, that a day exists, that ids are
unique, that min is not above max.
"""

from typing import Any

from pydantic import BaseModel

from db.vocabulary import ON_ACTORS_ONLY, ROLES_OF_KIND, Bound, Kind
from pipeline.actors import ActorNote
from pipeline.checks import UNFIT_ROLES
from pipeline.judgements import JudgementNote, Subject
from pipeline.notes import ArticleNote

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> Schema:
    """The schema of one line of a notes file: an article with its claims."""
    schema = _schema_of(ArticleNote, "note", "Annotated source note")
    claim = schema["$defs"]["ClaimNote"]
    claim["allOf"] = [_roles_rule(kind) for kind in Kind]
    claim["allOf"].append(
        {
            "if": {"properties": {"kind": {"not": {"const": Kind.FUNDING.value}}}},
            "then": {"properties": {"instrument": {"type": "null"}}},
        }
    )
    schema["$defs"]["AmountNote"] |= _amount_forms()
    return schema


def actor_schema() -> Schema:
    """The schema of one line of actors.jsonl."""
    return _schema_of(ActorNote, "actor", "Actor")


def judgement_schema() -> Schema:
    """The schema of one line of judgements.jsonl."""
    schema = _schema_of(JudgementNote, "judgement", "Judgement")
    on_actors = {"properties": {"verdict": {"enum": list(ON_ACTORS_ONLY)}}, "required": ["verdict"]}
    schema["allOf"] = [
        {"if": on_actors, "then": {"properties": {"subject": {"const": Subject.ACTOR.value}}}},
        {
            "if": {"anyOf": [_filled(key) for key in _UNDOING]},
            "then": {"allOf": [_filled(key) for key in _UNDOING[:2]]},
        },
    ]
    return schema


_UNDOING = ("undone_by", "undone_when", "undone_why")


def _filled(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"type": "string"}}}


def _schema_of(model: type[BaseModel], name: str, title: str) -> Schema:
    generated = model.model_json_schema()
    return {"$schema": _DIALECT, "$id": f"urn:entente:schema:{name}:1"} | generated | {"title": title}


def _roles_rule(kind: Kind) -> Schema:
    """A claim of this kind fills none of the roles of other kinds, and at least one of its own."""
    unfit: Schema = {role.value: {"maxItems": 0} for role in UNFIT_ROLES[kind]}
    filled = [{"required": [role.value], "properties": {role.value: {"minItems": 1}}} for role in ROLES_OF_KIND[kind]]
    return {
        "if": {"required": ["kind"], "properties": {"kind": {"const": kind.value}}},
        "then": {"properties": unfit, "anyOf": filled},
    }


def _amount_forms() -> Schema:
    number, left_out = {"type": "integer"}, {"type": "null"}
    return {
        "if": {"properties": {"bound": {"const": Bound.RANGE.value}}},
        "then": {"required": ["min", "max"], "properties": {"min": number, "max": number, "value": left_out}},
        "else": {"required": ["value"], "properties": {"value": number, "min": left_out, "max": left_out}},
    }
