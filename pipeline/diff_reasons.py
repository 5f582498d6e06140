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
    "unsure": "unsure",
    "owns": "owner and owned",
    "owned_by": "owned and owner",
}


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason why an event changed; as text `claim moved here from ev-…: The Paper, 2025-03-11 (id)`.

    Attributes:
        what: what happened, in words.
        of: id of the event that a claim came from or went to, or of the article that another one repeats.
        article_id, publisher, published: the article behind it; empty where there is none.
        why: somebody's words on it.
    """

    what: str
    of: str = ""
    article_id: str = ""
    publisher: str = ""
    published: str = ""
    why: str = ""

    def __str__(self) -> str:
        article = f"{self.publisher}, {self.published} ({self.article_id})" if self.publisher else self.article_id
        return ": ".join(part for part in (f"{self.what} {self.of}".rstrip(), article, self.why) if part)


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
) -> tuple[Cause, ...]:
    """What changed behind events; `UNEXPLAINED` where nothing is found.

    Args:
        before, after: ids of the events on either side that hold its claims.
        names: parties that came or went.
    """
    old, new = _claims(stage, A, before), _claims(stage, B, after)
    found = list(dict.fromkeys([*_came(stage, old, new), *_went(stage, old, new), *_corrected(stage, old, new)]))
    one_event = len(before) == len(after) == 1
    found += _judged(stage, {*old, *new, *names} if _moved(old, new, one_event=one_event) else names)
    found += _registered(stage, names)
    return tuple(capped(found)) if found else (Cause(UNEXPLAINED),)


def capped(found: list[Cause]) -> list[Cause]:
    """The first reasons, and how many more there are."""
    return found if len(found) <= MOST else [*found[: MOST - 1], Cause(f"and {len(found) - MOST + 1} more")]


def _moved(old: Mapping[str, _Claim], new: Mapping[str, _Claim], *, one_event: bool) -> bool:
    """Whether other claims are together than before. `one_event`: it may have another id now."""
    if one_event or old.keys() != new.keys():
        return old.keys() != new.keys()
    return any(claim.event_id != new[claim_id].event_id for claim_id, claim in old.items())


def anchored_anew(stage: sqlite3.Connection, old_id: str) -> Cause:
    """Why an event goes on under another id than `old_id`: what became of the claim that this id was made from."""
    row = stage.execute("SELECT claim_id, article_id FROM claim WHERE side = 0 AND anchors = ?", (old_id,)).fetchone()
    if row is None or _elsewhere(stage, row[0], B) is not None:
        return Cause("its id is made from its earliest claim, and that is another one now")
    if withdrawn(stage, row[1]) is not None:
        return Cause("its first report was withdrawn: its id is made from the next one")
    if _is_there(stage, row[1], B):
        return Cause("its first report was annotated again: its id is made from what replaced it")
    return Cause("its first report is not there: its id is made from the next one")


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


def _is_there(stage: sqlite3.Connection, article_id: str, side: int) -> bool:
    found = stage.execute("SELECT 1 FROM article WHERE article_id = ? AND side = ?", (article_id, side)).fetchone()
    return found is not None


def _by_article(
    stage: sqlite3.Connection, what: str, article_id: str, side: int, *, of: str = "", why: str = ""
) -> Cause:
    row = stage.execute(
        "SELECT publisher, published FROM article WHERE article_id = ? AND side = ?", (article_id, side)
    ).fetchone()  # fmt: skip
    publisher, published = row or ("", "")
    return Cause(what, of, article_id, publisher, published, why)


def _came(stage: sqlite3.Connection, old: Mapping[str, _Claim], new: Mapping[str, _Claim]) -> Iterator[Cause]:
    for claim_id, claim in new.items():
        if claim_id in old:
            continue
        source = _elsewhere(stage, claim_id, A)
        if source is not None:
            yield _by_article(stage, "claim moved here from", claim.article_id, B, of=source)
        elif _is_there(stage, claim.article_id, A):
            yield _by_article(stage, "article annotated again", claim.article_id, B)
        else:
            is_back = withdrawn(stage, claim.article_id, A) is not None
            yield _by_article(stage, "article not withdrawn there" if is_back else "article added", claim.article_id, B)


def _went(stage: sqlite3.Connection, old: Mapping[str, _Claim], new: Mapping[str, _Claim]) -> Iterator[Cause]:
    for claim_id, claim in old.items():
        if claim_id in new:
            continue
        target = _elsewhere(stage, claim_id, B)
        if target is not None:
            yield _by_article(stage, "claim moved to", claim.article_id, A, of=target)
        elif _is_there(stage, claim.article_id, B):
            yield _by_article(stage, "article annotated again", claim.article_id, A)
        else:
            reason = withdrawn(stage, claim.article_id)
            what = "article not there" if reason is None else "article withdrawn"
            yield _by_article(stage, what, claim.article_id, A, why=reason or "")


def withdrawn(stage: sqlite3.Connection, article_id: str, side: int = B) -> str | None:
    """Why an article was taken out by an edition; None where it was not."""
    asked = "SELECT reason FROM withdrawal WHERE article_id = ? AND side = ?"
    row = stage.execute(asked, (article_id, side)).fetchone()
    return str(row[0]) if row else None


def _corrected(stage: sqlite3.Connection, old: Mapping[str, _Claim], new: Mapping[str, _Claim]) -> Iterator[Cause]:
    for claim_id in sorted(old.keys() & new.keys()):
        was, now = old[claim_id], new[claim_id]
        if was.digest != now.digest:
            yield _by_article(stage, "article annotated again", now.article_id, B)
        if was.outcome != now.outcome:
            yield _by_article(stage, f"second reading: {now.outcome or 'not yet checked'}", now.article_id, B)
        if was.reprint_of != now.reprint_of:
            what = "repeats" if now.reprint_of else "no reprint any more"
            yield _by_article(stage, what, now.article_id, B, of=now.reprint_of)


def _judged(stage: sqlite3.Connection, named: Collection[str]) -> list[Cause]:
    rows = stage.execute(
        "SELECT DISTINCT about.key, a.cells, b.cells FROM about"
        " LEFT JOIN judgement a ON a.key = about.key AND a.side = 0"
        " LEFT JOIN judgement b ON b.key = about.key AND b.side = 1"
        " WHERE about.named IN (SELECT value FROM json_each(?)) ORDER BY about.key",
        (json.dumps(sorted(named)),),
    )
    told = [tuple(json.loads(cells) if cells else None for cells in sides) for _, *sides in rows]
    return [Cause(words) for was, now in told if (words := _judged_words(was, now))]


def _judged_words(was: Mapping[str, str] | None, now: Mapping[str, str] | None) -> str:
    """What is otherwise with a judgement. None ever goes, nor an undoing: what only the first side has is to come."""
    if now is None:
        return f"not yet judged there: {judgement_words(was, True)}" if was and _decides(was, False) else ""
    if was and was.get("undone_by") and not now.get("undone_by"):
        return f"not yet undone there: {judgement_words(was, True)}" if _decides(now, True) else ""
    return judgement_words(now, was is not None) if _decides(now, was is not None) else ""


def _decides(told: Mapping[str, str], known: bool) -> bool:
    """Whether a judgement that is new or undone since can have moved anything: not where it was unsure, or came and
    was undone in between."""
    return told["verdict"] != "unsure" and (known or not told.get("undone_by"))


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


def _registered(stage: sqlite3.Connection, names: Collection[str]) -> list[Cause]:
    """Parties that came or went because the register of actors says something else of them now."""
    changed: list[str] = []
    for name in sorted(names):
        rows = dict(stage.execute("SELECT side, digest FROM actor WHERE name = ?", (name,)).fetchall())
        if rows and rows.get(A) != rows.get(B):
            changed.append(name)
    return [Cause(f"register of actors changed: {', '.join(changed)}")] if changed else []
