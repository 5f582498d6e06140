import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.running import open_app


def links() -> None:
    import streamlit as st  # noqa: PLC0415 AppTest runs this function alone

    from dashboard import place  # noqa: PLC0415

    st.session_state["country"], st.session_state["q"] = ["MY"], "sovereign  cloud"
    st.text(place.event_link("ev-1"))
    st.text(place.article_link("a/b"))


def test_a_link_for_a_new_page_load_names_the_filters() -> None:
    page = AppTest.from_function(links).run()

    assert [text.value for text in page.text] == [
        "events?q=sovereign+cloud&country=Malaysia&event=ev-1",
        "sources?q=sovereign+cloud&country=Malaysia&article=a%2Fb",
    ]


def test_closing_a_card_keeps_the_page_and_its_filters(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI")
    event_id = app.dataframe[0].value["event_id"].iloc[0]
    app = open_app(monkeypatch, corpus_url, "funding", actor="Zhipu AI", mark=event_id)

    next(button for button in app.button if button.label == "Close").click().run()

    assert "Chosen event" not in [element.value for element in app.subheader]
    assert app.multiselect(key="actor").value == ["Zhipu AI"]
