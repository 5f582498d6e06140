import pytest

from dashboard import address


@pytest.mark.parametrize(
    ("text", "usd"),
    [
        ("100m", 100_000_000),
        ("1.4bn", 1_400_000_000),
        ("1,4 bn", 1_400_000_000),
        ("USD 250 million", 250_000_000),
        ("$2 trillion", 2_000_000_000_000),
        ("500000", 500_000),
        ("12k", 12_000),
        (" 3 B ", 3_000_000_000),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, usd: int) -> None:
    assert address.parse_usd(text) == usd


@pytest.mark.parametrize("text", ["", None, "much", "-5m", "1e9", "5 m m", "10%", "١٠٠m", "1001tn", "9" * 5000])
def test_what_is_no_amount_is_no_limit(text: str | None) -> None:
    assert address.parse_usd(text) is None


def test_large_amounts_stay_whole_numbers() -> None:
    assert address.parse_usd("0.123456789tn") == 123_456_789_000


def test_codes_in_a_link_become_labels_and_labels_stay() -> None:
    assert address.labels("country", ["my", "Singapore", "SA"]) == ["Malaysia", "Singapore", "Saudi Arabia"]
    assert address.labels("kind", ["export_control"]) == ["Export control"]


def test_values_that_are_not_codes_stay_as_they_are() -> None:
    assert address.labels("actor", ["MY", "Zhipu AI"]) == ["MY", "Zhipu AI"]
    assert address.labels("country", ["Atlantis"]) == ["Atlantis"]


def test_a_query_repeats_the_key_for_several_values_and_leaves_empty_ones_out() -> None:
    values = {"q": "", "country": ("MY", "SG"), "from": None, "actor": ("AT&T",)}

    assert address.query(values) == "country=Malaysia&country=Singapore&actor=AT%26T"


def test_labels_are_understood_in_any_case() -> None:
    assert address.labels("country", ["malaysia"]) == ["Malaysia"]


@pytest.mark.parametrize("key", list(address.CODED))
def test_a_label_stands_for_itself_so_that_reading_it_twice_changes_nothing(key: str) -> None:
    codes, _ = address.CODED[key]
    once = address.labels(key, codes)

    assert address.labels(key, once) == once


@pytest.mark.parametrize("key", list(address.CODED))
def test_no_two_codes_of_a_key_share_a_label(key: str) -> None:
    codes, words = address.CODED[key]

    assert len({words(code) for code in codes}) == len(codes)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("country", "Atlantis"),
        ("kind", "xxx"),
        ("stage", "signed-ish"),
        ("bloc", "Mars"),
        ("region", "Middle Earth"),
        ("technology", "steam"),
        ("disputed", "maybe"),
        ("from", "banana"),
        ("to", "2025-13"),
        ("known", "1900-01-01"),
        ("sources", "999"),
        ("sources", "0"),
        ("sources", "many"),
        ("sources", "²"),
        ("sources", "٣"),
        ("sources", "9" * 5000),
        ("from", "20250101"),
    ],
)
def test_values_that_filter_nothing_are_found(key: str, value: str) -> None:
    assert address.meaningless(key, [value]) == [value]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("country", "MY"),
        ("country", "malaysia"),
        ("country", ""),
        ("kind", "Export control"),
        ("disputed", "Included"),
        ("disputed", "Left out"),
        ("disputed", "false"),
        ("actor", "Nobody Inc"),
        ("q", "banana"),
        ("usd_from", "much"),
        ("event", "ev-1"),
        ("from", "2025-12-31"),
        ("sources", "99"),
    ],
)
def test_labels_codes_actors_and_words_are_never_in_vain(key: str, value: str) -> None:
    assert address.meaningless(key, [value]) == []


def test_a_search_counts_each_word_once_in_any_case() -> None:
    assert address.search_words("  Cloud  for cloud FOR schools ") == "Cloud for schools"


def test_a_search_counts_only_its_first_words() -> None:
    assert address.search_words(" ".join(f"word{number}" for number in range(1100))).split() == [
        f"word{number}" for number in range(address.MOST_WORDS)
    ]


def test_no_search_is_no_words() -> None:
    assert address.search_words(None) == ""
