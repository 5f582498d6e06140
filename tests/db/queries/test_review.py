"""The queue of what people should decide: order, what leaves it, filters; and all judgements."""

import pytest

from db.engine import open_engine
from db.filters import Filters
from db.queries import review
from tests.factory import judgement, load_notes
from tests.matches import load_apart, put_conflict, put_match
from tests.replay import all_claims


def queued(url: str, filters: Filters = Filters()) -> list[tuple[str, str]]:  # noqa: B008 (frozen)
    with open_engine(url).connect() as connection:
        found = review.queue(connection, filters)
    return list(zip(found["left_id"], found["right_id"], strict=True))


def test_pairs_come_by_money_times_doubt(url: str) -> None:
    a, b, c, d, e = load_apart(url, 100, 900, 20, 500, 30)
    put_match(url, a, b, 0.15)  # 900 million * 0.3
    put_match(url, a, d, 0.5)  # 500 million * 1
    put_match(url, c, e, 0.45)  # 30 million * 0.9

    assert queued(url) == [(a, d), (a, b), (c, e)]


def test_a_floor_stands_for_money_that_nobody_tells(url: str) -> None:
    a, b, c = load_apart(url, None, None, 2)
    put_match(url, a, b, 0.45)
    put_match(url, a, c, 0.4)

    with open_engine(url).connect() as connection:
        found = review.queue(connection)

    assert list(found["usd"]) == [2_000_000, review.FLOOR]
    assert list(found["value"]) == [pytest.approx(1_600_000), pytest.approx(900_000)]


@pytest.mark.parametrize(("score", "asked"), [(0.1, False), (0.11, True), (0.5, True), (0.51, True), (0.95, True)])
def test_what_is_plainly_apart_is_not_asked_but_a_match_in_two_events_is(url: str, score: float, asked: bool) -> None:
    a, b = load_apart(url, 5, 5)
    put_match(url, a, b, score)

    assert (queued(url) == [(a, b)]) is asked


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_what_was_decided_is_not_asked_again_until_that_is_undone(url: str, verdict: str) -> None:
    a, b = load_apart(url, 5, 5)
    decided = judgement(a, b, verdict)
    load_notes(url, (), (), [decided])
    put_match(url, a, b, 0.4)
    assert queued(url) == []

    load_notes(url, (), (), [{**decided, "undone_by": "Bo", "undone_when": "2026-02-01"}])
    put_match(url, a, b, 0.4)

    assert queued(url) == [(a, b)]


def test_of_two_events_one_pair_is_asked_and_a_decision_on_it_settles_the_others(url: str) -> None:
    a, b, c = load_apart(url, 5, 5, 5)
    load_notes(url, (), (), [judgement(a, b, "same")])
    put_match(url, a, c, 0.3)
    put_match(url, b, c, 0.4)
    assert queued(url) == [(b, c)]

    load_notes(url, (), (), [judgement(b, c, "different")])
    put_match(url, a, c, 0.3)
    put_match(url, b, c, 0.4)

    assert queued(url) == []


def test_contradictions_come_first_whatever_the_money(url: str) -> None:
    a, b, c, d = load_apart(url, 1, 1, 900, 900)
    put_match(url, c, d, 0.5)
    put_conflict(url, a, b)

    assert queued(url) == [(a, b), (c, d)]


def test_a_queue_under_filters_holds_pairs_with_one_of_the_chosen_events(url: str) -> None:
    a, b, c, d = load_apart(url, 1, 2, 3, 4)
    put_match(url, a, b, 0.5)
    put_match(url, c, d, 0.5)

    assert queued(url, Filters(actors=("Globex",))) == [(a, b)]
    assert queued(url, Filters(kinds=("funding",))) == []


def test_the_queue_has_its_columns_where_it_is_empty(url: str) -> None:
    with open_engine(url).connect() as connection:
        found = review.queue(connection)

    assert list(found.columns) == list(review.QUEUE_FRAME)
    assert found.empty


def test_a_pair_comes_with_texts_events_and_what_was_decided(url: str) -> None:
    a, b = load_apart(url, 5, 5)
    load_notes(url, (), (), [judgement(a, b, "unsure", why="no buyer named")])

    with open_engine(url).connect() as connection:
        page = review.pair_page(connection, b, a)
        assert review.pair_page(connection, a, "no-such#aaaaaaaa") is None

    assert page is not None
    assert list(page.claims["claim_id"]) == [a, b]
    assert set(page.events["event_id"]) == set(page.claims["event_id"])
    assert set(page.texts) == set(page.claims["article_id"])
    assert list(page.decisions["why"]) == ["no buyer named"]


def test_judgements_come_latest_first_with_the_events_of_their_claims_now(url: str) -> None:
    a, b = load_apart(url, 5, 5)
    load_notes(url, (), (), [
        judgement(a, b, "same", when="2026-01-01"),
        judgement(a, b, "different", when="2026-01-03"),
        judgement("Acme", "Globex", "owns", subject="actor", when="2026-01-02"),
    ])  # fmt: skip

    with open_engine(url).connect() as connection:
        found = review.judgements(connection)

    assert list(found["verdict"]) == ["different", "owns", "same"]
    assert list(found["in_force"]) == [True, True, False]
    event_of = all_claims(url).set_index("claim_id")["event_id"]
    assert list(found["left_event"]) == [event_of[a], None, event_of[a]]


def test_what_a_chain_of_same_joins_is_not_asked_again(url: str) -> None:
    a, b, c = load_apart(url, 5, 5, 5)
    load_notes(url, (), (), [judgement(a, b, "same"), judgement(b, c, "same")])
    put_match(url, a, c, 0.6)

    assert queued(url) == []


def test_a_contradiction_comes_with_the_decisions_that_join_the_two_through_others(url: str) -> None:
    a, b, c, d = load_apart(url, 5, 5, 5, 5)
    load_notes(url, (), (), [
        judgement(a, b, "same", why="first"), judgement(b, c, "same", why="second"), judgement(c, d, "same"),
        judgement(a, c, "different", when="2026-01-03"),
    ])  # fmt: skip

    with open_engine(url).connect() as connection:
        joined, plain = review.pair_page(connection, a, c), review.pair_page(connection, a, b)

    assert joined is not None
    assert plain is not None
    assert sorted(joined.chain["why"]) == ["first", "second"]
    assert plain.chain.empty
