"""What only a real browser shows of the Events and Sources pages: clicks in tables and links between pages."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.dashboard.in_browser import settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TABLE = '[data-testid="stDataFrame"]'
FIRST_ROW = 60
"""Pixels from the top of a table to within its first row."""


def click_cell(page: Page, across: int) -> None:
    table = page.locator(TABLE)
    table.scroll_into_view_if_needed()
    settle(page)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + across, box["y"] + FIRST_ROW)


def test_a_click_on_a_title_opens_the_event_and_the_way_back_keeps_the_filters(page: Page) -> None:
    page.goto("/events?actor=Zhipu+AI&country=MY")

    click_cell(page, 200)
    page.wait_for_selector(".ladder")
    opened = page.url
    page.get_by_role("button", name="list of events").or_(page.get_by_role("button", name="of this selection")).click()
    page.wait_for_selector(TABLE)
    settle(page)

    assert "event=ev-" in opened
    assert "event=" not in page.url
    assert "actor=Zhipu" in page.url
    assert "country=Malaysia" in page.url


def test_a_click_on_another_cell_opens_nothing(page: Page) -> None:
    page.goto("/events?actor=Zhipu+AI")

    click_cell(page, 40)
    settle(page)

    assert "event=" not in page.url
    assert page.locator(TABLE).count() == 1


def test_article_and_event_lead_to_each_other(page: Page) -> None:
    page.goto("/events?q=cumulative+state+investment&actor=Zhipu+AI")
    click_cell(page, 200)

    page.locator(".claim a", has_text="Article with all its claims").first.click()
    page.wait_for_selector(".text mark.evidence")
    page.locator(".claim footer a").first.click()
    page.wait_for_selector(".ladder")

    assert "q=cumulative" in page.url


def test_the_whole_text_unfolds_and_numbers_lead_to_claims(page: Page) -> None:
    page.goto("/events?q=cumulative+state+investment&actor=Zhipu+AI")
    click_cell(page, 200)
    page.wait_for_selector(".claim details")

    page.locator(".claim summary").first.click()
    page.locator(".reasons a").first.click()

    page.wait_for_selector(".claim:target")
    assert page.locator(".claim details p").first.is_visible()


def test_the_articles_file_holds_what_the_page_counts(page: Page) -> None:
    page.goto("/sources?actor=Huawei&country=MY")
    page.wait_for_selector(TABLE)
    settle(page)

    with page.expect_download() as download:
        page.get_by_role("button", name="Articles CSV").click()

    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert f"{len(rows)} articles" in page.locator('strong:has-text("claims")').inner_text()
