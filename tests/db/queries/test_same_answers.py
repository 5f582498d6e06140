"""The quick queries against the plain ones, on random filters and changing data; the search against a scan."""

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from db import packing
from db.columns import READ
from db.countries import REGIONS
from db.engine import open_engine, writing
from db.facts import facts
from db.filters import NO_FILTERS, Filters
from db.queries import about, changes, contracts, events, sources
from db.queries.choosing import chosen, keys_of
from db.queries.coverage import coverage, latest_articles
from db.queries.where import event
from db.vocabulary import Bloc, Kind, Stage, Technology
from pipeline.maintain import withdraw
from tests.db.queries import plain
from tests.factory import actor, claim, load_notes, note

DAYS = st.none() | st.dates(pd.Timestamp(2023, 1, 1).date(), pd.Timestamp(2026, 12, 31).date())
MONEY = st.none() | st.integers(0, 10**12)
NAMES = ("Huawei", "OpenAI", "Zhipu AI", "Government of the UAE", "Government of the United States", "G42", "Nobody")
WORDS = ("huawei", "AI", "cloud", "智谱", "华", "data centre", "Entity List", "under_score", "100%", "--", "the")


def some(words: "type | tuple[str, ...] | list[str]") -> "st.SearchStrategy[tuple[str, ...]]":
    """Mostly none, else up to three of these."""
    listed = st.lists(st.sampled_from([str(word) for word in words]), max_size=3, unique=True)
    return st.just(()) | listed.map(tuple)


FILTERS = st.builds(
    Filters, kinds=some(Kind), date_from=DAYS, date_to=DAYS, stages=some(Stage), suppliers=some(NAMES),
    recipients=some(NAMES), actors=some(NAMES), blocs=some(Bloc), countries=some(("US", "CN", "KE", "FR", "EU", "ZZ")),
    regions=some(REGIONS), technologies=some(Technology), usd_from=MONEY, usd_to=MONEY,
    sources_from=st.sampled_from([1, 1, 2, 3]), disputed=st.booleans(), text=some(WORDS).map(" ".join),
    roll_up=st.booleans(),
)  # fmt: skip
ONE_AT_A_TIME = st.one_of(
    *(st.builds(Filters, **{name: values}) for name, values in {
        "kinds": some(Kind), "date_from": DAYS, "date_to": DAYS, "suppliers": some(NAMES), "actors": some(NAMES),
        "regions": some(REGIONS), "usd_from": MONEY, "text": some(WORDS).map(" ".join), "blocs": some(Bloc),
    }.items())
)  # fmt: skip


def check(connection: Connection, filters: Filters, stage: Stage | None) -> None:
    """Every quick query says what the plain one says."""
    assert events.counts(connection, filters) == plain.counts(connection, filters)
    assert changes.figures(connection, filters) == plain.figures(connection, filters)
    pd.testing.assert_frame_equal(
        contracts.by_country(connection, filters, stage), plain.by_country(connection, filters, stage)
    )
    listed = events.events(connection, filters)
    pages = [events.latest(connection, filters, 7, start) for start in range(0, min(30, len(listed) + 1), 7)]
    assert [one for page in pages for one in page.event_id] == list(listed.event_id[: sum(map(len, pages))])
    check_articles(connection, filters)


def check_articles(connection: Connection, filters: Filters) -> None:
    """Coverage and pages of articles say what the list of all says."""
    listed, said = sources.articles(connection, filters), coverage(connection, filters)
    reprints = listed.reprint_of.notna()
    assert (said.articles, said.reprints) == (len(listed), int(reprints.sum()))
    assert said.undated == int((listed.published.str.len() == 4).sum())
    assert dict(said.publishers.values) == listed.publisher.value_counts().to_dict()
    assert dict(said.languages.values) == listed.language.value_counts().to_dict()
    assert said.reviewed == listed.outcome.dropna().value_counts().to_dict()
    month = listed[listed.published.str.len() > 4].published_first.dt.strftime("%Y-%m")
    assert said.months.articles.sum() == len(month)
    assert set(said.months.month.dt.strftime("%Y-%m")) == set(month)
    assert list(latest_articles(connection, filters, 10, 5).article_id) == list(listed.article_id[5:15])
    own = latest_articles(connection, filters, 10, reprints=False)
    assert list(own.article_id) == list(listed.article_id[~reprints][:10])


@settings(max_examples=60, deadline=None)
@given(filters=FILTERS | ONE_AT_A_TIME, stage=st.none() | st.sampled_from(Stage))
def test_quick_queries_say_what_plain_ones_say(corpus_url: str, filters: Filters, stage: Stage | None) -> None:
    with open_engine(corpus_url).connect() as connection:
        check(connection, filters, stage)


