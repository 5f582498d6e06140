"""The commands on judgements: make one, take one back, write them all. Registered by `__main__`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from db.engine import database
from db.vocabulary import Verdict
from pipeline import console, judgements_file, judging, regrouping
from pipeline.errors import OutputError
from pipeline.judgements import Subject

Json = Annotated[bool, typer.Option("--json", help="Print a machine-readable summary on standard output.")]
Who = Annotated[str, typer.Option(help="Your name: it stays with the decision.")]
Why = Annotated[str, typer.Option(help="The reason, for people who ask later.")]


def judge(
    left: Annotated[str, typer.Argument(help="The id of a claim or of an event; with --actor a name.")],
    right: Annotated[str, typer.Argument(help="Another one.")],
    verdict: Annotated[str, typer.Argument(help="same, different or unsure; of actors also owns or owned_by.")],
    who: Who,
    why: Why,
    actor: Annotated[bool, typer.Option("--actor", help="The two are actors, not claims.")] = False,
    as_json: Json = False,
) -> None:
    """Decide whether two claims report one act, or two names mean one actor. It stands above any score.

    An event stands for the claim that anchors it; two events called the same are merged whole.
    """
    engine = database()
    if verdict == Verdict.SAME and not actor and all(map(judging.is_event_id, (left, right))):
        with engine.connect() as connection:
            events = [judging.event_of(connection, each) for each in (left, right)]
        console.show_outcome(regrouping.merge(engine, events[0], events[1], who, why), as_json)
        return
    with engine.connect() as connection:
        pair = [left, right] if actor else [judging.claim_of(connection, each) for each in (left, right)]
    note = judging.decision(Subject.ACTOR if actor else Subject.CLAIM, pair[0], pair[1], verdict, who, why)
    console.show_outcome(judging.judge(engine, note), as_json)


def unjudge(
    judgement_id: Annotated[str, typer.Argument(help="The id that `judge` printed, or the Review page shows.")],
    who: Who,
    why: Why,
    as_json: Json = False,
) -> None:
    """Take a judgement back. It stays on record; the one before it on the same pair, if any, holds again."""
    console.show_outcome(judging.undo(database(), [judgement_id], who, why), as_json)


def judgements(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write, e.g. judgements.jsonl.")],
    as_json: Json = False,
) -> None:
    """Write all judgements, undone ones too, as JSON Lines that `load --judgements` takes: sorted, so that it diffs."""
    try:
        with database().connect() as connection:
            count = judgements_file.write(connection, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
    if as_json:
        console.show_json({"file": str(path), "judgements": count})
    else:
        console.out.print(escape(f"{path}: {count:,} judgements"))
