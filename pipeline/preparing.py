"""Articles made ready for the database: all that depends on the article alone, worked out before anybody has to wait.

Plain values throughout, so that it may be done in another process, or on another machine.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from db.bulk import Row
from db.values import PartialDate
from pipeline.checks import evidence_span
from pipeline.claim_ids import claim_keys, event_id_of
from pipeline.notes import ArticleNote, ClaimNote
from pipeline.reprints import bands_of

ARTICLE_CELLS = (
    "article_id", "url", "publisher", "published", "published_first", "published_last", "language", "title",
    "record_sha256",
)  # fmt: skip
CLAIM_CELLS = (
    "claim_id", "anchored_id", "number", "kind", "stage", "stance", "date", "date_first", "date_last", "evidence",
    "evidence_start", "evidence_end", "amount", "amount_min", "amount_max", "currency", "bound", "instrument", "what",
    "attributed_to", "capacity", "capacity_unit",
)  # fmt: skip


class PreparedClaim(NamedTuple):
    """A claim but for its keys. `cells`: the values of `CLAIM_CELLS`; `parties`: role, position from 1, name."""

    cells: Row
    parties: tuple[tuple[str, int, str], ...]
    countries: tuple[str, ...]
    technologies: tuple[str, ...]


class Prepared(NamedTuple):
    """An article but for its key. `cells`: the values of `ARTICLE_CELLS`; `bands`: what reprints are found by."""

    article_id: str
    cells: Row
    text: str
    text_sha256: str
    bands: tuple[int, ...]
    claims: tuple[PreparedClaim, ...]

    @property
    def digest(self) -> str:
        """The digest of its record."""
        return str(self.cells[-1])

    def names(self) -> set[str]:
        """The names of all parties."""
        return {name for claim in self.claims for *_, name in claim.parties}


def record_digest(note: ArticleNote) -> str:
    """SHA-256 of a record as understood: the same for other spacing or another order of keys."""
    return hashlib.sha256(note.model_dump_json().encode()).hexdigest()


def prepare(notes: Sequence[tuple[str, ArticleNote]]) -> list[Prepared]:
    """Articles, each with the digest of its record, made ready; in their order."""
    bands = bands_of([note.text for _, note in notes])
    return [_prepared(digest, note, keys) for (digest, note), keys in zip(notes, bands, strict=True)]


def _prepared(digest: str, note: ArticleNote, bands: tuple[int, ...]) -> Prepared:
    published = PartialDate.parse(note.published)
    cells = (
        note.id, note.url, note.publisher, note.published, published.first.isoformat(), published.last.isoformat(),
        note.language, note.title, digest,
    )  # fmt: skip
    numbered = enumerate(zip(claim_keys(note), note.claims, strict=True), 1)
    claims = tuple(_prepared_claim(note.text, number, claim_id, claim) for number, (claim_id, claim) in numbered)
    return Prepared(note.id, cells, note.text, hashlib.sha256(note.text.encode()).hexdigest(), bands, claims)


def _prepared_claim(text: str, number: int, claim_id: str, claim: ClaimNote) -> PreparedClaim:
    return PreparedClaim(
        _claim_cells(text, number, claim_id, claim),
        tuple((role.value, place, name) for role, names in claim.parties() for place, name in enumerate(names, 1)),
        tuple(sorted(claim.countries)),
        tuple(sorted(str(word) for word in claim.technology)),
    )


def _claim_cells(text: str, number: int, claim_id: str, claim: ClaimNote) -> Row:
    date, amount, capacity = PartialDate.parse(claim.date), claim.amount, claim.capacity
    start, end = evidence_span(text, claim.evidence)
    money = (amount.value, amount.min, amount.max, amount.currency, str(amount.bound)) if amount else (None,) * 5
    return (
        claim_id, event_id_of(claim_id), number, str(claim.kind), str(claim.stage), str(claim.stance), claim.date,
        date.first.isoformat(), date.last.isoformat(), claim.evidence, start, end, *money, claim.instrument,
        claim.what, claim.attributed_to, capacity.value if capacity else None, str(capacity.unit) if capacity else None,
    )  # fmt: skip
