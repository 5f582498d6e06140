"""Permanent ids of claims, made from what annotators do not come back to."""

import base64
import hashlib
from collections import Counter

from pipeline.notes import ArticleNote, ClaimNote


def digest(*parts: str, length: int) -> str:
    """The first characters (at most 16) of the lower-case base32 SHA-256 of the parts, joined by unit separators."""
    hashed = hashlib.sha256("\x1f".join(parts).encode("utf-8")).digest()
    return base64.b32encode(hashed[:10]).decode("ascii").lower()[:length]


def claim_keys(note: ArticleNote) -> tuple[str, ...]:
    """The ids of a note's claims, in their order: the article's id, `#`, and a digest of kind, evidence and countries.

    Annotators correct dates, parties and stages and put claims in another order: the id survives all that, so that
    judgements and exports that name a claim go on meaning it. Claims of one article with the same kind, evidence and
    countries are told apart by their order: `-2`, `-3`.
    """
    seen: Counter[str] = Counter()
    keys = []
    for claim in note.claims:
        key = f"{note.id}#{_claim_digest(claim)}"
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return tuple(keys)


def _claim_digest(claim: ClaimNote) -> str:
    return digest(claim.kind, claim.evidence, ",".join(sorted(claim.countries)), length=8)


def event_id_of(claim_id: str) -> str:
    """The permanent id of the event that a claim anchors: 60 bits of SHA-256."""
    return "ev-" + digest(claim_id, length=12)
