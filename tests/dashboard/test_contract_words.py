import pandas as pd
import pytest

from dashboard import contract_words
from db.filters import Filters
from db.queries.contracts import COUNTRY_FRAME
from db.queries.frames import typed
from db.vocabulary import Stage


def by_country(*rows: tuple[str, int, int | None, int, int], ceiling: int = 0) -> pd.DataFrame:
    records = [
        {"country": code, "events": events, "claims": events, "usd": usd, "ceiling": None if usd is None else ceiling,
         "counted": counted, "left_out": left_out, "bloc": "China", "suppliers": "Huawei"}
        for code, events, usd, counted, left_out in rows
    ]  # fmt: skip
    return typed(pd.DataFrame(records, columns=list(COUNTRY_FRAME), dtype=object), COUNTRY_FRAME)


def test_the_map_shows_government_contracts_where_no_kind_is_chosen() -> None:
    assert contract_words.mapped(Filters(actors=("Huawei",))) == Filters(actors=("Huawei",), kinds=("contract",))


def test_chosen_kinds_are_mapped_and_said_in_the_title() -> None:
    chosen = contract_words.mapped(Filters(kinds=("infrastructure", "contract")))

    assert contract_words.title(chosen, "events", None) == "Government contracts and infrastructure: number of events"


@pytest.mark.parametrize(
    ("stage", "title"),
    [
        (
            None,
            "Government contracts in US dollars, at the furthest stage with a figure, rumoured and ended ones left out",
        ),
        (Stage.SIGNED, "Government contracts in US dollars, at the stage “Signed”"),
        (Stage.CANCELLED, "Government contracts in US dollars, at the stage “Cancelled”"),
    ],
)
def test_a_map_of_money_says_its_one_stage(stage: Stage | None, title: str) -> None:
    assert contract_words.title(Filters(kinds=("contract",)), "usd", stage) == title


def test_a_map_of_money_says_how_many_events_it_leaves_out() -> None:
    frame = by_country(("MY", 4, None, 0, 4), ("US", 18, 32_353_000_002, 12, 6))

    assert contract_words.figures_said(frame) == "Adds up 12 events; 10 more have no figure that may be added."
    assert contract_words.figures_said(by_country(("US", 2, 10, 1, 1))) == (
        "Adds up 1 event; 1 more has no figure that may be added."
    )


def test_a_map_of_money_says_how_much_of_it_is_ceilings() -> None:
    frame = by_country(("MY", 4, None, 0, 4), ("US", 18, 32_353_000_002, 12, 6), ceiling=31_350_000_000)

    assert contract_words.figures_said(frame) == (
        "Adds up 12 events to $32.4bn, of which $31.4bn are ceilings (“up to”); 10 more have no figure that may be "
        "added."
    )


def test_a_file_names_the_ceilings_for_what_they_are() -> None:
    exported = contract_words.exported(by_country(("US", 2, 10, 1, 1), ceiling=7))

    assert exported["usd_of_which_up_to"].tolist() == [7]
    assert "ceiling" not in exported


def test_only_chosen_places_are_kept_and_regions_count_as_their_countries() -> None:
    frame = by_country(("MY", 1, None, 0, 1), ("FR", 1, None, 0, 1), ("US", 1, None, 0, 1))

    assert list(contract_words.in_place(frame, Filters(countries=("FR",), regions=("Asia",)))["country"]) == [
        "MY",
        "FR",
    ]
    assert len(contract_words.in_place(frame, Filters())) == 3


def test_what_the_map_cannot_draw_is_listed_with_its_events() -> None:
    said = contract_words.not_drawn(by_country(("MY", 1, None, 0, 1), ("EU", 2, None, 0, 2)))

    assert said == "Not drawn, since it has no place on a map: European Union (2 events)."


def test_the_table_leads_with_its_measure_and_keeps_missing_money_missing() -> None:
    frame = by_country(("MY", 4, None, 0, 4), ("US", 3, 50, 3, 0), ("DE", 1, 90, 1, 0))

    assert list(contract_words.table(frame, "events")["name"]) == ["Malaysia", "United States", "Germany"]
    assert list(contract_words.table(frame, "usd")["name"]) == ["Germany", "United States", "Malaysia"]
    assert contract_words.table(frame, "usd")["usd"].isna().tolist() == [False, False, True]
