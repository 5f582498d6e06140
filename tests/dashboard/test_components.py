from dashboard.components import file_name
from db.filters import NO_FILTERS, Filters


def test_a_file_name_says_what_it_holds_and_from_which_version_of_the_data() -> None:
    assert file_name("events", NO_FILTERS, 3) == "entente-events-full-data3.csv"
    assert file_name("events", Filters(text="x"), 3) == "entente-events-filtered-data3.csv"
