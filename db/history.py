"""Where an event's id leads: to its event, to another one (merged, anchored anew), or to the reason why it is gone."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import Claim, Event, EventClaim, EventHistory

_event, _event_claim, _history, _claim = table(Event), table(EventClaim), table(EventHistory), table(Claim)


def forward(connection: Connection, event_id: str) -> tuple[str | None, str | None]:
    """Where an id leads now: (event id, None), or (None, the reason why it is gone). (None, None): never was.

    An id of another event is a redirect; the caller sees that from the id.
    """
    if connection.scalar(sa.select(_event.c.event_id).where(_event.c.event_id == event_id)):
        return event_id, None
    row = connection.execute(sa.select(_history).where(_history.c.event_id == event_id)).one_or_none()
    if row is None:
        return None, None
    for claim_id in (row.anchor_claim_id, row.successor_claim_id):
        found = connection.scalar(
            sa.select(_event_claim.c.event_id)
            .join(_claim, _claim.c.pk == _event_claim.c.claim_pk)
            .where(_claim.c.claim_id == claim_id)
        )
        if found:
            return str(found), None
    return None, row.reason or "its claims are no longer in the data"
