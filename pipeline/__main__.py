"""The command line: `python -m pipeline COMMAND`. Exit status: 0 all taken, 1 something was rejected, 2 unusable."""

import os
import sys
import traceback
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import sqlalchemy.exc
import typer
from rich.markup import escape
from sqlalchemy.engine import Engine

from db.engine import BusyDatabaseError, UnusableDatabaseError, database, database_url, open_engine
from db.queries import about
from pipeline import (
    VERSION,
    console,
    copy_command,
    evaluate_command,
    judging_commands,
    load_command,
    maintain,
    release_commands,
    schema,
)
from pipeline.check import check as check_inputs
from pipeline.check import known_actors
from pipeline.errors import DatabaseError, TrackerError
from pipeline.export import export as export_files
from pipeline.load_command import ActorFiles, Json, Paths
from pipeline.readers import find_inputs, size_of
from pipeline.runs import read_rejections

INTERRUPTED = 130
"""The exit status of a command that was stopped by Ctrl-C, as shells give it."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Load annotated articles, merge their claims into events, and export the data set. "
    "The database is DATABASE_URL, or tracker.db in the repository's root.",
)


@app.callback(invoke_without_command=True)
def main(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Load annotated articles, merge their claims into events, and export the data set."""
    if version:
        console.out.print(VERSION)
        raise typer.Exit


app.command()(load_command.load)


