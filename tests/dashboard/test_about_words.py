"""The state of the data in words."""

import datetime as dt

import pandas as pd
import pytest

from dashboard import about_words
from db.dictionary import TABLES
from db.queries.about import Size

SIZE = Size(
    articles=10, claims=20, events=15, actors=1, provisional_actors=0, countries=2, publishers=3, languages=1,
    reprints=0, judgements=0, judgements_without_effect=0, withdrawals=1, first_published=dt.date(2020, 1, 2),
    last_published=dt.date(2026, 7, 4),
    reviewed={"confirmed": 4, "source not found again": 1},
)  # fmt: skip
RUN: dict[str, object] = {
    "command": "load", "version": "0.1.0", "inputs": '["a.jsonl", "b.jsonl"]', "started_at": pd.Timestamp("2026-11-23"),
    "finished_at": pd.Timestamp("2026-11-23"), "articles_new": 1200, "articles_replaced": 0, "articles_unchanged": 3,
    "articles_withdrawn": 0, "claims": 2400, "rejected": 1,
}  # fmt: skip


def test_the_size_counts_and_dates_the_data() -> None:
    said = about_words.size_words(SIZE)

    assert said.startswith(
        "20 claims on 15 events from 10 articles by 3 publishers in 1 language, published 2 January 2020"
    )
    assert said.endswith("1 actor, 2 countries, 0 reprints, 0 judgements, 1 withdrawn article.")


def test_articles_that_nobody_checked_are_counted_too() -> None:
    assert about_words.review_counts(SIZE) == "confirmed 4, source not found 1, not yet checked 5"


@pytest.mark.parametrize(("finished", "cut_off"), [(pd.Timestamp("2026-11-23"), False), (pd.NaT, True)])
def test_a_run_says_what_it_took_what_it_refused_and_if_it_was_cut_off(finished: object, cut_off: bool) -> None:
    said = about_words.run_words({**RUN, "finished_at": finished})

    assert "from 2 inputs: articles 1,200 new, 0 replaced, 3 unchanged, 0 withdrawn; 2,400 claims" in said
    assert "**1 record refused**" in said
    assert ("cut off" in said) is cut_off


def test_the_dictionary_names_the_words_of_closed_lists() -> None:
    table = about_words.column_table(TABLES["claims"])

    assert list(table.index) == [f"`{column.name}`" for column in TABLES["claims"]]
    assert "One of: asserts, denies, disputes" in table.loc["`stance`", "Meaning"]
