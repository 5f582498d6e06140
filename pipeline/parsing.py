"""From a raw record to a model, or to all its faults at once. Quick for sound records, thorough for bad ones."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.issues import EXPLANATION, Fault, Issue, Rule
from pipeline.readers import Record
from pipeline.remedies import fault_of

Model = TypeVar("Model", bound=BaseModel)
CrossChecks = Callable[[Mapping[str, object]], Iterable[Fault]]

MOST_FAULTS = 100
"""Faults of one record that are told apart; the others are counted."""
_SPACES = (b" ", b"\n", b"\t", b"\r")


def parse(
    record: Record,
    model: type[Model],
    keys: Mapping[str, Iterable[str]],
    cross: CrossChecks,
    key_count: Callable[[Model], int] = lambda found: len(found.model_fields_set),
) -> Model | tuple[Issue, ...]:
    """The model of a record, or its faults in order of the fields; those after `MOST_FAULTS` as one that counts them.

    `keys` lists the keys that may stand in each sort of object, by the name of the field that holds it ("" on top);
    `cross` gives the faults across fields; `key_count` counts the keys that a sound record had.
    """
    found = _validated(record, model)
    if found is not None and _has_plain_keys(record.raw, key_count(found)) and not any(cross(vars(found))):
        return found
    faults = _first(_faults(record, model, cross, keys))
    if found is not None and not faults:
        return found
    faults = faults or [Fault(Rule.NOT_JSON, "", record.raw[:200].decode("utf-8", "replace"))]
    return tuple(Issue.of(record.file, record.line, fault) for fault in faults)


def _first(faults: Iterator[Fault]) -> list[Fault]:
    listed = list(islice(faults, MOST_FAULTS))
    others = sum(1 for _ in faults)
    remedy = f"and {others:,} more: {EXPLANATION[Rule.MORE_FAULTS]}"
    return [*listed, Fault(Rule.MORE_FAULTS, "", "", remedy)] if others else listed


def _validated(record: Record, model: type[Model]) -> Model | None:
    if record.fault is not None:
        return None
    try:
        return model.model_validate_json(record.raw)
    except ValidationError:
        return None


def _has_plain_keys(raw: bytes, keys: int) -> bool:
    """Whether a record surely has no key twice: as many `":` as parsed keys, and no colon set apart.

    False says only that the slow look is due: `":` may also stand in a text.
    """
    return raw.count(b'":') == keys and not any(space in raw and space + b":" in raw for space in _SPACES)


def _faults(
    record: Record, model: type[Model], cross: CrossChecks, keys: Mapping[str, Iterable[str]]
) -> Iterator[Fault]:
    if record.fault is not None:
        yield Fault(record.fault, "", record.raw.decode("utf-8", "replace"))
        return
    try:
        data, repeated = _decode(record.raw)
    except UnicodeDecodeError as error:
        yield Fault(Rule.NOT_UTF8, f"byte {error.start + 1}", str(record.raw[max(0, error.start - 10) :][:20]))
        return
    except json.JSONDecodeError as error:
        yield Fault(
            Rule.NOT_JSON, f"column {error.colno}", error.doc[max(0, error.pos - 20) : error.pos + 20], _not_json(error)
        )
        return
    except (ValueError, RecursionError):
        yield Fault(
            Rule.NOT_JSON, "", record.raw[:200].decode("utf-8"), "it is nested too deep or has a number too long"
        )
        return
    yield from (Fault(Rule.REPEATED_KEY, "", key) for key in repeated)
    if not isinstance(data, dict):
        yield Fault(
            Rule.WRONG_TYPE, "", record.raw[:200].decode("utf-8", "replace"), "each record must be an object in { }"
        )
        return
    yield from _half_characters(data)
    yield from _model_faults(data, model, keys)
    yield from cross(data)


def _decode(raw: bytes) -> tuple[object, list[str]]:
    """The value and the keys that stand twice in one object."""
    repeated: list[str] = []

    def gather(pairs: list[tuple[str, object]]) -> dict[str, object]:
        gathered = dict(pairs)
        if len(gathered) < len(pairs):
            names = [key for key, _ in pairs]
            repeated.extend(sorted({key for key in names if names.count(key) > 1}))
        return gathered

    return json.loads(raw.decode("utf-8"), object_pairs_hook=gather), repeated


def _not_json(error: json.JSONDecodeError) -> str:
    return f"{error.msg[:1].lower()}{error.msg[1:]}; write one complete JSON object on the line"


def _half_characters(data: object, where: str = "") -> Iterator[Fault]:
    """Halves of surrogate pairs, which no UTF-8 text can hold."""
    if isinstance(data, str):
        if re.search("[\ud800-\udfff]", data):
            yield Fault(Rule.BAD_CHARACTER, where, data, "remove the half of a surrogate pair (\\uD800 to \\uDFFF)")
    elif isinstance(data, list):
        for place, item in enumerate(data):
            yield from _half_characters(item, f"{where}[{place}]")
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from _half_characters(item, f"{where}.{key}" if where else key)


def _model_faults(data: object, model: type[Model], keys: Mapping[str, Iterable[str]]) -> Iterator[Fault]:
    try:
        model.model_validate_json(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            is_mere_echo = detail["type"] == "too_short" and detail["input"]  # all entries of the list are bad
            if not is_mere_echo:
                yield fault_of(detail, keys)
