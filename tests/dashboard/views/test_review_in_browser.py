"""What only a real browser shows of the Review page: judging by keys, and that typing in a field presses none."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Fresh
from tests.dashboard.conftest import wait_for
from tests.dashboard.in_browser import settle
from tests.dashboard.running import APP
from tests.matches import load_apart, put_match
from tests.pipeline.test_decisions import table_of
from tests.replay import event_ids

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def database(fresh_sqlite: Fresh) -> str:
    """The address of a database with two pairs of claims that nearly match."""
    url = fresh_sqlite()
    a, b, c, d = load_apart(url, 9, 7, 3, 2)
    put_match(url, a, b, 0.4)
    put_match(url, c, d, 0.4)
    return url


@pytest.fixture
def address(database: str) -> Iterator[str]:
    """The address of a server of our own on which judging is switched on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", str(port)]
    environment = {**os.environ, "DATABASE_URL": database, "ENTENTE_REVIEW": "on"}
    server = subprocess.Popen(command, cwd=APP.parents[1], env=environment,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def because(page: Page, why: str) -> None:
    box = page.get_by_role("combobox", name="Why")
    box.click()
    page.get_by_role("option", name=why).click()
    settle(page)
    box.blur()


@pytest.mark.parametrize("pause", [30, 150, 400])
def test_a_key_pressed_twice_judges_one_pair_and_z_takes_it_back(page: Page, database: str, pause: int) -> None:
    page.goto("/review")
    settle(page)
    name = page.get_by_role("textbox", name="Your name")
    name.fill("Ada")
    name.press("Enter")
    name.blur()
    settle(page)

    page.keyboard.press("u")
    page.wait_for_timeout(pause)
    page.keyboard.press("u")

    expect(page.get_by_text("Pair 1 of 1")).to_be_visible()
    settle(page)
    assert len(table_of(database)) == 1
    page.keyboard.press("z")
    expect(page.get_by_text("Pair 1 of 2")).to_be_visible()


def test_keys_skip_judge_and_undo_and_typing_a_name_presses_none(page: Page, database: str) -> None:
    page.goto("/review")
    settle(page)
    before = event_ids(database)
    name = page.get_by_role("textbox", name="Your name")
    name.click()
    page.keyboard.type("Sundz")
    name.press("Enter")
    name.blur()
    settle(page)
    expect(page.get_by_text("Pair 1 of 2")).to_be_visible()
    assert event_ids(database) == before

    page.keyboard.press("n")
    expect(page.get_by_text("Pair 2 of 2")).to_be_visible()
    settle(page)
    because(page, "One announcement, told twice")
    page.keyboard.press("s")
    expect(page.get_by_text("One event now")).to_be_visible()
    settle(page)
    assert len(event_ids(database)) == len(before) - 1
    page.keyboard.press("z")
    expect(page.get_by_text("Taken back")).to_be_visible()

    assert event_ids(database) == before
    assert "Sundz" not in page.url


def test_the_name_is_asked_once_and_goes_along_to_the_page_of_an_event(page: Page) -> None:
    page.goto("/review")
    settle(page)
    name = page.get_by_role("textbox", name="Your name")
    name.fill("Ada")
    name.press("Enter")
    settle(page)

    page.get_by_role("link", name="Event:").first.click()

    page.wait_for_selector(".ladder")
    settle(page)
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("Ada")


def test_a_decision_is_picked_in_the_table_and_taken_back_with_what_was_made_with_it(page: Page, database: str) -> None:
    before = event_ids(database)
    page.goto("/review")
    settle(page)
    name = page.get_by_role("textbox", name="Your name")
    name.fill("Ada")
    name.press("Enter")
    settle(page)
    because(page, "One announcement, told twice")
    page.get_by_role("button", name="Same", disabled=False).first.click()
    expect(page.get_by_text("One event now")).to_be_visible()
    page.get_by_role("radio", name="Decisions").click()
    table = page.locator('[data-testid="stDataFrame"]')
    settle(page)
    box = table.bounding_box()
    assert box is not None

    page.mouse.click(box["x"] + 16, box["y"] + 64)
    page.get_by_role("button", name="Undo this decision").click()

    expect(page.get_by_text("Taken back")).to_be_visible()
    assert event_ids(database) == before
