import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import filters
from db.filters import NO_FILTERS
from tests.dashboard.running import open_app


def headline(app: AppTest) -> str:
    return next(element.value for element in app.markdown if "claim" in element.value)


def test_a_link_with_codes_sets_the_filters(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, country=["MY", "SG"], kind="contract")

    assert app.multiselect(key="country").value == ["MY", "SG"]
    assert app.multiselect(key="kind").value == ["contract"]


def test_a_link_with_labels_sets_the_filters(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(
        monkeypatch, corpus_url, country="Malaysia", disputed="Left out", known="2025-12-31", usd_from="100m", q="cloud"
    )

    assert app.multiselect(key="country").value == ["MY"]
    assert app.selectbox(key="disputed").value == "Left out"
    assert app.date_input(key="known").value == dt.date(2025, 12, 31)
    assert app.text_input(key="usd_from").value == "100m"
    assert app.text_input(key="q").value == "cloud"


def test_an_actor_that_nobody_names_leaves_nothing_rather_than_everything(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, actor="Nobody Inc")

    assert headline(app) == "**0 claims · 0 events · 0 articles**"


def test_a_country_without_events_leaves_nothing_rather_than_everything(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, country="Bhutan")

    assert headline(app) == "**0 claims · 0 events · 0 articles**"


def test_words_that_mean_nothing_are_dropped_without_a_failure(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, corpus_url, kind="witchcraft", known="yesterday", sources="many", **{"from": "2025-13"})

    assert app.multiselect(key="kind").value == []
    assert app.date_input(key="known").value is None


@pytest.mark.parametrize(
    ("key", "value"), [("country", "Atlantis"), ("kind", "xxx"), ("from", "banana"), ("sources", "999")]
)
def test_what_a_link_asks_for_in_vain_is_said(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch, key: str, value: str
) -> None:
    app = open_app(monkeypatch, corpus_url, **{key: value})

    assert [warning.value for warning in app.warning] == [
        f"“{value}” in the link was not understood; it filters nothing."
    ]


def test_all_that_a_link_asks_for_in_vain_is_said_at_once(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, country=["MY", "Atlantis"], kind="xxx", actor="Nobody Inc")

    assert [warning.value for warning in app.warning] == [
        "“Atlantis”, “xxx” in the link were not understood; they filter nothing."
    ]
    assert app.multiselect(key="country").value == ["MY"]


def test_a_search_of_very_many_words_is_cut_and_answered(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, q=" ".join(f"w{number}" for number in range(1100)))

    assert headline(app) == "**0 claims · 0 events · 0 articles**"


def test_filters_stay_when_the_page_changes(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url)
    app.multiselect(key="actor").select("Zhipu AI").run()

    app.switch_page("views/funding.py").run()

    assert app.multiselect(key="actor").value == ["Zhipu AI"]


def test_clearing_takes_every_filter_off(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, country="MY", q="cloud", disputed="false", sources="2", known="2025-12-31")

    app.button(key="clear_above").click().run()

    assert not app.exception
    assert app.multiselect(key="country").value == []
    assert app.text_input(key="q").value == ""
    assert app.selectbox(key="disputed").value == "Included"
    assert app.number_input(key="sources").value == 1
    assert app.date_input(key="known").value is None


def test_the_expander_says_how_many_of_its_filters_are_on(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, region="Asia", usd_from="1bn", country="MY")

    assert app.expander[0].label == "More filters (2 on)"


def test_an_amount_that_cannot_be_read_is_said(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, usd_from="much")

    assert [warning.value for warning in app.warning] == ["“much” is no amount: write 250m or 1.4bn."]


def test_choices_are_said_in_words(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url)

    assert "Export control" in app.multiselect(key="kind").options
    assert "United Arab Emirates" in app.multiselect(key="country").options
    assert "Foundation models" in app.multiselect(key="technology").options


def test_a_view_run_alone_has_no_filters() -> None:
    assert filters.current() == NO_FILTERS


@pytest.mark.parametrize("known", ["2023-06-30", "2025-06-30"])
def test_as_known_on_shows_only_what_was_published_by_then(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch, known: str
) -> None:
    everything = int(headline(open_app(monkeypatch, corpus_url))[2:].split()[0])

    then = int(headline(open_app(monkeypatch, corpus_url, known=known))[2:].split()[0])

    assert 0 < then < everything
