"""Judgements: a person's decision that two claims, or two actors, are the same, different, or that it is unsure."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum

from pydantic import Field

from db.vocabulary import ON_ACTORS_ONLY, Verdict
from pipeline.claim_ids import digest
from pipeline.fields import InputModel, Line, LongText, MomentText
from pipeline.issues import Fault, Issue, Rule, one_of
from pipeline.parsing import parse
from pipeline.readers import Record


class Subject(StrEnum):
    """What a judgement is about."""

    CLAIM = "claim"
    ACTOR = "actor"


class Question(StrEnum):
    """What a judgement answers. Each question on a pair has an answer of its own, and both may stand at once."""

    IDENTITY = "identity"
    OWNERSHIP = "ownership"


ON_CLAIMS = tuple(verdict for verdict in Verdict if verdict not in ON_ACTORS_ONLY)
"""What can be said of two claims: no claim owns another."""
_TURNED = {Verdict.OWNS: Verdict.OWNED_BY, Verdict.OWNED_BY: Verdict.OWNS}


class JudgementNote(InputModel):
    """One decision on one pair. After `parse_judgement`, `left` sorts before `right`: the pair has no order."""

    subject: Subject
    left: Line = Field(description="A claim id, or an actor's name.")
    right: Line = Field(description="Another claim id, or another actor's name.")
    verdict: Verdict = Field(
        description="owns and owned_by (left by right) are for actors only, and say that the two are different actors. "
        "Who owns whom is a question of its own: different takes no owner away."
    )
    who: Line = Field(description="Who decided.")
    when: MomentText = Field(description="ISO 8601 date, or date and time (UTC where no offset is given).")
    why: LongText = Field(description="The reason, for people who ask later.")
    undone_by: Line | None = Field(default=None, description="Who took the decision back, if anybody did.")
    undone_when: MomentText | None = Field(default=None, description="When it was taken back; needed with undone_by.")
    undone_why: LongText | None = Field(default=None, description="Why it was taken back.")

    @property
    def moment(self) -> dt.datetime:
        """When it was decided, in UTC; a date alone is its first minute."""
        return utc(self.when)

    @property
    def judgement_id(self) -> str:
        """The permanent id: the same verdict by the same person at the same time on the same pair is one judgement."""
        moment = self.moment.isoformat()
        return "ju-" + digest(self.subject, self.left, self.right, self.verdict, self.who, moment, length=12)

    @property
    def question(self) -> Question:
        """What it answers."""
        return question_of(self.verdict)

    def in_order(self) -> "JudgementNote":
        """The same decision with the pair in sorted order: an owner on the other side is said the other way round."""
        if self.left < self.right:
            return self
        verdict = _TURNED.get(self.verdict, self.verdict)
        return self.model_copy(update={"left": self.right, "right": self.left, "verdict": verdict})


def question_of(verdict: str) -> Question:
    """The question that a verdict answers."""
    return Question.OWNERSHIP if verdict in ON_ACTORS_ONLY else Question.IDENTITY


Said = tuple[str, str, str, Question, str, str]
"""Subject, left, right, question, who, moment: what one person says at one moment on one question of one pair."""


def said(note: JudgementNote) -> Said:
    """By what a judgement is told from others, but for its verdict."""
    return str(note.subject), note.left, note.right, note.question, note.who, note.moment.isoformat()


def utc(moment: str) -> dt.datetime:
    """A date or a date and time as a moment in UTC; a date alone is its first minute."""
    parsed = dt.datetime.fromisoformat(moment)
    return parsed.replace(tzinfo=dt.UTC) if parsed.tzinfo is None else parsed.astimezone(dt.UTC)


KEYS = {"": tuple(JudgementNote.model_fields)}


def parse_judgement(record: Record) -> JudgementNote | tuple[Issue, ...]:
    """The judgement of a record with its pair in sorted order, or every fault of it."""
    found = parse(record, JudgementNote, KEYS, _faults)
    return found.in_order() if isinstance(found, JudgementNote) else found


def _faults(judgement: Mapping[str, object]) -> Iterator[Fault]:
    if judgement.get("left") is not None and judgement.get("left") == judgement.get("right"):
        yield Fault(Rule.SAME_PAIR, "right", str(judgement["right"]))
    if judgement.get("subject") == Subject.CLAIM and judgement.get("verdict") in ON_ACTORS_ONLY:
        verdict = str(judgement["verdict"])
        yield Fault(Rule.UNKNOWN_VERDICT, "verdict", verdict, f"of claims, {one_of(ON_CLAIMS, verdict)}")
    given = {key for key in ("undone_by", "undone_when", "undone_why") if judgement.get(key) is not None}
    if given:
        yield from (Fault(Rule.MISSING_KEY, "", key) for key in ("undone_by", "undone_when") if key not in given)
