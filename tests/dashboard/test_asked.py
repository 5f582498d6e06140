from contextlib import suppress
from dataclasses import fields, replace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import query
from dashboard.asked import KEYS, AddressError, filters_of
from dashboard.filter_words import address_values
from db.filters import NO_FILTERS, Filters
from tests.dashboard.test_filter_words import EVERY


def asked(filters: Filters) -> Filters:
    return filters_of(parse_qs(query(address_values(filters))))


@pytest.mark.parametrize("name", [field.name for field in fields(Filters)])
def test_the_address_of_a_choice_asks_for_that_choice(name: str) -> None:
    only = replace(NO_FILTERS, **{name: getattr(EVERY, name)})

    assert asked(only) == only
    assert asked(EVERY) == EVERY


def test_an_address_without_a_query_asks_for_everything() -> None:
    assert filters_of({}) == NO_FILTERS == filters_of({"q": [""], "country": [""]})


def test_codes_and_words_in_any_case_ask_for_the_same() -> None:
    codes = {"country": ["MY", "sg"], "kind": ["export_control"], "disputed": ["false"], "groups": ["false"]}
    words = {
        "country": ["Malaysia", "SINGAPORE"],
        "kind": ["export control"],
        "disputed": ["Left out"],
        "groups": ["False"],
    }

    assert filters_of(codes) == filters_of(words)
    assert filters_of(codes).countries == ("MY", "SG")
    assert not filters_of(codes).disputed


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("countri", ["MY"], "no filter. Filters are: q, actor, country"),
        ("country", ["Atlantis"], "country=Atlantis was not understood"),
        ("kind", ["deal"], "contract"),
        ("from", ["2025-13-01"], "2025-03-01"),
        ("usd_from", ["much"], "250m"),
        ("sources", ["0"], "from 1 to 99"),
        ("groups", ["maybe"], "true or false"),
        ("from", ["2025-01-01", "2026-01-01"], "one value only"),
        ("from", ["2025-W01-1"], "2025-03-01"),
        ("country", ["XX"], "such as MY"),
        ("usd_to", ["9999999999bn"], "up to 1,000tn"),
        ("usd_from", ["9" * 5000], "250m"),
        ("sources", ["9" * 5000], "from 1 to 99"),
        ("actor", ["Ac\0me"], r"Ac\\x00me was not understood"),
        ("q", ["cloud \0"], "control characters"),
        ("q", ["cloud 😀"], "q=😀 holds nothing to search for"),
        ("q", [" ".join(f"w{number}" for number in range(21))], "up to 20 words"),
        ("q", ["w" * 201], "200 signs"),
    ],
)
def test_what_means_nothing_is_refused_with_what_would(key: str, values: list[str], said: str) -> None:
    with pytest.raises(AddressError, match=said):
        filters_of({key: values})


@given(st.sampled_from(KEYS), st.lists(st.text(max_size=30), max_size=3))
def test_whatever_an_address_says_is_understood_or_refused(key: str, values: list[str]) -> None:
    with suppress(AddressError):
        assert isinstance(filters_of({key: values}), Filters)


@pytest.mark.parametrize(("key", "value"), [("q", "智谱\u3000合同"), ("actor", "Zhipu\u00a0AI"), ("q", "cloud\tKenya")])
def test_blanks_of_any_sort_are_understood(key: str, value: str) -> None:
    assert filters_of({key: [value]}) != NO_FILTERS
