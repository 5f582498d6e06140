"""The map: events and money by country."""

import numpy as np
import pandas as pd
from sqlalchemy.engine import Connection

from db.columns import ASSERTED, CEILING, IS_TOTAL, MAY_BE_ADDED, NO_FIGURE, STAGES, Array, place_of
from db.countries import bloc_of
from db.facts import Facts, facts
from db.filters import SUPPLIER_ROLES, Filters
from db.queries.choosing import chosen, in_roles, leaders
from db.queries.frames import TEXT, WHOLE, typed
from db.vocabulary import Bloc, Stage

COUNTRY_FRAME = {
    "country": TEXT, "events": WHOLE, "claims": WHOLE, "usd": WHOLE, "ceiling": WHOLE, "counted": WHOLE,
    "left_out": WHOLE, "bloc": TEXT, "suppliers": TEXT, "supplier_actors": TEXT, "supplier_groups": TEXT,
}  # fmt: skip
"""One row for each country, most events first. `usd` adds up the `counted` events, `ceiling` is the part of it that is
only a ceiling (`Bound.UP_TO`); `left_out` have no figure that may be added. `bloc`: home of the
supplier with most events; the three leading ones: `supplier_actors` each by itself, `supplier_groups` with their
groups, `suppliers` as the filters wish."""

_MOST_NAMED = 3


def by_country(connection: Connection, filters: Filters, stage: Stage | None = None) -> pd.DataFrame:
    """Events, claims and USD by country. Columns: `COUNTRY_FRAME`.

    Money: each event once, at `stage`, or at the furthest stage that has a figure. Left out of the sum: events without
    a USD figure there, or with one that nobody asserts; rumoured, suspended and cancelled ones (unless `stage` asks for
    them); totals over several deals; and events in several countries, which nobody may divide between them.
    """
    known = facts(connection)
    there = chosen(connection, known, filters)
    lands = there[known["country_row"]]
    rows, codes = known["country_row"][lands], known["country_code"][lands]
    order = np.argsort(codes, kind="stable")
    rows, codes = rows[order], codes[order]
    places, starts, events = np.unique(codes, return_index=True, return_counts=True)
    if not len(places):
        return typed(pd.DataFrame([], columns=list(COUNTRY_FRAME), dtype=object), COUNTRY_FRAME)
    usd, is_ceiling = _figures(known, stage)
    added = (usd[rows] != NO_FIGURE) & (np.bincount(known["country_row"], minlength=len(known))[rows] == 1)
    money = np.where(added, usd[rows], 0)
    claims = np.bincount(known["claim_row"], minlength=len(known))[rows]
    counted = np.add.reduceat(added.astype(np.int64), starts)
    sums, ceilings = (np.add.reduceat(some, starts) for some in (money, np.where(is_ceiling[rows], money, 0)))
    leaders = _Leaders(known, there, rows, np.repeat(np.arange(len(places)), events))
    by_actor, by_group = leaders.named(by_group=False), leaders.named(by_group=True)
    frame = pd.DataFrame(
        {
            "country": [place_of(int(code)) for code in places],
            "events": events,
            "claims": np.add.reduceat(claims, starts),
            "usd": _known(sums, counted),
            "ceiling": _known(ceilings, counted),
            "counted": counted,
            "left_out": events - counted,
            "bloc": leaders.blocs(),
            "suppliers": by_group if filters.roll_up else by_actor,
            "supplier_actors": by_actor,
            "supplier_groups": by_group,
        },
        dtype=object,
    )
    frame = frame.sort_values(["events", "country"], ascending=[False, True], ignore_index=True)
    return typed(frame, COUNTRY_FRAME)


def _known(sums: Array, counted: Array) -> list[int | None]:
    """Each sum, or nothing where no event was added."""
    return [int(one) if number else None for one, number in zip(sums, counted, strict=True)]


def _figures(known: Facts, stage: Stage | None) -> tuple[Array, Array]:
    """For each event the figure that may be added, or `NO_FIGURE`; and whether it is a ceiling."""
    flags = known["flags"]
    if stage is None:
        return np.where(flags & MAY_BE_ADDED, known["usd"], NO_FIGURE), flags & CEILING != 0
    usd, is_ceiling = np.full(len(known), NO_FIGURE), np.zeros(len(known), bool)
    asked = known["rung_stage"] == STAGES[stage.value]
    rows, said = known["rung_row"][asked], known["rung_flags"][asked]
    counts = (said & ASSERTED != 0) & (flags[rows] & IS_TOTAL == 0)
    usd[rows] = np.where(counts, known["rung_usd"][asked], NO_FIGURE)
    is_ceiling[rows] = said & CEILING != 0
    return usd, is_ceiling


class _Leaders:
    """The suppliers of events that land in places. `rows`, `place`: an entry for each event in each of its places."""

    def __init__(self, known: Facts, there: Array, rows: Array, place: Array) -> None:
        self._actors = known.actors
        entries = np.flatnonzero(in_roles(known, SUPPLIER_ROLES) & there[known["party_row"]])
        self._event, self._supplier = known["party_row"][entries], known["party_actor"][entries]
        self._leading = leaders(known, SUPPLIER_ROLES)
        self._rows, self._place = rows, place
        self._places = int(place.max()) + 1
        order = np.argsort(self._event, kind="stable")
        self._supplier = self._supplier[order]
        self._first, self._number = _stretches(self._event[order], len(known))

    def named(self, *, by_group: bool) -> list[str | None]:
        """For each place the names of the three in most of its events; an event counts each of them once."""
        number = self._number[self._rows]
        which = np.repeat(self._first[self._rows] - (np.cumsum(number) - number), number) + np.arange(number.sum())
        entry, supplier = np.repeat(np.arange(len(self._rows)), number), self._supplier[which]
        if by_group:
            group = self._actors.roll_up[supplier]
            supplier = np.where(group < 0, supplier, group)
        size = max(1, len(self._actors.ids))
        once = _distinct(entry * size + supplier)
        pairs, events = np.unique(self._place[once // size] * size + once % size, return_counts=True)
        place, supplier = pairs // size, pairs % size
        order = np.lexsort((self._actors.rank[supplier], -events, place))
        place, supplier = place[order], supplier[order]
        first, number = _stretches(place, self._places)
        names = self._actors.names
        return [
            ", ".join(names[one] for one in supplier[start : start + min(count, _MOST_NAMED)]) or None
            for start, count in zip(first, number, strict=True)
        ]

    def blocs(self) -> list[str | None]:
        """For each place the home bloc of the leading suppliers of most of its events."""
        blocs = [*Bloc]
        homes = np.array([blocs.index(bloc_of(home)) for home in self._actors.homes] or [0])
        led = self._leading[self._rows]
        counts = np.zeros((self._places, len(blocs)), np.int64)
        np.add.at(counts, (self._place[led >= 0], homes[led[led >= 0]]), 1)
        words = sorted(range(len(blocs)), key=lambda one: blocs[one].value)
        best_word = np.argmax(counts[:, words], axis=1)
        return [blocs[words[int(one)]].value if row.any() else None for one, row in zip(best_word, counts, strict=True)]


def _stretches(sorted_: Array, size: int) -> tuple[Array, Array]:
    """Where the stretch of each number below `size` begins, and how long it is."""
    number = np.bincount(sorted_, minlength=size)
    return np.cumsum(number) - number, number


def _distinct(values: Array) -> Array:
    values = np.sort(values, kind="stable")
    return values[np.r_[True, values[1:] != values[:-1]]] if len(values) else values
