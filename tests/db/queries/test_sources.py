"""One article with its claims and where they lead."""

import pytest

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.events import counts
from db.queries.sources import article_page, articles


def test_an_article_comes_with_its_claims_in_order_and_the_titles_of_their_events(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = articles(connection, NO_FILTERS)
        page = article_page(connection, listed.sort_values("claims")["article_id"].iloc[-1])

    assert page is not None
    assert list(page.claims["claim_number"]) == list(range(1, len(page.claims) + 1))
    assert set(page.titles) == set(page.claims["event_id"])
    assert all(page.text.count(evidence) >= 1 for evidence in page.claims["evidence"])
    assert page.family.empty


def test_no_article_has_an_unknown_id(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        assert article_page(connection, "nope") is None


@pytest.mark.parametrize("chosen", [NO_FILTERS, Filters(actors=("Zhipu AI",)), Filters(text="nowherewords")])
def test_the_list_is_as_long_as_the_count_says_latest_first(corpus_url: str, chosen: Filters) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = articles(connection, chosen)

        assert len(listed) == counts(connection, chosen).articles
    assert listed["published_first"].is_monotonic_decreasing
