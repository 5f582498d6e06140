"""The bundled corpus as claims with resolved parties, and the labelled events: input for tests of the matcher."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.values import Amount, PartialDate
from db.vocabulary import ROLES_OF_KIND, Bound, Kind, Role, Stage, Stance
from pipeline.claims import Claim, Party

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "pipeline" / "corpus"
GOLD = ROOT / "tests" / "gold" / "clusters.csv"
USD_PER_UNIT = {
    "USD": 1.0, "EUR": 1.1, "GBP": 1.28, "CNY": 0.14, "HKD": 0.128, "JPY": 0.0067, "KRW": 0.00072, "INR": 0.0118,
    "CAD": 0.73, "AUD": 0.65, "SGD": 0.75, "BRL": 0.18, "CHF": 1.15, "SEK": 0.1, "NOK": 0.095, "DKK": 0.147,
    "TWD": 0.031, "ILS": 0.28, "ZAR": 0.055, "MXN": 0.053, "PLN": 0.26, "CZK": 0.044, "HUF": 0.0028, "TRY": 0.028,
    "THB": 0.029, "MYR": 0.23, "IDR": 0.000062, "PHP": 0.0175, "NZD": 0.6, "SAR": 0.2667, "AED": 0.2723, "RUB": 0.012,
}  # fmt: skip
"""Rounded rates of 2025: enough to tell whether two figures are of one size."""


class ActorIndex:
    """Names and aliases of the actors file; a name that no actor bears stands for itself."""

    def __init__(self, path: Path) -> None:
        self.rows = {row["name"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}
        self.by_name: dict[str, str] = {}
        for name, row in self.rows.items():
            for alias in row["aliases"]:
                self.by_name.setdefault(alias.casefold(), name)
        self.by_name.update({name.casefold(): name for name in self.rows})

    def party(self, role: Role, name: str) -> Party:
        """The party that a note's name stands for."""
        actor = self.by_name.get(name.casefold(), name)
        row = self.rows.get(actor)
        return Party(role, actor, self.topmost(actor), name, row["country"] if row else None)

    def topmost(self, actor: str) -> str:
        """The last owner up the chain of parents."""
        seen = {actor}
        while (row := self.rows.get(actor)) and row["parent"] and row["parent"] not in seen:
            actor = self.by_name.get(row["parent"].casefold(), row["parent"])
            seen.add(actor)
        return actor


def amount_of(note: dict[str, Any] | None) -> Amount | None:
    """The amount of a note's claim."""
    if note is None:
        return None
    return Amount(note["currency"], Bound(note["bound"]), note.get("value"), note.get("min"), note.get("max"))


def usd_of(claim: Claim) -> int | None:
    """A rough figure in USD, or None where the table above has no rate."""
    if claim.amount is None or claim.amount.currency not in USD_PER_UNIT:
        return None
    return round(claim.amount.figure * USD_PER_UNIT[claim.amount.currency])


def claims_of(note: dict[str, Any], index: ActorIndex) -> Iterator[Claim]:
    """The claims of one source note, numbered from 1."""
    for number, row in enumerate(note["claims"], start=1):
        kind = Kind(row["kind"])
        parties = [index.party(role, name) for role in ROLES_OF_KIND[kind] for name in row.get(role.value, [])]
        yield Claim(
            claim_id=f"{note['id']}#{number}",
            article_id=note["id"],
            number=number,
            kind=kind,
            stage=Stage(row["stage"]),
            stance=Stance(row["stance"]),
            date=PartialDate.parse(row["date"]),
            published=PartialDate.parse(note["published"]),
            parties=tuple(parties),
            countries=tuple(row.get("countries", [])),
            technologies=tuple(row.get("technology", [])),
            what=row.get("what", ""),
            evidence=row["evidence"],
            amount=amount_of(row.get("amount")),
            instrument=row.get("instrument"),
            attributed_to=row.get("attributed_to"),
        )


def load_corpus() -> list[Claim]:
    """All claims of the bundled corpus, in the order of the files."""
    index = ActorIndex(CORPUS / "actors.jsonl")
    notes = [
        json.loads(line)
        for path in sorted((CORPUS / "notes").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [claim for note in notes for claim in claims_of(note, index)]


def load_gold() -> dict[str, str]:
    """The labelled event of each claim id."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        return {f"{row['article_id']}#{row['claim_number']}": row["event"] for row in csv.DictReader(file)}
