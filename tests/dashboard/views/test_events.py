"""The list of events and the page of one."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import database, open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.events import events
from pipeline.load import load
from pipeline.maintain import withdraw
from pipeline.readers import find_inputs
from tests.dashboard.views.opened import opened, shown
from tests.factory import judgement, load_notes
from tests.pipeline.samples import NOTE, changed


@pytest.fixture
def corpus(corpus_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", corpus_url)
    return corpus_url


@pytest.fixture
def small(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Three articles: two report one contract in Malaysia, a later third reports one in Kenya."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    first = changed(NOTE, "claims", NOTE["claims"][:1])
    second = {
        **first, "id": "b-2025-06-26-second", "published": "2025-06-26", "publisher": "Other",
        "text": "Another outlet also writes that Zhipu AI was winning government work in Malaysia. It has more.",
    }  # fmt: skip
    kenya = {
        **first["claims"][0], "buyers": ["Government of Kenya"], "countries": ["KE"], "evidence": "work in Kenya",
        "what": "cloud for schools", "attributed_to": "Ministry",
    }  # fmt: skip
    third = {
        **first, "id": "c-2025-07-01-third", "published": "2025-07-01", "publisher": "Third", "claims": [kenya],
        "text": "There is work in Kenya, says a ministry of that country, on schools.",
    }  # fmt: skip
    notes = tmp_path / "notes.jsonl"
    notes.write_text("\n".join(map(json.dumps, (first, second, third))), encoding="utf-8")
    summary = load(database(empty_url), find_inputs([str(notes)]))
    assert summary.rejected == 0
    return empty_url


def ids(url: str, chosen: Filters = NO_FILTERS) -> list[str]:
    with open_engine(url).connect() as connection:
        return list(events(connection, chosen)["event_id"])


def test_the_list_shows_every_event_of_the_choice_and_counts_them(corpus: str) -> None:
    page = opened("events", actor="Zhipu AI", country="Malaysia")

    found = ids(corpus, Filters(actors=("Zhipu AI",), countries=("MY",)))
    assert len(page.dataframe[0].value) == len(found) > 0
    assert f"{len(found)} event" in shown(page)


def test_words_search_the_list(corpus: str) -> None:
    page = opened("events", q="Prosperity7")

    assert 0 < len(page.dataframe[0].value) == len(ids(corpus, Filters(text="Prosperity7"))) < 100


def first_titles(page: AppTest, number: int = 3) -> list[str]:
    return [title.removesuffix("…")[:40] for title in page.dataframe[0].value["title"][:number]]


def test_a_long_list_is_turned_page_by_page(corpus: str) -> None:
    with open_engine(corpus).connect() as connection:
        titles = [title[:40] for title in events(connection, NO_FILTERS)["title"]]
    last = -(-len(titles) // 100)

    page = opened("events")
    seen = {button.label: button.disabled for button in page.button if button.label in ("Previous", "Next", "Last")}
    assert seen == {"Previous": True, "Next": False, "Last": False}
    page.button("page_Next").click().run()
    assert len(page.dataframe[0].value) == 100
    assert first_titles(page) == titles[100:103]
    assert f"Events **101–200** of {len(titles):,}" in shown(page)
    page.button("page_Last").click().run()
    assert first_titles(page, 1) == [titles[100 * (last - 1)]]
    page.button("page_First").click().run()
    assert first_titles(page) == titles[:3]


def test_a_link_opens_its_page_and_a_number_beyond_the_last_opens_the_last(corpus: str) -> None:
    number = len(ids(corpus))

    assert "Events **201–300** of" in shown(opened("events", page="3"))
    assert f"–{number:,}** of {number:,}" in shown(opened("events", page="999"))
    for nonsense in ("-1", "x", "0", "²"):
        assert "Events **1–100** of" in shown(opened("events", page=nonsense))


def test_another_choice_begins_on_its_first_page(corpus: str) -> None:
    page = opened("events", page="3")

    page.multiselect(key="kind").set_value(["contract"]).run()

    assert "Events **1–100** of" in shown(page)


def test_the_database_puts_all_in_the_order_asked_for(corpus: str) -> None:
    page = opened("events", order="Largest in US dollars")

    with open_engine(corpus).connect() as connection:
        listed = events(connection, NO_FILTERS)
    largest = listed.sort_values("usd_chosen", ascending=False, kind="stable")
    assert page.dataframe[0].value["usd"].tolist() == largest["usd_chosen"].tolist()[:100]
    assert "“Order” puts all of them in order" in shown(page)


def test_a_choice_that_fits_nothing_says_what_to_do(corpus: str) -> None:
    page = opened("events", q="nowherewords")

    assert "No event fits these filters" in shown(page)
    assert not page.dataframe


def test_an_empty_database_names_the_command_that_fills_it(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)

    page = opened("events")

    assert "The database is empty" in shown(page)
    assert page.code[0].value == ".venv/bin/python -m pipeline load pipeline/corpus"


def test_an_event_asked_of_an_empty_database_names_the_command_that_fills_it(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)

    page = opened("events", event="ev-anything")

    assert "The database is empty" in shown(page)
    assert page.code[0].value == ".venv/bin/python -m pipeline load pipeline/corpus"
    assert "No such event" not in shown(page)
    assert not [button for button in page.button if "0 events" in button.label]


def test_the_state_money_in_zhipu_is_at_least_attributed_to_openai_and_not_added(corpus: str) -> None:
    chosen = Filters(recipients=("Zhipu AI",), text="cumulative state investment", usd_from=1_300_000_000)
    said = shown(opened("events", event=ids(corpus, chosen)[0]))

    for part in (
        "At least USD 1.4 billion",
        "Rests on OpenAI alone",
        "never added to the deals within it",
        '<mark class="evidence">',
        "Government of China",
        "all reports agree on it",
    ):
        assert part in said


def test_the_page_of_a_disputed_event_parts_those_who_say_deny_and_dispute(corpus: str) -> None:
    chosen = Filters(recipients=("Aleph Alpha",))
    with open_engine(corpus).connect() as connection:
        found = events(connection, chosen)
    disputed = found[found["disputed"]].sort_values("claims")["event_id"].iloc[-1]

    page = opened("events", event=disputed)

    groups = [heading.value.split(":")[0] for heading in page.subheader]
    assert groups[:4] == ["How far it has come", "Who says so", "Who denies it", "Who disputes it"]


def test_every_page_of_an_event_of_the_corpus_opens(corpus: str) -> None:
    page = opened("events")
    for event_id in ids(corpus)[::25]:
        page.query_params["event"] = event_id
        page.run()

        assert not page.exception
        assert event_id in shown(page)


def test_the_way_back_closes_the_event_and_keeps_the_filters(corpus: str) -> None:
    page = opened("events", kind="Contract", event=ids(corpus, Filters(kinds=("contract",)))[0])
    number = len(ids(corpus, Filters(kinds=("contract",))))

    next(button for button in page.button if button.label == f"All {number} events of this selection").click()
    page.run()

    assert page.title[0].value == "Events"
    assert len(page.dataframe[0].value) == min(number, 100)
    assert f"of {number:,}" in shown(page)


def test_a_party_leads_to_all_events_of_that_actor(small: str) -> None:
    page = opened("events", kind="Contract", event=ids(small, Filters(countries=("KE",)))[0])

    page.button("party Buyer Government of Kenya").click()
    page.run()

    assert len(page.dataframe[0].value) == 1
    assert "Government of Kenya" in shown(page)


def test_merged_claims_say_why_and_single_ones_that_nothing_was_merged(small: str) -> None:
    merged = shown(opened("events", event=ids(small, Filters(countries=("MY",)))[0]))
    single = shown(opened("events", event=ids(small, Filters(countries=("KE",)))[0]))

    assert 'Claims <a href="#claim-1">1</a> and <a href="#claim-2">2</a>: same supplier: Zhipu AI' in merged
    assert "nothing was merged" in single


def test_an_id_whose_first_article_was_withdrawn_leads_to_the_event_as_it_is_now(small: str) -> None:
    old = ids(small, Filters(countries=("MY",)))[0]
    withdraw(open_engine(small), NOTE["id"], "published in error")
    new = ids(small, Filters(countries=("MY",)))[0]

    said = shown(opened("events", event=old))

    assert old != new
    assert f"The link names {old}, which leads here" in said.replace("\\", "")
    assert f"Permanent id `{new}`" in said


def test_the_id_of_a_withdrawn_event_gives_the_reason(small: str) -> None:
    gone = ids(small, Filters(countries=("KE",)))[0]
    withdraw(open_engine(small), "c-2025-07-01-third", "the ministry took it back")

    said = shown(opened("events", event=gone))

    assert "This event is gone" in said
    assert "the ministry took it back" in said


def test_an_event_that_was_not_yet_known_says_so(small: str) -> None:
    said = shown(opened("events", event=ids(small, Filters(countries=("KE",)))[0], known="2025-06-28"))

    assert "Not yet known" in said
    assert "28 June 2025" in said
    assert "This event is gone" not in said


def test_an_id_that_is_younger_than_the_day_leads_to_the_event_then_and_today(small: str, tmp_path: Path) -> None:
    """The event of Malaysia is known by its second report on a day before an earlier one was found."""
    withdraw(open_engine(small), NOTE["id"], "published in error")
    new = ids(small, Filters(countries=("MY",)))[0]

    page = opened("events", event=new, known="2025-06-20")

    assert "was not yet known on 20 June 2025" in shown(page).replace("\\", "")
    assert [button for button in page.button if button.label.startswith("Today: ")]


def test_the_event_then_is_opened_today_by_its_button(small: str) -> None:
    kenya = ids(small, Filters(countries=("KE",)))[0]
    page = opened("events", event=kenya, known="2025-06-28")

    next(button for button in page.button if button.label.startswith("Today: ")).click()
    page.run()

    assert f"Permanent id `{kenya}`" in shown(page)


def test_a_body_that_has_events_only_with_its_group_says_so_and_counts_by_group_on_a_click(corpus: str) -> None:
    chile = "Government of Chile"
    number = len(ids(corpus, Filters(actors=(chile,))))
    page = opened("events", actor=chile, groups="false")

    assert f"with its group or agencies: **{number}**" in shown(page)
    page.button("by_group").click()
    page.run()

    assert len(page.dataframe[0].value) == number > 0


def test_the_name_of_an_actor_that_was_joined_to_another_finds_that_one_and_says_so(small: str) -> None:
    load_notes(small, (), (), [judgement("Zhipu AI", "Z.ai (joined)", "same", subject="actor")])

    pages = [opened("events", actor=name) for name in ("Zhipu AI", "Z.ai (joined)")]

    assert {len(page.dataframe[0].value) for page in pages} == {len(ids(small, Filters(actors=("Zhipu AI",))))}
    assert sum("is another name of, or was joined to" in shown(page) for page in pages) == 1


def test_an_empty_database_offers_no_files(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)

    for view in ("contracts", "funding", "events", "sources"):
        assert not opened(view).get("download_button")


def test_an_unknown_id_says_so_without_running_its_markup(corpus: str) -> None:
    said = shown(opened("events", event="ev-<b>nope</b>"))

    assert "No such event" in said
    assert "<b>nope" not in said
