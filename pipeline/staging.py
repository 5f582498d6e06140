"""Two editions side by side in a temporary database on disk, so that comparing them needs no memory to speak of."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from pipeline.claim_ids import event_id_of
from pipeline.editions import Cells, Edition

A, B = 0, 1
"""The sides: before and after."""

_TABLES = """
CREATE TABLE event (event_id TEXT, side INT, cells TEXT, PRIMARY KEY (event_id, side)) WITHOUT ROWID;
CREATE TABLE claim (
    claim_id TEXT, side INT, event_id TEXT, article_id TEXT, anchors TEXT, digest BLOB, outcome TEXT, reprint_of TEXT,
    PRIMARY KEY (claim_id, side)
) WITHOUT ROWID;
CREATE TABLE article (
    article_id TEXT, side INT, publisher TEXT, published TEXT, PRIMARY KEY (article_id, side)
) WITHOUT ROWID;
CREATE TABLE actor (name TEXT, side INT, digest BLOB, PRIMARY KEY (name, side)) WITHOUT ROWID;
CREATE TABLE id (event_id TEXT PRIMARY KEY, leads_to TEXT, reason TEXT) WITHOUT ROWID;
CREATE TABLE withdrawal (article_id TEXT, side INT, reason TEXT, PRIMARY KEY (article_id, side)) WITHOUT ROWID;
CREATE TABLE judgement (key TEXT, side INT, cells TEXT, PRIMARY KEY (key, side)) WITHOUT ROWID;
CREATE TABLE about (named TEXT, key TEXT, PRIMARY KEY (named, key)) WITHOUT ROWID;
CREATE TABLE heir (old_id TEXT PRIMARY KEY, new_id TEXT, sort TEXT, reason TEXT) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX claim_event ON claim (side, event_id);
CREATE INDEX claim_anchors ON claim (anchors, side);
"""
_APART = ("event_id", "outcome", "reprint_of")
"""Columns of claims that may change without the claim being another."""


def staged(a: Edition, b: Edition) -> sqlite3.Connection:
    """A temporary database with what the comparison needs of both editions; it is gone when it is closed."""
    stage = sqlite3.connect("", isolation_level=None)
    stage.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384; {_TABLES}")
    stage.execute("BEGIN")
    events, claims, actors = (common_columns(a, b, name) for name in ("events", "claims", "actors"))
    for side, edition in ((A, a), (B, b)):
        _fill(stage, "INSERT INTO event VALUES (?, ?, ?)", _events(edition, side, events))
        _fill(stage, "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _claims(edition, side, claims))
        _fill(stage, "INSERT INTO article VALUES (?, ?, ?, ?)", _articles(edition, side))
        _fill(stage, "INSERT OR IGNORE INTO actor VALUES (?, ?, ?)", _actors(edition, side, actors))
        _fill(stage, "INSERT OR REPLACE INTO judgement VALUES (?, ?, ?)", _judgements(edition, side))
        gone = [(row["article_id"], side, row["reason"]) for row in edition.rows("withdrawals")]
        _fill(stage, "INSERT INTO withdrawal VALUES (?, ?, ?)", gone)
    ids = ((row["event_id"], row["leads_to"], row["reason"]) for row in b.rows("ids") if row["status"] != "current")
    _fill(stage, "INSERT INTO id VALUES (?, ?, ?)", ids)
    _fill(stage, "INSERT OR IGNORE INTO about VALUES (?, ?)", _changed_judgements(stage))
    stage.executescript(_INDEXES)
    return stage


def common_columns(a: Edition, b: Edition, table: str) -> tuple[str, ...]:
    """The columns of a table that both editions have, in the order of the later."""
    return tuple(name for name in b.columns.get(table, ()) if name in a.columns.get(table, ()))


def _fill(stage: sqlite3.Connection, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    stage.executemany(statement, rows)


def _events(edition: Edition, side: int, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    for row in edition.rows("events"):
        yield row["event_id"], side, json.dumps([row[name] for name in columns], ensure_ascii=False)


def _claims(edition: Edition, side: int, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    own = [name for name in columns if name not in _APART]
    for row in edition.rows("claims"):
        yield (
            row["claim_id"], side, row["event_id"], row["article_id"], event_id_of(row["claim_id"]), _digest(row, own),
            row.get("outcome", ""), row.get("reprint_of", ""),
        )  # fmt: skip


def _articles(edition: Edition, side: int) -> Iterator[tuple[object, ...]]:
    for row in edition.rows("articles"):
        yield row["article_id"], side, row["publisher"], row["published"]


def _actors(edition: Edition, side: int, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    for row in edition.rows("actors"):
        yield row["name"], side, _digest(row, columns)


def _digest(row: Cells, columns: Iterable[str]) -> bytes:
    return blake2b("\x1f".join(row[name] for name in columns).encode(), digest_size=16).digest()


def _judgements(edition: Edition, side: int) -> Iterator[tuple[object, ...]]:
    for line in edition.judgements():
        told = json.loads(line)
        named = ("subject", "left", "right", "verdict", "who", "when")
        yield json.dumps([told.get(name) for name in named], ensure_ascii=False), side, line.strip()


def _changed_judgements(stage: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """(claim id or actor's name, key) for both subjects of each judgement that the sides do not have alike."""
    changed = stage.execute(
        "SELECT one.key, one.cells FROM judgement one"
        " LEFT JOIN judgement other ON other.key = one.key AND other.side = 1 - one.side"
        " WHERE other.cells IS NOT one.cells"
    ).fetchall()
    for key, cells in changed:
        told = json.loads(cells)
        yield told["left"], key
        yield told["right"], key
