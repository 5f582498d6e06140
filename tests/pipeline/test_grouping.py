"""Subsidiaries count with their group and agencies with their government, where the register leaves no doubt."""

import pytest
import sqlalchemy as sa

from db.engine import open_engine
from db.filters import Filters
from db.queries.about import choices
from db.queries.contracts import by_country
from db.queries.events import events
from tests.db.queries.plain_funding import funding
from tests.factory import Entry, actor, claim, load_notes, note
from tests.factory import funding as funding_claim

KENYA = actor("Government of Kenya", kind="government", country="KE")
MINISTRY = actor("Ministry of ICT, Kenya", kind="agency", country="KE")
NAIROBI = actor("Government of Nairobi", kind="government", country="KE")
USA = actor("Government of the United States", kind="government", country="US")
CALIFORNIA = actor("State of California", kind="government", country="US")
UK = actor("Government of the United Kingdom", kind="government", country="GB")
ISRAEL = actor("Government of Israel", kind="government", country="IL")
MEXICO = actor("Government of Mexico", kind="government", country="MX")


def agency(name: str, country: str) -> Entry:
    return actor(name, kind="agency", country=country)


def _counted_with(url: str) -> dict[str, str]:
    with open_engine(url).connect() as connection:
        rows = connection.execute(
            sa.text("SELECT a.name, b.name FROM actor a JOIN actor b ON b.actor_id = a.roll_up_id")
        )
        return {str(name): str(other) for name, other in rows}


@pytest.mark.parametrize(
    ("actors", "agency", "government"),
    [
        ([KENYA, MINISTRY], "Ministry of ICT, Kenya", "Government of Kenya"),
        ([MINISTRY], "Ministry of ICT, Kenya", "Ministry of ICT, Kenya"),
        ([NAIROBI, MINISTRY], "Ministry of ICT, Kenya", "Ministry of ICT, Kenya"),
        ([KENYA, NAIROBI, actor("Nairobi Water Agency", kind="agency", country="KE")], "Nairobi Water Agency",
         "Government of Nairobi"),
        ([KENYA, NAIROBI, {**MINISTRY, "parent": "Government of Nairobi"}], "Ministry of ICT, Kenya",
         "Government of Nairobi"),
        ([KENYA, actor("State of Kenya", kind="government", country="KE", aliases=["Kenya"]), MINISTRY],
         "Ministry of ICT, Kenya", "Ministry of ICT, Kenya"),
        ([KENYA, actor("Acme Kenya", country="KE")], "Acme Kenya", "Acme Kenya"),
        ([USA, agency("California Department of Technology", "US")], "California Department of Technology",
         "California Department of Technology"),
        ([USA, CALIFORNIA, agency("California Department of Technology", "US")], "California Department of Technology",
         "State of California"),
        ([USA, agency("City of New York Police Department", "US")], "City of New York Police Department",
         "City of New York Police Department"),
        ([USA, agency("Harris County Sheriff", "US")], "Harris County Sheriff", "Harris County Sheriff"),
        ([USA, agency("U.S. Department of State", "US")], "U.S. Department of State",
         "Government of the United States"),
        ([UK, agency("Scottish Police Authority", "GB")], "Scottish Police Authority", "Scottish Police Authority"),
        ([UK, agency("Ministry of Defence", "GB")], "Ministry of Defence", "Government of the United Kingdom"),
        ([ISRAEL, agency("State of Israel Ministry of Defense", "IL")], "State of Israel Ministry of Defense",
         "Government of Israel"),
        ([MEXICO, agency("Secretariat of Economy, Mexico", "MX")], "Secretariat of Economy, Mexico",
         "Government of Mexico"),
        ([KENYA, MINISTRY, actor("Postbank", country="KE", parent="Ministry of ICT, Kenya")], "Postbank",
         "Government of Kenya"),
    ],
)  # fmt: skip
def test_an_agency_counts_with_the_one_government_that_it_is_a_body_of(
    url: str, actors: list[Entry], agency: str, government: str
) -> None:
    load_notes(url, (), actors)

    assert _counted_with(url)[agency] == government


def test_a_government_that_becomes_known_later_takes_its_agencies_in_and_leaves_groups_as_they_are(url: str) -> None:
    load_notes(url, (), [MINISTRY])
    load_notes(url, (), [KENYA])

    assert _counted_with(url)["Ministry of ICT, Kenya"] == "Government of Kenya"
    with open_engine(url).connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM actor WHERE group_id <> actor_id")) == 0


@pytest.fixture
def told(url: str) -> str:
    load_notes(
        url,
        [
            note(number=1, claims=[claim(suppliers=["Acme Cloud"], buyers=["Ministry of ICT, Kenya"])]),
            note(
                number=2,
                claims=[claim(suppliers=["Acme Chips"], buyers=["Government of Kenya"], date="2021-05", what="chips")],
            ),
            note(number=3, claims=[funding_claim(recipients=["Acme Cloud"])]),
        ],
        [KENYA, MINISTRY, actor("Acme"), actor("Acme Cloud", parent="Acme"), actor("Acme Chips", parent="Acme")],
    )
    return url


def test_the_switch_changes_filters(told: str) -> None:
    with open_engine(told).connect() as connection:
        assert len(events(connection, Filters(suppliers=("Acme",)))) == 2
        assert len(events(connection, Filters(recipients=("Government of Kenya",)))) == 2
        assert len(events(connection, Filters(suppliers=("Acme",), roll_up=False))) == 0
        assert len(events(connection, Filters(recipients=("Government of Kenya",), roll_up=False))) == 1
        assert len(events(connection, Filters(recipients=("Ministry of ICT, Kenya",)))) == 1


def test_the_switch_changes_totals_and_files_carry_both(told: str) -> None:
    with open_engine(told).connect() as connection:
        (grouped,) = by_country(connection, Filters(kinds=("contract",))).itertuples()
        (single,) = by_country(connection, Filters(kinds=("contract",), roll_up=False)).itertuples()
        (in_group,) = funding(connection, Filters()).itertuples()
        (alone,) = funding(connection, Filters(roll_up=False)).itertuples()
        listed = events(connection, Filters(kinds=("contract",)))

    assert (grouped.suppliers, single.suppliers) == ("Acme", "Acme Chips, Acme Cloud")
    assert (single.supplier_groups, grouped.supplier_actors) == ("Acme", "Acme Chips, Acme Cloud")
    assert (in_group.recipient, alone.recipient) == ("Acme", "Acme Cloud")
    assert (alone.recipient_group, in_group.recipient_actor) == ("Acme", "Acme Cloud")
    assert set(listed.party_groups) == {"Acme; Government of Kenya"}


def test_the_switch_changes_what_can_be_chosen(told: str) -> None:
    with open_engine(told).connect() as connection:
        assert "Acme" in choices(connection).suppliers
        assert set(choices(connection, roll_up=False).suppliers) == {"Acme Chips", "Acme Cloud"}


def test_an_old_link_with_a_joined_or_another_name_leads_to_the_actor_it_was_joined_to(told: str) -> None:
    load_notes(
        told, (), [actor("Acme Chips", parent="Acme", aliases=["AC"]), actor("Zeta")],
        [{"subject": "actor", "left": "Acme Cloud", "right": "Zeta", "verdict": "same", "who": "Ada",
          "when": "2026-01-01", "why": "renamed"}],
    )  # fmt: skip

    with open_engine(told).connect() as connection:
        assert len(events(connection, Filters(actors=("Zeta",), roll_up=False))) == 2
        assert len(events(connection, Filters(actors=("AC",), roll_up=False))) == 1
        assert len(events(connection, Filters(text="Zeta"))) == 2