@pytest.mark.parametrize("roll_up", [True, False])
def test_choices_are_those_of_the_plain_query(corpus_url: str, roll_up: bool) -> None:
    with open_engine(corpus_url).connect() as connection:
        assert about.choices(connection, roll_up=roll_up) == plain.choices(connection, roll_up=roll_up)


def test_an_empty_database_has_nothing_to_choose(url: str) -> None:
    with open_engine(url).connect() as connection:
        check(connection, NO_FILTERS, None)
        assert about.choices(connection) == plain.choices(connection)


SUBJECTS = ("cloud", "cameras", "chips", "a loan", "教育")


def notes(first: int, count: int, salt: int) -> list[dict[str, object]]:
    """Notes on a few firms; another salt gives the same articles other claims."""
    made = []
    for number in range(first, first + count):
        firm, subject = f"Firm {(number * 7 + salt) % 5}", SUBJECTS[(number + salt) % 5]
        amount = {"value": 1000 * (number % 3 + 1), "currency": "USD", "bound": ("exact", "up_to")[number % 2]}
        made.append(note(number=number, claims=[claim(suppliers=[firm], what=subject, amount=amount)]))
    return made


@pytest.mark.parametrize("packed", ["never", "at once"])
def test_columns_follow_every_change_packed_or_not(url: str, packed: str) -> None:
    engine = open_engine(url)
    actors = [actor(f"Firm {number}", country=("US", "CN")[number % 2]) for number in range(5)]
    steps = [
        lambda: load_notes(url, notes(1, 12, 0), actors),
        lambda: load_notes(url, notes(5, 12, 3)),
        lambda: withdraw(engine, str(notes(6, 1, 0)[0]["id"]), "retracted"),
        lambda: load_notes(url, [], [actor("Firm 1", country="FR"), actor("Firm 2", parent="Firm 1")]),
    ]

    for step in steps:
        step()
        with writing(engine) as connection:
            if packed == "at once":
                packing.pack_all(connection)
        with engine.connect() as connection:
            for filters in (NO_FILTERS, Filters(text="cloud"), Filters(text="教"), Filters(suppliers=("Firm 1",))):
                check(connection, filters, None)
            assert about.choices(connection) == plain.choices(connection)


def test_a_part_of_another_form_is_read_from_the_tables_and_packed_again(url: str) -> None:
    load_notes(url, notes(1, 12, 0))
    with writing(open_engine(url)) as connection:
        packing.pack_all(connection)
        connection.execute(sa.text("UPDATE column_part SET digest = 'older', data = :data"), {"data": b"?"})
    with open_engine(url).connect() as connection:
        check(connection, NO_FILTERS, None)

    with writing(open_engine(url)) as connection:
        packing.pack(connection)
        assert connection.scalar(sa.text("SELECT count(*) FROM column_part WHERE digest = 'older'")) == 0


def test_small_changes_are_not_packed(url: str) -> None:
    load_notes(url, notes(1, 12, 0))

    with writing(open_engine(url)) as connection:
        assert packing.pack(connection) == 0
        assert packing.pack(connection, enough=2) == len(READ)
        assert connection.scalar(sa.text("SELECT count(*) FROM column_loose")) == 0


ALPHABET = "aéB9 华为技术 -_%'カ"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(ALPHABET, min_size=1, max_size=25), min_size=1, max_size=6),
    asked=st.lists(st.text(ALPHABET, max_size=4), min_size=3, max_size=8),
)
def test_the_search_finds_what_a_scan_of_all_texts_finds(fresh, texts: list[str], asked: list[str]) -> None:  # type: ignore[no-untyped-def]
    url = fresh()
    said = [f"Acme sells cloud {number}. {text}" for number, text in enumerate(texts)]
    made = [
        note(number=number, text=text, claims=[
            claim(evidence=f"Acme sells cloud {number}.", suppliers=[f"Firm {number}"], what=f"thing {number}")
        ])
        for number, text in enumerate(said, 1)
    ]  # fmt: skip
    load_notes(url, made)
    with open_engine(url).connect() as connection:
        held = plain.held_words(connection)
        for words in (*asked, " ".join(asked)):
            known = facts(connection)
            quick = chosen(connection, known, Filters(text=words))
            found = connection.scalars(sa.select(event.c.event_id).where(event.c.anchor_pk.in_(keys_of(known, quick))))
            assert set(found) == plain.scan(held, words)
            assert set(events.events(connection, Filters(text=words)).event_id) == plain.scan(held, words)
            assert np.count_nonzero(quick) == len(plain.scan(held, words))
