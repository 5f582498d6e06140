"""Checks that one actor's record alone cannot answer: named twice, owner unknown, alias shared; a judgement in vain."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from db.vocabulary import Verdict
from pipeline.actors import ActorIndex, ActorNote, actor_id, parent_cycles
from pipeline.issues import Fault, Issue, Rule
from pipeline.judgements import JudgementNote, Subject
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
    owners = {actor_id(actor.name): index.listed(actor.parent) if actor.parent else None for _, actor in actors}
    in_circle = {member for circle in parent_cycles(owners) for member in circle}
    for record, actor in actors:
        for fault in (*_owner_faults(actor, index, in_circle), *_name_faults(actor, index)):
            yield Issue.of(record.file, record.line, fault)


def _owner_faults(actor: ActorNote, index: ActorIndex, in_circle: Collection[str]) -> Iterator[Fault]:
    if actor.parent and index.listed(actor.parent) is None:
        yield Fault(Rule.UNKNOWN_PARENT, "parent", actor.parent)
    elif actor.parent and actor_id(actor.name) in in_circle:
        yield Fault(Rule.OWNERS_IN_A_CIRCLE, "parent", actor.parent)


def _name_faults(actor: ActorNote, index: ActorIndex) -> Iterator[Fault]:
    for place, name in enumerate((actor.name, *actor.aliases)):
        where = f"aliases[{place - 1}]" if place else "name"
        owners = index.owners(name)
        if len(owners) > 1:
            yield Fault(Rule.AMBIGUOUS_ALIAS, where, name)
        elif place and owners and owners[0] != actor_id(actor.name):
            yield Fault(Rule.ALIAS_IS_A_NAME, where, name)


def judgement_notices(
    judgements: Iterable[tuple[Record, JudgementNote]],
    kinds: Mapping[str, str],
    nobody: Collection[str] = (),
    apart: Collection[tuple[str, str]] = (),
) -> Iterator[Issue]:
    """Judgements that change nothing.

    Args:
        kinds: the kind of each judged claim that is there, by claim id.
        nobody: judged names that no actor goes by.
        apart: pairs of names that a person called the same and other judgements keep apart.
    """
    for record, judgement in judgements:
        if judgement.subject is Subject.ACTOR:
            for place, name in (("left", judgement.left), ("right", judgement.right)):
                if name in nobody:
                    yield Issue.of(record.file, record.line, Fault(Rule.JUDGED_NOBODY, place, name))
            if judgement.verdict is Verdict.SAME and (judgement.left, judgement.right) in apart:
                fault = Fault(Rule.JUDGED_APART, "right", f"{judgement.left}, {judgement.right}")
                yield Issue.of(record.file, record.line, fault)
            continue
        for place, claim_id in (("left", judgement.left), ("right", judgement.right)):
            if claim_id not in kinds:
                yield Issue.of(record.file, record.line, Fault(Rule.JUDGED_UNKNOWN, place, claim_id))
        found = {kinds.get(judgement.left), kinds.get(judgement.right)}
        if judgement.verdict is Verdict.SAME and None not in found and len(found) > 1:
            fault = Fault(Rule.JUDGED_OTHER_KINDS, "right", f"{judgement.left}, {judgement.right}")
            yield Issue.of(record.file, record.line, fault)


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
