"""Pages in a real browser: from an address opened to headline and chart, from a filter changed to a page at rest."""

import statistics
import time
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.crowd import PAGES, title
from tests.bench.figures import Figure
from tests.bench.ground import Ground
from tests.bench.serving import served
from tests.dashboard.conftest import QUIET, chromium

SHOWN = """() => document.querySelector('h1')
  && document.querySelector('.js-plotly-plot .main-svg, [data-testid="stDataFrame"] canvas, [class*="st-key-card-"]')
  && !document.querySelector('[data-testid="stSkeleton"]')
  && document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')"""
"""Whether title and chart or table are there."""
WATCH = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const started = performance.now();
  let ran = false;
  window.rested = new Promise(done => {
    const look = () => {
      const still = app.dataset.testScriptState === 'notRunning';
      ran = ran || !still;
      if (ran && still && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')) {
        requestAnimationFrame(() => done(performance.now() - started));
      } else {
        setTimeout(look, 5);
      }
    };
    look();
  });
}"""
"""From now on until the script has run again and nothing on the page is of the run before: milliseconds."""
PLACES = ("Kenya", "Brazil", "France", "India", "Japan")
COUNTRY = '[class*="st-key-country"] input'


def browser(ground: Ground) -> Iterator[Figure]:
    """First paint on a cold and on a warm server, and a change of filters, page by page."""
    with sync_playwright() as playwright:
        path = chromium()
        if path is None:
            ground.tell("no Chromium or Chrome on PATH: install one, or name it in CHROMIUM_PATH; left out")
            return
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        for page in PAGES:
            yield from _page(ground, started, page)
        started.close()


def _page(ground: Ground, browser: Browser, name: str) -> Iterator[Figure]:
    with served(ground.url()) as server:
        cold = _first(browser, f"{server.address}/{name}")[0]
        warm, changes = [], []
        for _ in range(ground.runs):
            seconds, more = _first(browser, f"{server.address}/{name}", PLACES)
            warm.append(seconds)
            changes += more
    ground.tell(f"{title(name)}: {cold:.2f} s cold, {warm} warm, {changes}")
    yield Figure("browser", f"{title(name)}, first paint, server just started", cold, "s", aim=3)
    yield Figure("browser", f"{title(name)}, first paint, warm server", statistics.median(warm), "s", aim=3)
    yield Figure("browser", f"{title(name)}, a filter changed, at rest", statistics.median(changes), "s", aim=1)


def _first(browser: Browser, address: str, places: tuple[str, ...] = ()) -> tuple[float, list[float]]:
    """Seconds to the first paint in a browser with an empty cache, and of each change of the country."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(120_000)
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(SHOWN)
    seconds = time.perf_counter() - started
    page.wait_for_timeout(1500)
    changes = [_change(page, place) for place in places]
    context.close()
    return seconds, changes


def _change(page: Page, place: str) -> float:
    page.locator(COUNTRY).first.click()
    page.keyboard.type(place)
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    page.keyboard.press("Enter")
    return float(page.evaluate("() => window.rested")) / 1000
