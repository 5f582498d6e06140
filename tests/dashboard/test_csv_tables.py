"""Where the tables behind pages can be had, and that short and long ways give the same bytes."""

import pytest

from dashboard import csv_tables
from dashboard.csv_tables import FOR_SPREADSHEETS, MOST_AT_ONCE, address_of, whole
from db.filters import NO_FILTERS, Filters
from tests.dashboard.test_csv_route import ask
from tests.dashboard.views.opened import opened, shown
from tests.factory import load_notes, note

VIEWS = {"contracts": 2, "funding": 2, "events": 2, "sources": 1}


@pytest.fixture
def is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_tables._Served, "holds", True)


def test_an_address_stands_beside_the_page_and_names_its_filters() -> None:
    asked = Filters(countries=("MY",), text="chips")

    address = address_of("http://localhost:8501/base/events?country=MY", "claims", asked, bom="on")

    assert address == "http://localhost:8501/base/data/claims.csv?q=chips&country=Malaysia&bom=on"
    assert address_of(None, "events", NO_FILTERS) == "data/events.csv"


@pytest.mark.slow
@pytest.mark.parametrize("table", list(csv_tables.TABLES))
def test_the_button_gives_the_bytes_of_the_address(table: str, address: str, corpus_url: str) -> None:
    for filters, query in (
        (NO_FILTERS, {}),
        (Filters(countries=("MY",), kinds=("contract",)), {"country": "MY", "kind": "contract"}),
    ):
        assert ask(address, table, **query, **{FOR_SPREADSHEETS: "on"})[2] == whole(corpus_url, table, filters)


@pytest.mark.parametrize("view", list(VIEWS))
def test_what_is_long_is_streamed_where_it_can_be_and_never_a_dead_link(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", corpus_url)
    monkeypatch.setattr(csv_tables, "MOST_AT_ONCE", 5)

    page = opened(view)
    disabled = [button for button in page.button if button.disabled and button.label.endswith("CSV")]
    assert len(disabled) == VIEWS[view]
    assert all("dashboard/server.py" in button.help for button in disabled)
    assert not page.get("link_button")
    assert "data/events.csv" not in "".join(code.value for code in page.code)

    monkeypatch.setattr(csv_tables._Served, "holds", True)
    page.run()
    links = [link.proto.url for link in page.get("link_button")]
    assert len(links) == VIEWS[view]
    assert all("data/" in link and "bom=on" in link for link in links)


def test_the_link_box_names_the_files_for_scripts_with_the_filters(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch, is_served: None
) -> None:
    monkeypatch.setenv("DATABASE_URL", corpus_url)

    page = opened("contracts", country="Malaysia")

    assert page.code[1].value.split("\n") == [
        f"data/{name}.csv?country=Malaysia&kind=Contract" for name in ("events", "claims", "articles")
    ]
    assert "pandas.read_csv" in shown(page)


def test_a_short_table_has_its_mark_and_its_header(url: str) -> None:
    load_notes(url, [note(number=1)])

    text = whole(url, "articles", NO_FILTERS).decode()

    assert text.startswith("\ufeffarticle_id,")
    assert text.count("\n") == 2 < MOST_AT_ONCE
