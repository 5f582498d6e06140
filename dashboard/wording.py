"""How the dashboard says things: money, dates, counts and the words for every code. Pure functions, no Streamlit.

Missing values (None, NaN, pandas.NA, NaT) give an empty text, so that a table shows an empty cell and never a false 0.
"""

import re
from collections.abc import Mapping

import pandas as pd

from dashboard.charts import LANGUAGES
from dashboard.charts import money as usd_money
from dashboard.code_words import (
    ACTOR_KINDS,
    BOUNDS,
    KINDS,
    NOT_REVIEWED,
    REVIEWS,
    REVIEWS_SHORT,
    ROLES,
    STAGES,
    STANCES,
    TECHNOLOGIES,
)
from db.countries import name_of
from db.queries.events import SEPARATOR
from db.values import PartialDate

_UNITS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, pandas.NA or NaT."""
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]


def whole(value: object) -> int | None:
    """A cell of a whole-number column as int, or None where it holds nothing."""
    return None if missing(value) else int(str(value))


def plural(number: int, noun: str) -> str:
    """A count with its noun: `1 event`, `1,204 events`, `3 countries`."""
    if number == 1:
        return f"1 {noun}"
    many = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number:,} {many}"


def large(number: int) -> str:
    """A whole number in words that a reader takes in: `1.4 billion`, `12.5 million`, `250,000`. Never ten digits.

    Keeps up to three decimals of the unit and drops zeros at the end.
    """
    for size, unit in _UNITS:
        if number >= size:
            return f"{number / size:,.3f}".rstrip("0").rstrip(".") + f" {unit}"
    return f"{number:,}"


def money(amount: object, currency: object, bound: object = "exact") -> str:
    """One figure as reported: `at least USD 1.4 billion`; empty where there is no figure.

    Args:
        amount: whole units of the currency, or nothing.
        currency: ISO 4217.
        bound: a `db.vocabulary.Bound`.
    """
    figure = whole(amount)
    if figure is None or missing(currency):
        return ""
    return f"{BOUNDS.get(str(bound), '')} {currency} {large(figure)}".strip()


def money_range(low: object, high: object, currency: object) -> str:
    """Two ends: `USD 1.2 to 1.5 billion`, `USD 900 million to 1.1 billion`; one figure where they are equal."""
    least, most = whole(low), whole(high)
    if least is None or most is None or least == most:
        return money(least if least is not None else most, currency)
    if missing(currency):
        return ""
    first, last = large(least), large(most)
    if first.split(" ")[1:] == last.split(" ")[1:]:
        first = first.split(" ")[0]
    return f"{currency} {first} to {last}"


def money_of(row: "Mapping[str, object] | pd.Series[object]") -> str:
    """The amount of a row with the columns amount, amount_min, amount_max, currency and bound, in words."""
    if str(row["bound"]) == "range":
        return money_range(row["amount_min"], row["amount_max"], row["currency"])
    return money(row["amount"], row["currency"], row["bound"])


def usd_short(usd: object) -> str:
    """US dollars in brief, for tables and marks: `$1.4bn`, `$950m`; empty where there is no figure."""
    figure = whole(usd)
    return "" if figure is None else usd_money(figure)


def date_words(date: object) -> str:
    """A date as precise as it is known: `25 June 2025`, `June 2025`, `2025`; empty where there is none.

    A span of days, `2026-01-02/2026-10-30`, is said by its ends.
    """
    if missing(date) or not str(date):
        return ""
    if not isinstance(date, str):
        return f"{pd.Timestamp(str(date)):%-d %B %Y}"
    if "/" in date:
        return " to ".join(map(date_words, date.split("/")))
    known = PartialDate.parse(date)
    return {
        "day": f"{known.first:%-d %B %Y}",
        "month": f"{known.first:%B %Y}",
        "year": f"{known.first.year}",
    }[known.precision]


def _words(table: Mapping[str, str], code: object) -> str:
    return "" if missing(code) else table.get(str(code), str(code))


def kind_words(kind: object) -> str:
    """`Export control` for export_control."""
    return _words(KINDS, kind)


def stage_words(stage: object) -> str:
    """`Signed` for signed."""
    return _words(STAGES, stage)


def role_words(role: object, number: int = 2) -> str:
    """`Supplier` or `Suppliers` for suppliers, by how many there are."""
    one, many = ROLES.get(str(role), (str(role), str(role)))
    return one if number == 1 else many


def technology_words(code: object) -> str:
    """`Foundation models` for foundation-model."""
    return _words(TECHNOLOGIES, code)


def actor_kind_words(code: object) -> str:
    """`State-owned enterprise` for state-owned-enterprise."""
    return _words(ACTOR_KINDS, code)


def stance_words(stance: object) -> str:
    """`Denies it` for denies."""
    return _words(STANCES, stance)


def language_words(code: object) -> str:
    """`Chinese` for zh; an unlisted code stands for itself."""
    return _words(LANGUAGES, code)


def country_words(code: object) -> str:
    """`Malaysia` for MY."""
    return "" if missing(code) else name_of(str(code))


def review_words(outcome: object) -> str:
    """What a second reader found, in words; says so where nobody has looked yet."""
    return NOT_REVIEWED if missing(outcome) else _words(REVIEWS, outcome)


def review_words_short(outcome: object) -> str:
    """The same for a table."""
    return "Not yet checked" if missing(outcome) else _words(REVIEWS_SHORT, outcome)


def parts(cell: object) -> list[str]:
    """The values of a cell that holds several (`db.queries.events.SEPARATOR` between them)."""
    return [] if missing(cell) else str(cell).split(SEPARATOR)


def listed(cell: object, most: int | None = None) -> str:
    """The values of a cell with commas; beyond `most` only how many more: `Huawei, Zhipu AI and 3 more`."""
    return listing(parts(cell), most)


def listing(words: list[str], most: int | None = None) -> str:
    """Words with commas; beyond `most` only how many more."""
    if most is None or len(words) <= most + 1:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def countries_words(cell: object, most: int | None = None) -> str:
    """The countries of a cell by name: `Malaysia, Singapore`."""
    return listing([country_words(code) for code in parts(cell)], most)


def technologies_words(cell: object) -> str:
    """The technologies of a cell in words."""
    return listing([technology_words(code) for code in parts(cell)])


_SHORTCODE = re.compile(r":(?=[\w/+-]+[:\[])")
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&^=])")


def escape_markdown(text: str) -> str:
    """Text that Streamlit's markdown shows as it is: no emphasis, links, tags, formulas, icons or coloured spans."""
    # A word joiner breaks up `:icon:` and `:red[`, which Streamlit reads even where the colon is escaped.
    return _PUNCTUATION.sub(r"\\\1", _SHORTCODE.sub(":\u2060", text.replace("\n", " ")))
