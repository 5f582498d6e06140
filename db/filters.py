"""What a user asks for: one frozen value, shared by all views, links, exports and queries. Empty means no limit."""

import datetime as dt
from dataclasses import dataclass, replace

from db.vocabulary import Role

SUPPLIER_ROLES = (Role.SUPPLIERS, Role.BUILDERS)
RECIPIENT_ROLES = (Role.RECIPIENTS, Role.BUYERS)


@dataclass(frozen=True, slots=True)
class Filters:
    """A choice of events.

    Attributes:
        kinds: kinds of act (`db.vocabulary.Kind`).
        date_from, date_to: the event's date may fall in this span (both ends included).
        stages: current stages (`db.vocabulary.Stage`).
        suppliers, recipients, actors: names of actors. `suppliers` looks at suppliers and builders, `recipients` at
            buyers and recipients of money, `actors` at every role.
        blocs: home bloc of the leading supplier (`db.vocabulary.Bloc`).
        countries: alpha-2 codes of where the act lands; `regions` are added to them.
        technologies: `db.vocabulary.Technology`.
        usd_from, usd_to: chosen figure in US dollars; events without a figure in USD are then left out.
        sources_from: at least so many independent sources.
        disputed: False leaves out events that some source denies or disputes.
        as_known_on: only what was published by that day, merged as it would have been then.
        text: words that all occur in the event's parties, in its articles, or in what a claim of these is about; by
            their beginnings, in any case and script (`db.words`). Each word may stand in another of them.
        roll_up: subsidiaries count with their group and agencies with their government, in filters and in totals by
            actor; False: each body by itself.
    """

    kinds: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    stages: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    blocs: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    usd_from: int | None = None
    usd_to: int | None = None
    sources_from: int = 1
    disputed: bool = True
    as_known_on: dt.date | None = None
    text: str = ""
    roll_up: bool = True

    def of_kinds(self, *kinds: str) -> "Filters":
        """The same choice, narrowed to these kinds; where none of them was chosen, all of these."""
        chosen = tuple(kind for kind in kinds if kind in self.kinds)
        return replace(self, kinds=chosen or kinds)


NO_FILTERS = Filters()
