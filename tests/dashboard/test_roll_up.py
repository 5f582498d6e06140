"""The switch between groups and single bodies, as the pages show it."""

import pytest

from tests.dashboard.running import open_app

LABEL = "Count by group and government"


def test_counting_by_group_is_on_unless_a_link_says_otherwise(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url)
    assert app.toggle(key="groups").label == LABEL
    assert app.toggle(key="groups").value

    off = open_app(monkeypatch, corpus_url, groups="false")
    assert not off.exception
    assert not off.toggle(key="groups").value


def test_switching_it_off_takes_groups_out_of_the_choices(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url)
    before = set(app.multiselect(key="supplier").options)

    app.toggle(key="groups").set_value(False).run()

    assert not app.exception
    assert set(app.multiselect(key="supplier").options) < before


def test_what_a_link_says_of_the_switch_in_vain_is_said(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, corpus_url, groups="maybe")

    assert any("“maybe”" in warning.value for warning in app.warning)
