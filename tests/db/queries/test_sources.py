"""Articles as lists and one by one."""

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.sources import ARTICLE_FRAME, article_page, articles, withdrawal_reason
from tests.factory import claim, load_notes, note
from tests.worlds import BODIES

TEXT = f"Acme sells a model to the Government of Kenya. {BODIES[0]}"


def test_articles_are_those_behind_the_chosen_events(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        found = articles(connection, NO_FILTERS)
        fewer = articles(connection, Filters(countries=("KE",)))

    assert list(found.columns) == list(ARTICLE_FRAME)
    assert found.article_id.is_unique
    assert found.published_first.is_monotonic_decreasing
    assert found.text_sha256.str.fullmatch("[0-9a-f]{64}").all()
    assert 0 < len(fewer) < len(found)


def test_a_page_holds_text_claims_in_order_and_the_family(url: str) -> None:
    told = [
        note(number=1, text=TEXT, claims=[claim(), claim(countries=["FR"])]),
        note(number=2, text=TEXT),
        note(number=3, text=TEXT),
    ]
    load_notes(url, told)

    with open_engine(url).connect() as connection:
        head, reprint = (article_page(connection, told[place]["id"]) for place in (0, 1))

    assert head is not None
    assert reprint is not None
    assert head.text == TEXT
    assert head.claims.claim_number.tolist() == [1, 2]
    assert reprint.article["reprint_of"] == told[0]["id"]
    assert set(reprint.family.article_id) == {told[0]["id"], told[2]["id"]}


def test_unknown_articles_have_no_page_and_no_reason(url: str) -> None:
    with open_engine(url).connect() as connection:
        assert article_page(connection, "none") is None
        assert withdrawal_reason(connection, "none") is None
