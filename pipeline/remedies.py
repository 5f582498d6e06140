"""From an error of pydantic to a fault of ours: the rule that is broken and a remedy that names what was meant."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from db.countries import COUNTRIES
from pipeline.codes import COUNTRIES_MEANT, CURRENCIES, CURRENCIES_MEANT
from pipeline.issues import EXPLANATION, Fault, Rule, one_of

RULE_OF_FIELD: dict[str, Rule] = {
    "id": Rule.BAD_ID,
    "url": Rule.BAD_ADDRESS,
    "kind": Rule.UNKNOWN_KIND,
    "stage": Rule.UNKNOWN_STAGE,
    "stance": Rule.UNKNOWN_STANCE,
    "bound": Rule.UNKNOWN_BOUND,
    "technology": Rule.UNKNOWN_TECHNOLOGY,
    "unit": Rule.UNKNOWN_UNIT,
    "wikidata": Rule.BAD_WIKIDATA,
    "subject": Rule.UNKNOWN_SUBJECT,
    "verdict": Rule.UNKNOWN_VERDICT,
    "amount": Rule.BAD_AMOUNT,
    "capacity": Rule.BAD_CAPACITY,
}
"""The rule that a field of this name breaks when its value is not of its list, form or type."""

_CUSTOM = frozenset(rule.value for rule in Rule)
_TYPE_WORDS = {"string_type": "a text", "tuple_type": "a list", "model_type": "an object", "int_type": "a whole number"}


def fault_of(detail: ErrorDetails, keys: Mapping[str, Iterable[str]]) -> Fault:
    """One error as a fault. `keys` lists the keys that may stand in each sort of object, by the field that holds it."""
    path = detail["loc"]
    names = [part for part in path if isinstance(part, str)]
    value = detail["input"]
    found = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    rule = _rule_of(detail, names[-1] if names else "")
    if rule in {Rule.MISSING_KEY, Rule.UNKNOWN_KEY}:
        holder = names[-2] if len(names) > 1 else ""
        remedy = one_of(keys.get(holder, ()), names[-1]) if rule is Rule.UNKNOWN_KEY else ""
        return Fault(rule, where_of(path[:-1]), names[-1], remedy)
    return Fault(rule, where_of(path), "" if rule is Rule.EMPTY_VALUE else found, _remedy(rule, detail, found))


def where_of(path: Iterable[str | int]) -> str:
    """A path such as `claims[1].stage`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _rule_of(detail: ErrorDetails, field: str) -> Rule:
    sort, value = detail["type"], detail["input"]
    if sort in _CUSTOM:
        return Rule(sort)
    if sort == "missing":
        return Rule.MISSING_KEY
    if sort == "extra_forbidden":
        return Rule.UNKNOWN_KEY
    if sort == "json_invalid":
        return Rule.NOT_JSON
    if sort in {"too_short", "string_too_short"} or (isinstance(value, str) and not value.strip()):
        return Rule.NO_CLAIMS if field == "claims" else Rule.EMPTY_VALUE
    if sort == "string_too_long":
        return RULE_OF_FIELD.get(field, Rule.VALUE_TOO_LONG)
    if sort == "string_pattern_mismatch":
        return RULE_OF_FIELD.get(field, Rule.BAD_CHARACTER)
    if sort in {"enum", "literal_error"} or field in {"amount", "capacity"}:
        return RULE_OF_FIELD.get(field, Rule.WRONG_TYPE)
    return Rule.WRONG_TYPE


def _remedy(rule: Rule, detail: ErrorDetails, found: str) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] in {"enum", "literal_error"} and rule is not Rule.WRONG_TYPE:
        return one_of(re.findall(r"'([^']*)'", str(context.get("expected", ""))), found)
    if rule is Rule.UNKNOWN_COUNTRY:
        return _code_meant(rule, _country_meant(found))
    if rule is Rule.UNKNOWN_CURRENCY:
        return _code_meant(rule, _currency_meant(found))
    if rule is Rule.WRONG_TYPE:
        return f"give {_TYPE_WORDS.get(detail['type'], 'a value of the right type')}"
    if rule in {Rule.IMPOSSIBLE_DATE, Rule.BAD_CHARACTER} and context.get("reason"):
        return f"{context['reason']}; {EXPLANATION[rule]}"
    return ""


def _code_meant(rule: Rule, meant: str | None) -> str:
    return f"{EXPLANATION[rule]} — did you mean '{meant}'?" if meant else ""


def _country_meant(found: str) -> str | None:
    """The code for a country's name, its three-letter code, its code in small letters, or a custom such as UK."""
    written = found.strip().casefold()
    for country in COUNTRIES.values():
        if written in {country.code.casefold(), (country.alpha3 or "").casefold(), country.name.casefold()} - {""}:
            return country.code
    return COUNTRIES_MEANT.get(written.upper())


def _currency_meant(found: str) -> str | None:
    written = found.strip().upper()
    return written if written in CURRENCIES else CURRENCIES_MEANT.get(written)
