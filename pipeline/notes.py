"""Annotated source notes: the input models, and from one raw record to a note or to all its faults.

The format is described in pipeline/corpus/FORMAT.md; descriptions here end up in the published JSON Schema.
"""

from typing import Annotated

from pydantic import Field

from db.values import Amount
from db.vocabulary import ROLES_OF_KIND, Bound, CapacityUnit, Kind, Role, Stage, Stance, Technology
from pipeline.checks import late_dates, note_faults
from pipeline.fields import (
    UNIQUE,
    Address,
    ArticleId,
    CountryCode,
    CurrencyCode,
    DateText,
    InputModel,
    LanguageCode,
    Line,
    LongText,
    Money,
    Names,
    Size,
)
from pipeline.issues import Fault, Issue
from pipeline.parsing import parse
from pipeline.readers import Record


class AmountNote(InputModel):
    """Money as the source gave it, in full units of its own currency. One value, or min and max for a range."""

    value: Money | None = Field(None, description="Whole units: 1.4 billion is 1400000000.")
    min: Money | None = Field(None, description="Lower end, for bound range.")
    max: Money | None = Field(None, description="Upper end, for bound range.")
    currency: CurrencyCode = Field(description="ISO 4217, in force or withdrawn.")
    bound: Bound = Field(description="How the source meant the figure.")

    def amount(self) -> Amount:
        """The amount as a value of the tracker."""
        return Amount(self.currency, self.bound, self.value, self.min, self.max)


class CapacityNote(InputModel):
    """Size of a compute project as the source gave it."""

    value: Size = Field(description="Above 0.")
    unit: CapacityUnit


class ClaimNote(InputModel):
    """What the source says about one act: one claim per (kind, parties, country, money)."""

    kind: Kind = Field(description="What sort of act; it fixes the roles that may be filled.")
    evidence: LongText = Field(
        description="Exact passage of the text that states the claim; occurs in it exactly once."
    )
    date: DateText = Field(description="When it happened or was announced: YYYY, YYYY-MM or YYYY-MM-DD, as known.")
    stage: Stage = Field(description="How far the act has come; signed means binding.")
    stance: Stance = Field(description="Whether the source asserts, denies or disputes the act.")
    countries: Annotated[tuple[CountryCode, ...], UNIQUE] = Field(
        min_length=1, description="Where the act lands: ISO 3166-1 alpha-2, EU, XM (multilateral) or ZZ (unknown)."
    )
    what: Line | None = Field(None, description="What it is about, in at most 12 words of the annotator.")
    technology: Annotated[tuple[Technology, ...], UNIQUE] = Field(
        (), description="What is bought, built or restricted."
    )
    amount: AmountNote | None = Field(None, description="Left out where the source gives none.")
    instrument: Line | None = Field(None, description="Funding only: seed, series A, grant, budget, IPO, debt ...")
    capacity: CapacityNote | None = Field(None, description="Left out where the source gives none.")
    attributed_to: Line | None = Field(None, description="Who makes the claim, if not the publisher itself.")
    suppliers: Names = Field((), description="Contract: who sells or provides.")
    buyers: Names = Field((), description="Contract: who buys, adopts or deploys.")
    partners: Names = Field((), description="Partnership: all sides.")
    investors: Names = Field((), description="Funding: who pays.")
    recipients: Names = Field((), description="Funding: who is paid.")
    builders: Names = Field((), description="Infrastructure: who plans or builds.")
    hosts: Names = Field((), description="Infrastructure: the government or firm that hosts or owns.")
    authorities: Names = Field((), description="Export control, restriction: who decides.")
    targets: Names = Field((), description="Export control, restriction: who or what is hit.")

    def parties(self) -> tuple[tuple[Role, tuple[str, ...]], ...]:
        """The names in each role of the claim's kind, the acting side first; a role may be empty."""
        return tuple((role, getattr(self, role)) for role in ROLES_OF_KIND[self.kind])


class ArticleNote(InputModel):
    """One published source, written up in the annotator's words, with the claims that it supports."""

    id: ArticleId = Field(description="publisher-date-slug: a-z, 0-9 and single hyphens; unique.")
    url: Address = Field(description="The address of the source.")
    publisher: Line = Field(description="The outlet or issuer.")
    published: DateText = Field(description="Date of publication: YYYY-MM-DD, less where less is known.")
    language: LanguageCode = Field(description="Language of the source, ISO 639-1; the note is in English.")
    title: Line = Field(description="The annotator's words, never the source's headline.")
    text: LongText = Field(description="The annotator's words; every claim can be read from it. Kept exactly as given.")
    claims: tuple[ClaimNote, ...] = Field(min_length=1, description="The claims that the text supports, in any order.")


KEYS: dict[str, tuple[str, ...]] = {
    "": tuple(ArticleNote.model_fields),
    "claims": tuple(ClaimNote.model_fields),
    "amount": tuple(AmountNote.model_fields),
    "capacity": tuple(CapacityNote.model_fields),
}
"""The keys that may stand in each sort of object of a note, by the field that holds it."""


def parse_note(record: Record) -> ArticleNote | tuple[Issue, ...]:
    """The note of a record, or every fault of it."""
    return parse(record, ArticleNote, KEYS, note_faults, _keys_of)


def notice_faults(note: ArticleNote) -> tuple[Fault, ...]:
    """What an annotator may want to look at again although the note was taken: claims dated after publication."""
    return tuple(late_dates(note.published, [claim.date for claim in note.claims]))


def _keys_of(note: ArticleNote) -> int:
    """How many keys the record had, those of nested objects included."""
    count = len(note.model_fields_set)
    for claim in note.claims:
        count += len(claim.model_fields_set)
        if claim.amount is not None:
            count += len(claim.amount.model_fields_set)
        if claim.capacity is not None:
            count += len(claim.capacity.model_fields_set)
    return count
