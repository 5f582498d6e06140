"""The app as AppTest runs it, on a database of the test's choice."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
SERVER = APP.with_name("server.py")


def open_app(monkeypatch: pytest.MonkeyPatch, url: str, view: str | None = None, **query: str | list[str]) -> AppTest:
    """The app after its first run, on the page `view` (default: Contracts), with this query in its address."""
    monkeypatch.setenv("DATABASE_URL", url)
    app = AppTest.from_file(str(APP), default_timeout=30)
    for key, value in query.items():
        app.query_params[key] = value
    if view:
        app.switch_page(f"views/{view}.py")
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """All plain text of a page, one element a line."""
    texts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info]
    return "\n".join(element.value for element in texts) + "\n" + "\n".join(html(app))


def html(app: AppTest) -> list[str]:
    """The bodies of the page's HTML elements."""
    return [element.proto.body for element in app.get("html")]
