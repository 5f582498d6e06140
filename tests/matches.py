"""Matches of claims put into a database by hand, so that tests of what shows them do not rest on the matcher."""

import sqlalchemy as sa

from db.bulk import table
from db.engine import open_engine, writing
from db.models import Claim, ClaimMatch, VerdictConflict
from tests.factory import Entry, claim, load_notes, note

FIRMS = ("Acme", "Globex", "Initech", "Umbrella", "Wayne", "Stark")


def apart(number: int, million: int | None = None, **changes: object) -> Entry:
    """An article on a contract of its own: another firm, thing and year than those of other numbers."""
    firm = FIRMS[number]
    amount = {"value": million * 10**6, "currency": "USD", "bound": "exact"} if million else None
    told = claim(suppliers=[firm], evidence=f"{firm} sells tools to Kenya", what=f"{firm} tools", amount=amount,
                 date=f"20{10 + number}-05-01", **changes)  # fmt: skip
    return note(number=number, claims=[told])


def load_apart(url: str, *millions: int | None) -> list[str]:
    """Load one event for each figure in millions of US dollars; returns the claim ids in that order."""
    load_notes(url, [apart(number, million) for number, million in enumerate(millions)])
    with open_engine(url).connect() as connection:
        found = connection.execute(sa.select(table(Claim).c.claim_id).order_by(table(Claim).c.claim_id))
        return [str(claim_id) for (claim_id,) in found]


def put_match(url: str, left: str, right: str, score: float, reasons: str = "buyer", against: str = "") -> None:
    """Let two claims match, or nearly, in place of what the rules say of them."""
    match = table(ClaimMatch)
    with writing(open_engine(url)) as connection:
        one, other = _keys(connection, left, right)
        connection.execute(sa.delete(match).where(match.c.left_pk == one, match.c.right_pk == other))
        row = {"left_pk": one, "right_pk": other, "score": score, "reasons": reasons, "against": against}
        connection.execute(sa.insert(match).values(row))


def put_conflict(url: str, left: str, right: str) -> None:
    """Let the judgements on two claims contradict each other."""
    with writing(open_engine(url)) as connection:
        one, other = _keys(connection, left, right)
        connection.execute(sa.insert(table(VerdictConflict)).values(left_pk=one, right_pk=other))


def _keys(connection: sa.Connection, left: str, right: str) -> list[int]:
    rows = sa.select(table(Claim).c.pk).where(table(Claim).c.claim_id.in_((left, right)))
    return sorted(connection.scalars(rows))
