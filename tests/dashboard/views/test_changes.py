"""What changed: the choice of two states, the list with reasons, and the bar of pinned links."""

import csv
import datetime as dt
import io
import shutil
from pathlib import Path

import pytest

from dashboard import cache_changes
from dashboard.cache_changes import Side
from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from pipeline.diff import Sort
from pipeline.maintain import withdraw
from pipeline.release import release
from tests.dashboard.views.opened import opened, shown
from tests.factory import Entry, claim, load_notes, note
from tests.replay import all_claims

DAY = dt.date(2025, 4, 1)
CAMERAS = note(number=2, claims=[claim(suppliers=["Globex"], what="cameras", buyers=["Government of France"],
                                       countries=["FR"])])  # fmt: skip
LATER = note(number=3, published="2025-03-13", claims=[claim(stage="signed", date="2025-03-12")])
ITALY = claim(
    suppliers=["Zeta"], what="<b>cranes</b>", countries=["IT"], date="2025-05-01", buyers=["Government of Italy"]
)  # fmt: skip
NEW = note(number=4, published="2025-05-02", claims=[ITALY])


@pytest.fixture
def small(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Release 1.0 with two events; since then one is signed, one withdrawn, one new."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    load_notes(empty_url, [note(), CAMERAS])
    release(open_engine(empty_url), "1.0", tmp_path / "r1", DAY)
    load_notes(empty_url, [LATER, NEW])
    withdraw(open_engine(empty_url), CAMERAS["id"], "published in error")
    return empty_url


def test_the_page_counts_each_sort_and_tells_what_changed_and_why(small: str) -> None:
    said = shown(opened("changes"))

    for part in (
        "From release 1.0 to now",
        "3 events differ",
        "stage: announced → signed",
        f'title="{LATER["id"]}">The Paper, 13 March 2025</a>',
        f'title="{CAMERAS["id"]}">The Paper, 11 March 2025</a>: published in error',
        ">New</span>",
        ">Changed</span>",
        ">Withdrawn</span>",
    ):
        assert part in said


def test_text_of_sources_is_shown_as_it_is_and_never_as_markup(small: str) -> None:
    assert "<b>cranes</b>" not in shown(opened("changes"))


def test_one_sort_can_be_listed_alone(small: str) -> None:
    page = opened("changes")

    page.pills[0].set_value(["withdrawn"]).run()

    said = shown(page)
    assert "published in error" in said
    assert "stage: announced → signed" not in said


def test_the_filters_choose_events_of_either_side(small: str) -> None:
    assert "published in error" in shown(opened("changes", country="France"))
    assert "No event of this selection differs" in shown(opened("changes", country="Japan"))


def test_the_address_names_what_is_compared(small: str) -> None:
    days = {"before": "As known on a day", "before_day": "2025-03-20", "after": "Now"}

    said = shown(opened("changes", **days))

    assert "From what was known on 20 March 2025 to now" in said
    assert "1 event differs" in said
    assert "published in error" not in said


def test_as_known_on_of_the_sidebar_bounds_what_now_is_between_two_days(small: str) -> None:
    said = shown(opened("changes", known="2025-04-30", before="As known on a day", before_day="2025-03-12"))

    assert "to what was known on 30 April 2025" in said
    assert NEW["id"] not in said


def test_as_known_on_does_not_count_beside_a_release_which_is_said(small: str) -> None:
    said = shown(opened("changes", known="2025-04-30")).replace("\\", "")

    assert "From release 1.0 to now" in said
    assert "a release cannot be cut to a day" in said


def test_the_bar_gives_no_figures_for_a_release_under_as_known_on(small: str) -> None:
    said = shown(opened("contracts", release="1.0", known="2025-04-30")).replace("\\", "")

    assert "Release 1.0 cannot be cut to a day: figures are not compared" in said
    assert "then 2 events" not in said


def test_the_kinds_of_the_page_that_a_link_came_from_narrow_the_list_until_filters_name_others(small: str) -> None:
    assert "No event of this selection differs" in shown(opened("changes", kinds="funding"))
    assert "3 events differ" in shown(opened("changes", kinds="contract"))
    assert "3 events differ" in shown(opened("changes", kinds="funding", kind="Contract"))


def test_one_event_can_be_looked_at_alone(small: str) -> None:
    said = shown(opened("changes", event=_event(small, LATER)))

    assert "1 event differs" in said
    assert "stage: announced → signed" in said
    assert "published in error" not in said


@pytest.mark.parametrize("asked", ["Release 9.9", "../../etc/passwd", "/etc"])
def test_only_releases_that_the_database_names_are_opened(small: str, asked: str) -> None:
    page = opened("changes", before=asked)

    assert "is no release that is known here" in shown(page)
    assert "From release 1.0 to now" in shown(page)


def test_a_state_is_not_compared_with_itself(small: str) -> None:
    assert "Both sides are the same" in shown(opened("changes", before="Now"))


def test_without_a_release_the_page_says_how_to_make_one_and_compares_days(
    corpus_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", corpus_url)

    page = opened("changes")

    assert "No release yet" in shown(page)
    assert page.code[0].value.startswith(".venv/bin/python -m pipeline release ")
    assert "From what was known on" in shown(page)
    assert "differ" in shown(page)


def test_an_empty_database_names_the_command_that_fills_it(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)

    assert "The database is empty" in shown(opened("changes"))


def test_a_release_whose_folder_is_gone_is_not_offered(small: str, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "r1")

    assert "No release yet" in shown(opened("changes"))


def test_a_release_that_was_changed_is_refused_and_said_so(small: str, tmp_path: Path) -> None:
    (tmp_path / "r1" / "events.csv").write_text("event_id\n", encoding="utf-8")

    page = opened("changes")

    assert "is not what was released" in page.error[0].value.replace("\\", "")


def test_the_csv_holds_exactly_what_is_listed(small: str) -> None:
    side = cache_changes.side_of_release("1.0")
    assert side is not None

    def sorts(filters: Filters, *wanted: Sort) -> list[str]:
        text = cache_changes.differences_csv(side, Side(), filters, wanted).decode("utf-8-sig")
        return [row["sort"] for row in csv.DictReader(io.StringIO(text, newline=""))]

    assert set(sorts(NO_FILTERS)) == {"new", "changed", "withdrawn"}
    assert sorts(NO_FILTERS, Sort.WITHDRAWN) == ["withdrawn"]
    assert sorts(Filters(countries=("IT",))) == ["new"]


@pytest.mark.parametrize("view", ["contracts", "events"])
def test_a_link_made_on_a_release_tells_the_figures_then_and_now(small: str, view: str) -> None:
    page = opened(view, release="1.0")

    said = shown(page).replace("\\", "")
    assert "This link was made on release 1.0 (1 April 2025): then 2 events; now 2 events" in said


def test_the_bar_counts_the_same_filters_on_both_sides(small: str) -> None:
    said = shown(opened("events", release="1.0", country="France")).replace("\\", "")

    assert "then 1 event; now 0 events" in said


def _event(url: str, wanted: Entry) -> str:
    claims = all_claims(url)
    return str(claims[claims["article_id"] == wanted["id"]]["event_id"].iloc[0])


def test_a_link_to_an_event_made_on_a_release_tells_what_changed_about_it_since(small: str) -> None:
    said = shown(opened("events", event=_event(small, LATER), release="1.0")).replace("\\", "")

    assert "This link was made on release 1.0 (1 April 2025). Since then: stage: announced → signed" in said


def test_a_link_to_an_event_that_the_release_did_not_have_says_so(small: str) -> None:
    said = shown(opened("events", event=_event(small, NEW), release="1.0")).replace("\\", "")

    assert "release 1.0 (1 April 2025), which did not have this event" in said


def test_a_release_that_is_not_known_is_said_to_be(small: str) -> None:
    said = shown(opened("events", release="../r1")).replace("\\", "")

    assert "release ../r1, which is not known here" in said


def test_every_link_box_offers_the_link_pinned_to_the_latest_release(small: str) -> None:
    page = opened("events", country="Kenya")

    links = [element.value for element in page.code]
    assert len(links) == 2
    assert links[1].endswith("country=Kenya&release=1.0")
