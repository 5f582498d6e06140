"""The command `load`: which inputs, who reads them, and what is said of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer
from rich.markup import escape

from db.engine import database
from pipeline import console
from pipeline.crew import MOST_WORKERS, WORTH_IT, Crew, cores, local_crew
from pipeline.dask_crew import dask_crew
from pipeline.load import load as load_inputs
from pipeline.places import STANDARD_INPUT
from pipeline.readers import Inputs, find_inputs, size_of


class Engine(StrEnum):
    """Who reads, checks and prepares the notes."""

    PROCESSES = "processes"
    DASK = "dask"


Paths = Annotated[
    list[str],
    typer.Argument(
        help="Files (.jsonl, .jsonl.gz, .json), folders, patterns, addresses (s3://…, https://…), or - for standard "
        "input."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print a machine-readable summary on standard output.")]
ActorFiles = Annotated[list[str] | None, typer.Option("--actors", help="A file of actors; may be given several times.")]
JudgementFiles = Annotated[
    list[str] | None, typer.Option("--judgements", help="A file of judgements; may be given several times.")
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1, help="Processes that read, check and prepare; 1: none beside this one. Left out: as many as cores help."
    ),
]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="processes: on this machine; dask: on dask.distributed workers.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(help="Address of a Dask scheduler, such as tcp://host:8786; without it one is started here."),
]


def load(
    paths: Paths,
    actors: ActorFiles = None,
    judgements: JudgementFiles = None,
    workers: Workers = None,
    engine: EngineOption = Engine.PROCESSES,
    scheduler: Scheduler = None,
    as_json: Json = False,
) -> None:
    """Load files into the database. Bad records are kept as rejections; loading twice changes nothing."""
    if scheduler and engine is not Engine.DASK:
        raise typer.BadParameter("--scheduler goes with --engine dask")
    inputs = find_inputs(paths, actors or (), judgements or ())
    with (
        _crew(inputs, workers, engine, scheduler) as crew,
        console.progress("Loading", size_of(inputs.notes), in_bytes=True, quiet=as_json) as meter,
    ):
        summary = load_inputs(
            database(),
            inputs,
            lambda so_far: meter(so_far.bytes_read, f"{so_far.new + so_far.replaced:,} articles"),
            crew=crew,
        )
    if as_json:
        console.show_json(console.summary_value(summary))
    else:
        console.show_issues(summary.issues, summary.by_rule)
        console.show_table("", console.summary_rows(summary))
    raise typer.Exit(1 if summary.rejected else 0)


@contextmanager
def _crew(inputs: Inputs, workers: int | None, engine: Engine, scheduler: str | None) -> Iterator[Crew]:
    many = workers or min(cores(), MOST_WORKERS)
    if engine is Engine.DASK:
        with dask_crew(scheduler, many, lambda said: console.err.print(escape(said))) as crew:
            yield crew
        return
    is_small = size_of(inputs.notes) < WORTH_IT and not (workers and STANDARD_INPUT in inputs.notes)
    with local_crew(1 if is_small else many) as crew:
        yield crew
