"""Where an event's id leads: to its event, to another one (merged, anchored anew), or to the reason why it is gone."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import Claim, EventClaim, LostClaim

_event_claim, _claim, _lost = table(EventClaim), table(Claim), table(LostClaim)


def forward(connection: Connection, event_id: str) -> tuple[str | None, str | None]:
    """Where an id leads now: (event id, None), or (None, the reason why it is gone). (None, None): never was.

    An id is that of the claim that anchors the event, so it leads to wherever that claim is now, or, if the claim was
    removed, to its successor's event. An id of another event is a redirect; the caller sees that from the id.
    """
    found = _event_of(connection, _claim.c.anchored_id == event_id)
    lost = None
    seen: set[str] = set()
    where = _lost.c.anchored_id == event_id
    while found is None and (row := connection.execute(sa.select(_lost).where(where)).first()) is not None:
        lost = row.reason
        if row.successor_id is None or row.claim_id in seen:
            break
        seen.add(row.claim_id)
        found = _event_of(connection, _claim.c.claim_id == row.successor_id)
        where = _lost.c.claim_id == row.successor_id
    return found, None if found else lost


def _event_of(connection: Connection, claim: sa.ColumnElement[bool]) -> str | None:
    return connection.scalar(
        sa.select(_event_claim.c.event_id).join(_claim, _claim.c.pk == _event_claim.c.claim_pk).where(claim)
    )
