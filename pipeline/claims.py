"""A claim as the matcher sees it: parties resolved to actors, dates and money parsed. Values only, no database."""

from dataclasses import dataclass

from db.values import Amount, PartialDate
from db.vocabulary import Kind, Role, Stage, Stance


@dataclass(frozen=True, slots=True)
class Party:
    """One actor in its role: its own name, not the one that a note used. `group_id` is its topmost owner's id."""

    role: Role
    actor_id: str
    group_id: str
    name: str
    country: str | None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article says about one act. `claim_id` sorts stably; `number` is the place in the article, from 1."""

    claim_id: str
    article_id: str
    number: int
    kind: Kind
    stage: Stage
    stance: Stance
    date: PartialDate
    published: PartialDate
    parties: tuple[Party, ...]
    countries: tuple[str, ...]
    technologies: tuple[str, ...]
    what: str
    evidence: str
    amount: Amount | None = None
    instrument: str | None = None
    attributed_to: str | None = None

    def actors(self, role: Role) -> frozenset[str]:
        """The ids of the actors in a role."""
        return frozenset(party.actor_id for party in self.parties if party.role is role)

    def groups(self, role: Role) -> frozenset[str]:
        """The ids of the groups (topmost owners) in a role."""
        return frozenset(party.group_id for party in self.parties if party.role is role)
