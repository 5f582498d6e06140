"""Opening a page on the database that a fixture chose, and reading all that it says."""

from streamlit.testing.v1 import AppTest

from tests.dashboard.running import APP, said


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
    return "\n".join([said(page), *(str(element.value) for element in [*page.header, *page.warning])])
