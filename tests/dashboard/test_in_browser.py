"""What only a real browser shows: the drawn map, clicks, addresses, downloads, and that nothing leaves the machine."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.dashboard.in_browser import settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CENTRE_OF_AREA = """code => {
  for (const path of document.querySelectorAll('.choroplethlayer path')) {
    if (path.__data__ && path.__data__.loc === code) {
      const box = path.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }
  }
}"""
CENTRE_OF_DOT = """code => {
  for (const path of document.querySelectorAll('.scattergeo path.point, .scatterlayer path.point, path.point')) {
    if (path.__data__ && JSON.stringify(path.__data__.data ?? path.__data__.customdata ?? null) === `["${code}"]`) {
      const box = path.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }
  }
}"""

PLACE_ON_MAP = """([longitude, latitude]) => {
  const plot = document.querySelector('.js-plotly-plot');
  const map = plot?._fullLayout?.geo?._subplot;
  if (!map || !document.querySelector('.choroplethlayer path')) return null;
  const [x, y] = map.projection([longitude, latitude]);
  const box = plot.querySelector('.main-svg').getBoundingClientRect();
  return [box.x + x, box.y + y];
}"""


def click_at(page: Page, script: str, place: str | list[float]) -> None:
    """Click once the page is drawn and the place stands still: on a busy machine the map moves while it is drawn."""
    page.wait_for_function(script, arg=place)
    settle(page)
    x, y = page.evaluate(script, place)
    page.mouse.move(x, y)
    page.wait_for_timeout(200)
    while (moved := page.evaluate(script, place)) != [x, y]:
        x, y = moved
        page.mouse.move(x, y)
        page.wait_for_timeout(200)
    page.mouse.click(x, y)


def test_a_click_on_a_country_filters_to_it_and_opens_its_events(page: Page) -> None:
    page.goto("/")

    click_at(page, CENTRE_OF_AREA, "BRA")

    page.wait_for_selector("text=Events in Brazil")
    assert "country=Brazil" in page.url


def test_a_click_on_the_dot_of_a_small_state_does_the_same(page: Page) -> None:
    page.goto("/")

    click_at(page, CENTRE_OF_DOT, "SG")

    page.wait_for_selector("text=Events in Singapore")
    assert "country=Singapore" in page.url


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ([102, 4], "Malaysia"),
        ([103, 2.5], "Malaysia"),
        ([113, 3], "Malaysia"),
        ([46.7, 24.7], "Saudi Arabia"),
        ([54, 23.5], "United Arab Emirates"),
    ],
)
def test_a_click_beside_a_dot_goes_to_the_country_under_it(page: Page, place: list[float], country: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/")

    click_at(page, PLACE_ON_MAP, place)

    page.wait_for_selector(f"text=Events in {country}")


@pytest.mark.parametrize(("code", "country"), [("QA", "Qatar"), ("MT", "Malta")])
def test_dots_beside_large_countries_still_take_their_own_clicks(page: Page, code: str, country: str) -> None:
    page.goto("/")

    click_at(page, CENTRE_OF_DOT, code)

    page.wait_for_selector(f"text=Events in {country}")


def test_a_second_country_can_be_clicked_while_the_first_is_chosen(page: Page) -> None:
    page.goto("/?country=BR")

    click_at(page, CENTRE_OF_AREA, "AUS")

    page.wait_for_selector("text=Events in Australia")


def test_evidence_is_two_clicks_from_the_map(page: Page) -> None:
    page.goto("/?actor=Zhipu+AI")

    click_at(page, CENTRE_OF_AREA, "KEN")
    page.wait_for_selector("text=Events in Kenya")
    page.click('[class*="st-key-card-"] a')

    page.wait_for_url("**/events?**event=ev-*")
    page.wait_for_selector("mark.evidence")
    assert page.url.count("actor=") == 1


def test_a_link_restores_the_view_in_another_browser(page: Page, browser: Browser, address: str) -> None:
    page.goto("/?country=SA&measure=US+dollars&actor=Huawei")
    page.wait_for_selector("text=Events in Saudi Arabia")
    settle(page)
    page.click("text=Link to this view")
    link = page.locator('[data-testid="stCode"]').first.inner_text()
    shown = page.locator('[data-testid="stMain"] h1, [data-testid="stMain"] h3, strong').all_inner_texts()

    other = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    other.goto(link.strip())
    other.wait_for_selector("text=Events in Saudi Arabia")
    settle(other)

    assert link.startswith(address)
    assert other.locator('[data-testid="stMain"] h1, [data-testid="stMain"] h3, strong').all_inner_texts() == shown
    other.context.close()


def test_the_back_button_brings_the_filters_back(page: Page) -> None:
    page.goto("/?actor=Huawei")
    settle(page)
    page.click('a:has-text("Funding")')
    page.wait_for_url("**/funding?actor=Huawei")

    page.go_back()

    page.wait_for_selector("text=Who supplies AI to which governments")
    settle(page)
    assert "actor: Huawei" in page.inner_text('[data-testid="stMain"]')


def test_the_download_holds_what_the_screen_says(page: Page) -> None:
    page.goto("/?actor=Zhipu+AI")
    page.wait_for_selector('button:has-text("Events CSV")')
    settle(page)
    said = page.locator('strong:has-text("events")').inner_text()

    with page.expect_download() as download:
        page.click('button:has-text("Events CSV")')

    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert f"{len(rows)} events" in said
    assert {row["kind"] for row in rows} == {"contract"}
    assert all("Zhipu AI" in row["suppliers"] for row in rows)


@pytest.mark.parametrize("path", ["/", "/funding", "/events", "/sources", "/about"])
def test_no_view_asks_anything_of_another_machine(page: Page, path: str) -> None:
    page.goto(path)

    settle(page)

    assert page.locator("h1").count() == 1


def test_the_map_is_drawn_from_our_own_shapes(page: Page) -> None:
    with page.expect_response("**/app/static/topojson/world_50m.json") as response:
        page.goto("/")

    assert response.value.ok
    page.wait_for_function(CENTRE_OF_AREA, arg="USA")


def test_a_click_on_a_mark_of_the_timeline_opens_its_card(page: Page) -> None:
    page.goto("/funding?actor=Zhipu+AI")
    mark = page.locator(".scatterlayer .points path").nth(1)
    mark.wait_for()
    settle(page)

    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(200)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    page.wait_for_selector("text=Chosen event")
    assert "mark=ev-" in page.url


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("measure", ["Events", "US+dollars", "Supplier%27s+home"])
def test_the_table_of_countries_is_read_without_scrolling_sideways(page: Page, width: int, measure: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/?measure={measure}")
    settle(page)

    wide, seen = page.evaluate("(() => { const it = document.querySelector('.dvn-scroller'); "
                               "return [it.scrollWidth, it.clientWidth]; })()")  # fmt: skip
    assert wide <= seen
