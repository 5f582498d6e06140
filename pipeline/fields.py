"""The types of single fields in input records, each with the rule that guards it and its part of the JSON Schema."""

import datetime as dt
from collections.abc import Hashable
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from db.countries import COUNTRIES
from db.values import PartialDate
from pipeline.codes import CURRENCIES, LANGUAGES
from pipeline.issues import Rule

MOST_MONEY = 9 * 10**15
"""The largest amount taken: above it a JSON number is no longer exact in most programs."""
MOST_CAPACITY = 10**12
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_TEXT = 300, 4000, 1_000_000

_CONTROL = r"\x00-\x1f\x7f-\x9f"
LINE_PATTERN = rf"^[^{_CONTROL}]*[^{_CONTROL}\s][^{_CONTROL}]*$"
TEXT_PATTERN = r"^[^\x00]*[^\x00\s][^\x00]*$"
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ADDRESS_PATTERN = rf'^[Hh][Tt][Tt][Pp][Ss]?://(\[[0-9A-Fa-f:.]+\]|[^\s{_CONTROL}/?#@:\\<>"\[\]]+)(:[0-9]{{1,5}})?([/?#][^\s{_CONTROL}\\<>"]*)?$'
DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


class InputModel(BaseModel):
    """A record as read: no type is bent to fit, no unknown key is passed over, nothing changes afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _broken(rule: Rule, reason: str) -> PydanticCustomError:
    return PydanticCustomError(rule.value, "{reason}", {"reason": reason})


def _possible_date(text: str) -> str:
    try:
        PartialDate.parse(text)
    except ValueError as error:
        raise _broken(Rule.IMPOSSIBLE_DATE, str(error)) from None
    return text


def _possible_moment(text: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise _broken(Rule.IMPOSSIBLE_DATE, f"{text!r} is neither a date nor a date and time") from None
    _possible_date(moment.date().isoformat())
    return text


def _known_country(code: str) -> str:
    if code not in COUNTRIES:
        raise _broken(Rule.UNKNOWN_COUNTRY, code)
    return code


def _known_currency(code: str) -> str:
    if code not in CURRENCIES:
        raise _broken(Rule.UNKNOWN_CURRENCY, code)
    return code


def _known_language(code: str) -> str:
    if code not in LANGUAGES:
        raise _broken(Rule.UNKNOWN_LANGUAGE, code)
    return code


def _legible(text: str) -> str:
    if not any(map(str.isalnum, text)):
        raise _broken(Rule.EMPTY_VALUE, "")
    return text


def _storable(text: str) -> str:
    if not text.strip():
        raise _broken(Rule.EMPTY_VALUE, "")
    if "\x00" in text:
        raise _broken(Rule.BAD_CHARACTER, "PostgreSQL cannot store the character NUL (U+0000)")
    return text


def _whole_money(value: object) -> int:
    if type(value) is float and value.is_integer():
        value = int(value)  # 1.5e9 is a whole number that JSON happens to write with an exponent
    if type(value) is not int or not 0 < value <= MOST_MONEY:
        raise _broken(Rule.BAD_AMOUNT, "")
    return value


def _capacity(value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= MOST_CAPACITY:
        raise _broken(Rule.BAD_CAPACITY, "")
    return value


_Item = TypeVar("_Item", bound=Hashable)


def _distinct(items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    if len(items) > 1 and len(set(items)) < len(items):
        raise _broken(Rule.REPEATED_VALUE, next(str(item) for item in items if items.count(item) > 1))
    return items


def _listed(codes: frozenset[str] | tuple[str, ...]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": sorted(codes)})


UNIQUE = AfterValidator(_distinct)
"""For lists: no entry twice."""

Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_NAME, pattern=LINE_PATTERN),
    AfterValidator(_legible),
]
"""A name, title or phrase: one line with a letter or a digit of any script, no control characters."""
LongText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(_storable),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT, "pattern": TEXT_PATTERN}),
]
"""Running text, kept exactly as given: not blank, no NUL."""
ArticleId = Annotated[str, StringConstraints(max_length=120, pattern=ID_PATTERN)]
Address = Annotated[str, StringConstraints(max_length=LONGEST_ADDRESS, pattern=ADDRESS_PATTERN)]
"""An http or https address with a host, without credentials, spaces or control characters."""
DateText = Annotated[str, AfterValidator(_possible_date), WithJsonSchema({"type": "string", "pattern": DATE_PATTERN})]
MomentText = Annotated[str, AfterValidator(_possible_moment)]
"""An ISO 8601 date, or date and time."""
CountryCode = Annotated[str, AfterValidator(_known_country), _listed(tuple(COUNTRIES))]
CurrencyCode = Annotated[str, AfterValidator(_known_currency), _listed(CURRENCIES)]
LanguageCode = Annotated[str, AfterValidator(_known_language), _listed(LANGUAGES)]
Money = Annotated[
    int, PlainValidator(_whole_money), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_MONEY})
]
Size = Annotated[
    int | float,
    PlainValidator(_capacity),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": MOST_CAPACITY}),
]
Names = Annotated[tuple[Line, ...], UNIQUE, Field(json_schema_extra={"uniqueItems": True})]
"""The parties in one role."""
