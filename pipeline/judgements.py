"""Judgements: a person's decision that two claims, or two actors, are the same, different, or that it is unsure."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum

from pydantic import Field

from db.vocabulary import Verdict
from pipeline.claim_ids import digest
from pipeline.fields import InputModel, Line, LongText, MomentText
from pipeline.issues import Fault, Issue, Rule
from pipeline.parsing import parse
from pipeline.readers import Record


class Subject(StrEnum):
    """What a judgement is about."""

    CLAIM = "claim"
    ACTOR = "actor"


class JudgementNote(InputModel):
    """One decision on one pair. After `parse_judgement`, `left` sorts before `right`: the pair has no order."""

    subject: Subject
    left: Line = Field(description="A claim id, or an actor's canonical name.")
    right: Line = Field(description="Another claim id, or another actor's canonical name.")
    verdict: Verdict
    who: Line = Field(description="Who decided.")
    when: MomentText = Field(description="ISO 8601 date, or date and time (UTC where no offset is given).")
    why: LongText = Field(description="The reason, for people who ask later.")

    @property
    def moment(self) -> dt.datetime:
        """When it was decided, in UTC; a date alone is its first minute."""
        moment = dt.datetime.fromisoformat(self.when)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)

    @property
    def judgement_id(self) -> str:
        """The permanent id: the same person at the same time on the same pair is the same judgement."""
        return "ju-" + digest(self.subject, self.left, self.right, self.who, self.when, length=12)


KEYS = {"": tuple(JudgementNote.model_fields)}


def parse_judgement(record: Record) -> JudgementNote | tuple[Issue, ...]:
    """The judgement of a record with its pair in sorted order, or every fault of it."""
    found = parse(record, JudgementNote, KEYS, _pair_faults)
    return _sorted_pair(found) if isinstance(found, JudgementNote) else found


def _pair_faults(judgement: Mapping[str, object]) -> Iterator[Fault]:
    if judgement.get("left") is not None and judgement.get("left") == judgement.get("right"):
        yield Fault(Rule.SAME_PAIR, "right", str(judgement["right"]))


def _sorted_pair(judgement: JudgementNote) -> JudgementNote:
    if judgement.left < judgement.right:
        return judgement
    return judgement.model_copy(update={"left": judgement.right, "right": judgement.left})
