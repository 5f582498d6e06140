"""The database itself refuses what must not be."""

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from db.bulk import table
from db.engine import open_engine, writing
from db.models import Claim, ClaimMatch, ClaimParty, Event, Judgement, Revision
from tests.factory import funding, load_notes, note

BAD_CLAIMS = [
    {"kind": "gossip"},
    {"stage": "dreamt"},
    {"stance": "shrugs"},
    {"bound": "roughly"},
    {"number": 0},
    {"evidence_start": -1},
    {"evidence_start": 9, "evidence_end": 9},
    {"date_last": "1999-01-01"},
    {"currency": None},
    {"amount": None},
    {"amount": 0},
    {"amount": -5},
    {"bound": "range"},
    {"bound": "range", "amount": None, "amount_min": 9, "amount_max": 8},
    {"bound": None, "currency": None},
    {"capacity": 5.0},
    {"capacity_unit": "horses", "capacity": 5.0},
    {"article_pk": 999},
    {"claim_id": None},
]


@pytest.fixture
def told(url: str) -> str:
    load_notes(url, [note(claims=[funding(), funding(stage="announced", countries=["FR"])])])
    return url


def _dated(values: dict[str, object]) -> dict[str, object]:
    return {
        key: dt.date.fromisoformat(value) if key.startswith("date_") and isinstance(value, str) else value
        for key, value in values.items()
    }


@pytest.mark.parametrize("change", BAD_CLAIMS, ids=str)
def test_a_claim_that_breaks_a_rule_is_refused(told: str, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), writing(open_engine(told)) as connection:
        connection.execute(sa.update(table(Claim)).where(table(Claim).c.number == 1).values(_dated(change)))


@pytest.mark.parametrize(
    ("model", "row"),
    [
        (ClaimParty, {"claim_pk": 1, "role": "cooks", "position": 1, "name": "x", "actor_id": "x"}),
        (ClaimParty, {"claim_pk": 1, "role": "buyers", "position": 9, "name": "x", "actor_id": "nobody"}),
        (ClaimMatch, {"left_pk": 2, "right_pk": 1, "score": 1.0, "reasons": ""}),
        (Revision, {"id": 2, "number": 1, "changed_at": sa.func.current_timestamp()}),
        (
            Judgement,
            {"judgement_id": "j", "subject": "claim", "left_id": "b", "right_id": "a", "verdict": "same", "who": "w",
             "decided_at": "d", "why": "y"},
        ),
        (
            Judgement,
            {"judgement_id": "j", "subject": "claim", "left_id": "a", "right_id": "b", "verdict": "perhaps", "who": "w",
             "decided_at": "d", "why": "y"},
        ),
    ],
    ids=["role", "actor", "order of pair", "one revision", "order of judgement", "verdict"],
)  # fmt: skip
def test_a_row_that_breaks_a_rule_is_refused(told: str, model: type[ClaimParty], row: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), writing(open_engine(told)) as connection:
        connection.execute(sa.insert(table(model)).values(row))


def test_a_figure_in_usd_without_a_rate_is_refused(told: str) -> None:
    with pytest.raises(IntegrityError), writing(open_engine(told)) as connection:
        connection.execute(sa.update(table(Event)).values(usd_rate=None))


def test_money_of_nine_quadrillion_is_kept_whole(told: str) -> None:
    with writing(open_engine(told)) as connection:
        connection.execute(sa.update(table(Claim)).values(amount=9 * 10**15 - 1))
        assert set(connection.scalars(sa.select(table(Claim).c.amount))) == {9 * 10**15 - 1}
