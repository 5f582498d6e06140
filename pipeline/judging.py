"""Judgements made by a person on a page or the command line: stored, settled and visible in one transaction."""

import datetime as dt
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db import history
from db.bulk import among, table
from db.engine import writing
from db.models import Claim, Event, EventClaim, Judgement
from db.vocabulary import Verdict
from pipeline.decisions import in_vain, moment_after, put_judgements
from pipeline.derived import bring_up_to_date
from pipeline.errors import InputError
from pipeline.evaluate import explain
from pipeline.judgements import JudgementNote, Subject, parse_judgement
from pipeline.matching import Match
from pipeline.readers import Record
from pipeline.register import apply_actor_judgements, drop_unused_provisional, unknown_to_all
from pipeline.resolve import resolve
from pipeline.runs import bump_revision

PATIENCE = 30.0
"""Seconds that a person is left waiting for a load that is writing."""

_judgement, _claim, _event, _event_claim = table(Judgement), table(Claim), table(Event), table(EventClaim)


@dataclass(frozen=True, slots=True)
class EventNow:
    """An event as it is after a judgement."""

    event_id: str
    title: str
    reports: int
    claims: int
    stage: str
    disputed: bool
    independent_sources: int
    amount: int | None
    amount_min: int | None
    amount_max: int | None
    currency: str | None
    bound: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a judgement led to: the judgements' ids, and the events that the judged claims are in now.

    `before`: the events that were merged or split, as they were.
    """

    judgement_ids: tuple[str, ...]
    events: tuple[EventNow, ...]
    before: tuple[EventNow, ...] = ()


def decision(
    subject: Subject, left: str, right: str, verdict: str, who: str, why: str, when: str | None = None
) -> JudgementNote:
    """A judgement under the rules of the input format, decided now unless `when` says otherwise.

    Raises:
        InputError: it breaks a rule, which is named.
    """
    said = {"subject": str(subject), "left": left, "right": right, "verdict": verdict, "who": who.strip(),
            "when": when or moment_now(), "why": why.strip()}  # fmt: skip
    found = parse_judgement(Record("", 1, json.dumps(said, ensure_ascii=False).encode()))
    if isinstance(found, JudgementNote):
        return found
    raise InputError("; ".join(issue.message for issue in found))


def moment_now() -> str:
    """The time in UTC to the millisecond, so that two decisions of one person on one pair are told apart."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


@contextmanager
def turn(engine: Engine, *, keep: bool = True) -> Iterator[Connection]:
    """A transaction that writes, for a person who waits; with `keep` False all is taken back at the end: a trial.

    Raises:
        db.engine.BusyDatabaseError: somebody else went on writing for longer than `PATIENCE`.
    """
    with writing(engine, PATIENCE) as connection, connection.begin_nested() as savepoint:
        bring_up_to_date(connection)
        yield connection
        if not keep:
            savepoint.rollback()


def judge(engine: Engine, note: JudgementNote) -> Outcome:
    """Store one judgement and let it take effect: dated after all that stands on its pair, which it overrules.

    Raises:
        InputError: it names a claim or an actor that is not there, calls two kinds of act the same, or cannot overrule.
    """
    with turn(engine) as connection:
        _check(connection, note)
        when = moment_after(connection, note.subject, (note.left, note.right), note.when)
        note = note.model_copy(update={"when": when})
        settle(connection, [note])
        refuse_vain(connection, [note])
        return outcome(connection, [note])


def _check(connection: Connection, note: JudgementNote) -> None:
    pair = (note.left, note.right)
    if note.subject is Subject.ACTOR:
        if unknown := unknown_to_all(connection, pair):
            raise InputError(f"no actor goes by the name {min(unknown)!r}; names are in actors.csv")
        return
    kinds = dict(
        connection.execute(sa.select(_claim.c.claim_id, _claim.c.kind).where(_claim.c.claim_id.in_(pair))).all()
    )
    if missing := [claim_id for claim_id in pair if claim_id not in kinds]:
        raise InputError(f"there is no claim {missing[0]!r}; ids are in claims.csv")
    if note.verdict is Verdict.SAME and len(set(kinds.values())) > 1:
        raise InputError(f"a {kinds[note.left]} and a {kinds[note.right]} cannot be one event: it is of one kind")


def settle(connection: Connection, notes: Collection[JudgementNote]) -> None:
    """Store judgements, make the events anew that they touch, and say that the data changed."""
    judged = put_judgements(connection, notes)
    seen_otherwise = apply_actor_judgements(connection, judged.actors)
    if seen_otherwise or judged.claims or judged.actors:
        resolve(connection, seen_otherwise, judged.claims)
        drop_unused_provisional(connection)
    if judged.new:
        bump_revision(connection)


