"""Merging and splitting from an event's page."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.event_judging import named_event
from tests.dashboard.views.opened import opened, shown
from tests.factory import load_notes, note
from tests.matches import load_apart, put_match
from tests.pipeline.test_decisions import table_of
from tests.replay import all_claims, event_ids


@pytest.fixture
def url(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database on which judging is switched on."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ENTENTE_REVIEW", "on")
    return empty_url


@pytest.fixture
def events(url: str) -> list[str]:
    """The ids of two events that nearly match."""
    left, right = load_apart(url, 5, 7)
    put_match(url, left, right, 0.4, "same buyer: Kenya", "different suppliers")
    event_of = all_claims(url).set_index("claim_id")["event_id"]
    return [event_of[left], event_of[right]]


def named(page: AppTest) -> AppTest:
    return page.text_input(key="reviewer").set_value("Ada").run()


def because(page: AppTest, sort: str) -> AppTest:
    return next(box for box in page.selectbox if (box.key or "").startswith(f"{sort}_why")).select("Two deals").run()


def press(page: AppTest, key: str) -> AppTest:
    next(one for one in page.button if (one.key or "").startswith(key)).click().run()
    assert not page.exception, page.exception
    return page


def test_the_page_says_what_nearly_belongs_to_the_event_and_why_not(events: list[str]) -> None:
    said = shown(opened("events", event=events[0]))

    assert "What nearly belongs here, and why not" in said
    assert f"event={events[1]}" in said
    assert "<strong>Apart because:</strong> different suppliers." in said
    assert "In common: same buyer: Kenya." in said


def test_where_judging_is_off_nothing_can_be_mended(events: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_REVIEW", "off")

    page = opened("events", event=events[0])

    assert "Mend it" not in shown(page)
    assert "reviewer" not in {field.key for field in page.text_input}


def test_nothing_can_be_mended_in_the_past(events: list[str]) -> None:
    assert "Mend it" not in shown(opened("events", event=events[0], known="2025-06-01"))


def test_a_preview_says_what_a_merge_gives_and_changes_nothing(url: str, events: list[str]) -> None:
    page = named(opened("events", event=events[0]))
    page.selectbox(key=f"merge_near {events[0]}").select(events[1]).run()

    press(page, f"try_merge {events[0]}")

    assert "It would give 1 event, by 1 decision" in page.info[0].value
    table = page.table[0].value
    assert list(table.index) == ["Now", "Now", "Then"]
    assert list(table["Reports"]) == [1, 1, 2]
    assert list(table.columns) == ["Event", "Figure", "Stage", "Disputed", "Reports", "Sources"]
    assert event_ids(url) == set(events)
    assert table_of(url) == []


@pytest.mark.parametrize("here", [0, 1])
def test_after_a_merge_the_page_shows_the_event_that_both_became_and_undo_parts_them(
    url: str, events: list[str], here: int
) -> None:
    page = named(opened("events", event=events[here]))
    page.text_input(key=f"merge_id {events[here]}").set_value(f"http://x/events?event={events[1 - here]}").run()

    press(because(page, "merge"), f"do_merge {events[here]}")

    [merged] = event_ids(url)
    assert f"Permanent id `{merged}`" in shown(page)
    assert "2 claims by" in shown(page)
    press(page, "undo_last")
    assert event_ids(url) == set(events)


def test_the_other_event_can_be_searched_for(url: str, events: list[str]) -> None:
    page = named(opened("events", event=events[0]))
    page.text_input(key=f"merge_id {events[0]}").set_value("globex tools").run()

    page.selectbox(key=f"merge_found {events[0]}").select(events[1]).run()
    assert page.button(key=f"do_merge {events[0]}").disabled  # no reason yet
    press(because(page, "merge"), f"do_merge {events[0]}")

    assert len(event_ids(url)) == 1


def test_a_search_that_finds_nothing_else_says_so(events: list[str]) -> None:
    page = named(opened("events", event=events[0]))

    page.text_input(key=f"merge_id {events[0]}").set_value("acme").run()

    assert "No other event of this kind has these words." in shown(page)
    assert page.button(key=f"do_merge {events[0]}").disabled


def test_an_id_that_never_was_is_said_to_be_none(events: list[str]) -> None:
    page = named(opened("events", event=events[0]))

    page.text_input(key=f"merge_id {events[0]}").set_value("ev-aaaaaaaaaaaa").run()

    assert "No event has this id." in [element.value for element in page.warning]
    assert page.button(key=f"do_merge {events[0]}").disabled


def test_claims_are_taken_out_as_an_event_of_their_own(url: str) -> None:
    load_notes(url, [note(number=number) for number in (1, 2, 3)])
    [event_id] = event_ids(url)
    page = named(opened("events", event=event_id))
    assert page.button(key=f"do_split {event_id}").disabled
    page.checkbox[1].check().run()

    press(page, f"try_split {event_id}")
    assert "It would give 2 events" in page.info[0].value
    assert len(event_ids(url)) == 1
    assert [box.label for box in page.checkbox] == ["Claim 1", "Claim 2", "Claim 3"]
    press(because(page, "split"), f"do_split {event_id}")

    assert sorted(all_claims(url)["event_id"].value_counts()) == [1, 2]
    assert "2 events now" in page.success[0].value


def test_all_claims_cannot_leave(url: str) -> None:
    load_notes(url, [note(number=number) for number in (1, 2)])
    [event_id] = event_ids(url)
    page = named(opened("events", event=event_id))

    for box in page.checkbox:
        box.check()
    page.run()

    assert page.button(key=f"do_split {event_id}").disabled
    assert "At least one claim has to stay." in shown(page)


@pytest.mark.parametrize(
    ("text", "event_id"),
    [
        ("ev-4eiemf3vgx32", "ev-4eiemf3vgx32"),
        ("https://x.org/events?actor=OpenAI&event=ev-4eiemf3vgx32", "ev-4eiemf3vgx32"),
        ("ev-aaaaaaaaaaaa then ev-4eiemf3vgx32", "ev-4eiemf3vgx32"),
        ("ev-4eie", None),
        ("", None),
    ],
)
def test_an_event_is_found_in_what_was_typed(text: str, event_id: str | None) -> None:
    assert named_event(text) == event_id
