"""The line that names an event in lists: who, to whom, and what about."""

import datetime as dt
from collections.abc import Sequence

from db.vocabulary import ROLES_OF_KIND, SIDE_EXITS, Kind, Role, Stage
from pipeline.claims import Claim
from pipeline.features import Portion, portion_of


def _title_rank(claim: Claim) -> tuple[bool, bool, bool, dt.date, str]:
    """A claim of the whole act before one of a share; of the act before one of its end; with money; the earliest."""
    aside = claim.stage in SIDE_EXITS or claim.stage is Stage.RUMOURED
    return portion_of(claim) is Portion.SHARE, aside, claim.amount is None, claim.published.first, claim.claim_id


_ARROW = {Kind.PARTNERSHIP: " + "}


def title_of(claims: Sequence[Claim], parties: Sequence[tuple[Role, str, str, int]]) -> str:
    """A line for lists: the parties, acting side first, then what it is about, as the most telling claim puts it."""
    kind = claims[0].kind
    sides = []
    for role in ROLES_OF_KIND[kind]:
        names = [name for party_role, _, name, _ in parties if party_role is role]
        if names:
            joiner = _ARROW.get(kind, ", ")
            more = f" and {len(names) - 2} more" if len(names) > 2 else ""
            sides.append(joiner.join(names[:2]) + more)
    what = min((claim for claim in claims if claim.what), key=_title_rank, default=claims[0]).what
    return ": ".join(part for part in (" → ".join(sides), what) if part)
