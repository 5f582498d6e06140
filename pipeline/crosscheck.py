"""Checks that one actor's record alone cannot answer: named twice, owner unknown, alias shared; a judgement in vain."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from db.vocabulary import ON_ACTORS_ONLY, Verdict
from pipeline.actors import ActorIndex, ActorNote, actor_id, parent_cycles
from pipeline.issues import Fault, Issue, Rule
from pipeline.judgements import JudgementNote, Said, Subject, said
from pipeline.preparing import Prepared
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


@dataclass(frozen=True, slots=True)
class Around:
    """What the database says about judgements that were just loaded.

    Attributes:
        kinds: the kind of each judged claim that is there, by claim id.
        nobody: judged names that no actor goes by.
        apart: pairs of names that a person called the same and other judgements keep apart.
        one: pairs of names of an owner and what it owns that mean one actor.
        contradicted: judgements, as `said` names them, that their author contradicted at the same moment.
        today: the day of the load in UTC.
    """

    kinds: Mapping[str, str]
    nobody: Collection[str]
    apart: Collection[tuple[str, str]]
    one: Collection[tuple[str, str]]
    contradicted: Collection[Said]
    today: dt.date


def judgement_notices(judgements: Iterable[tuple[Record, JudgementNote]], around: Around) -> Iterator[Issue]:
    """Judgements that change nothing, or that a person should look at again."""
    for record, judgement in judgements:
        of_subject = _on_actors if judgement.subject is Subject.ACTOR else _on_claims
        for fault in (*of_subject(judgement, around), *_on_any(judgement, around)):
            yield Issue.of(record.file, record.line, fault)


def _on_actors(judgement: JudgementNote, around: Around) -> Iterator[Fault]:
    pair = (judgement.left, judgement.right)
    for place, name in zip(("left", "right"), pair, strict=True):
        if name in around.nobody:
            yield Fault(Rule.JUDGED_NOBODY, place, name)
    if judgement.verdict is Verdict.SAME and pair in around.apart:
        yield Fault(Rule.JUDGED_APART, "right", ", ".join(pair))
    if judgement.verdict in ON_ACTORS_ONLY and pair in around.one:
        yield Fault(Rule.JUDGED_OWN_OWNER, "right", ", ".join(pair))


def _on_claims(judgement: JudgementNote, around: Around) -> Iterator[Fault]:
    pair = (judgement.left, judgement.right)
    for place, claim_id in zip(("left", "right"), pair, strict=True):
        if claim_id not in around.kinds:
            yield Fault(Rule.JUDGED_UNKNOWN, place, claim_id)
    found = {around.kinds.get(claim_id) for claim_id in pair}
    if judgement.verdict is Verdict.SAME and None not in found and len(found) > 1:
        yield Fault(Rule.JUDGED_OTHER_KINDS, "right", ", ".join(pair))


def _on_any(judgement: JudgementNote, around: Around) -> Iterator[Fault]:
    if judgement.undone_by is None and said(judgement) in around.contradicted:
        yield Fault(Rule.JUDGED_BOTH_WAYS, "verdict", judgement.verdict)
    if judgement.undone_by is None and judgement.moment.date() > around.today:
        yield Fault(Rule.JUDGED_IN_FUTURE, "when", judgement.when)


def unknown_names(notes: Iterable[tuple[Record, Prepared]], unknown: Collection[str]) -> Iterator[Issue]:
    """Where each of these party names comes first."""
    left = set(unknown)
    for record, article in notes:
        for place, claim in enumerate(article.claims):
            for role, _, name in claim.parties:
                if name in left:
                    left.remove(name)
                    fault = Fault(Rule.UNKNOWN_ACTOR, f"claims[{place}].{role}", name)
                    yield Issue.of(record.file, record.line, fault)
