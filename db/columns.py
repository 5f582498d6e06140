"""Events and articles by columns: arrays of numbers, read from the tables or from the parts that the load packs.

Totals over some hundred thousand events, by any filters, take plain SQL seconds: joins of a row for each claim and
party, and sorting of texts. Arrays of codes answer in milliseconds, the same on every database. A part holds the
events whose anchor's key (or the articles whose key) lies in one stretch of `STRETCH` keys.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import Article, Claim, Event, EventClaim, EventCountry, EventParty, EventStage, EventTechnology
from db.queries.sums import may_be_added
from db.vocabulary import DISPUTED_ONLY, Bloc, Bound, Kind, Role, Stage, Technology

STRETCH = 1 << 14
"""Keys of one part."""
NO_FIGURE = np.iinfo(np.int64).min
"""Where there is no figure in US dollars."""
NONE = 255
"""The code where there is no word."""
KINDS, STAGES, BLOCS, ROLES, TECHNOLOGIES = (
    {word.value: code for code, word in enumerate(words)} for words in (Kind, Stage, Bloc, Role, Technology)
)
"""Word → code."""
DISPUTED, MAY_BE_ADDED, CEILING, IS_TOTAL, ASSERTED = 1, 2, 4, 8, 16
"""Flags of an event or of one of its stages."""

Array: TypeAlias = npt.NDArray[Any]
Columns: TypeAlias = dict[str, Array]

EVENT_ROWS = {
    "anchor": "<i4", "first": "<i4", "last": "<i4", "kind": "u1", "stage": "u1", "furthest": "u1", "figure": "u1",
    "bloc": "u1", "usd": "<i8", "sources": "<i4", "flags": "u1", "technologies": "<u4",
}  # fmt: skip
"""One for each event, by key of the anchor. Days since 1970; `furthest` and `figure` (of the amount) are stages."""
EVENT_LISTS = {
    "country": {"row": "<i4", "code": "<u2"},
    "party": {"row": "<i4", "role": "u1", "actor": "<i4", "claims": "<i4"},
    "rung": {"row": "<i4", "stage": "u1", "usd": "<i8", "flags": "u1", "last": "<i4"},
    "claim": {"row": "<i4", "key": "<i4", "article": "<i4"},
}
"""Several for each event; `row` is the event's place among the rows. `actor`: place in the list of actors."""
ARTICLE_ROWS = {"key": "<i4", "first": "<i4", "precision": "u1", "language": "<u2", "publisher": "<i4"}
"""One for each article. `precision`: signs of its date (4: a year). `publisher`: place in the list of publishers."""

FORM = hashlib.blake2b(
    json.dumps([KINDS, STAGES, BLOCS, ROLES, TECHNOLOGIES, EVENT_ROWS, EVENT_LISTS, ARTICLE_ROWS]).encode(),
    digest_size=8,
).hexdigest()
"""What parts are packed by. One of another form is as good as none; its digest begins with that form."""

event, article, claim, event_claim = table(Event), table(Article), table(Claim), table(EventClaim)
party, country, rung, technology = table(EventParty), table(EventCountry), table(EventStage), table(EventTechnology)


def place_code(code: str) -> int:
    """An alpha-2 code (or that of a language) as a number."""
    return ord(code[0]) << 8 | ord(code[1])


def place_of(number: int) -> str:
    """The way back from `place_code`."""
    return chr(number >> 8) + chr(number & 255)


def read_events(connection: Connection, where: sa.ColumnElement[bool]) -> tuple[Columns, list[str]]:
    """The chosen events by columns, and the list of actors that they name. `where`: on `event`."""
    found = _event_rows(connection, where)
    place = {int(key): row for row, key in enumerate(found["anchor"])}
    technologies = sa.select(event.c.anchor_pk, technology.c.technology).join(event, _of(technology))
    for anchor, word in _rows(connection, technologies.where(where)):
        found["technologies"][place[anchor]] |= 1 << TECHNOLOGIES[word]
    lands = sa.select(event.c.anchor_pk, country.c.country).join(event, _of(country)).where(where)
    found |= _list("country", [(place[anchor], place_code(code)) for anchor, code in _rows(connection, lands)])
    actors: dict[str, int] = {}
    named = sa.select(event.c.anchor_pk, party.c.role, party.c.actor_id, party.c.claims)
    parties = [
        (place[anchor], ROLES[role], actors.setdefault(actor, len(actors)), claims_)
        for anchor, role, actor, claims_ in _rows(connection, named.join(event, _of(party)).where(where))
    ]
    found |= _list("party", parties)
    found |= _list("rung", _rungs(connection, where, place))
    told = sa.select(event.c.anchor_pk, claim.c.pk, claim.c.article_pk).select_from(event)
    told = told.join(event_claim, _of(event_claim)).join(claim, claim.c.pk == event_claim.c.claim_pk)
    claims = [(place[anchor], key, source) for anchor, key, source in _rows(connection, told.where(where))]
    found |= _list("claim", claims)
    return found, list(actors)


