"""Filters as words for people and as values for an address. Pure, so that a link can be made for any choice."""

from collections.abc import Mapping
from typing import Any

from dashboard import wording
from dashboard.address import CODED, LEFT_OUT, SWITCHED_OFF, parse_usd, search_words
from db.filters import Filters

BODIES = ("supplier", "recipient", "actor")
"""Filters on companies, governments and funds."""


def described(filters: Filters) -> list[str]:
    """What each filter that is on asks for, in words: `kind: Contract or Funding`, `from 1 May 2024`."""
    listed = {
        "kind": filters.kinds, "stage": filters.stages, "supplier": filters.suppliers,
        "recipient": filters.recipients, "actor": filters.actors, "supplier's home": filters.blocs,
        "country": filters.countries, "region": filters.regions, "technology": filters.technologies,
    }  # fmt: skip
    single = {
        "from": wording.date_words(filters.date_from),
        "until": wording.date_words(filters.date_to),
        "at least": _usd(filters.usd_from),
        "at most": _usd(filters.usd_to),
        "words:": filters.text,
        "as known on": wording.date_words(filters.as_known_on),
    }
    belongings = {name: _belongings(listed[name]) for name in BODIES if filters.roll_up}
    parts = [f"{name}: {' or '.join(_said(name, values))}{belongings.get(name, '')}"
             for name, values in listed.items() if values]  # fmt: skip
    parts += [f"{name} {text}" for name, text in single.items() if text]
    if filters.sources_from > 1:
        parts.append(f"at least {filters.sources_from} independent sources")
    if not filters.disputed:
        parts.append("disputed events left out")
    if not filters.roll_up:
        parts.append("each body by itself, without its group or government")
    return parts


def _belongings(values: tuple[str, ...]) -> str:
    return f" with all that belongs to {'it' if len(values) == 1 else 'them'}"


def _said(name: str, values: tuple[str, ...]) -> list[str]:
    words = CODED.get(name, ((), str))[1]
    return [words(value) for value in values]


def _usd(figure: int | None) -> str:
    return wording.money(figure, "USD") if figure is not None else ""


def address_values(filters: Filters) -> dict[str, object]:
    """The filters as values by key of the address; what is not set is empty."""
    return {
        "q": filters.text,
        "actor": filters.actors,
        "country": filters.countries,
        "region": filters.regions,
        "kind": filters.kinds,
        "from": filters.date_from,
        "to": filters.date_to,
        "known": filters.as_known_on,
        "stage": filters.stages,
        "supplier": filters.suppliers,
        "recipient": filters.recipients,
        "bloc": filters.blocs,
        "technology": filters.technologies,
        "usd_from": filters.usd_from,
        "usd_to": filters.usd_to,
        "sources": filters.sources_from if filters.sources_from > 1 else None,
        "disputed": None if filters.disputed else LEFT_OUT,
        "groups": None if filters.roll_up else SWITCHED_OFF,
    }


def chosen(values: Mapping[Any, Any]) -> Filters:
    """The filters behind values by key: codes or names in lists, dates, texts, a number, the switch. The way back from
    `address_values`; what is not there, or empty, filters nothing."""

    def several(key: str) -> tuple[str, ...]:
        return tuple(str(value) for value in values.get(key) or ())

    return Filters(
        kinds=several("kind"),
        date_from=values.get("from"),
        date_to=values.get("to"),
        stages=several("stage"),
        suppliers=several("supplier"),
        recipients=several("recipient"),
        actors=several("actor"),
        blocs=several("bloc"),
        countries=several("country"),
        regions=several("region"),
        technologies=several("technology"),
        usd_from=parse_usd(values.get("usd_from")),
        usd_to=parse_usd(values.get("usd_to")),
        sources_from=int(values.get("sources") or 1),
        disputed=values.get("disputed") != LEFT_OUT,
        as_known_on=values.get("known"),
        text=search_words(values.get("q")),
        roll_up=bool(values.get("groups", True)),
    )
