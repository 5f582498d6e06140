"""A day that takes long to work out is worked out when a visitor asks for it, and not before."""

import pytest

from dashboard.known_day import duration
from pipeline import snapshot
from tests.dashboard.running import open_app, said


def test_a_day_that_takes_long_is_worked_out_on_request(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "LONG", 0.0)

    app = open_app(monkeypatch, corpus_url, "events", known="2021-05-17")
    assert "has not been worked out yet" in said(app)
    assert not app.title

    app.button(key="know_day").click().run()

    assert not app.exception
    assert [title.value for title in app.title] == ["Events"]


def test_the_day_can_be_taken_off_instead(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "LONG", 0.0)
    app = open_app(monkeypatch, corpus_url, "events", known="2021-05-18")

    app.button(key="know_now").click().run()

    assert [title.value for title in app.title] == ["Events"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 second"), (40.4, "40 seconds"), (170.0, "3 minutes"), (95.0, "2 minutes")]
)
def test_a_duration_is_said_roughly(seconds: float, words: str) -> None:
    assert duration(seconds) == words
