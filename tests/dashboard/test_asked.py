from dataclasses import fields, replace
from urllib.parse import parse_qs

import pytest

from dashboard.address import query
from dashboard.asked import AddressError, filters_of
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
    ],
)
def test_what_means_nothing_is_refused_with_what_would(key: str, values: list[str], said: str) -> None:
    with pytest.raises(AddressError, match=said):
        filters_of({key: values})
