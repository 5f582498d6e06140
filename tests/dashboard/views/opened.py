"""Opening a page of the dashboard as a browser would, without one."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[3] / "dashboard" / "app.py"


def opened(view: str, **query: str) -> AppTest:
    """A view after its first run, at an address with this query."""
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.switch_page(f"views/{view}.py")
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def shown(page: AppTest) -> str:
    """All texts of a page's main part, HTML and markdown as they are."""
    elements = [*page.title, *page.header, *page.subheader, *page.markdown, *page.caption, *page.info, *page.warning]
    return "\n".join([*(str(element.value) for element in elements), *(html.proto.body for html in page.get("html"))])