def _event_rows(connection: Connection, where: sa.ColumnElement[bool]) -> Columns:
    words = ("kind", "stage", "furthest_stage", "amount_stage", "supplier_bloc")
    chosen = sa.select(
        event.c.anchor_pk, event.c.date_first, event.c.date_last, *(event.c[name] for name in words),
        event.c.usd_chosen, event.c.independent_sources,
        _flags({DISPUTED: event.c.disputed, MAY_BE_ADDED: may_be_added(),
                CEILING: event.c.bound == Bound.UP_TO.value, IS_TOTAL: event.c.is_total}),
    )  # fmt: skip
    rows = [
        (anchor, first, last, KINDS[kind], STAGES[stage], STAGES.get(furthest, NONE), STAGES.get(figure, NONE),
         BLOCS.get(bloc, NONE), NO_FIGURE if usd is None else usd, sources, flags, 0)
        for anchor, first, last, kind, stage, furthest, figure, bloc, usd, sources, flags in _rows(
            connection, chosen.where(where).order_by(event.c.anchor_pk)
        )
    ]  # fmt: skip
    return _columns(EVENT_ROWS, rows)


def _rungs(connection: Connection, where: sa.ColumnElement[bool], place: Mapping[int, int]) -> list[tuple[Any, ...]]:
    flags = _flags({ASSERTED: rung.c.amount_rule != DISPUTED_ONLY, CEILING: rung.c.bound == Bound.UP_TO.value})
    chosen = sa.select(event.c.anchor_pk, rung.c.stage, rung.c.usd_chosen, flags, rung.c.date_last)
    return [
        (place[anchor], STAGES[stage], NO_FIGURE if usd is None else usd, said, last)
        for anchor, stage, usd, said, last in _rows(connection, chosen.join(event, _of(rung)).where(where))
    ]


def read_articles(connection: Connection, where: sa.ColumnElement[bool]) -> tuple[Columns, list[str]]:
    """The chosen articles by columns, and the list of their publishers. `where`: on `article`."""
    publishers: dict[str, int] = {}
    chosen = sa.select(
        article.c.pk, article.c.published_first, sa.func.length(article.c.published), article.c.language,
        article.c.publisher,
    )  # fmt: skip
    rows = [
        (key, first, precision, place_code(language), publishers.setdefault(publisher, len(publishers)))
        for key, first, precision, language, publisher in _rows(connection, chosen.where(where).order_by(article.c.pk))
    ]
    return _columns(ARTICLE_ROWS, rows), list(publishers)


def _of(part: sa.Table) -> sa.ColumnElement[bool]:
    return event.c.event_id == part.c.event_id


def _flags(conditions: Mapping[int, sa.ColumnElement[bool]]) -> sa.ColumnElement[int]:
    first, *others = (sa.case((holds, flag), else_=0) for flag, holds in conditions.items())
    return sum(others, first)


def _rows(connection: Connection, chosen: "sa.Select[Any]") -> Iterable[tuple[Any, ...]]:
    """Rows as the driver gives them: days as text or as dates, flags as numbers."""
    plain = [sa.type_coerce(column, sa.String) if isinstance(column.type, sa.Date) else column
             for column in chosen.selected_columns]  # fmt: skip
    found: Iterable[tuple[Any, ...]] = connection.execute(chosen.with_only_columns(*plain)).cursor.fetchall()
    return found


def _list(name: str, rows: list[tuple[Any, ...]]) -> Columns:
    rows.sort()
    return {f"{name}_{column}": values for column, values in _columns(EVENT_LISTS[name], rows).items()}


def _columns(types: Mapping[str, str], rows: list[tuple[Any, ...]]) -> Columns:
    columns = zip(*rows, strict=True) if rows else ((),) * len(types)
    return {name: _array(values, kind) for (name, kind), values in zip(types.items(), columns, strict=True)}


def _array(values: tuple[Any, ...], kind: str) -> Array:
    if values and not isinstance(values[0], int):
        return np.array(values, dtype="datetime64[D]").astype(kind)
    return np.array(values, dtype=kind)


def packed(columns: Columns, names: list[str]) -> bytes:
    """Columns and the list that some of them point into, as bytes."""
    head = json.dumps(
        {"columns": [(name, column.dtype.str, len(column)) for name, column in columns.items()],
         "names": names}
    ).encode()  # fmt: skip
    return b"".join([len(head).to_bytes(4, "little"), head, *(column.tobytes() for column in columns.values())])


def unpacked(data: bytes) -> tuple[Columns, list[str]]:
    """The way back from `packed`, for a part of this form."""
    start = 4 + int.from_bytes(data[:4], "little")
    head = json.loads(data[4:start])
    columns: Columns = {}
    for name, kind, length in head["columns"]:
        columns[name] = np.frombuffer(data, dtype=kind, count=length, offset=start)
        start += columns[name].nbytes
    return columns, head["names"]


READ = {"event": (read_events, event.c.anchor_pk), "article": (read_articles, article.c.pk)}
"""Sort of part → how its rows are read, and by which key."""
