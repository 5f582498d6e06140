"""The line that names an event in lists: who, to whom, and what about."""

import datetime as dt
from collections.abc import Sequence

from db.values import Amount
from db.vocabulary import ROLES_OF_KIND, SIDE_EXITS, Kind, Role, Stage
from pipeline.claims import Claim
from pipeline.features import Portion, portion_of


def _title_rank(claim: Claim, chosen: Amount | None) -> tuple[bool, bool, bool, dt.date, str]:
    """The event's own figure first; the whole before a share; the act before its end; the earliest."""
    aside = claim.stage in SIDE_EXITS or claim.stage is Stage.RUMOURED
    other_figure = chosen is not None and claim.amount != chosen
    return other_figure, portion_of(claim) is Portion.SHARE, aside, claim.published.first, claim.claim_id


_ARROW = {Kind.PARTNERSHIP: " + "}


def title_of(claims: Sequence[Claim], parties: Sequence[tuple[Role, str, str, int]], chosen: Amount | None) -> str:
    """A line for lists: the parties, acting side first, then what it is about, as the most telling claim puts it.

    `chosen`: the event's figure; words about another figure must not stand beside it.
    """
    kind = claims[0].kind
    sides = []
    for role in ROLES_OF_KIND[kind]:
        names = [name for party_role, _, name, _ in parties if party_role is role]
        if names:
            joiner = _ARROW.get(kind, ", ")
            more = f" and {len(names) - 2} more" if len(names) > 2 else ""
            sides.append(joiner.join(names[:2]) + more)
    telling = (claim for claim in claims if claim.what)
    what = min(telling, key=lambda claim: _title_rank(claim, chosen), default=claims[0]).what
    return ": ".join(part for part in (" → ".join(sides), what) if part)
