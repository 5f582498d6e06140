"""Sound records for tests to spoil: a note with a contract and a funding claim, an actor, a judgement."""

import copy
import json
from typing import Any

from pipeline.readers import Record

NOTE: dict[str, Any] = {
    "id": "gnn-2025-06-25-zhipu-government-deals",
    "url": "https://example.org/real-source-address",
    "publisher": "GNN",
    "published": "2025-06-25",
    "language": "en",
    "title": "OpenAI flags Zhipu AI's government business abroad",
    "text": "OpenAI reported that Zhipu AI was winning government work in Malaysia. "
    "It put state investment in the company at more than $1.4 billion.",
    "claims": [
        {
            "kind": "contract",
            "evidence": "Zhipu AI was winning government work in Malaysia",
            "date": "2025-06",
            "stage": "announced",
            "suppliers": ["Zhipu AI"],
            "buyers": ["Government of Malaysia"],
            "countries": ["MY"],
            "technology": ["foundation-model"],
            "what": "AI systems for government users",
            "attributed_to": "OpenAI",
            "stance": "asserts",
        },
        {
            "kind": "funding",
            "evidence": "state investment in the company at more than $1.4 billion",
            "date": "2025",
            "stage": "signed",
            "investors": ["Government of China"],
            "recipients": ["Zhipu AI"],
            "countries": ["CN"],
            "amount": {"value": 1_400_000_000, "currency": "USD", "bound": "at_least"},
            "instrument": "state investment",
            "what": "state money",
            "stance": "asserts",
        },
    ],
}

ACTOR: dict[str, Any] = {
    "name": "Zhipu AI",
    "kind": "company",
    "country": "CN",
    "aliases": ["Z.ai", "智谱AI"],
    "parent": None,
    "wikidata": "Q123",
}

JUDGEMENT: dict[str, Any] = {
    "subject": "claim",
    "left": "b-2025-01-02-x#aaaaaaaa",
    "right": "a-2025-01-02-y#bbbbbbbb",
    "verdict": "same",
    "who": "Ada",
    "when": "2026-01-02T03:04:05Z",
    "why": "one press release",
}

ABSENT = object()
"""As a new value: take the key out."""


def changed(sample: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """A copy of a sample with one value set, at a place such as `claims.0.amount.bound`."""
    copied = copy.deepcopy(sample)
    holder: Any = copied
    *path, last = [int(part) if part.isdigit() else part for part in place.split(".")]
    for part in path:
        holder = holder[part]
    if value is ABSENT:
        del holder[last]
    else:
        holder[last] = value
    return copied


def record_of(value: Any, line: int = 1) -> Record:
    """A record that holds a value as JSON, or bytes as they are."""
    raw = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode("utf-8")
    return Record("notes.jsonl", line, raw)
