"""What tests of pages share: clean caches, and for browser tests a server of their own and a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import streamlit as st
from playwright.sync_api import Browser, Page, sync_playwright

from tests.dashboard.running import SERVER

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture(autouse=True)
def _clear_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()


def chromium() -> str | None:
    """The browser that CHROMIUM_PATH names, else the first on PATH; None where there is none."""
    named = os.environ.get("CHROMIUM_PATH")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def address(corpus_url: str) -> Iterator[str]:
    """The address of a server of our own, on the bundled corpus."""
    with served(corpus_url) as started:
        yield started


@contextmanager
def served(url: str) -> Iterator[str]:
    """A server of our own on a database, while it is needed; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(SERVER), "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=SERVER.parents[1], env={**os.environ, "DATABASE_URL": url},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 our own server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the dashboard did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium()
        if path is None:
            pytest.skip("no Chromium or Chrome on PATH: install one, or name it in CHROMIUM_PATH")
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh page. Fails the test where anything is asked of another machine."""
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, base_url=address)
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert [
        url for url in asked if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
    ] == []
