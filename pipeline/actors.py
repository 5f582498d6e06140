"""Actors: their input records, the folding of names, the index from names to actors, and groups under one owner."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints

from db.vocabulary import ActorKind
from pipeline.claim_ids import digest
from pipeline.fields import UNIQUE, CountryCode, InputModel, Line
from pipeline.issues import Fault, Issue, Rule
from pipeline.names import joins, known_keys, tolerant
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

    Who bears the name so written is always meant before anybody whom a tolerant key finds. A name of nothing but
    punctuation folds to itself.
    """
    folded = " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())
    return folded.strip(_AROUND) or folded


@lru_cache(maxsize=65536)
def actor_id(name: str) -> str:
    """The permanent id of the actor with this canonical name (NFC, otherwise exactly as written)."""
    return "ac-" + digest(unicodedata.normalize("NFC", name), length=12)


class Known(NamedTuple):
    """A known actor, as names are looked up in: its aliases, and what its kind and home say of names."""

    identity: str
    name: str
    aliases: Sequence[str]
    kind: str | None = None
    country: str | None = None


def known(note: ActorNote) -> Known:
    """A note as it is looked up."""
    return Known(actor_id(note.name), note.name, note.aliases, str(note.kind), note.country)


class ActorIndex:
    """From names to actors. A canonical name wins over aliases; a name that several actors share resolves to none.

    A name that nobody bears as it is written may still mean the one actor that has a name with the same tolerant key
    (`pipeline.names`), if kind and home do not speak against it.
    """

    def __init__(self, actors: Iterable[tuple[str, str, Sequence[str]] | Known]) -> None:
        """Index actors; the order does not matter."""
        self._known = {actor.identity: actor for actor in (Known(*each) for each in actors)}
        self._exact = {unicodedata.normalize("NFC", actor.name): actor.identity for actor in self._known.values()}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        for actor in self._known.values():
            self._names[name_key(actor.name)].add(actor.identity)
            for alias in actor.aliases:
                self._aliases[name_key(alias)].add(actor.identity)

    @cached_property
    def _tolerant(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for actor in self._known.values():
            for name in (actor.name, *actor.aliases):
                for key in known_keys(name, actor.kind, actor.country):
                    found[key].add(actor.identity)
        return found

    def name_of(self, identity: str) -> str:
        """The canonical name of an actor in the index."""
        return self._known[identity].name

    def named(self, name: str) -> str | None:
        """The id of the one actor that has this as its canonical name, folded; None where none or several have."""
        owners = self._names.get(name_key(name), ())
        return self._exact.get(unicodedata.normalize("NFC", name)) or (min(owners) if len(owners) == 1 else None)

    def resolve(self, name: str) -> str | None:
        """The id of the one actor that goes by this name; None where there is none, or more than one."""
        owners = self.owners(name)
        return self.listed(name) or (self._tolerated(name) if not owners else None)

    def listed(self, name: str) -> str | None:
        """The id of the one actor that has this name or alias, folded, leaving tolerant keys aside."""
        owners = self.owners(name)
        return self._exact.get(unicodedata.normalize("NFC", name)) or (owners[0] if len(owners) == 1 else None)

    def _tolerated(self, name: str) -> str | None:
        key = tolerant(name)
        owners = self._tolerant.get(key.key, ()) if key is not None else ()
        if key is None or len(owners) != 1:
            return None
        found = self._known[min(owners)]
        is_meant = key.fits(found.kind, found.country) and joins(name, (found.name, *found.aliases))
        return found.identity if is_meant else None

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