def refuse_vain(connection: Connection, notes: Collection[JudgementNote]) -> None:
    """After `settle`: refuse judgements that are not in force, so that nobody is told of a success that is none.

    Raises:
        InputError: another one stands, which is named.
    """
    if found := in_vain(connection, notes):
        note, standing = found
        raise InputError(f"on {note.left} and {note.right} another judgement stands: {standing}; undo that one first")


def outcome(connection: Connection, notes: Collection[JudgementNote], before: tuple[EventNow, ...] = ()) -> Outcome:
    """What these judgements led to, after `settle`."""
    judged = {name for note in notes if note.subject is Subject.CLAIM for name in (note.left, note.right)}
    inside = (
        sa.select(_event_claim.c.event_id)
        .distinct()
        .join(_claim, _claim.c.pk == _event_claim.c.claim_pk)
        .where(among(connection, _claim.c.claim_id, judged))
    )
    ids = tuple(note.judgement_id for note in notes)
    return Outcome(ids, events_now(connection, connection.scalars(inside).all()), before)


def events_now(connection: Connection, event_ids: Collection[str]) -> tuple[EventNow, ...]:
    """These events as they are, by id."""
    columns = [_event.c[name.name] for name in fields(EventNow)]
    chosen = sa.select(*columns).where(among(connection, _event.c.event_id, event_ids))
    return tuple(EventNow(*row) for row in connection.execute(chosen.order_by(_event.c.event_id)))


def weigh(connection: Connection, left_id: str, right_id: str) -> Match | None:
    """What the rules say of two claims, in words for and against; None where one of them is not there."""
    chosen = sa.select(_claim.c.claim_id, _claim.c.pk).where(_claim.c.claim_id.in_((left_id, right_id)))
    keys = dict(connection.execute(chosen).all())
    return explain(connection, (left_id, right_id), keys) if len(keys) == len({left_id, right_id}) else None


def undo(engine: Engine, judgement_ids: Collection[str], who: str, why: str) -> Outcome:
    """Take judgements back; they stay in the table as undone, and what was in force before them is so again.

    Raises:
        InputError: an id is unknown or was undone before, or it is not said who does it and why.
    """
    if not who.strip() or not why.strip():
        raise InputError("say who takes the judgement back, and why: people may ask later")
    with turn(engine) as connection:
        notes = [_undone(note, who.strip(), why.strip()) for note in _read(connection, judgement_ids)]
        settle(connection, notes)
        return replace(outcome(connection, notes), judgement_ids=tuple(sorted(set(judgement_ids))))


def _undone(note: JudgementNote, who: str, why: str) -> JudgementNote:
    if note.undone_by is not None:
        raise InputError(f"the judgement on {note.left} and {note.right} was undone before, by {note.undone_by}")
    said = note.model_dump() | {"undone_by": who, "undone_when": moment_now(), "undone_why": why}
    return JudgementNote.model_validate(said)


def _read(connection: Connection, judgement_ids: Collection[str]) -> list[JudgementNote]:
    asked = sa.select(_judgement).where(among(connection, _judgement.c.judgement_id, judgement_ids))
    found = connection.execute(asked.order_by(_judgement.c.judgement_id)).all()
    if unknown := set(judgement_ids) - {row.judgement_id for row in found}:
        raise InputError(f"there is no judgement {min(unknown)!r}; the Review page lists them with their ids")
    return [
        JudgementNote(
            subject=Subject(row.subject), left=row.left_id, right=row.right_id, verdict=Verdict(row.verdict),
            who=row.who, when=row.decided_at, why=row.why, undone_by=row.undone_by, undone_when=row.undone_at,
            undone_why=row.undone_why,
        )
        for row in found
    ]  # fmt: skip


def is_event_id(reference: str) -> bool:
    """Whether a reference is to an event; a claim's id has `#` in it."""
    return reference.startswith("ev-") and "#" not in reference


def claim_of(connection: Connection, reference: str) -> str:
    """The claim that is meant by its own id, or by the id of an event: then the claim that anchors it.

    Raises:
        InputError: there is no such event, or none any more.
    """
    if not is_event_id(reference):
        return reference
    anchor = sa.select(_claim.c.claim_id).join(_event, _event.c.anchor_pk == _claim.c.pk)
    return str(connection.scalar(anchor.where(_event.c.event_id == event_of(connection, reference))))


def event_of(connection: Connection, event_id: str) -> str:
    """The event that an id of an event leads to now.

    Raises:
        InputError: there is none, or none any more.
    """
    found, reason = history.forward(connection, event_id)
    if found is None:
        raise InputError(f"there is no event {event_id!r}" + (f" any more: {reason}" if reason else ""))
    return found
