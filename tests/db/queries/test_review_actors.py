"""Actors as people review them."""

from db.engine import open_engine
from db.queries import review_actors
from tests.factory import actor, judgement, load_notes
from tests.matches import apart


def test_actors_come_by_their_events_with_all_their_names(url: str) -> None:
    load_notes(url, [apart(0), apart(1), apart(2)], [actor("Acme", aliases=["ACME Corp", "阿克米"])])

    with open_engine(url).connect() as connection:
        found = review_actors.named_actors(connection).set_index("name")

    assert found.index[0] == "Government of Kenya"
    assert found.loc["Acme", "names"].splitlines() == ["Acme", "ACME Corp", "阿克米"]
    assert (found.loc["Acme", "events"], found.loc["Government of Kenya", "events"]) == (1, 3)
    assert found["provisional"].to_dict()["Globex"]


def test_an_actor_is_shown_with_its_other_names_and_events(url: str) -> None:
    load_notes(url, [apart(0)], [actor("Acme", aliases=["ACME Corp"])])

    with open_engine(url).connect() as connection:
        page = review_actors.actor_page(connection, "Acme")
        assert review_actors.actor_page(connection, "Nobody") is None

    assert page is not None
    assert (page.actor["kind"], page.names, page.number, len(page.events)) == ("company", ("ACME Corp",), 1, 1)


def test_only_decisions_in_force_count(url: str) -> None:
    load_notes(url, [apart(0), apart(1)], (), [
        judgement("Globex", "Acme", "unsure", subject="actor"),
        {**judgement("Acme", "Kenya", "same", subject="actor"), "undone_by": "Bo", "undone_when": "2026-02-01"},
    ])  # fmt: skip

    with open_engine(url).connect() as connection:
        assert review_actors.judged_actors(connection) == [("Acme", "Globex")]
