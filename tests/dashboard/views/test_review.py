"""The Review page: the queue, deciding and undoing, and that strangers cannot."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from dashboard import review_pairs, reviewing
from db.engine import open_engine, writing
from db.queries import review
from pipeline import judging
from pipeline.maintain import withdraw
from tests.dashboard.running import html
from tests.dashboard.views.opened import opened, shown
from tests.factory import actor, judgement, load_notes
from tests.matches import apart, load_apart, put_match
from tests.pipeline.test_decisions import table_of, verdict_of
from tests.replay import all_claims, event_ids


@pytest.fixture
def pair(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The ids of two claims, in two events, that nearly match; judging is switched on."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ENTENTE_REVIEW", "on")
    left, right = load_apart(empty_url, 5, 7)
    put_match(empty_url, left, right, 0.4)
    return left, right


def named(page: AppTest, name: str = "Ada") -> AppTest:
    return page.text_input(key="reviewer").set_value(name).run()


def button(page: AppTest, key: str) -> Button:
    """The button whose key begins like this; what follows names the pair that it was drawn for."""
    return next(one for one in page.button if (one.key or "").startswith(key))


def press(page: AppTest, key: str) -> AppTest:
    button(page, key).click().run()
    assert not page.exception, page.exception
    return page


def because(page: AppTest, why: str = "Two deals") -> AppTest:
    return next(box for box in page.selectbox if box.label == "Why").select(why).run()


def whys(url: str) -> list[str]:
    with open_engine(url).connect() as connection:
        return list(review.judgements(connection)["why"])


@pytest.fixture
def pairs(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of four claims, the first two and the last two a pair that nearly matches; judging is switched on."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ENTENTE_REVIEW", "on")
    a, b, c, d = load_apart(empty_url, 9, 7, 3, 2)
    put_match(empty_url, a, b, 0.4)
    put_match(empty_url, c, d, 0.4)
    return [a, b, c, d]


def test_a_pair_is_shown_with_evidence_reasons_and_what_would_change(pair: tuple[str, str]) -> None:
    page = opened("review")

    said = shown(page)
    assert "Pair 1 of 1" in said
    assert "Acme sells tools to Kenya" in said
    assert "Globex sells tools to Kenya" in said
    assert "Different suppliers" in said  # what speaks against it, in words
    assert "**Same** joins" in said
    assert any('<mark class="evidence">' in body for body in html(page))


def test_where_judging_is_off_the_queue_is_shown_and_nothing_can_be_pressed(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ENTENTE_REVIEW")

    page = opened("review")

    assert "Pair 1 of 1" in shown(page)
    assert "ENTENTE_REVIEW=on" in shown(page)
    assert not [one.key for one in page.button if (one.key or "").startswith("answer_")]
    assert "reviewer" not in {field.key for field in page.text_input}


def test_without_a_name_nothing_can_be_pressed(pair: tuple[str, str]) -> None:
    page = because(opened("review"))

    assert button(page, "answer_same").disabled
    assert "your name" in button(page, "answer_same").help
    assert not button(named(page), "answer_same").disabled
    assert button(named(page, " "), "answer_same").disabled


def test_no_reason_is_put_into_the_mouth_of_the_reviewer(pair: tuple[str, str], empty_url: str) -> None:
    page = named(opened("review"))

    assert [box.value for box in page.selectbox if box.label == "Why"] == [None]
    assert button(page, "answer_same").disabled
    assert button(page, "answer_different").disabled
    assert "reason first" in button(page, "answer_different").help
    press(page, "answer_unsure")
    assert whys(empty_url) == ["no reason given"]


def test_a_press_meant_for_the_pair_before_is_not_counted(pairs: list[str], empty_url: str) -> None:
    page = named(opened("review"))

    press(page, "answer_unsure")
    assert "Pair 1 of 1" in shown(page)
    press(page, "answer_unsure")

    assert len(table_of(empty_url)) == 1
    assert "not counted" in page.toast[0].value
    assert "Pair 1 of 1" in shown(page)


def test_after_a_moment_the_next_pair_can_be_judged(
    pairs: list[str], empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "SETTLING", 0.0)
    page = named(opened("review"))

    press(press(page, "answer_unsure"), "answer_unsure")

    assert len(table_of(empty_url)) == 2
    assert "No pair is waiting" in page.success[0].value


def test_undo_walks_back_through_the_decisions_of_the_session(
    pairs: list[str], empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "SETTLING", 0.0)
    before = event_ids(empty_url)
    page = named(opened("review"))
    press(because(page), "answer_same")
    press(because(page), "answer_same")
    assert len(event_ids(empty_url)) == len(before) - 2

    press(page, "undo_last")
    assert len(event_ids(empty_url)) == len(before) - 1
    press(page, "undo_last")

    assert event_ids(empty_url) == before
    assert not [one.key for one in page.button if (one.key or "").startswith("undo_last")]


def test_a_reason_is_for_one_pair_unless_it_is_asked_to_stay(
    pairs: list[str], empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "SETTLING", 0.0)
    page = named(opened("review"))
    press(because(page), "answer_different")
    [again] = [box for box in page.selectbox if box.label == "Why"]
    assert again.value is None

    page.checkbox(key="reason_again").check().run()

    assert [box.value for box in page.selectbox if box.label == "Why"] == ["Two deals"]
    press(page, "answer_different")
    assert whys(empty_url) == ["Two deals"] * 2


def test_same_joins_at_once_and_undo_parts_again(pair: tuple[str, str], empty_url: str) -> None:
    before = event_ids(empty_url)
    page = because(named(opened("review")), "One announcement, told twice")

    press(page, "answer_same")

    assert len(event_ids(empty_url)) == 1
    assert "One event now" in "".join(element.value for element in page.success)
    press(page, "undo_last")
    assert event_ids(empty_url) == before
    assert "Pair 1 of 1" in shown(page)


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_an_answer_takes_the_pair_out_of_the_queue_and_keeps_who_and_why(
    pair: tuple[str, str], empty_url: str, verdict: str
) -> None:
    page = named(opened("review"))
    because(page)

    press(page, f"answer_{verdict}")

    assert verdict_of(empty_url, *pair) == verdict
    assert "No pair is waiting" in "".join(element.value for element in page.success)
    with open_engine(empty_url).connect() as connection:
        [row] = review.judgements(connection).to_dict("records")
    assert (row["who"], row["why"]) == ("Ada", "Two deals")


def test_the_way_on_and_back_leads_through_the_queue(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    a, b, c, d = load_apart(empty_url, 5, 7, 3, 2)
    put_match(empty_url, a, b, 0.4)
    put_match(empty_url, c, d, 0.4)
    page = opened("review")
    assert "$7m at stake" in shown(page).replace("\\", "")

    press(page, "queue_skip")

    assert "Pair 2 of 2" in shown(page)
    assert "$3m at stake" in shown(page).replace("\\", "")
    assert page.button(key="queue_skip").disabled
    assert "Pair 1 of 2" in shown(press(page, "queue_back"))


def test_filters_of_the_sidebar_narrow_the_queue(pair: tuple[str, str]) -> None:
    assert "Pair 1 of 1" in shown(opened("review", actor="Globex"))
    page = opened("review", kind="Funding")
    assert "No pair is waiting under these filters" in page.success[0].value


def test_where_not_every_claim_is_looked_at_the_queue_says_so(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Narrower filters look closer" not in shown(opened("review"))
    monkeypatch.setattr(review_pairs, "FEW_CLAIMS", 1)

    assert "Of more than 1 claims the queue looks at" in shown(opened("review"))


def test_a_load_that_takes_too_long_is_said_and_what_was_typed_stays(
    pair: tuple[str, str], empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "PATIENCE", 0.1)
    page = named(opened("review"))
    because(page)

    with writing(open_engine(empty_url)):
        press(page, "answer_different")

    assert "nothing was changed" in page.error[0].value
    assert [box.value for box in page.selectbox if box.label == "Why"] == ["Two deals"]
    assert page.text_input(key="reviewer").value == "Ada"
    assert table_of(empty_url) == []


def test_decisions_are_listed_with_who_why_and_whether_they_hold(pair: tuple[str, str], empty_url: str) -> None:
    load_notes(empty_url, (), (), [
        judgement(*pair, "same", when="2026-01-01", why="one text"),
        {**judgement(*pair, "unsure", when="2026-01-02"), "undone_by": "Bo", "undone_when": "2026-01-03"},
        judgement("Acme", "Globex", "owns", subject="actor", when="2026-01-04", who="Cy"),
    ])  # fmt: skip

    page = opened("review", queue="Decisions")

    table = page.dataframe[0].value
    assert list(table["verdict"]) == ["Owns", "Unsure", "Same"]
    assert list(table["who"]) == ["Cy", "Ada", "Ada"]
    assert [state.split(",")[0] for state in table["state"]] == ["In force", "Undone by Bo", "In force"]
    assert list(table.columns)[:5] == ["verdict", "left", "right", "who", "decided"]
    assert table["left"].iloc[0] == "Acme"
    assert "3 decisions** · 2 in force" in shown(page)


def test_two_actors_with_names_alike_are_asked_about(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ENTENTE_REVIEW", "on")
    load_notes(empty_url, [apart(0), apart(1)], [actor("Acme"), actor("Globex", aliases=["Acme Cloud"])])
    page = named(opened("review", queue="Actors"))
    assert "has all words of “Acme”" in shown(page)

    assert "**Same**: Acme stays (first by alphabet), Globex becomes another name of it; 1 event changes." in shown(
        page
    )
    assert button(page, "likely_owns").disabled
    press(because(page, "Subsidiary or part of it"), "likely_owns")

    assert verdict_of(empty_url, "Acme", "Globex") == "owns"
    assert "No two actors" in "".join(element.value for element in page.success)


def test_after_two_actors_were_joined_their_events_are_linked(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ENTENTE_REVIEW", "on")
    load_notes(empty_url, [apart(0), apart(1)], [actor("Acme"), actor("Globex", aliases=["Acme Cloud"])])
    page = because(named(opened("review", queue="Actors")), "Renamed")

    press(page, "likely_same")

    said = "".join(element.value for element in page.success)
    assert (
        "**Globex** is another name of **Acme** now, which is in [2 events](events?actor=Acme). 1 event changed" in said
    )


def test_a_decision_whose_claim_was_withdrawn_is_said_to_have_no_effect(pair: tuple[str, str], empty_url: str) -> None:
    load_notes(empty_url, (), (), [judgement(*pair, "different")])
    articles = all_claims(empty_url).set_index("claim_id")
    withdraw(open_engine(empty_url), articles.loc[pair[0], "article_id"], "retracted")

    table = opened("review", queue="Decisions").dataframe[0].value

    assert list(table["state"]) == ["Its claim is gone: it only links others"]
    assert "Its claim is gone: it only links others" in shown(opened("events", event=articles.loc[pair[1], "event_id"]))


@pytest.mark.parametrize("queue", ["Pairs of claims", "Actors", "Decisions"])
def test_each_queue_says_that_it_knows_no_past(pair: tuple[str, str], queue: str) -> None:
    assert "changes nothing on this page" in shown(opened("review", queue=queue, known="2025-06-01"))


def test_what_people_write_is_shown_as_text(pair: tuple[str, str], empty_url: str) -> None:
    load_notes(empty_url, (), (), [judgement("Acme", "Globex", "different", subject="actor", why="<b>**x**</b>")])

    page = opened("review", queue="Decisions")

    assert page.dataframe[0].value["why"].tolist() == ["<b>**x**</b>"]


def test_a_contradiction_of_decisions_is_resolved_by_taking_one_back(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    monkeypatch.setenv("ENTENTE_REVIEW", "on")
    a, b, c = load_apart(empty_url, 5, 7, 3)
    load_notes(empty_url, (), (), [
        judgement(a, b, "same"), judgement(b, c, "same"), judgement(a, c, "different", when="2026-01-03"),
    ])  # fmt: skip
    page = named(opened("review"))
    assert "Decisions contradict each other" in shown(page)

    press(page, next(button.key for button in page.button if (button.key or "").startswith("undo ju-")))

    assert "Decisions contradict each other" not in shown(page)


def test_actors_called_the_same_in_vain_are_named(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    load_notes(empty_url, [apart(0), apart(1), apart(2)], (), [
        judgement("Acme", "Globex", "different", subject="actor"),
        judgement("Acme", "Initech", "same", subject="actor", when="2026-01-02"),
        judgement("Globex", "Initech", "same", subject="actor", when="2026-01-03"),
    ])  # fmt: skip

    page = opened("review", queue="Actors")

    assert ["Globex and Initech were called the same" in element.value for element in page.warning] == [True]
