"""Which events' figures may be added up, where each counts once at the furthest stage that has a figure."""

import sqlalchemy as sa

from db.queries.where import Condition, event
from db.vocabulary import DISPUTED_ONLY, Stage


def may_be_added() -> Condition:
    """Not a total over several deals, neither suspended nor cancelled, and a figure that somebody asserts of more than
    a rumour."""
    return sa.and_(
        event.c.is_total.is_(False),
        event.c.stage.not_in([Stage.CANCELLED.value, Stage.SUSPENDED.value]),
        event.c.amount_stage != Stage.RUMOURED.value,
        event.c.amount_rule != DISPUTED_ONLY,
    )
