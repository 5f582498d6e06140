"""Long work is offered with how long it takes, and begins when asked for."""

import datetime as dt

import pytest

from dashboard import waiting
from tests.conftest import Fresh
from tests.dashboard.running import open_app, said
from tests.factory import claim, load_notes, note

DAY = dt.date(2025, 3, 12)
TOLD = [note(number=1), note(number=2, published="2025-06-01", claims=[claim(what="cameras", countries=["FR"])])]


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
