import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db.countries import ALPHA2_OF
from tests.dashboard.running import html, open_app, said


def figure(app: AppTest) -> dict[str, Any]:
    return dict(json.loads(app.get("plotly_chart")[0].proto.spec))


def drawn(app: AppTest) -> set[str]:
    """Codes of the countries that the map draws in colour, as areas or dots."""
    traces = [trace for trace in figure(app)["data"] if trace.get("name") != "outside the choice"]
    return {code for trace in traces for (code,) in trace.get("customdata") or []}


def test_the_page_says_how_much_it_shows(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url)

    assert any(" claims · " in element.value and " articles" in element.value for element in app.markdown)
    assert "Government contracts: number of events" in [element.value for element in app.subheader]


@pytest.mark.parametrize("country", ["MY", "SG", "AE", "SA", "KE"])
def test_zhipu_contracts_stand_on_the_map_and_rest_on_openai(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch, country: str
) -> None:
    app = open_app(monkeypatch, corpus_url, actor="Zhipu AI", country=country)

    assert drawn(app) == {country}
    assert any("Rests on OpenAI alone" in body for body in html(app))
    assert any("<mark" in body and "<blockquote" in body for body in html(app))


def test_a_small_state_is_a_dot_and_its_code_can_be_clicked(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url)

    dots = [code for trace in figure(app)["data"] if trace["type"] == "scattergeo"
            for (code,) in trace.get("customdata") or []]  # fmt: skip
    assert {"SG", "MT"} <= set(dots)


def test_the_table_beside_the_map_holds_the_same_countries_and_counts(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url)

    table = app.dataframe[0].value
    areas = [ALPHA2_OF[code] for trace in figure(app)["data"] for code in trace.get("locations") or []]
    assert sorted(table["country"]) == sorted(areas)
    assert table["events"].is_monotonic_decreasing


def test_money_is_of_one_stage_that_the_title_names(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, measure="US dollars", at="Signed")

    assert "Government contracts in US dollars, at the stage “Signed”" in [each.value for each in app.subheader]
    assert any(each.value.startswith("Adds up ") for each in app.caption)


@pytest.mark.parametrize(
    ("measure", "first"),
    [("Events", ["name", "events"]), ("US dollars", ["name", "usd"]), ("Supplier's home", ["name", "bloc"])],
)
def test_the_table_shows_first_what_the_map_is_coloured_by(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch, measure: str, first: list[str]
) -> None:
    app = open_app(monkeypatch, corpus_url, measure=measure)

    assert list(app.dataframe[0].proto.column_order)[:2] == first


def test_money_says_how_much_of_it_is_ceilings(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, measure="US dollars", country="US")

    assert any(" are ceilings " in each.value for each in app.caption)


def test_a_country_with_many_events_shows_a_dozen_and_leads_to_all(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, country="US")

    links = [link.proto for link in app.get("page_link")]
    count = app.dataframe[0].value["events"].iloc[0]
    assert count > 12
    assert len([link for link in links if "event=ev-" in link.query_string]) == 12
    assert [link.label for link in links if "event=ev-" not in link.query_string] == [f"All {count} events as a list"]


def test_the_contest_map_names_the_home_of_the_leading_supplier(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, measure="Supplier's home")

    legend = {trace["name"] for trace in figure(app)["data"] if trace.get("showlegend")}
    assert {"United States", "China", "Europe"} <= legend


def test_other_countries_stay_on_the_map_pale_while_one_is_chosen(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, country="MY")

    pale = figure(app)["data"][0]
    assert pale["name"] == "outside the choice"
    assert "USA" in pale["locations"]
    assert "MYS" not in pale["locations"]


def test_show_all_countries_takes_the_place_off_and_keeps_the_rest(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, country="MY", actor="Zhipu AI")

    next(button for button in app.button if button.label == "Show all countries").click().run()

    assert app.multiselect(key="country").value == []
    assert app.multiselect(key="actor").value == ["Zhipu AI"]
    assert drawn(app) >= {"MY", "SG", "AE", "SA", "KE"}


def test_partnerships_and_infrastructure_can_be_mapped_too(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, actor="OpenAI")
    before = drawn(app)

    next(button for button in app.button if button.label.startswith("Map partnerships")).click().run()

    assert app.multiselect(key="kind").value == ["contract", "partnership", "infrastructure"]
    assert drawn(app) > before


def test_each_event_leads_to_its_page(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, country="MY")

    links = [link.proto for link in app.get("page_link")]
    assert len(links) == app.dataframe[0].value["events"].iloc[0]
    assert all("event=ev-" in link.query_string for link in links)


def test_without_a_match_the_page_says_which_filters_to_take_off(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, q="zzzz")

    assert "No event fits these filters" in said(app)
    assert not app.get("plotly_chart")


def test_an_empty_database_says_what_to_run(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, empty_url)

    assert "The database is empty" in said(app)
    assert any(".venv/bin/python -m pipeline load" in code.value for code in app.code)


def test_downloads_and_the_link_are_offered(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, country="MY", measure="US dollars")

    assert {"Countries CSV", "Events CSV", "Claims CSV"} <= {button.label for button in app.get("download_button")}
    link = app.code[0].value
    assert "country=Malaysia" in link
    assert "measure=US+dollars" in link
