"""Actors: their input records, the folding of names, the index from names to actors, and groups under one owner."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated

from pydantic import Field, StringConstraints

from db.vocabulary import ActorKind
from pipeline.claim_ids import digest
from pipeline.fields import UNIQUE, CountryCode, InputModel, Line
from pipeline.issues import Fault, Issue, Rule
from pipeline.parsing import parse
from pipeline.readers import Record

_AROUND = " \t\n'\"`´‘’‚‛“”„‟«»‹›「」『』《》〈〉【】()[].,;:"
"""What is trimmed at both ends of a name: spaces, quotation marks, brackets and punctuation."""


class ActorNote(InputModel):
    """A company, government, agency, fund ... with its home, its other names and its owner."""

    name: Line = Field(description="The canonical name, as party lists use it.")
    kind: ActorKind
    country: CountryCode | None = Field(
        description="Home: ISO 3166-1 alpha-2, EU for EU bodies; null where unknown or none."
    )
    aliases: Annotated[tuple[Line, ...], UNIQUE] = Field((), description="Real other names, in any script.")
    parent: Line | None = Field(None, description="The name of the owning actor, only where sure.")
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]{0,11}$")] | None = Field(
        None, description="Wikidata number, such as Q95, only where seen in a source."
    )


KEYS = {"": tuple(ActorNote.model_fields)}


def parse_actor(record: Record) -> ActorNote | tuple[Issue, ...]:
    """The actor of a record, or every fault of it."""
    return parse(record, ActorNote, KEYS, _actor_faults)


def _actor_faults(actor: Mapping[str, object]) -> Iterator[Fault]:
    if actor.get("name") is not None and actor.get("name") == actor.get("parent"):
        yield Fault(Rule.PARENT_CYCLE, "parent", str(actor["parent"]), "an actor cannot be its own parent")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The folded form that names are looked up by: NFKC, case folded, one space, no punctuation or quotes around it.

    Nothing cleverer (legal forms, word order, likeness): a wrong join is worse than a missed one. A name of nothing
    but punctuation folds to itself.
    """
    folded = " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())
    return folded.strip(_AROUND) or folded


@lru_cache(maxsize=65536)
def actor_id(name: str) -> str:
    """The permanent id of the actor with this canonical name (NFC, otherwise exactly as written)."""
    return "ac-" + digest(unicodedata.normalize("NFC", name), length=12)


class ActorIndex:
    """From names to actors. A canonical name wins over aliases; a name that several actors share resolves to none."""

    def __init__(self, actors: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        """Index (id, canonical name, aliases) of each actor; the order does not matter."""
        self._exact: dict[str, str] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        for identity, name, aliases in actors:
            self._exact[unicodedata.normalize("NFC", name)] = identity
            self._names[name_key(name)].add(identity)
            for alias in aliases:
                self._aliases[name_key(alias)].add(identity)

    def resolve(self, name: str) -> str | None:
        """The id of the one actor that goes by this name; None where there is none, or more than one."""
        exact = self._exact.get(unicodedata.normalize("NFC", name))
        if exact is not None:
            return exact
        owners = self.owners(name)
        return owners[0] if len(owners) == 1 else None

    def owners(self, name: str) -> tuple[str, ...]:
        """The ids of all actors that go by this name, sorted: by canonical name if there are any, else by alias."""
        key = name_key(name)
        return tuple(sorted(self._names.get(key) or self._aliases.get(key) or ()))

    def ambiguous(self) -> dict[str, tuple[str, ...]]:
        """Folded names that more than one actor goes by, with the actors' ids: none of these resolves."""
        shared = {key: self._names.get(key) or owners for key, owners in (self._aliases | self._names).items()}
        return {key: tuple(sorted(owners)) for key, owners in sorted(shared.items()) if len(owners) > 1}


def groups(parents: Mapping[str, str | None]) -> dict[str, str]:
    """The topmost owner of each actor, itself if it has none.

    A parent that is not among the keys counts as none. Each member of a cycle of owners is its own group; what such a
    member owns belongs to that member's group.
    """
    looped = {member for cycle in parent_cycles(parents) for member in cycle}
    top: dict[str, str] = {}
    for actor in parents:
        chain, owner = [], actor
        while owner not in top and owner not in looped and (parent := parents[owner]) is not None and parent in parents:
            chain.append(owner)
            owner = parent
        top.update(dict.fromkeys([*chain, owner], top.get(owner, owner)))
    return top


def parent_cycles(parents: Mapping[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """Cycles of owners, each from its smallest id along the chain of parents, sorted."""
    cycles, done = [], set[str]()
    for start in sorted(parents):
        chain: dict[str, None] = {}
        actor: str | None = start
        while actor is not None and actor in parents and actor not in done and actor not in chain:
            chain[actor] = None
            actor = parents[actor]
        if actor in chain:
            members = list(chain)[list(chain).index(actor) :]
            first = members.index(min(members))
            cycles.append((*members[first:], *members[:first]))
        done.update(chain)
    return tuple(sorted(cycles))
