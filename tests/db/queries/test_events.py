"""Lists of events and claims."""

import pytest

from db.engine import open_engine
from db.filters import NO_FILTERS
from db.queries.events import CLAIM_FRAME, EVENT_FRAME, claims_of_events, claims_page, events, events_page


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
