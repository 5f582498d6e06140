"""What the “What changed” view says."""

import datetime as dt

import pytest

from dashboard.cache_changes import Comparison, Shown, Side
from dashboard.changes_words import (
    DAY,
    NOW,
    bar_words,
    card,
    choices,
    counts_words,
    event_bar_words,
    figures_words,
    legend,
    picked,
    release_label,
    side_words,
    sort_options,
)
from db.dictionary import TABLES
from db.queries.changes import Figures
from pipeline.diff import Sort

RELEASE = Side("1.0", "/r", "0" * 64, dt.date(2026, 11, 23))
THEN, SINCE = Figures(41, 90, 60, 3_200_000_000, 12), Figures(44, 99, 64, 3_600_000_000, 13)


def test_sides_are_said_in_words() -> None:
    assert [side_words(side) for side in (RELEASE, Side(day=dt.date(2025, 3, 1)), Side())] == [
        "release 1.0",
        "what was known on 1 March 2025",
        "now",
    ]


def test_the_bar_tells_both_figures_and_when_nothing_changed() -> None:
    assert bar_words(RELEASE, THEN, SINCE, searches=False) == (
        "This link was made on release 1.0 (23 November 2026): then 41 events, USD 3.2 billion; "
        "now 44 events, USD 3.6 billion."
    )
    assert bar_words(RELEASE, THEN, THEN, searches=False).endswith("so nothing in these figures changed.")
    assert "no article texts" in bar_words(RELEASE, THEN, SINCE, searches=True)


def test_the_bar_of_an_event_tells_what_became_of_it() -> None:
    row = {column.name: "" for column in TABLES["events"]} | {"event_id": "ev-a", "title": "A", "reports": "1"}
    start = "This link was made on release 1.0 (23 November 2026)"

    assert event_bar_words(RELEASE, row, row, "ev-a") == f"{start}. Since then: nothing about this event changed."
    assert event_bar_words(RELEASE, row, row | {"event_id": "ev-b", "reports": "2"}, "ev-b") == (
        f"{start}. Since then: its id leads to ev-b now; reports: 1 → 2."
    )
    assert event_bar_words(RELEASE, row, None, None) == f"{start}: “A” was in it, and is gone since."
    assert event_bar_words(RELEASE, None, row, "ev-a") == f"{start}, which did not have this event."


def test_without_a_sum_only_events_are_told() -> None:
    assert figures_words(Figures(1, 1, 1, None, 0)) == "1 event"


def test_counts_and_options_name_each_sort_once() -> None:
    found = Comparison({Sort.NEW: 1200, Sort.WITHDRAWN: 1}, ())

    assert counts_words(found) == "1,201 events differ"
    assert sort_options(found) == {"new": "New (1,200)", "withdrawn": "Withdrawn (1)"}
    assert legend([Sort.WITHDRAWN]) == "Withdrawn: what reported it was taken out."


def test_a_card_is_escaped() -> None:
    shown = card(Shown(Sort.NEW, "ev-a", "", "<i>", ("<script>alert(1)</script>",), ("<b>",)))

    assert "<script>" not in shown
    assert "<b>" not in shown


def test_the_first_choice_is_the_latest_release_or_now() -> None:
    assert choices(["2.0", "1.0"], first="") == ["Release 2.0", "Release 1.0", DAY, NOW]
    assert choices([], first="") == [DAY, NOW]
    assert choices(["2.0"], first=NOW) == [NOW, "Release 2.0", DAY]


@pytest.mark.parametrize(
    ("label", "side"),
    [
        (NOW, Side(day=dt.date(2025, 1, 1))),
        (DAY, Side(day=dt.date(2025, 2, 2))),
        (release_label("1.0"), RELEASE),
        (release_label("3.0"), None),
    ],
)
def test_a_choice_is_a_side_and_now_obeys_as_known_on(label: str, side: Side | None) -> None:
    known, day = dt.date(2025, 1, 1), dt.date(2025, 2, 2)

    assert picked(label, day, known, {release_label("1.0"): RELEASE}) == side
