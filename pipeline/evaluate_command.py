"""The command that says how well the events in the database agree with labelled ones. Registered by `__main__`."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from db.engine import database
from pipeline import VERSION, console
from pipeline import evaluate as measure
from pipeline.errors import InputError
from pipeline.matching import Match

Wrong = list[tuple[tuple[str, str, bool], Match]]


def evaluate(
    labels: Annotated[Path, typer.Argument(help="A CSV with article_id, claim_number and event.")],
    wrong: Annotated[int, typer.Option(min=0, help="How many wrong pairs to print, with the matcher's reasons.")] = 0,
    by_kind: Annotated[bool, typer.Option("--by-kind", help="Show each kind of act too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable summary.")] = False,
) -> None:
    """Say how well the events in the database agree with labelled ones."""
    gold = measure.read_labels(labels)
    engine = database()
    console.warn_of_old_rules(engine)
    with engine.connect() as connection:
        predicted, keys = measure.read_predictions(connection)
        if not gold.keys() & predicted.keys():
            raise InputError(f"none of the claims in {labels} is in the database; load their articles first")
        accuracy = measure.score(predicted, gold)
        kinds = measure.by_kind(predicted, gold, measure.read_kinds(connection)) if by_kind else {}
        told = [(pair, measure.explain(connection, pair[:2], keys)) for pair in accuracy.wrong[:wrong]]
    not_found = len(gold.keys() - predicted.keys())
    if as_json:
        console.show_json(_document(labels, accuracy, not_found, kinds, told))
        return
    _show(accuracy, not_found, kinds, told)


def _numbers(accuracy: measure.Accuracy) -> dict[str, float]:
    found: dict[str, float] = {"claims": accuracy.claims, "pairs": accuracy.pairs}
    for name, rates in (("pairwise", accuracy.pairwise), ("b_cubed", accuracy.b_cubed)):
        found |= {f"{name}_precision": rates.precision, f"{name}_recall": rates.recall, f"{name}_f1": rates.f1}
    return found


def _document(
    labels: Path, accuracy: measure.Accuracy, not_found: int, kinds: measure.ByKind, told: Wrong
) -> dict[str, object]:
    found: dict[str, object] = {
        "labels": labels.name,
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "version": VERSION,
        **_numbers(accuracy),
        "claims_not_found": not_found,
        "wrong_pairs": len(accuracy.wrong),
    }
    if kinds:
        found["by_kind"] = {kind: _numbers(one) for kind, one in kinds.items()}
    if told:
        found["wrong"] = [
            {"left": left, "right": right, "together": together, "for": match.reasons, "against": match.against}
            for (left, right, together), match in told
        ]
    return found


def _show(accuracy: measure.Accuracy, not_found: int, kinds: measure.ByKind, told: Wrong) -> None:
    numbers = _numbers(accuracy) | {"labelled claims not in the database": not_found}
    shown = {name.replace("_", " "): f"{v:.3f}" if isinstance(v, float) else v for name, v in numbers.items()}
    console.show_table("", shown)
    if kinds:
        console.out.print(_table(kinds))
    for (left, right, together), match in told:
        console.out.print(escape(f"{'missed' if together else 'wrongly joined'}: {left} | {right}"))
        console.out.print(
            escape(f"  for: {'; '.join(match.reasons) or '-'}\n  against: {'; '.join(match.against) or '-'}")
        )


def _table(kinds: measure.ByKind) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("kind")
    for heading in ("claims", "pairs", "pairwise precision", "recall", "F1", "B-cubed F1"):
        table.add_column(heading, justify="right")
    for kind, one in kinds.items():
        rates = (one.pairwise.precision, one.pairwise.recall, one.pairwise.f1, one.b_cubed.f1)
        table.add_row(kind.replace("_", " "), str(one.claims), str(one.pairs), *(f"{rate:.3f}" for rate in rates))
    return table