@app.command()
def check(paths: Paths, actors: ActorFiles = None, as_json: Json = False) -> None:
    """Say what a load would reject, and which names it does not know. Nothing is changed."""
    inputs = find_inputs(paths, actors or ())
    with console.progress("Checking", size_of(inputs.notes), in_bytes=True, quiet=as_json) as meter:
        summary = check_inputs(
            inputs,
            known_actors(open_engine(database_url())),
            lambda so_far: meter(so_far.bytes_read, f"{so_far.new:,} articles"),
        )
    value = {"articles": summary.new, "claims": summary.claims, "rejected": summary.rejected}
    if as_json:
        issues = [console.issue_value(issue) for issue in summary.issues]
        console.show_json(
            {**value, "unknown_actors": summary.provisional, "by_rule": summary.by_rule, "issues": issues}
        )
    else:
        console.show_issues(summary.issues, summary.by_rule)
        console.out.print(
            f"{summary.new:,} articles with {summary.claims:,} claims are good, "
            f"{summary.rejected:,} records would be rejected"
        )
    raise typer.Exit(1 if summary.rejected else 0)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if it is not there.")],
    as_known_on: Annotated[
        datetime | None,
        typer.Option(
            "--as-known-on",
            formats=["%Y-%m-%d"],
            help="Only what was published by this day, merged as it would have been then.",
        ),
    ] = None,
    formula_guard: Annotated[
        bool, typer.Option(help="Put an apostrophe before text that spreadsheets would run as a formula.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Write events.csv, claims.csv, articles.csv, actors.csv, datapackage.json and README.md, sorted by id."""
    day = as_known_on.date() if as_known_on else None
    engine = database()
    console.warn_of_old_rules(engine)
    files = export_files(engine, folder, day, formula_guard)
    if as_json:
        console.show_json(
            [{"file": file.name, "rows": file.rows, "bytes": file.size, "sha256": file.sha256} for file in files]
        )
    else:
        for file in files:
            console.out.print(f"{file.name}: {file.rows:,} rows, {file.size:,} bytes, SHA-256 {file.sha256}")


@app.command()
def withdraw(
    article_id: Annotated[str, typer.Argument(help="The id of the article, as in articles.csv.")],
    reason: Annotated[str, typer.Option(help="Shown to whoever follows a link to what is lost.")] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="Lift the withdrawal; the next load brings the article back.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take an article out with its claims, for a reason, and keep it out of later loads."""
    engine = database()
    if undo:
        maintain.restore(engine, article_id)
        done, said = True, "its withdrawal is lifted: load it again"
    else:
        done = maintain.withdraw(engine, article_id, reason)
        said = "withdrawn" if done else "was withdrawn before: nothing changed"
    if as_json:
        console.show_json({"article_id": article_id, "changed": done, "withdrawn": not undo})
    else:
        console.out.print(escape(f"{article_id}: {said}"))


@app.command()
def forget(
    name: Annotated[str, typer.Argument(help="The actor's canonical name, as in actors.csv.")],
    as_json: Json = False,
) -> None:
    """Take an actor out of the register, as after a renaming; its names are looked up anew."""
    maintain.forget_actor(database(), name)
    if as_json:
        console.show_json({"name": name, "known": False})
    else:
        console.out.print(escape(f"{name}: no longer in the register; its names were looked up anew"))


@app.command()
def status(
    run_id: Annotated[
        int | None, typer.Argument(metavar="RUN", help="With --rejections: the run; else the last that has any.")
    ] = None,
    rejections: Annotated[
        bool, typer.Option("--rejections", help="Print what a run refused instead, with --json the raw records too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """What the database holds, and how the last run went."""
    if run_id is not None and not rejections:
        raise typer.BadParameter("a run is given with --rejections only")
    engine = database()
    console.warn_of_old_rules(engine)
    if rejections:
        _show_rejections(engine, run_id, as_json)
    else:
        _show_status(engine, as_json)


def _show_rejections(engine: Engine, run_id: int | None, as_json: bool) -> None:
    with engine.connect() as connection:
        kept = read_rejections(connection, run_id)
        if as_json:
            console.show_json_list(console.rejection_value(one) for one in kept)
        else:
            console.show_rejections(kept)


def _show_status(engine: Engine, as_json: bool) -> None:
    with engine.connect() as connection:
        size, revision = about.size(connection), about.revision(connection)
        runs = about.runs(connection, 1)
    held: dict[str, object] = {name: getattr(size, name) for name in size.__dataclass_fields__}
    last = {} if runs.empty else {name: _plain(value) for name, value in runs.iloc[0].items()}
    if as_json:
        console.show_json({"version": VERSION, "revision": revision, **held, "last_run": last})
        return
    reviewed = held.pop("reviewed")
    console.show_table(
        f"Entente {VERSION}, {escape(engine.url.render_as_string())}, revision {revision}",
        {k.replace("_", " "): v for k, v in held.items()},
    )
    console.show_table("Second reading", dict(reviewed) if isinstance(reviewed, dict) else {})
    console.show_table("Last run", {str(name).replace("_", " "): value for name, value in last.items()})


@app.command()
def rebuild(as_json: Json = False) -> None:
    """Make all events again from articles, actors and judgements. Readers see the old ones until it is complete."""
    engine = database()
    with engine.connect() as connection:
        total = about.size(connection).claims
    done = 0
    with console.progress("Rebuilding", 2 * total, in_bytes=False, quiet=as_json) as meter:

        def advance(count: int) -> None:
            nonlocal done
            done += count
            meter(done)

        claims = maintain.rebuild(engine, advance)
    if as_json:
        console.show_json({"claims": claims})
    else:
        console.out.print(f"{claims:,} claims merged anew")


for command in (
    copy_command.copy,
    evaluate_command.evaluate,
    judging_commands.judge,
    judging_commands.unjudge,
    judging_commands.judgements,
):
    app.command()(command)


@app.command(name="schema")
def show_schema(
    of: Annotated[str, typer.Argument(help="note, actor or judgement.")] = "note",
) -> None:
    """Print the JSON Schema of one line of input."""
    schemas = {"note": schema.json_schema, "actor": schema.actor_schema, "judgement": schema.judgement_schema}
    if of not in schemas:
        raise typer.BadParameter(f"give one of {', '.join(schemas)}")
    console.show_json(schemas[of]())


app.command()(release_commands.release)
app.command()(release_commands.diff)


def _plain(value: object) -> object:
    if value is None or value != value:
        return None
    return value.isoformat() if isinstance(value, date) else int(value) if hasattr(value, "__index__") else value


def run(arguments: list[str] | None = None) -> None:
    """Run a command; errors become one line of text and exit status 2, an interruption ends with 130."""
    try:
        app(arguments)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            console.show_error("stopped; what was committed stays, the same command again does the rest")
        raise
    except (TrackerError, UnusableDatabaseError, BusyDatabaseError) as error:
        _stop(str(error), error)
    except sqlalchemy.exc.DBAPIError as error:
        address = open_engine(database_url()).url.render_as_string()
        told = DatabaseError(
            f"the database {address} cannot be used: {error.orig}; check DATABASE_URL and that the server runs"
        )
        _stop(str(told), error)
    except Exception as error:  # noqa: BLE001 (status 1 would say that records were refused)
        _stop(f"unexpected {type(error).__name__}: {error}; set ENTENTE_DEBUG=1 to see where, and report it", error)


def _stop(said: str, error: Exception) -> NoReturn:
    if os.environ.get("ENTENTE_DEBUG"):
        traceback.print_exception(error)
    console.show_error(said)
    sys.exit(2)


if __name__ == "__main__":
    run()
