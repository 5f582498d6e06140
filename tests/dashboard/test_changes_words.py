"""What the “What changed” view says."""

import datetime as dt

import pytest

from dashboard.cache_changes import Comparison, Shown, Side
from dashboard.changes_words import (
    DAY,
    NOW,
    Links,
    bar_words,
    card,
    choices,
    counts_words,
    event_bar_words,
    figures_words,
    is_cut,
    legend,
    picked,
    release_label,
    side_words,
    sort_options,
    uncut_words,
)
from db.dictionary import TABLES
from db.queries.changes import Figures
from pipeline.diff import Sort
from pipeline.diff_reasons import Cause

RELEASE = Side("1.0", "/r", "0" * 64, dt.date(2026, 11, 23))
THEN, SINCE = Figures(41, 90, 60, 3_200_000_000, 12), Figures(44, 99, 64, 3_600_000_000, 13)


def test_sides_are_said_in_words() -> None:
    assert [side_words(side) for side in (RELEASE, Side(day=dt.date(2025, 3, 1)), Side())] == [
        "release 1.0",
        "what was known on 1 March 2025",
        "now",
    ]


LINKS = Links({"ev-b": "B & <i>sons</i>"}, "events?event={}".format, "sources?article={}".format)


def test_the_bar_tells_both_figures_and_when_nothing_changed() -> None:
    start = "This link was made on release 1.0 (23 November 2026): then 41 events"

    assert bar_words(RELEASE, THEN, SINCE, searches=False, sums=True) == f"{start}, $3.2bn; now 44 events, $3.6bn."
    assert bar_words(RELEASE, THEN, THEN, searches=False, sums=True).endswith("so nothing in these figures changed.")
    assert "no article texts" in bar_words(RELEASE, THEN, SINCE, searches=True, sums=True)


def test_the_bar_tells_no_sum_where_the_page_adds_nothing_up() -> None:
    assert "$" not in bar_words(RELEASE, THEN, SINCE, searches=False, sums=False)
    assert figures_words(Figures(1, 1, 1, None, 0), sums=True) == "1 event"


def test_the_bar_gives_no_figures_under_as_known_on() -> None:
    assert uncut_words(RELEASE).endswith("Release 1.0 cannot be cut to a day: figures are not compared.")


def test_the_bar_of_an_event_tells_what_became_of_it() -> None:
    row = {column.name: "" for column in TABLES["events"]} | {"event_id": "ev-a", "title": "A", "reports": "1"}
    start = "This link was made on release 1.0 (23 November 2026)"

    assert event_bar_words(RELEASE, row, row) == f"{start}. Since then: nothing about this event changed."
    assert event_bar_words(RELEASE, row, row | {"event_id": "ev-b", "reports": "2"}) == (
        f"{start}. Since then: it has another id; reports: 1 → 2."
    )
    assert event_bar_words(RELEASE, row, row | {"event_id": "ev-b", "title": "B"}) == (
        f"{start}. Since then: its id leads to “B”; title: “A” → “B”."
    )
    assert event_bar_words(RELEASE, row, None) == f"{start}: “A” was in it, and is gone since."
    assert event_bar_words(RELEASE, None, row) == f"{start}, which did not have this event."


def test_counts_and_options_name_each_sort_once() -> None:
    found = Comparison({Sort.NEW: 1200, Sort.WITHDRAWN: 1}, ())

    assert counts_words(found) == "1,201 events differ"
    assert sort_options(found) == {"new": "New (1,200)", "withdrawn": "Withdrawn (1)"}
    assert legend([Sort.WITHDRAWN], Side()) == "Withdrawn: what reported it was taken out."


def test_what_is_not_there_on_a_day_was_not_yet_reported_by_then() -> None:
    assert legend([Sort.GONE], Side(day=dt.date(2025, 3, 1))) == "Not there: not yet reported by then."
    assert legend([Sort.GONE], RELEASE) == "Not there: no article reports it any more."


def test_a_card_is_escaped() -> None:
    shown = card(Shown(Sort.NEW, "ev-a", "", "<i>", ("<script>alert(1)</script>",), (Cause("<b>"),)), Side(), LINKS)

    assert "<script>" not in shown
    assert "<b>" not in shown


def test_a_card_names_other_events_by_title_and_articles_by_publisher_and_date() -> None:
    causes = (
        Cause("claim moved here from", "ev-b", "art-1", "The Paper", "2026-03-31"),
        Cause("repeats", "art-0", "art-1", "The Paper", "2026-03-31"),
        Cause("judged the same by Ada on 2026-01-02: one act"),
    )

    shown = card(Shown(Sort.MERGED, "ev-a", "ev-b", "A", (), causes), Side(), LINKS)

    title = '<a href="events?event=ev-b" target="_self" title="ev-b">B &amp; &lt;i&gt;sons&lt;/i&gt;</a>'
    article = '<a href="sources?article=art-1" target="_self" title="art-1">The Paper, 31 March 2026</a>'
    assert f"<li>now part of {title}</li>" in shown
    assert f"because claim moved here from {title}: {article}" in shown
    assert 'title="art-0">an earlier report</a>' in shown
    assert "judged the same by Ada on 2 January 2026: one act" in shown


def test_as_known_on_counts_only_where_no_side_is_a_release() -> None:
    assert is_cut([DAY, NOW])
    assert not is_cut([release_label("1.0"), NOW])


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
