"""Who a name means depends on the register alone, never on the order in which things came."""

import itertools
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from db.engine import open_engine, writing
from pipeline.maintain import rebuild
from tests.conftest import Fresh
from tests.factory import Entry, actor, claim, exported, load_notes, note
from tests.replay import all_events


def _meant(url: str) -> dict[str, tuple[str, bool]]:
    """Each name in a claim → the actor that it means, and whether that is provisional."""
    with open_engine(url).connect() as connection:
        rows = connection.execute(
            sa.text("SELECT p.name, a.name, a.provisional FROM claim_party p JOIN actor a ON a.actor_id = p.actor_id")
        )
        return {name: (meant, bool(provisional)) for name, meant, provisional in rows}


def _actors(url: str) -> dict[str, str]:
    """Each actor → the actor at the top of its group."""
    with open_engine(url).connect() as connection:
        rows = connection.execute(sa.text("SELECT a.name, g.name FROM actor a JOIN actor g ON g.actor_id = a.group_id"))
        return {str(name): str(group) for name, group in rows}


def test_an_unknown_name_gets_a_provisional_actor_and_is_taken_up_when_known(url: str) -> None:
    load_notes(url, [note(claims=[claim(suppliers=["ACME Corp"])])])
    assert _meant(url)["ACME Corp"] == ("ACME Corp", True)

    load_notes(url, (), [actor("Acme", aliases=["Acme Corp"])])

    assert _meant(url)["ACME Corp"] == ("Acme", False)
    assert "ACME Corp" not in _actors(url)
    assert all_events(url).suppliers.tolist() == ["Acme"]


def test_a_provisional_actor_of_the_same_name_becomes_known(url: str) -> None:
    load_notes(url, [note()])
    load_notes(url, (), [actor("Acme")])

    assert _meant(url)["Acme"] == ("Acme", False)


def test_an_alias_that_is_taken_away_no_longer_means_the_actor(url: str) -> None:
    load_notes(
        url, [note(claims=[claim(suppliers=["Roadrunner Supplies"])])], [actor("Acme", aliases=["Roadrunner Supplies"])]
    )
    assert _meant(url)["Roadrunner Supplies"] == ("Acme", False)

    load_notes(url, (), [actor("Acme")])

    assert _meant(url)["Roadrunner Supplies"] == ("Roadrunner Supplies", True)


def test_a_name_that_two_actors_share_means_neither_until_one_gives_it_up(url: str) -> None:
    load_notes(url, [note(claims=[claim(suppliers=["ABC"])])], [actor("Abacus", aliases=["ABC"])])
    assert _meant(url)["ABC"] == ("Abacus", False)

    load_notes(url, (), [actor("Alphabet", aliases=["abc"])])
    assert _meant(url)["ABC"] == ("ABC", True)
    load_notes(url, (), [actor("Abacus")])

    assert _meant(url)["ABC"] == ("Alphabet", False)


def test_a_name_means_the_actor_that_bears_it_before_one_that_has_it_as_alias(url: str) -> None:
    load_notes(url, [note()], [actor("Zeta", aliases=["Acme"]), actor("Acme")])

    assert _meant(url)["Acme"] == ("Acme", False)


def test_spellings_of_one_name_in_unicode_are_one_actor(url: str) -> None:
    claims = [claim(suppliers=[name], countries=[code]) for name, code in (("Zêta", "KE"), ("Ze\u0302ta", "FR"))]
    load_notes(url, [note(claims=claims)])

    assert {meant for meant, _ in _meant(url).values()} == {"Zêta", "Government of Kenya"}


def test_a_chain_of_owners_is_one_group_however_it_came(fresh: Fresh) -> None:
    chain = [actor("Acme", parent="Acme Europe"), actor("Acme Europe", parent="ACME HOLDING"), actor("Acme Holding")]
    for order in itertools.permutations(chain):
        url = fresh()
        for one in order:
            load_notes(url, (), [one])

        assert set(_actors(url).values()) == {"Acme Holding"}


def test_owners_in_a_circle_are_groups_of_their_own_and_harm_nothing(url: str) -> None:
    circle = [actor("A", parent="B"), actor("B", parent="C"), actor("C", parent="A"), actor("Acme", parent="A")]

    load_notes(url, [note()], circle)

    assert _actors(url) == {"A": "A", "B": "B", "C": "C", "Acme": "A", "Government of Kenya": "Government of Kenya"}


def test_a_changed_owner_brings_events_together_and_apart(url: str) -> None:
    told = [note(number=1), note(number=2, claims=[claim(suppliers=["Acme Kenya"])])]
    load_notes(url, told)
    apart = len(all_events(url))

    load_notes(url, (), [actor("Acme"), actor("Acme Kenya", parent="Acme")])
    together = len(all_events(url))
    load_notes(url, (), [actor("Acme Kenya")])

    assert (apart, together, len(all_events(url))) == (2, 1, 2)


def test_a_publisher_that_becomes_known_as_an_actor_counts_as_a_party(url: str) -> None:
    load_notes(url, [note(publisher="OpenAI")])
    assert all_events(url).sole_asserter.tolist() == [None]

    load_notes(url, (), [actor("OpenAI")])

    assert all_events(url).sole_asserter.tolist() == ["OpenAI"]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_actors_and_articles_gives_the_same_export(fresh_sqlite: Fresh, seed: int) -> None:
    known = [actor("Acme", aliases=["ACME Corp"]), actor("Zeta", aliases=["acme corp"], parent="Acme")]
    told = [note(number=1, claims=[claim(suppliers=["ACME Corp"])]), note(number=2)]
    steps: list[tuple[Sequence[Entry], Sequence[Entry]]] = [((), [known[0]]), ((), [known[1]]), (told, ())]
    url, other = fresh_sqlite(), fresh_sqlite()

    for notes, actors in list(itertools.permutations(steps))[seed]:
        load_notes(url, notes, actors)
    load_notes(other, told, known)

    assert exported(open_engine(url)) == exported(open_engine(other))


def test_a_database_from_before_tolerant_keys_gets_them_with_the_next_load(url: str) -> None:
    load_notes(url, [note(claims=[claim(suppliers=["Zeta Ltd"])])])
    with writing(open_engine(url)) as connection:
        connection.execute(sa.text("DELETE FROM actor_key"))
        connection.execute(sa.text("UPDATE revision SET rules = 0"))

    load_notes(url, (), [actor("Zeta")])

    assert _meant(url)["Zeta Ltd"] == ("Zeta", False)
    before = exported(open_engine(url))
    rebuild(open_engine(url))
    assert exported(open_engine(url)) == before


def test_a_tolerant_name_leaves_an_actor_when_a_second_one_shares_the_key(url: str) -> None:
    load_notes(url, [note(claims=[claim(suppliers=["Zeta, Inc."])])], [actor("Zeta Incorporated")])
    assert _meant(url)["Zeta, Inc."] == ("Zeta Incorporated", False)

    load_notes(url, (), [actor("The Zeta Inc", country="DE")])

    assert _meant(url)["Zeta, Inc."] == ("Zeta, Inc.", True)
