"""What is read from a claim's words: the same wherever and whenever it is read."""

import pickle
from dataclasses import replace

import sqlalchemy as sa

from db.engine import database, writing
from pipeline.claims import Claim
from pipeline.desk import Desk
from pipeline.features import Features, features
from pipeline.readings import Reading
from tests.corpus_claims import load_corpus
from tests.factory import claim, funding, load_notes, note

READ = ("words", "names", "codes", "numbers", "marks", "acts", "programmes", "capacities", "budget_years", "series",
        "exchange", "valuation", "vocabulary", "portion")  # fmt: skip


def _reading(of: Claim) -> Reading:
    return Reading(of.what, of.evidence, of.instrument or "")


def _seen(claim: Features) -> list[object]:
    return [getattr(claim, name) for name in READ]


def test_claims_are_seen_the_same_when_their_words_were_read_elsewhere() -> None:
    for one in load_corpus():
        sent = _reading(one)
        sent.work_out()
        received = pickle.loads(pickle.dumps(sent))  # noqa: S301 (our own)

        assert set(vars(received)) >= set(READ) - {"vocabulary", "portion"}
        assert _seen(features(one, reading=received)) == _seen(features(one))


def test_a_reading_that_is_at_hand_is_used_in_place_of_the_stored_words(url: str) -> None:
    load_notes(url, [note(claims=[claim(what="cameras for Nairobi", evidence="Acme sold cameras")])])
    with database(url).connect() as connection:
        key = connection.scalar(sa.text("SELECT pk FROM claim"))
        desk = Desk(connection, {key: Reading("drones", "for Mombasa", "")})
        stored = Desk(connection)
        for one in (desk, stored):
            one.claims([key])

        assert desk.features(key).words == {"dron", "mombasa"}
        assert stored.features(key).words >= {"camera"}


def test_stored_claims_read_as_the_notes_that_they_came_from(url: str) -> None:
    told = [claim(what=None), claim(evidence="12,000 chips"), funding(instrument="series C"), funding(instrument=None)]
    load_notes(url, [note(claims=told)])
    with writing(database(url)) as connection:
        desk = Desk(connection)
        keys = connection.scalars(sa.text("SELECT pk FROM claim ORDER BY number")).all()
        found = [_reading(one) for one in desk.claims(keys).values()]

    assert found == [Reading(one.get("what") or "", one["evidence"], one.get("instrument") or "") for one in told]
    assert found[0] != replace(found[0], instrument="seed")
