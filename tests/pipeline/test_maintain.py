"""Withdrawing, letting in again, and making everything anew."""

import pytest

from db import history
from db.engine import open_engine
from db.queries.about import revision, runs
from db.queries.sources import withdrawal_reason
from pipeline.errors import InputError
from pipeline.load import load
from pipeline.maintain import forget_actor, rebuild, restore, withdraw
from pipeline.readers import find_inputs
from tests.conftest import CORPUS, Fresh
from tests.factory import actor, claim, exported, load_notes, note
from tests.replay import all_claims, event_ids

FIRST = note(number=1)["id"]


def test_a_withdrawn_article_is_gone_with_its_claims_and_stays_out(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])

    assert withdraw(open_engine(url), FIRST, " retracted ")
    summary = load_notes(url, [note(number=1), note(number=2)])

    assert (summary.withdrawn, summary.unchanged, summary.new) == (1, 1, 0)
    assert set(all_claims(url).article_id) == {note(number=2)["id"]}
    with open_engine(url).connect() as connection:
        assert withdrawal_reason(connection, FIRST) == "retracted"


def test_withdrawing_twice_changes_nothing(url: str) -> None:
    load_notes(url, [note(number=1)])
    withdraw(open_engine(url), FIRST, "retracted")

    assert not withdraw(open_engine(url), FIRST, "again")


@pytest.mark.parametrize(("article", "reason"), [(FIRST, "  "), ("no-such", "why")])
def test_a_withdrawal_needs_an_article_and_a_reason(url: str, article: str, reason: str) -> None:
    load_notes(url, [note(number=1)])

    with pytest.raises(InputError):
        withdraw(open_engine(url), article, reason)


def test_only_what_is_withdrawn_can_be_let_in_again(url: str) -> None:
    load_notes(url, [note(number=1)])

    with pytest.raises(InputError, match="not withdrawn"):
        restore(open_engine(url), FIRST)


def test_an_event_whose_anchor_is_withdrawn_is_redirected_to_what_stays(url: str) -> None:
    load_notes(url, [note(number=1, published="2025-03-10"), note(number=2)])
    (before,) = event_ids(url)

    withdraw(open_engine(url), FIRST, "retracted")

    (after,) = event_ids(url)
    with open_engine(url).connect() as connection:
        assert after != before
        assert history.forward(connection, before) == (after, None)


def test_letting_in_again_is_a_change_that_caches_see(url: str) -> None:
    load_notes(url, [note(number=1)])
    withdraw(open_engine(url), FIRST, "retracted")
    with open_engine(url).connect() as connection:
        before = revision(connection)

    restore(open_engine(url), FIRST)

    with open_engine(url).connect() as connection:
        assert revision(connection) > before


def test_a_rebuild_changes_no_byte_and_is_logged(url: str) -> None:
    load_notes(url, [note(number=number, claims=[claim(), claim(countries=["FR"])]) for number in (1, 2)])
    before = exported(open_engine(url))
    done: list[int] = []

    assert rebuild(open_engine(url), done.append) == 4

    assert exported(open_engine(url)) == before
    assert sum(done) == 8
    with open_engine(url).connect() as connection:
        assert runs(connection).command.tolist() == ["rebuild", "load"]


@pytest.mark.slow
def test_a_rebuild_of_the_corpus_changes_no_byte(corpus_url: str, url: str) -> None:
    load(open_engine(url), find_inputs([str(CORPUS)]))
    rebuild(open_engine(url))

    assert exported(open_engine(url)) == exported(open_engine(corpus_url))


def test_a_renamed_actor_comes_out_as_if_it_had_never_had_the_old_name(fresh: Fresh) -> None:
    told = [note(number=1, claims=[claim(suppliers=["Acme"])]), note(number=2, claims=[claim(suppliers=["Acme AI"])])]
    renamed, plain = fresh(), fresh()
    load_notes(renamed, told, [actor("Acme", aliases=["Acme AI"])])
    load_notes(renamed, (), [actor("Summit", aliases=["Acme", "Acme AI"])])
    load_notes(plain, told, [actor("Summit", aliases=["Acme", "Acme AI"])])

    forget_actor(open_engine(renamed), "Acme")

    assert exported(open_engine(renamed)) == exported(open_engine(plain))


def test_only_a_known_actor_can_be_forgotten(url: str) -> None:
    load_notes(url, [note(number=1)])

    with pytest.raises(InputError, match="no known actor named 'Acme'"):
        forget_actor(open_engine(url), "Acme")
