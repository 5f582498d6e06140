"""Checks that one actor's record alone cannot answer: named twice, owner unknown, alias shared."""

from collections.abc import Collection, Iterable, Iterator

from pipeline.actors import ActorIndex, ActorNote, actor_id
from pipeline.issues import Fault, Issue, Rule
from pipeline.notes import ArticleNote
from pipeline.readers import Record

Read = tuple[Record, ActorNote | tuple[Issue, ...]]


def refuse_repeats(read: Iterable[Read]) -> Iterator[Read]:
    """Each actor once: a later record for the same one becomes an issue."""
    first: dict[str, Record] = {}
    for record, actor in read:
        if isinstance(actor, ActorNote):
            before = first.setdefault(actor_id(actor.name), record)
            if before is not record:
                remedy = f"{before.file}:{before.line} is taken: merge the two lines, each actor has one"
                fault = Fault(Rule.DUPLICATE_ACTOR, "name", actor.name, remedy)
                yield record, (Issue.of(record.file, record.line, fault),)
                continue
        yield record, actor


def actor_notices(actors: Collection[tuple[Record, ActorNote]], index: ActorIndex) -> Iterator[Issue]:
    """What to look at in actors that were taken. `index`: all actors known, these included."""
    for record, actor in actors:
        for fault in _faults(actor, index):
            yield Issue.of(record.file, record.line, fault)


def _faults(actor: ActorNote, index: ActorIndex) -> Iterator[Fault]:
    if actor.parent and index.resolve(actor.parent) is None:
        yield Fault(Rule.UNKNOWN_PARENT, "parent", actor.parent)
    for place, name in enumerate((actor.name, *actor.aliases)):
        if len(index.owners(name)) > 1:
            yield Fault(Rule.AMBIGUOUS_ALIAS, f"aliases[{place - 1}]" if place else "name", name)


def unknown_names(notes: Iterable[tuple[Record, ArticleNote]], unknown: Collection[str]) -> Iterator[Issue]:
    """Where each of these party names comes first."""
    left = set(unknown)
    for record, note in notes:
        for place, claim in enumerate(note.claims):
            for role, names in claim.parties():
                for name in names:
                    if name in left:
                        left.remove(name)
                        yield Issue.of(
                            record.file, record.line, Fault(Rule.UNKNOWN_ACTOR, f"claims[{place}].{role}", name)
                        )
