"""Every event id that was ever known, and where it leads."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings

from db.engine import open_engine
from db.history import forward
from db.queries.ids import ids_page, withdrawals_page
from pipeline.maintain import withdraw
from tests.conftest import Fresh
from tests.factory import claim, judgement, load_notes, note
from tests.replay import all_claims, event_ids, play
from tests.worlds import Step, histories


@dataclass(frozen=True, slots=True)
class Row:
    status: str
    leads_to: str | None
    claim_id: str
    reason: str


def _ids(url: str, size: int = 5000) -> dict[str, Row]:
    """All pages: event id → the rest of its row, in their order."""
    rows: dict[str, Row] = {}
    with open_engine(url).connect() as connection:
        while not (page := ids_page(connection, max(rows, default=""), size)).empty:
            assert len(page) <= size
            rows |= {str(event_id): Row(*cells) for event_id, *cells in page.itertuples(index=False)}
    return rows


def _forward(url: str, event_id: str) -> tuple[str | None, str | None]:
    with open_engine(url).connect() as connection:
        return forward(connection, event_id)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=histories())
def test_every_id_ever_shown_is_there_and_resolves_whatever_happened(fresh_sqlite: Fresh, steps: list[Step]) -> None:
    url = fresh_sqlite()
    seen = play(url, steps).event_ids

    ids, events = _ids(url, size=3), event_ids(url)

    assert seen <= ids.keys()
    assert list(ids) == sorted(ids)
    for event_id, row in ids.items():
        leads_to, reason = _forward(url, event_id)
        assert row.leads_to == leads_to
        if row.status == "gone":
            assert (leads_to, row.reason) == (None, reason)
            assert row.reason
        else:
            assert row.leads_to in events
        assert (row.status == "current") == (row.leads_to == event_id) == (event_id in events) == (row.reason == "")


def test_the_pages_are_the_same_on_both_engines_and_for_any_size_of_page(url: str) -> None:
    load_notes(url, [note(number=number, published=f"2025-03-1{number}") for number in (1, 2, 3)])
    withdraw(open_engine(url), note(number=1)["id"], "retracted")

    ids = _ids(url)

    assert sorted(row.status for row in ids.values()) == ["continued", "current", "merged"]
    assert ids == _ids(url, size=1)


def test_a_merged_id_says_what_the_rules_found(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2, publisher="Gazette", published="2025-03-12")])

    ids = _ids(url)

    (merged,) = [row for row in ids.values() if row.status == "merged"]
    assert "Acme" in merged.reason
    assert "\n" not in merged.reason


def test_a_merged_id_says_who_decided_it(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2, claims=[claim(suppliers=["Globex"], what="cameras")])])
    left, right = sorted(all_claims(url).claim_id)
    load_notes(url, (), (), [judgement(left, right, "same", why="one act")])

    ids = _ids(url)

    (merged,) = [row for row in ids.values() if row.status == "merged"]
    assert merged.reason == "judged the same by Ada on 2026-01-01: one act"


def test_a_gone_id_gives_the_reason_of_the_withdrawal(url: str) -> None:
    load_notes(url, [note()])
    withdraw(open_engine(url), note()["id"], "published in error")

    (row,) = _ids(url).values()

    assert (row.status, row.leads_to) == ("gone", None)
    assert "published in error" in row.reason


def test_withdrawals_come_by_article_with_day_and_reason(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    for number in (2, 1):
        withdraw(open_engine(url), note(number=number)["id"], f"reason {number}")

    with open_engine(url).connect() as connection:
        first = withdrawals_page(connection, "", 1)
        second = withdrawals_page(connection, str(first["article_id"].iloc[-1]), 5)

    assert list(first["reason"]) == ["reason 1"]
    assert list(second["article_id"]) == [note(number=2)["id"]]
    assert first["withdrawn_on"].iloc[0].date() <= dt.datetime.now(dt.UTC).date()
