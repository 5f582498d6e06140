"""Long work is offered with how long it takes, and begins when asked for."""

import datetime as dt

import pytest

from dashboard import waiting
from dashboard.waiting import time_words
from db.engine import open_engine
from pipeline.snapshot import is_kept
from tests.conftest import Fresh
from tests.dashboard.running import open_app, said
from tests.factory import claim, load_notes, note

DAY = dt.date(2025, 3, 12)
TOLD = [note(number=1), note(number=2, published="2025-06-01", claims=[claim(what="cameras", countries=["FR"])])]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(11, "half a minute"), (45, "half a minute"), (46, "1 minute"), (95, "2 minutes"), (600, "10 minutes")],
)
def test_times_are_rough(seconds: float, words: str) -> None:
    assert time_words(seconds) == words


def test_a_day_is_worked_out_at_once_where_that_is_quick(fresh_sqlite: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    url = fresh_sqlite()
    load_notes(url, TOLD)

    open_app(monkeypatch, url, "events", known=DAY.isoformat())

    assert is_kept(open_engine(url), DAY)


def test_a_day_that_takes_long_is_offered_first(fresh_sqlite: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    url = fresh_sqlite()
    load_notes(url, TOLD)
    monkeypatch.setattr(waiting, "DAY_SECONDS", 60)

    app = open_app(monkeypatch, url, "events", known=DAY.isoformat())
    assert "up to 2 minutes with 2 claims" in said(app)
    assert not is_kept(open_engine(url), DAY)
    app.button(key="begin_day").click().run()

    assert is_kept(open_engine(url), DAY)
    assert "up to 2 minutes" not in said(app)
    assert "1 event" in said(app)


def test_a_comparison_that_takes_long_is_offered_again_for_other_filters(
    fresh_sqlite: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_sqlite()
    load_notes(url, TOLD)
    monkeypatch.setattr(waiting, "COMPARE_SECONDS", 60)

    app = open_app(monkeypatch, url, "changes", before_day=DAY.isoformat())
    assert "Clear filters" not in [button.label for button in app.button]
    app.button(key="begin_compare").click().run()
    assert "1 event differs" in said(app)
    app.multiselect(key="country").set_value(["FR"]).run()

    assert [button.label for button in app.button if button.key == "begin_compare"] == ["Begin"]
    assert "differs" not in said(app)
