"""Driving a page in a real browser."""

from playwright.sync_api import Page


def settle(page: Page) -> None:
    """Wait until the script has run and the page is drawn, its widgets too: only then do they write the address."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("document.querySelectorAll('[data-testid=\"stSkeleton\"]').length === 0")
    page.wait_for_timeout(700)
