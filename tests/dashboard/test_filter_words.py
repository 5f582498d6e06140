import datetime as dt
from dataclasses import fields, replace

import pytest

from dashboard.filter_words import address_values, described
from db.filters import NO_FILTERS, Filters

EVERY = Filters(
    kinds=("contract",),
    date_from=dt.date(2024, 5, 1),
    date_to=dt.date(2025, 12, 31),
    stages=("signed",),
    suppliers=("Huawei",),
    recipients=("Government of Malaysia",),
    actors=("Zhipu AI",),
    blocs=("China",),
    countries=("MY",),
    regions=("Asia",),
    technologies=("chips",),
    usd_from=100_000_000,
    usd_to=1_400_000_000,
    sources_from=2,
    disputed=False,
    as_known_on=dt.date(2025, 6, 30),
    text="sovereign cloud",
    roll_up=False,
)


def test_no_filters_are_described_by_nothing() -> None:
    assert described(NO_FILTERS) == []
    assert not any(address_values(NO_FILTERS).values())


@pytest.mark.parametrize("name", [field.name for field in fields(Filters)])
def test_every_filter_is_said_and_stands_in_the_address(name: str) -> None:
    only = replace(NO_FILTERS, **{name: getattr(EVERY, name)})

    assert len(described(only)) == 1
    assert sum(bool(value) for value in address_values(only).values()) == 1


def test_descriptions_use_words_not_codes() -> None:
    said = described(EVERY)

    assert "country: Malaysia" in said
    assert "kind: Contract" in said
    assert "at most USD 1.4 billion" in said
    assert "from 1 May 2024" in said
    assert "technology: Chips" in said


def test_a_filter_on_a_group_says_that_it_takes_in_what_belongs_to_it() -> None:
    assert described(Filters(actors=("SoftBank Group",))) == ["actor: SoftBank Group with all that belongs to it"]
    assert described(Filters(suppliers=("A", "B"))) == ["supplier: A or B with all that belongs to them"]
    assert "actor: SoftBank Group" in described(Filters(actors=("SoftBank Group",), roll_up=False))


def test_several_values_of_one_filter_are_joined_by_or() -> None:
    assert described(Filters(countries=("MY", "SG"))) == ["country: Malaysia or Singapore"]
