"""What the bundled corpus must show (the questions that the tracker was made for)."""

import pandas as pd
import pytest
from sqlalchemy.engine import Connection

from db.engine import open_engine
from db.filters import Filters
from db.queries.contracts import by_country
from db.queries.event_page import event_page
from db.queries.events import events
from db.queries.funding import controls
from tests.db.queries.plain_funding import funding


@pytest.fixture
def connection(corpus_url: str) -> Connection:
    with open_engine(corpus_url).connect() as opened:
        yield opened


@pytest.mark.parametrize("country", ["MY", "SG", "AE", "SA", "KE"])
def test_zhipu_contracts_rest_on_openai_and_quote_their_evidence(connection: Connection, country: str) -> None:
    found = events(connection, Filters(kinds=("contract",), suppliers=("Zhipu AI",), countries=(country,)))

    resting = [
        row for row in found.itertuples() if "OpenAI" in (row.attributed_to or "") or row.sole_asserter == "OpenAI"
    ]
    assert resting
    page = event_page(connection, resting[0].event_id)
    assert page is not None
    for row in page.claims.itertuples():
        assert page.texts[row.article_id][row.evidence_start : row.evidence_end] == row.evidence


def test_the_contest_map_draws_the_five_countries(connection: Connection) -> None:
    found = by_country(connection, Filters(kinds=("contract",), suppliers=("Zhipu AI",)))

    assert {"MY", "SG", "AE", "SA", "KE"} <= set(found.country)
    assert set(found.bloc) == {"China"}


def test_state_investment_in_zhipu_is_a_total_of_at_least_1_4_billion_says_openai(connection: Connection) -> None:
    found = funding(connection, Filters(recipients=("Zhipu AI",)))

    (row,) = found[(found.usd_chosen == 1_400_000_000) & (found.bound == "at_least")].itertuples()
    assert row.is_total
    assert row.attributed_to == "OpenAI"


def test_the_entity_list_addition_of_january_2025_stands_among_zhipus_controls(connection: Connection) -> None:
    found = controls(connection, Filters(actors=("Zhipu AI",)), 1000)

    listed = found[(found.kind == "export_control") & (found.date == "2025-01-15")]
    assert len(listed) == 1
    assert "Zhipu AI" in listed.iloc[0].targets


def test_huawei_is_a_partner_of_zhipu(connection: Connection) -> None:
    found = events(connection, Filters(kinds=("partnership",), actors=("Zhipu AI",)))

    assert any("Huawei" in partners for partners in found.partners)


@pytest.mark.parametrize("kind", ["contract", "partnership", "infrastructure"])
def test_openai_for_countries_shows_in_several_countries(connection: Connection, kind: str) -> None:
    found: pd.DataFrame = events(connection, Filters(kinds=(kind,), actors=("OpenAI",)))

    assert len({code for cell in found.countries for code in cell.split("; ")}) >= 3
