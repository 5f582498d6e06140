"""What only a browser shows of comparing: the address that carries both sides, the download, the pinned link."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from db.engine import open_engine
from pipeline.maintain import withdraw
from pipeline.release import release
from tests.dashboard.conftest import served
from tests.dashboard.in_browser import settle
from tests.factory import claim, load_notes, note

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_link_made_on_a_release_leads_to_what_changed_since_and_to_its_csv(
    browser: Browser, empty_url: str, tmp_path: Path
) -> None:
    cameras = note(number=2, claims=[claim(suppliers=["Globex"], what="cameras")])
    load_notes(empty_url, [note(), cameras])
    release(open_engine(empty_url), "1.0", tmp_path / "r1", dt.date(2025, 4, 1))
    withdraw(open_engine(empty_url), cameras["id"], "published in error")

    with served(empty_url) as address:
        page = browser.new_page(base_url=address)
        page.set_default_timeout(20_000)
        page.goto("/events?country=KE&release=1.0")
        page.get_by_text("then 2 events; now 1 event").wait_for()
        page.get_by_role("link", name="See what changed").click()
        page.get_by_text("published in error").wait_for()
        settle(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Changes CSV").click()
        text = Path(download.value.path()).read_text("utf-8-sig")
        page.close()

    (row,) = csv.DictReader(text.splitlines())
    assert row["sort"] == "withdrawn"
    assert row["reasons"].endswith("published in error")


def test_the_address_rebuilds_the_comparison_of_two_days(page: Page) -> None:
    page.goto("/changes?before=As+known+on+a+day&before_day=2025-03-01&after=As+known+on+a+day&after_day=2025-06-30")

    page.get_by_text("From what was known on 1 March 2025 to what was known on 30 June 2025").wait_for()
    settle(page)

    assert "before_day=2025-03-01" in page.url
    assert "after_day=2025-06-30" in page.url
