import pycountry
import pytest

from db.countries import (
    ALPHA2_OF,
    COUNTRIES,
    REGIONS,
    alpha3_of,
    bloc_of,
    codes_in_region,
    name_of,
)
from db.vocabulary import Bloc

SPECIAL = {"EU", "XM", "ZZ"}


def test_every_iso_code_is_listed_and_nothing_else_but_kosovo_and_the_special_codes() -> None:
    iso = {country.alpha_2 for country in pycountry.countries}
    assert set(COUNTRIES) == iso | {"XK"} | SPECIAL


def test_codes_agree_with_iso_and_lead_back() -> None:
    for country in pycountry.countries:
        assert COUNTRIES[country.alpha_2].numeric == country.numeric
        assert alpha3_of(country.alpha_2) == country.alpha_3
        assert ALPHA2_OF[country.alpha_3] == country.alpha_2
    assert alpha3_of("XK") == "XKX"


@pytest.mark.parametrize("code", ["EU", "XM", "ZZ", "QQ", ""])
def test_what_is_no_country_has_no_alpha3(code: str) -> None:
    assert alpha3_of(code) is None


def test_names_are_unique_and_readable() -> None:
    names = [country.name for country in COUNTRIES.values()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "," in name or "(" in name or name != name.strip()]


@pytest.mark.parametrize(
    ("code", "name"),
    [("KR", "South Korea"), ("RU", "Russia"), ("AE", "United Arab Emirates"), ("TW", "Taiwan"), ("VN", "Vietnam")],
)
def test_everyday_names_are_used(code: str, name: str) -> None:
    assert name_of(code) == name


def test_an_unlisted_code_stands_for_itself() -> None:
    assert name_of("QQ") == "QQ"


def test_every_country_has_a_point_on_the_globe_and_special_codes_have_none() -> None:
    for country in COUNTRIES.values():
        if country.code in SPECIAL:
            assert (country.latitude, country.longitude, country.marker) == (None, None, False)
        else:
            assert country.latitude is not None
            assert -90 <= country.latitude <= 90
            assert country.longitude is not None
            assert -180 <= country.longitude <= 180


def test_regions_are_those_of_m49_and_cover_all_but_antarctica() -> None:
    assert REGIONS == ("Africa", "Americas", "Asia", "Europe", "Oceania")
    in_regions = {code for region in REGIONS for code in codes_in_region(region)}
    assert set(COUNTRIES) - in_regions == {"AQ", "XM", "ZZ"}
    assert "EU" in codes_in_region("Europe")
    assert "TW" in codes_in_region("Asia")
    assert "XK" in codes_in_region("Europe")


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(KeyError):
        codes_in_region("Atlantis")


@pytest.mark.parametrize("code", ["SG", "HK", "MO", "BH", "QA", "KW", "MT", "LU", "LI", "MC", "SM", "VA", "XK"])
def test_states_too_small_for_a_world_map_have_a_marker(code: str) -> None:
    assert COUNTRIES[code].marker


@pytest.mark.parametrize("code", ["US", "CN", "TW", "IL", "NL", "AE", "RW"])
def test_states_that_can_be_seen_have_no_marker(code: str) -> None:
    assert not COUNTRIES[code].marker


@pytest.mark.parametrize(
    ("code", "bloc"),
    [
        ("US", Bloc.UNITED_STATES),
        ("CN", Bloc.CHINA),
        ("HK", Bloc.CHINA),
        ("MO", Bloc.CHINA),
        ("TW", Bloc.OTHER),
        ("EU", Bloc.EUROPE),
        ("GB", Bloc.EUROPE),
        ("CH", Bloc.EUROPE),
        ("MC", Bloc.EUROPE),
        ("TR", Bloc.OTHER),
        ("QA", Bloc.GULF),
        ("IL", Bloc.OTHER),
        (None, Bloc.OTHER),
        ("", Bloc.OTHER),
    ],
)
def test_home_blocs(code: str | None, bloc: Bloc) -> None:
    assert bloc_of(code) is bloc


def test_blocs_have_the_members_they_say() -> None:
    members = [bloc_of(code) for code in COUNTRIES]
    assert members.count(Bloc.GULF) == 6
    assert members.count(Bloc.EUROPE) == 27 + 4 + 1 + 1 + 4
