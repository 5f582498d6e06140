"""Tiny builders of input records, and the way from them to a loaded and exported database."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.engine import Engine

from db.engine import open_engine
from pipeline.export import export
from pipeline.load import Summary, load
from pipeline.readers import Inputs

Entry = dict[str, Any]


def claim(**changes: Any) -> Entry:
    """A sound contract claim with some keys changed; None takes a key out."""
    whole = {
        "kind": "contract",
        "evidence": "Acme sells a model to the Government of Kenya",
        "date": "2025-03-10",
        "stage": "announced",
        "stance": "asserts",
        "suppliers": ["Acme"],
        "buyers": ["Government of Kenya"],
        "countries": ["KE"],
        "technology": ["foundation-model"],
        "what": "a model for offices",
        **changes,
    }
    return {key: value for key, value in whole.items() if value is not None}


def funding(**changes: Any) -> Entry:
    """A sound funding claim with some keys changed; None takes a key out."""
    whole = {
        "kind": "funding",
        "evidence": "Initech raised money from Hooli Fund",
        "suppliers": None,
        "buyers": None,
        "investors": ["Hooli Fund"],
        "recipients": ["Initech"],
        "countries": ["US"],
        "what": "series B round",
        "instrument": "series B",
        "amount": {"value": 200_000_000, "currency": "USD", "bound": "exact"},
        "stage": "signed",
        **changes,
    }
    return claim(**whole)


def note(**changes: Any) -> Entry:
    """A sound article with some keys changed. The text is made of the claims' evidence unless it is given."""
    claims = changes.pop("claims", [claim()])
    number = changes.pop("number", 1)
    evidence = dict.fromkeys(one["evidence"] for one in claims)
    identity = changes.get("id", f"paper-2025-03-11-story-{number}")
    return {
        "id": identity,
        "url": f"https://example.org/{identity}",
        "publisher": "The Paper",
        "published": "2025-03-11",
        "language": "en",
        "title": f"Story {number}",
        "text": " ".join(f"({place}) {passage}." for place, passage in enumerate(evidence, 1))
        + f" Told as {identity}.",
        "claims": claims,
        **changes,
    }


def actor(name: str, **changes: Any) -> Entry:
    """A sound company with some keys changed."""
    return {
        "name": name,
        "kind": "company",
        "country": "US",
        "aliases": [],
        "parent": None,
        "wikidata": None,
        **changes,
    }


def judgement(left: str, right: str, verdict: str, **changes: Any) -> Entry:
    """A decision on two claims with some keys changed."""
    return {
        "subject": "claim", "left": left, "right": right, "verdict": verdict, "who": "Ada", "when": "2026-01-01",
        "why": "read both", **changes,
    }  # fmt: skip


def write_lines(path: Path, records: Iterable[Entry]) -> Path:
    """Write records as JSON Lines."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


write_notes = write_lines


def load_notes(
    url: str,
    notes: Sequence[Entry] = (),
    actors: Sequence[Entry] = (),
    judgements: Sequence[Entry] = (),
    batch_records: int = 2000,
) -> Summary:
    """Load records into the database at an address, which has its tables."""
    with TemporaryDirectory() as aside:
        folder = Path(aside)
        inputs = Inputs(
            notes=(write_lines(folder / "notes.jsonl", notes),) if notes else (),
            actors=(write_lines(folder / "actors.jsonl", actors),) if actors else (),
            judgements=(write_lines(folder / "judgements.jsonl", judgements),) if judgements else (),
        )
        return load(open_engine(url), inputs, batch_records=batch_records)


def exported(engine: Engine, **options: Any) -> dict[str, bytes]:
    """Every file of an export, by name."""
    with TemporaryDirectory() as aside:
        export(engine, Path(aside), **options)
        return {path.name: path.read_bytes() for path in sorted(Path(aside).iterdir())}
