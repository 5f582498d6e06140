"""Families of reprints in the database."""

import itertools

import pytest
import sqlalchemy as sa

from db.engine import open_engine
from pipeline.maintain import withdraw
from tests.conftest import Fresh
from tests.factory import Entry, load_notes, note
from tests.worlds import BODIES

TEXT = f"Acme sells a model to the Government of Kenya. {BODIES[0]}"
LONG = f"{TEXT} An editor added one last line of a dozen further words to it here."
LONGER = f"{LONG} Then another editor put in one more line of a dozen further words there."


def _heads(url: str) -> dict[str, str]:
    with open_engine(url).connect() as connection:
        return {
            str(article).removeprefix("paper-2025-03-11-story-"): str(head).removeprefix("paper-2025-03-11-story-")
            for article, head in connection.execute(
                sa.text(
                    "SELECT a.article_id, b.article_id FROM reprint r JOIN article a ON a.pk = r.article_pk"
                    " JOIN article b ON b.pk = r.of_pk"
                )
            )
        }


def test_the_earliest_heads_the_family_whatever_the_order(fresh: Fresh) -> None:
    told = [
        note(number=n, text=TEXT, published=day) for n, day in ((1, "2025-03-12"), (2, "2025-03-10"), (3, "2025-03"))
    ]
    for order in itertools.permutations(told):
        url = fresh()
        for entry in order:
            load_notes(url, [entry])

        assert _heads(url) == {"1": "3", "2": "3"}


@pytest.fixture
def chain() -> list[Entry]:
    """Texts of which only neighbours are alike enough."""
    return [note(number=number, text=text) for number, text in ((1, TEXT), (2, LONG), (3, LONGER))]


def test_a_chain_of_near_duplicates_is_one_family_that_falls_apart_with_its_link(url: str, chain: list[Entry]) -> None:
    load_notes(url, chain)
    assert _heads(url) == {"2": "1", "3": "1"}

    withdraw(open_engine(url), chain[1]["id"], "retracted")

    assert _heads(url) in ({}, {"3": "1"})
    load_notes(url, [note(number=1, text="Acme sells a model to the Government of Kenya, in words of our own.")])
    assert _heads(url) == {}


def test_withdrawing_the_head_leaves_the_next_as_head(url: str) -> None:
    load_notes(url, [note(number=number, text=TEXT) for number in (1, 2, 3)])

    withdraw(open_engine(url), note(number=1)["id"], "retracted")

    assert _heads(url) == {"3": "2"}


def test_an_article_annotated_again_with_another_text_leaves_the_family(url: str) -> None:
    load_notes(url, [note(number=1, text=TEXT), note(number=2, text=TEXT)])

    load_notes(url, [note(number=2)])

    assert _heads(url) == {}
