"""Notes: sound ones are taken as they stand, bad ones give every fault with its rule, place and remedy."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.issues import Rule
from pipeline.notes import ArticleNote, notice_faults, parse_note
from pipeline.readers import Record, find_inputs, records
from tests.pipeline.samples import ABSENT, NOTE, changed, record_of

CORPUS = Path(__file__).parents[2] / "pipeline" / "corpus"

BAD_NOTES: list[tuple[str, Any, Rule, str]] = [
    ("id", ABSENT, Rule.MISSING_KEY, ""),
    ("headline", "x", Rule.UNKNOWN_KEY, ""),
    ("id", "GNN 2025", Rule.BAD_ID, "id"),
    ("id", "gnn--2025", Rule.BAD_ID, "id"),
    ("id", "gnn-2025-", Rule.BAD_ID, "id"),
    ("id", "a" * 121, Rule.BAD_ID, "id"),
    ("id", "", Rule.EMPTY_VALUE, "id"),
    ("id", 7, Rule.WRONG_TYPE, "id"),
    ("url", "example.org/page", Rule.BAD_ADDRESS, "url"),
    ("url", "ftp://example.org/page", Rule.BAD_ADDRESS, "url"),
    ("url", "javascript:alert(1)", Rule.BAD_ADDRESS, "url"),
    ("url", "https://", Rule.BAD_ADDRESS, "url"),
    ("url", "https:///page", Rule.BAD_ADDRESS, "url"),
    ("url", "https://me:secret@example.org/", Rule.BAD_ADDRESS, "url"),
    ("url", "https://example.org/a page", Rule.BAD_ADDRESS, "url"),
    ("url", "https://example.org/\u0000", Rule.BAD_ADDRESS, "url"),
    ("url", " https://example.org/", Rule.BAD_ADDRESS, "url"),
    ("publisher", "  ", Rule.EMPTY_VALUE, "publisher"),
    ("publisher", "G\u0007NN", Rule.BAD_CHARACTER, "publisher"),
    ("publisher", "x" * 301, Rule.VALUE_TOO_LONG, "publisher"),
    ("published", "2025-02-30", Rule.IMPOSSIBLE_DATE, "published"),
    ("published", "1949-12-31", Rule.IMPOSSIBLE_DATE, "published"),
    ("published", "25/06/2025", Rule.IMPOSSIBLE_DATE, "published"),
    ("published", "", Rule.IMPOSSIBLE_DATE, "published"),
    ("language", "english", Rule.UNKNOWN_LANGUAGE, "language"),
    ("language", "xx", Rule.UNKNOWN_LANGUAGE, "language"),
    ("title", "two\nlines", Rule.BAD_CHARACTER, "title"),
    ("title", None, Rule.WRONG_TYPE, "title"),
    ("text", "\n ", Rule.EMPTY_VALUE, "text"),
    ("text", NOTE["text"] + "\u0000", Rule.BAD_CHARACTER, "text"),
    ("claims", [], Rule.NO_CLAIMS, "claims"),
    ("claims", {}, Rule.WRONG_TYPE, "claims"),
    ("claims", ["funding"], Rule.WRONG_TYPE, "claims[0]"),
    ("claims.1", "funding", Rule.WRONG_TYPE, "claims[1]"),
    ("claims.0.date", ABSENT, Rule.MISSING_KEY, "claims[0]"),
    ("claims.0.colour", "red", Rule.UNKNOWN_KEY, "claims[0]"),
    ("claims.0.date", "2025-13", Rule.IMPOSSIBLE_DATE, "claims[0].date"),
    ("claims.0.kind", "treaty", Rule.UNKNOWN_KIND, "claims[0].kind"),
    ("claims.0.kind", "Contract", Rule.UNKNOWN_KIND, "claims[0].kind"),
    ("claims.0.stage", "sgned", Rule.UNKNOWN_STAGE, "claims[0].stage"),
    ("claims.0.stage", 3, Rule.UNKNOWN_STAGE, "claims[0].stage"),
    ("claims.0.stance", "agrees", Rule.UNKNOWN_STANCE, "claims[0].stance"),
    ("claims.0.technology", ["lasers"], Rule.UNKNOWN_TECHNOLOGY, "claims[0].technology[0]"),
    ("claims.0.technology", ["chips", "chips"], Rule.REPEATED_VALUE, "claims[0].technology"),
    ("claims.0.countries", ["XX"], Rule.UNKNOWN_COUNTRY, "claims[0].countries[0]"),
    ("claims.0.countries", ["my"], Rule.UNKNOWN_COUNTRY, "claims[0].countries[0]"),
    ("claims.0.countries", [], Rule.EMPTY_VALUE, "claims[0].countries"),
    ("claims.0.countries", ["MY", "MY"], Rule.REPEATED_VALUE, "claims[0].countries"),
    ("claims.0.what", "", Rule.EMPTY_VALUE, "claims[0].what"),
    ("claims.0.suppliers", "Zhipu AI", Rule.WRONG_TYPE, "claims[0].suppliers"),
    ("claims.0.suppliers", [""], Rule.EMPTY_VALUE, "claims[0].suppliers[0]"),
    ("claims.0.suppliers", ["A", "A"], Rule.REPEATED_VALUE, "claims[0].suppliers"),
    ("claims.0.investors", ["Zhipu AI"], Rule.ROLE_DOES_NOT_FIT, "claims[0].investors"),
    ("claims.0.instrument", "IPO", Rule.INSTRUMENT_DOES_NOT_FIT, "claims[0].instrument"),
    ("claims.0.capacity", {"value": 0, "unit": "MW"}, Rule.BAD_CAPACITY, "claims[0].capacity.value"),
    ("claims.0.capacity", {"value": True, "unit": "MW"}, Rule.BAD_CAPACITY, "claims[0].capacity.value"),
    ("claims.0.capacity", 500, Rule.BAD_CAPACITY, "claims[0].capacity"),
    ("claims.0.capacity", {"value": 500, "unit": "kW"}, Rule.UNKNOWN_UNIT, "claims[0].capacity.unit"),
    ("claims.1.amount.currency", "RMB", Rule.UNKNOWN_CURRENCY, "claims[1].amount.currency"),
    ("claims.1.amount.currency", "XAU", Rule.UNKNOWN_CURRENCY, "claims[1].amount.currency"),
    ("claims.1.amount.bound", "over", Rule.UNKNOWN_BOUND, "claims[1].amount.bound"),
    ("claims.1.amount.bound", "range", Rule.BAD_AMOUNT, "claims[1].amount"),
    ("claims.1.amount.value", ABSENT, Rule.BAD_AMOUNT, "claims[1].amount"),
    ("claims.1.amount.unit", "million", Rule.UNKNOWN_KEY, "claims[1].amount"),
    ("claims.1.amount", 5, Rule.BAD_AMOUNT, "claims[1].amount"),
    ("claims.0.evidence", "government work in Kenya", Rule.EVIDENCE_ABSENT, "claims[0].evidence"),
    ("claims.0.evidence", "in", Rule.EVIDENCE_REPEATED, "claims[0].evidence"),
    ("claims.0.evidence", "", Rule.EMPTY_VALUE, "claims[0].evidence"),
    *(
        ("claims.1.amount.value", value, Rule.BAD_AMOUNT, "claims[1].amount.value")
        for value in (0, -5, 1.5, True, "1400000000", 9 * 10**15 + 1, float("nan"), float("inf"), 10**400)
    ),
]


@pytest.mark.parametrize(("place", "value", "rule", "where"), BAD_NOTES)
def test_a_bad_value_breaks_its_rule_and_no_other(place: str, value: Any, rule: Rule, where: str) -> None:
    issues = parse_note(record_of(changed(NOTE, place, value), line=7))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.where) for issue in issues] == [(rule, where)]
    assert (issues[0].file, issues[0].line, issues[0].is_rejection) == ("notes.jsonl", 7, True)
    assert issues[0].remedy


def test_a_newline_after_an_id_is_refused() -> None:
    issues = parse_note(record_of(changed(NOTE, "id", "gnn-2025\n")))

    assert isinstance(issues, tuple)
    assert [issue.rule for issue in issues] == [Rule.BAD_ID]


SOUND_CHANGES: list[tuple[str, Any]] = [
    ("url", "http://例え.jp:8080/ページ?q=1#x"),
    ("url", "HTTPS://example.org/@user/100%25"),
    ("url", "https://[2001:db8::1]/x"),
    ("published", "2025-06"),
    ("title", "标题 عنوان 🙂"),
    ("claims.0.technology", ABSENT),
    ("claims.0.technology", []),
    ("claims.0.what", ABSENT),
    ("claims.0.buyers", ABSENT),
    ("claims.0.investors", []),
    ("claims.0.instrument", None),
    ("claims.0.capacity", {"value": 12.5, "unit": "MW"}),
    ("claims.0.countries", ["MY", "EU", "XM", "ZZ", "XK"]),
    ("claims.1.amount", None),
    ("claims.1.amount", {"min": 1, "max": 1, "currency": "DEM", "bound": "range"}),
    ("claims.1.amount.value", 9 * 10**15),
]


@pytest.mark.parametrize(("place", "value"), SOUND_CHANGES)
def test_what_the_format_allows_is_taken(place: str, value: Any) -> None:
    assert isinstance(parse_note(record_of(changed(NOTE, place, value))), ArticleNote)


def test_all_faults_of_a_record_come_at_once_in_order() -> None:
    note = changed(changed(NOTE, "url", "nowhere"), "claims.0.stage", "sgned")
    note = changed(changed(note, "claims.1.evidence", "not there"), "claims.1.targets", ["X"])

    issues = parse_note(record_of(note))

    assert isinstance(issues, tuple)
    assert [issue.rule for issue in issues] == [
        Rule.BAD_ADDRESS,
        Rule.UNKNOWN_STAGE,
        Rule.EVIDENCE_ABSENT,
        Rule.ROLE_DOES_NOT_FIT,
    ]


def test_a_message_names_the_place_the_choices_and_the_likely_word() -> None:
    issues = parse_note(record_of(changed(NOTE, "claims.1.stage", "sgned")))

    assert isinstance(issues, tuple)
    assert issues[0].message == (
        "unknown stage 'sgned' in claims[1].stage; use one of rumoured, announced, signed, delivered, suspended, "
        "cancelled — did you mean 'signed'?"
    )


@pytest.mark.parametrize(
    ("place", "value", "meant"),
    [
        ("claims.0.countries", ["UK"], "GB"),
        ("claims.0.countries", ["Malaysia"], "MY"),
        ("claims.0.countries", ["MYS"], "MY"),
        ("claims.0.countries", ["my"], "MY"),
        ("claims.1.amount.currency", "RMB", "CNY"),
        ("claims.1.amount.currency", "usd", "USD"),
        ("claims.0.evidnce", "x", "evidence"),
        ("publishd", "x", "published"),
    ],
)
def test_a_likely_slip_is_named_in_the_remedy(place: str, value: Any, meant: str) -> None:
    issues = parse_note(record_of(changed(NOTE, place, value)))

    assert isinstance(issues, tuple)
    assert f"did you mean '{meant}'?" in issues[0].remedy


def test_absent_evidence_shows_the_nearest_passage() -> None:
    issues = parse_note(
        record_of(changed(NOTE, "claims.0.evidence", "Zhipu AI was winning goverment work in Malaysia"))
    )

    assert isinstance(issues, tuple)
    assert "nearest passage: 'Zhipu AI was winning government work in Malaysia.'" in issues[0].remedy


def test_a_contract_without_any_party_is_refused() -> None:
    note = changed(changed(NOTE, "claims.0.buyers", []), "claims.0.suppliers", ABSENT)

    issues = parse_note(record_of(note))

    assert isinstance(issues, tuple)
    assert [issue.rule for issue in issues] == [Rule.NO_PARTY]


@pytest.mark.parametrize(
    ("amount", "is_sound"),
    [
        ({"min": 2, "max": 1, "currency": "USD", "bound": "range"}, False),
        ({"min": 1, "currency": "USD", "bound": "range"}, False),
        ({"value": 1, "min": 1, "max": 2, "currency": "USD", "bound": "range"}, False),
        ({"min": 1, "max": 2, "currency": "USD", "bound": "about"}, False),
        ({"value": 1, "max": 2, "currency": "USD", "bound": "exact"}, False),
        ({"min": 1, "max": 2, "currency": "USD", "bound": "range"}, True),
        ({"value": 1, "currency": "USD", "bound": "exact"}, True),
    ],
)
def test_an_amount_is_one_value_or_a_range(amount: dict[str, Any], is_sound: bool) -> None:
    parsed = parse_note(record_of(changed(NOTE, "claims.1.amount", amount)))

    rules = [issue.rule for issue in parsed] if isinstance(parsed, tuple) else []
    assert rules == ([] if is_sound else [Rule.BAD_AMOUNT])


@pytest.mark.parametrize("written", ["1.5e9", "1500000000.0", "15E8", "1500000000"])
def test_a_whole_number_is_exact_however_json_writes_it(written: str) -> None:
    raw = json.dumps(NOTE).replace("1400000000", written).encode()

    note = parse_note(record_of(raw))

    assert isinstance(note, ArticleNote)
    assert note.claims[1].amount is not None
    assert (note.claims[1].amount.value, type(note.claims[1].amount.value)) == (1_500_000_000, int)
    assert note.claims[1].amount.amount().figure == 1_500_000_000


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"{", Rule.NOT_JSON),
        (b"", Rule.NOT_JSON),
        (b"{'id': 'x'}", Rule.NOT_JSON),
        (b'{"id": "x"} {"id": "y"}', Rule.NOT_JSON),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, Rule.NOT_JSON),
        (b'{"id": ' + b"9" * 5000 + b"}", Rule.NOT_JSON),
        (b'{"id": "caf\xe9"}', Rule.NOT_UTF8),
        (b'"a text"', Rule.WRONG_TYPE),
        (b"[]", Rule.WRONG_TYPE),
        (b"null", Rule.WRONG_TYPE),
    ],
)
def test_what_is_no_json_object_gives_one_rejection(raw: bytes, rule: Rule) -> None:
    issues = parse_note(record_of(raw))

    assert isinstance(issues, tuple)
    assert [issue.rule for issue in issues] == [rule]


@pytest.mark.parametrize("colon", [":", " :", "\t:", " : ", "\n:"])
def test_a_key_that_stands_twice_is_refused(colon: str) -> None:
    raw = json.dumps(NOTE).replace('"language":', f'"language"{colon} "fr", "language":').encode()

    issues = parse_note(record_of(raw))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.found) for issue in issues] == [(Rule.REPEATED_KEY, "language")]


def test_a_text_that_looks_like_keys_is_not_taken_for_repeated_keys() -> None:
    note = changed(NOTE, "text", NOTE["text"] + ' He wrote "id": 1, "id": 2.')

    assert isinstance(parse_note(record_of(json.dumps(note, indent=2).encode())), ArticleNote)


def test_half_of_a_surrogate_pair_is_refused_with_its_place() -> None:
    issues = parse_note(record_of(json.dumps(NOTE).replace("state money", r"state \ud83d money").encode()))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.where) for issue in issues] == [(Rule.BAD_CHARACTER, "claims[1].what")]
    issues[0].message.encode("utf-8")


@pytest.mark.parametrize("fault", [Rule.TOO_LONG, Rule.BROKEN_ARCHIVE, Rule.CUT_OFF, Rule.NOT_JSON_LINES])
def test_a_fault_of_the_reader_becomes_the_rejection(fault: Rule) -> None:
    issues = parse_note(Record("notes.jsonl", 3, b"\xff{", fault))

    assert isinstance(issues, tuple)
    assert [(issue.rule, issue.line) for issue in issues] == [(fault, 3)]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_text_is_kept_exactly_as_given(addition: str) -> None:
    note = changed(NOTE, "text", addition + "\n" + NOTE["text"])
    parsed = parse_note(record_of(json.dumps(note, ensure_ascii=len(addition) % 2 == 0).encode()))

    if isinstance(parsed, ArticleNote):
        assert parsed.text == addition + "\n" + NOTE["text"]
    else:
        assert {issue.rule for issue in parsed} == {Rule.EVIDENCE_REPEATED}


def test_a_note_survives_a_round_trip() -> None:
    note = parse_note(record_of(NOTE))

    assert isinstance(note, ArticleNote)
    assert parse_note(record_of(note.model_dump_json().encode())) == note
    assert note.claims[0].parties() == (("suppliers", ("Zhipu AI",)), ("buyers", ("Government of Malaysia",)))


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: json.dumps(text).encode()))
def test_no_bytes_whatever_crash_the_parser(raw: bytes) -> None:
    assert isinstance(parse_note(record_of(raw)), tuple)


def test_a_claim_dated_after_its_publication_is_noticed_but_taken() -> None:
    record = record_of(changed(NOTE, "claims.0.date", "2025-07"))
    note = parse_note(record)

    assert isinstance(note, ArticleNote)
    assert [(fault.rule, fault.where) for fault in notice_faults(note)] == [
        (Rule.DATED_AFTER_PUBLICATION, "claims[0].date")
    ]


def test_the_whole_bundled_corpus_parses_clean() -> None:
    parsed = [parse_note(record) for path in find_inputs([str(CORPUS)]).notes for record in records(path)]

    assert len(parsed) >= 463
    assert [entry for entry in parsed if isinstance(entry, tuple)] == []


def test_the_examples_in_the_corpus_documents_are_sound() -> None:
    for name in ["README.md", "FORMAT.md"]:
        text = (CORPUS / name).read_text(encoding="utf-8")
        example = text.split("```json\n", 1)[1].split("```", 1)[0]

        assert isinstance(parse_note(record_of(example.encode())), ArticleNote)
