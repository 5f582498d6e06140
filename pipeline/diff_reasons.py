"""Why an event changed between two editions, as far as the data says: articles, judgements, second readings, actors."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pipeline.staging import A, B

MOST = 12
"""Reasons given for one event; beyond it only how many more."""
UNEXPLAINED = "no claim of its own changed: the tracker's rules or rates did, or what stands beside it"
_VERDICTS = {
    "same": "the same",
    "different": "different",
    "unsure": "uncertain",
    "owns": "owner and owned",
    "owned_by": "owned and owner",
}


@dataclass(frozen=True, slots=True)
class _Claim:
    event_id: str
    article_id: str
    digest: bytes
    outcome: str
    reprint_of: str


def reasons(
    stage: sqlite3.Connection,
    before: Collection[str],
    after: Collection[str],
    names: Collection[str] = (),
) -> tuple[str, ...]:
    """What changed behind events, in words; `UNEXPLAINED` where nothing is found.

    Args:
        before, after: ids of the events on either side that hold its claims.
        names: parties that came or went.
    """
    old, new = _claims(stage, A, before), _claims(stage, B, after)
    found = list(dict.fromkeys([*_came(stage, old, new), *_went(stage, old, new), *_corrected(stage, old, new)]))
    found += _judged(stage, {*old, *new, *names})
    found += _registered(stage, names)
    return tuple(capped(found)) if found else (UNEXPLAINED,)


def capped(found: list[str]) -> list[str]:
    """The first reasons, and how many more there are."""
    return found if len(found) <= MOST else [*found[: MOST - 1], f"and {len(found) - MOST + 1} more"]


def _claims(stage: sqlite3.Connection, side: int, events: Collection[str]) -> dict[str, _Claim]:
    rows = stage.execute(
        "SELECT claim_id, event_id, article_id, digest, outcome, reprint_of FROM claim"
        " WHERE side = ? AND event_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id",
        (side, json.dumps(sorted(events))),
    )
    return {claim_id: _Claim(*cells) for claim_id, *cells in rows}


def _elsewhere(stage: sqlite3.Connection, claim_id: str, side: int) -> str | None:
    row = stage.execute("SELECT event_id FROM claim WHERE claim_id = ? AND side = ?", (claim_id, side)).fetchone()
    return str(row[0]) if row else None


def _article(stage: sqlite3.Connection, article_id: str, side: int) -> str | None:
    row = stage.execute("SELECT said FROM article WHERE article_id = ? AND side = ?", (article_id, side)).fetchone()
    return str(row[0]) if row else None


def _came(stage: sqlite3.Connection, old: Mapping[str, _Claim], new: Mapping[str, _Claim]) -> Iterator[str]:
    for claim_id, claim in new.items():
        if claim_id in old:
            continue
        source = _elsewhere(stage, claim_id, A)
        said = _article(stage, claim.article_id, B) or claim.article_id
        if source is not None:
            yield f"claim moved here from {source}: {said}"
        elif _article(stage, claim.article_id, A) is not None:
            yield f"article annotated again: {said}"
        else:
            yield f"article added: {said}"


def _went(stage: sqlite3.Connection, old: Mapping[str, _Claim], new: Mapping[str, _Claim]) -> Iterator[str]:
    for claim_id, claim in old.items():
        if claim_id in new:
            continue
        target = _elsewhere(stage, claim_id, B)
        said = _article(stage, claim.article_id, A) or claim.article_id
        if target is not None:
            yield f"claim moved to {target}: {said}"
        elif _article(stage, claim.article_id, B) is not None:
            yield f"article annotated again: {said}"
        else:
            reason = withdrawn(stage, claim.article_id)
            yield f"article not there: {said}" if reason is None else f"article withdrawn: {said}: {reason}"


def withdrawn(stage: sqlite3.Connection, article_id: str) -> str | None:
    """Why an article was taken out by the later edition; None where it was not."""
    row = stage.execute("SELECT reason FROM withdrawal WHERE article_id = ?", (article_id,)).fetchone()
    return str(row[0]) if row else None


def _corrected(stage: sqlite3.Connection, old: Mapping[str, _Claim], new: Mapping[str, _Claim]) -> Iterator[str]:
    for claim_id in old.keys() & new.keys():
        was, now = old[claim_id], new[claim_id]
        said = _article(stage, now.article_id, B) or now.article_id
        if was.digest != now.digest:
            yield f"article annotated again: {said}"
        if was.outcome != now.outcome:
            yield f"second reading: {now.outcome or 'not yet checked'}: {said}"
        if was.reprint_of != now.reprint_of:
            yield f"repeats {now.reprint_of}: {said}" if now.reprint_of else f"no reprint any more: {said}"


def _judged(stage: sqlite3.Connection, named: Collection[str]) -> list[str]:
    rows = stage.execute(
        "SELECT DISTINCT b.key, b.cells, a.cells FROM about JOIN judgement b ON b.key = about.key AND b.side = 1"
        " LEFT JOIN judgement a ON a.key = b.key AND a.side = 0"
        " WHERE about.named IN (SELECT value FROM json_each(?)) ORDER BY b.key",
        (json.dumps(sorted(named)),),
    )
    return [judgement_words(json.loads(now), was is not None) for _, now, was in rows]


def judgement_words(told: Mapping[str, str], known: bool) -> str:
    """A judgement, or its undoing, in words. `known`: the earlier edition had it."""
    verdict = _VERDICTS.get(told["verdict"], told["verdict"])
    about = "" if told["subject"] == "claim" else f" ({told['left']}, {told['right']})"
    said = f"judged {verdict} by {told['who']} on {told['when'][:10]}{about}: {told['why']}"
    if not told.get("undone_by"):
        return said
    why = f": {told['undone_why']}" if told.get("undone_why") else ""
    undone = f"undone by {told['undone_by']} on {(told.get('undone_when') or '')[:10]}{why}"
    return f"“{said}” {undone}" if known else f"{said}; {undone}"


def _registered(stage: sqlite3.Connection, names: Collection[str]) -> list[str]:
    """Parties that came or went because the register of actors says something else of them now."""
    changed = []
    for name in sorted(names):
        rows = dict(stage.execute("SELECT side, digest FROM actor WHERE name = ?", (name,)).fetchall())
        if rows and rows.get(A) != rows.get(B):
            changed.append(name)
    return [f"register of actors changed: {', '.join(changed)}"] if changed else []
