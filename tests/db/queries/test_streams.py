"""Whole tables in stretches: the same rows as the lists of the pages, whatever the length of a stretch."""

import pandas as pd
import pytest

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries import events as lists
from db.queries import sources, streams
from pipeline.export import reading

CHOICES = (
    NO_FILTERS,
    Filters(countries=("KE", "MY")),
    Filters(text="cloud", kinds=("contract",)),
    Filters(actors=("?",)),
)
LISTS = {
    "events": (lists.events, "event_id"),
    "claims": (lists.claims_of_events, "claim_id"),
    "articles": (sources.articles, "article_id"),
}


@pytest.mark.parametrize("name", list(LISTS))
@pytest.mark.parametrize("filters", CHOICES)
def test_stretches_hold_the_rows_of_the_list_by_id(
    name: str, filters: Filters, corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "ROWS", 7)
    whole, key = LISTS[name]
    with reading(open_engine(corpus_url)) as connection:
        listed = whole(connection, filters).sort_values(key, ignore_index=True)
        found = list(streams.TABLES[name](connection, filters))

    assert all(0 < len(frame) <= 7 for frame in found)
    pd.testing.assert_frame_equal(pd.concat([listed.head(0), *found], ignore_index=True), listed)
