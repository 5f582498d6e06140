"""The line that names an event."""

from dataclasses import replace

import pytest

from db.vocabulary import Kind, Role, Stage
from pipeline.claims import Party
from pipeline.consolidate import parties_of
from pipeline.titles import title_of
from tests.pipeline.test_consolidate import told, usd


def _party(role: Role, name: str) -> Party:
    return Party(role, name, name, name, None)


@pytest.mark.parametrize(
    ("kind", "parties", "title"),
    [
        (Kind.CONTRACT, [(Role.SUPPLIERS, "B"), (Role.BUYERS, "A")], "B → A: series B round"),
        (Kind.PARTNERSHIP, [(Role.PARTNERS, "B"), (Role.PARTNERS, "A")], "A + B: series B round"),
        (Kind.CONTRACT, [(Role.BUYERS, name) for name in "ABCD"], "A, B and 2 more: series B round"),
    ],
)
def test_the_acting_side_comes_first_and_long_lists_are_cut(
    kind: Kind, parties: list[tuple[Role, str]], title: str
) -> None:
    claims = [replace(told({})[0], kind=kind, parties=tuple(_party(*party) for party in parties))]

    assert title_of(claims, parties_of(claims), None) == title


def test_the_whole_act_names_it_before_a_share_a_rumour_or_its_end() -> None:
    claims = told(
        {"what": "one share of the round"},
        {"what": "a rumour", "stage": Stage.RUMOURED},
        {"what": "its end", "stage": Stage.CANCELLED},
        {"what": "the round"},
    )

    assert title_of(claims, (), None) == "the round"


def test_words_about_another_figure_never_stand_beside_the_chosen_one() -> None:
    claims = told(
        {"what": "new money of one investor", "amount": usd(5)}, {"what": "series H round", "amount": usd(65)}
    )

    assert title_of(claims, (), usd(65)) == "series H round"
