"""Names of subdivisions."""

from db.countries import COUNTRIES
from db.subdivisions import SUBDIVISIONS


def test_every_country_is_known_and_the_states_of_federal_countries_are_there() -> None:
    assert SUBDIVISIONS.keys() <= set(COUNTRIES)
    assert {"California", "Texas", "New York"} <= SUBDIVISIONS["US"]
    assert {"Scotland", "Scottish"} <= SUBDIVISIONS["GB"]
    assert {"Bayern", "Bavaria"} <= SUBDIVISIONS["DE"]
