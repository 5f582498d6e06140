"""Names that are not an actor's own any more."""

from db.engine import open_engine
from db.queries.joined import kept_names
from tests.factory import actor, claim, judgement, load_notes, note


def test_a_joined_actor_and_another_name_lead_to_the_actor_that_is_kept(url: str) -> None:
    notes = [note(claims=[claim(suppliers=["Acme"])]), note(number=2, claims=[claim(suppliers=["Acme Holding"])])]
    load_notes(url, notes, [actor("Acme", aliases=["ACME Corp"])])
    load_notes(url, (), (), [judgement("Acme", "Acme Holding", "same", subject="actor")])

    with open_engine(url).connect() as connection:
        found = kept_names(connection, ("ACME Corp", "Acme", "Acme Holding", "Nobody"))

    assert len(set(found.values())) == 1
    assert set(found) | set(found.values()) == {"ACME Corp", "Acme", "Acme Holding"}
