"""Each filter in SQL against the same filter in plain Python, on the bundled corpus."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from db.countries import codes_in_region
from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.about import actors_page
from db.queries.events import Counts, claims_of_events, counts, events
from db.queries.sources import articles
from tests.db.queries import plain

Row = Any
SUPPLYING = ("suppliers", "builders")
RECEIVING = ("buyers", "recipients")
ROLES = (*SUPPLYING, *RECEIVING, "partners", "investors", "hosts", "authorities", "targets")


@pytest.fixture(scope="module")
def corpus(corpus_url: str) -> SimpleNamespace:
    with open_engine(corpus_url).connect() as connection:
        known = actors_page(connection, "", 100_000)
        return SimpleNamespace(
            events=events(connection, NO_FILTERS), claims=claims_of_events(connection, NO_FILTERS), actors=known
        )


def cells(row: Row, *columns: str) -> set[str]:
    return {word for column in columns for word in (getattr(row, column) or "").split("; ") if word}


def members(actors: pd.DataFrame, name: str) -> set[str]:
    ids = set(actors[actors.name == name].actor_id)
    return {name, *actors[actors.group_id.isin(ids) | actors.roll_up_id.isin(ids)].name}


def names(row: Row, roles: tuple[str, ...], actors: pd.DataFrame) -> set[str]:
    # Names may hold the separator themselves: each known name is looked for instead.
    return {name for name in actors.name if any(f"; {name}; " in f"; {getattr(row, role)}; " for role in roles)}


CASES: list[tuple[Filters, Callable[[Row, pd.DataFrame], bool]]] = [
    (NO_FILTERS, lambda *_: True),
    (Filters(kinds=("funding", "contract")), lambda row, _: row.kind in ("funding", "contract")),
    (
        Filters(date_from=dt.date(2025, 1, 15), date_to=dt.date(2025, 3, 31)),
        lambda row, _: row.date_last >= pd.Timestamp(2025, 1, 15) and row.date_first <= pd.Timestamp(2025, 3, 31),
    ),
    (Filters(date_from=dt.date(2026, 1, 1)), lambda row, _: row.date_last >= pd.Timestamp(2026, 1, 1)),
    (Filters(stages=("signed", "cancelled")), lambda row, _: row.stage in ("signed", "cancelled")),
    (Filters(blocs=("China", "Gulf")), lambda row, _: row.supplier_bloc in ("China", "Gulf")),
    (Filters(usd_from=1_000_000_000), lambda row, _: not pd.isna(row.usd_chosen) and row.usd_chosen >= 10**9),
    (Filters(usd_to=50_000_000), lambda row, _: not pd.isna(row.usd_chosen) and row.usd_chosen <= 50_000_000),
    (Filters(usd_from=0), lambda row, _: not pd.isna(row.usd_chosen)),
    (Filters(sources_from=2), lambda row, _: row.independent_sources >= 2),
    (Filters(disputed=False), lambda row, _: not row.disputed),
    (
        Filters(suppliers=("Huawei",)),
        lambda row, actors: bool(names(row, SUPPLYING, actors) & members(actors, "Huawei")),
    ),
    (
        Filters(suppliers=("Alibaba", "Tencent")),
        lambda row, actors: bool(
            names(row, SUPPLYING, actors) & (members(actors, "Alibaba") | members(actors, "Tencent"))
        ),
    ),
    (
        Filters(recipients=("Government of the UAE",)),
        lambda row, actors: bool(names(row, RECEIVING, actors) & members(actors, "Government of the UAE")),
    ),
    (
        Filters(actors=("OpenAI", "Zhipu AI")),
        lambda row, actors: bool(names(row, ROLES, actors) & (members(actors, "OpenAI") | members(actors, "Zhipu AI"))),
    ),
    (
        Filters(recipients=("Government of the United States",), roll_up=False),
        lambda row, actors: "Government of the United States" in names(row, RECEIVING, actors),
    ),
    (Filters(actors=("Nobody at all",)), lambda *_: False),
    (Filters(countries=("MY", "KE")), lambda row, _: bool(cells(row, "countries") & {"MY", "KE"})),
    (
        Filters(regions=("Africa",)),
        lambda row, _: bool(cells(row, "countries") & set(codes_in_region("Africa"))),
    ),
    (
        Filters(regions=("Africa",), countries=("FR",)),
        lambda row, _: bool(cells(row, "countries") & {"FR", *codes_in_region("Africa")}),
    ),
    (
        Filters(technologies=("chips", "education")),
        lambda row, _: bool(cells(row, "technologies") & {"chips", "education"}),
    ),
    (
        Filters(kinds=("contract",), regions=("Asia",), blocs=("China",), stages=("signed",)),
        lambda row, _: (
            row.kind == "contract"
            and row.stage == "signed"
            and row.supplier_bloc == "China"
            and bool(cells(row, "countries") & set(codes_in_region("Asia")))
        ),
    ),
]


@pytest.mark.parametrize(("filters", "keeps"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_a_filter_keeps_what_plain_python_keeps(
    corpus_url: str, corpus: SimpleNamespace, filters: Filters, keeps: Callable[[Row, pd.DataFrame], bool]
) -> None:
    with open_engine(corpus_url).connect() as connection:
        found = events(connection, filters)

    expected = {row.event_id for row in corpus.events.itertuples() if keeps(row, corpus.actors)}
    assert set(found.event_id) == expected
    assert found.event_id.is_unique


@pytest.mark.parametrize(
    "text",
    ["zhipu", "Entity List", "100%", "under_score", "'; DROP TABLE event; --", "huawei malaysia", "智谱", "智", "AI"],
)
def test_every_word_must_occur_and_wildcards_are_plain_signs(corpus_url: str, text: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        found = set(events(connection, Filters(text=text)).event_id)
        expected = plain.scan(plain.held_words(connection), text)

    assert found == expected


@pytest.mark.parametrize("filters", [filters for filters, _ in CASES], ids=[str(n) for n in range(len(CASES))])
def test_counts_are_those_of_the_lists(corpus_url: str, filters: Filters) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = Counts(
            len(claims_of_events(connection, filters)),
            len(events(connection, filters)),
            len(articles(connection, filters)),
        )
        assert counts(connection, filters) == listed


def test_an_unknown_region_is_an_error(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection, pytest.raises(KeyError):
        events(connection, Filters(regions=("Atlantis",)))


def test_a_thousand_names_are_no_more_trouble_than_one(url: str) -> None:
    many = tuple(f"Firm {number}" for number in range(2000))
    with open_engine(url).connect() as connection:
        assert events(connection, Filters(actors=many, suppliers=many, recipients=many)).empty
