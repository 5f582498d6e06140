"""Claim ids outlive corrections and re-ordering."""

from typing import Any

import pytest

from pipeline.claim_ids import claim_keys
from pipeline.notes import ArticleNote, parse_note
from tests.pipeline.samples import NOTE, changed, record_of


def _keys(note: dict[str, Any]) -> tuple[str, ...]:
    parsed = parse_note(record_of(note))
    assert isinstance(parsed, ArticleNote)
    return claim_keys(parsed)


def test_ids_of_a_known_note_never_change() -> None:
    assert _keys(NOTE) == (
        "gnn-2025-06-25-zhipu-government-deals#zkub6izr",
        "gnn-2025-06-25-zhipu-government-deals#a3tr6pue",
    )


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("claims.0.date", "2025-06-25"),
        ("claims.0.stage", "signed"),
        ("claims.0.stance", "disputes"),
        ("claims.0.suppliers", ["Zhipu"]),
        ("claims.0.what", "other words"),
        ("text", NOTE["text"] + " More."),
        ("title", "another"),
    ],
)
def test_a_correction_keeps_the_id(place: str, value: Any) -> None:
    assert _keys(changed(NOTE, place, value)) == _keys(NOTE)


@pytest.mark.parametrize(
    ("place", "value"),
    [("claims.0.evidence", "government work in Malaysia"), ("claims.0.countries", ["KE"]), ("id", "other-2025")],
)
def test_another_fact_gets_another_id(place: str, value: Any) -> None:
    assert _keys(changed(NOTE, place, value))[0] != _keys(NOTE)[0]


def test_order_of_claims_and_of_countries_is_no_part_of_the_id() -> None:
    turned = changed(NOTE, "claims", NOTE["claims"][::-1])
    assert _keys(turned) == _keys(NOTE)[::-1]
    assert _keys(changed(NOTE, "claims.0.countries", ["MY", "KE"])) == _keys(
        changed(NOTE, "claims.0.countries", ["KE", "MY"])
    )


def test_claims_alike_in_all_that_counts_are_numbered_in_order() -> None:
    first = NOTE["claims"][0]
    keys = _keys(changed(NOTE, "claims", [first, NOTE["claims"][1], first | {"stance": "denies"}, first]))

    assert keys[2:] == (f"{keys[0]}-2", f"{keys[0]}-3")
    assert len(set(keys)) == 4
