"""The code lists agree with pycountry, and with the currencies that rates exist for."""

import pycountry
from currency_converter import CurrencyConverter

from db.countries import COUNTRIES
from pipeline.codes import COUNTRIES_MEANT, CURRENCIES, CURRENCIES_IN_FORCE, CURRENCIES_MEANT, LANGUAGES


def test_currencies_in_force_are_those_of_iso_4217_without_metals_and_tests() -> None:
    left_out = {currency.alpha_3 for currency in pycountry.currencies} - CURRENCIES_IN_FORCE

    assert {currency.alpha_3 for currency in pycountry.currencies} >= CURRENCIES_IN_FORCE
    assert left_out == {"XAD", "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XPD", "XPT", "XTS", "XXX"}


def test_every_currency_with_a_rate_can_be_reported() -> None:
    assert set(CurrencyConverter().currencies) <= CURRENCIES


def test_languages_are_those_with_a_two_letter_code() -> None:
    assert {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")} == LANGUAGES


def test_what_people_mean_is_a_code_that_exists() -> None:
    assert set(CURRENCIES_MEANT.values()) <= CURRENCIES_IN_FORCE
    assert set(COUNTRIES_MEANT.values()) <= set(COUNTRIES)
