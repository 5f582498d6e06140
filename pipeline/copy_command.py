"""The command `copy` of the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import sqlalchemy.exc
import typer
from rich.markup import escape

from db.engine import UnusableDatabaseError, address
from pipeline import console
from pipeline.copying import copy as copy_rows
from pipeline.copying import open_source, open_target, rows_in
from pipeline.errors import DatabaseError, InputError

FROM, TO = "FROM_URL", "TO_URL"
Json = Annotated[bool, typer.Option("--json", help="Print a machine-readable summary on standard output.")]


def copy(
    from_url: Annotated[
        str, typer.Argument(metavar=FROM, help="The database to read: sqlite:///FILE or postgresql://USER@HOST/NAME.")
    ],
    to_url: Annotated[
        str, typer.Argument(metavar=TO, help="An empty one to fill, of either sort. A SQLite file is made.")
    ],
    as_json: Json = False,
) -> None:
    """Move a whole database to another one, as from SQLite to PostgreSQL: same ids, same export. The source stays."""
    with _named(FROM, from_url):
        source = open_source(address(from_url))
        total = rows_in(source)
    with _named(TO, to_url):
        target = open_target(address(to_url), source)
    done = 0
    with console.progress("Copying", total, in_bytes=False, quiet=as_json) as meter:

        def advance(count: int) -> None:
            nonlocal done
            done += count
            meter(done)

        with _named(f"{FROM} or {TO}", to_url):
            rows = copy_rows(source, target, advance)
    shown = target.url.render_as_string()
    if as_json:
        console.show_json({"from": source.url.render_as_string(), "to": shown, "rows": rows})
        return
    console.show_table("", {name.replace("_", " "): count for name, count in rows.items() if count})
    console.out.print(escape(f"{sum(rows.values()):,} rows are in {shown}; set DATABASE_URL to use it"))


@contextmanager
def _named(which: str, url: str) -> Iterator[None]:
    """Errors say which of the two addresses they are about."""
    try:
        yield
    except UnusableDatabaseError as error:
        hint = "" if "://" in url else "; a file is given as sqlite:///FILE, with four / if its path begins with one"
        raise InputError(str(error).replace("DATABASE_URL", which) + hint) from error
    except sqlalchemy.exc.DBAPIError as error:
        why = " ".join(str(error.orig).split())
        raise DatabaseError(
            f"{which} cannot be used: {why}; check the address, that the folder or the server's database is there "
            "(createdb NAME), and that it may be written. Nothing was copied"
        ) from error
