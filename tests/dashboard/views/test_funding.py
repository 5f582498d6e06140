import json
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.running import html, open_app, said


def figures(app: AppTest) -> list[dict[str, Any]]:
    return [dict(json.loads(chart.proto.spec)) for chart in app.get("plotly_chart")]


def marks(figure: dict[str, Any]) -> set[str]:
    return {row[0] for trace in figure["data"] for row in trace.get("customdata") or [] if row[0]}


def row(app: AppTest, title: str) -> pd.Series:
    table = app.dataframe[0].value
    return table[table["title"].str.contains(title)].iloc[0]


def test_the_state_investment_in_zhipu_is_at_least_and_openais_word_alone(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI")

    shown = row(app, "cumulative state investment")
    assert shown["amount"] == "at least USD 1.4 billion"
    assert shown["said_by"] == "OpenAI"
    assert shown["note"] == "total, never added; rests on OpenAI alone"


def test_the_state_investment_in_zhipu_is_on_the_timeline_but_in_no_sum(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI")

    timeline, sums = figures(app)
    event_id = row(app, "cumulative state investment")["event_id"]
    assert event_id in marks(timeline)
    assert event_id not in marks(sums)


def test_the_entity_list_addition_stands_on_zhipus_timeline(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI")

    decisions = app.dataframe[1].value
    listed = decisions[decisions["title"].str.contains("Entity List")].iloc[0]
    assert listed["date"].startswith("2025-01")
    assert listed["event_id"] in marks(figures(app)[0])


def test_the_page_says_what_the_sum_leaves_out(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = said(open_app(monkeypatch, corpus_url, "funding")).replace("\\", "")

    assert "Adds up " in text
    assert "totals over several deals (" in text


def test_one_stage_is_shown_and_named(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", at="Announced")

    assert "Funding over time: money at the stage “Announced”" in [each.value for each in app.subheader]
    assert set(app.dataframe[0].value["stage"]) == {"Announced"}


def test_a_mark_in_the_address_opens_its_card_with_evidence(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI")
    event_id = row(plain, "cumulative state investment")["event_id"]

    app = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI", mark=event_id)

    assert "Chosen event" in [each.value for each in app.subheader]
    assert any("<mark" in body and "Rests on OpenAI alone" in body for body in html(app))
    assert [f"event={event_id}" in link.proto.query_string for link in app.get("page_link")] == [True]


def test_the_card_of_a_mark_stands_above_the_chart_and_can_be_closed(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI")
    event_id = row(plain, "cumulative state investment")["event_id"]

    app = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI", mark=event_id)

    drawn = [node.proto.body if node.type == "html" else node.type for node in app.main if hasattr(node, "proto")]
    card = next(place for place, body in enumerate(drawn) if "event-card" in body and "<p>" in body)
    assert card < drawn.index("plotly_chart")
    next(button for button in app.button if button.label == "Close").click()
    app.run()
    assert "Chosen event" not in [each.value for each in app.subheader]


def test_an_unknown_mark_opens_nothing(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", mark="ev-unknown")

    assert "Chosen event" not in [each.value for each in app.subheader]


def test_only_controls_are_shown_where_the_filter_names_only_them(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", kind="export_control")

    assert len(app.dataframe) == 1
    assert set(app.dataframe[0].value["kind"]) == {"Export control"}


def test_kinds_without_a_place_here_are_said(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", kind=["contract", "funding"])

    assert "Not on this page" in said(app)
    assert "Contract" in said(app)


def test_a_filter_on_other_kinds_alone_says_what_the_page_shows_and_leads_on(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", kind="contract")

    assert "This page shows funding, export controls and restrictions" in said(app)
    assert not app.dataframe
    assert not figures(app)

    next(button for button in app.button if button.label == "Show funding and controls").click()
    app.run()
    assert len(app.dataframe) == 2


def test_the_sum_is_split_by_stage(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = said(open_app(monkeypatch, corpus_url, "funding")).replace("\\", "")

    assert "; of which announced $" in text
    assert ", signed $" in text
    assert "rumoured (" in text


def test_without_a_match_the_page_says_so(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No event fits these filters" in said(open_app(monkeypatch, corpus_url, "funding", q="zzzz"))


def test_an_empty_database_says_what_to_run_also_under_a_filter_on_other_kinds(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "The database is empty" in said(open_app(monkeypatch, empty_url, "funding", kind="contract"))


def test_an_empty_database_says_what_to_run(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "The database is empty" in said(open_app(monkeypatch, empty_url, "funding"))
