"""Lists of events and claims."""

import pytest

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.events import (
    CLAIM_FRAME,
    EVENT_FRAME,
    Order,
    claims_of_events,
    claims_page,
    events,
    events_page,
    in_order,
    number_by_kind,
)


def test_events_come_latest_first_with_declared_columns_and_types(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        found = events(connection, NO_FILTERS)

    assert {name: str(kind).replace("object", "str") for name, kind in found.dtypes.items()} == EVENT_FRAME
    assert found.date_first.is_monotonic_decreasing


def test_claims_come_with_their_event_and_article(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        found, listed = claims_of_events(connection, NO_FILTERS), events(connection, NO_FILTERS)

    assert list(found.columns) == list(CLAIM_FRAME)
    assert found.claim_id.is_unique
    assert set(found.event_id) == set(listed.event_id)
    assert dict(found.event_id.value_counts()) == dict(zip(listed.event_id, listed.claims, strict=True))


@pytest.mark.parametrize(("page", "key"), [(events_page, "event_id"), (claims_page, "claim_id")])
def test_pages_go_through_everything_once_in_order(corpus_url: str, page: object, key: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        whole = page(connection, "", 100_000)[key].tolist()  # type: ignore[operator]
        seen: list[str] = []
        while not (found := page(connection, seen[-1] if seen else "", 97)).empty:  # type: ignore[operator]
            seen += found[key].tolist()

    assert seen == whole == sorted(whole)


def test_an_empty_database_gives_frames_with_all_columns(url: str) -> None:
    with open_engine(url).connect() as connection:
        assert list(events(connection, NO_FILTERS).columns) == list(EVENT_FRAME)
        assert list(claims_of_events(connection, NO_FILTERS).columns) == list(CLAIM_FRAME)


@pytest.mark.parametrize(("order", "column"), [
    (Order.LARGEST, "usd_chosen"), (Order.SOURCES, "independent_sources"), (Order.CLAIMS, "claims"),
])  # fmt: skip
@pytest.mark.parametrize("filters", [NO_FILTERS, Filters(regions=("Asia",))])
def test_pages_in_an_order_are_stretches_of_the_whole_list_in_it(
    corpus_url: str, filters: Filters, order: Order, column: str
) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = events(connection, filters)
        pages = [in_order(connection, filters, order, 30, start) for start in (0, 30, len(listed) - 10)]
        beyond = in_order(connection, filters, order, 30, len(listed))

    wanted = listed.sort_values(column, ascending=False, kind="stable", na_position="last").event_id.tolist()
    assert [page.event_id.tolist() for page in pages] == [wanted[:30], wanted[30:60], wanted[-10:]]
    assert beyond.empty


def test_the_earliest_first_is_by_the_first_day(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = events(connection, NO_FILTERS)
        found = in_order(connection, NO_FILTERS, Order.EARLIEST, 50)

    wanted = listed.sort_values(["date_first", "date_last", "event_id"])
    assert found.event_id.tolist() == wanted.event_id.tolist()[:50]


def test_kinds_are_counted_as_listed(corpus_url: str) -> None:
    chosen = Filters(regions=("Asia",))
    with open_engine(corpus_url).connect() as connection:
        listed = events(connection, chosen)
        assert number_by_kind(connection, chosen) == listed.kind.value_counts().to_dict()
