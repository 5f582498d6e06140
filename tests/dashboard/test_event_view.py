"""What the page of an event hands out."""

from dashboard.event_view import one_row
from db.engine import open_engine
from db.extracts import to_csv
from db.filters import NO_FILTERS
from db.queries.event_page import event_page
from db.queries.events import events


def test_the_file_of_one_event_is_its_line_of_the_file_of_all(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = events(connection, NO_FILTERS)
        lines = to_csv(listed).splitlines()
        for place in (0, 100, 200):
            page = event_page(connection, str(listed["event_id"].iloc[place]))

            assert page is not None
            assert to_csv(one_row(page.event)).splitlines() == [lines[0], lines[place + 1]]
