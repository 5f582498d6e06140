"""The tables behind the pages as CSV for scripts: `/data/events.csv?country=MY`, streamed, with the pages' filters.

Row after row from one state of the data, so that a million rows need no more memory than a thousand.
"""

import hashlib
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import parse_qs

from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard.asked import AddressError, filters_of
from dashboard.csv_tables import FOR_SPREADSHEETS, Lines, lines
from db.engine import database, database_url, newest_form
from db.filters import Filters
from db.queries.about import changed_at, revision
from db.queries.streams import TABLES
from pipeline.export import reading
from pipeline.snapshot import known_on

GUARD = "guard"
"""The key that says whether text that a spreadsheet would run as a formula gets an apostrophe: `on` or `off`."""
_ON_OFF = {"on": True, "off": False}


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written: with apostrophes before formulas, with a byte-order mark."""

    guard: bool
    mark: bool


async def csv(request: Request) -> Response:
    """Answer one request: 200 with the rows, 304 where the caller has them, 400 or 404 with the reason in words."""
    name = request.path_params["table"]
    query = parse_qs(request.url.query, keep_blank_values=True)
    if name not in TABLES:
        return _refusal(404, f"There is no {name}.csv here. There are: {', '.join(f'{one}.csv' for one in TABLES)}.")
    try:
        form = Form(_switch(query, GUARD, default=True), _switch(query, FOR_SPREADSHEETS, default=False))
        filters = filters_of(query)
    except AddressError as error:
        return _refusal(400, str(error))
    try:
        return await run_in_threadpool(_answer, request, name, filters, form)
    except OperationalError:
        return _refusal(503, "The database cannot be read at the moment. Try again in a minute.")


ROUTES = [Route("/data/{table:str}.csv", csv, methods=["GET"])]


def _answer(request: Request, name: str, filters: Filters, form: Form) -> Response:
    engine = database(database_url())
    asked = known_on(engine, filters.as_known_on) if filters.as_known_on else engine
    with ExitStack() as opened:
        connection = opened.enter_context(reading(asked))
        headers = {
            "ETag": _tag(connection, name, filters, form),
            "Cache-Control": "no-cache",
            "Content-Disposition": f'attachment; filename="entente-{name}.csv"',
        }
        if _is_known(request.headers, headers["ETag"]):
            return Response(status_code=304, headers={key: headers[key] for key in ("ETag", "Cache-Control")})
        if request.method == "HEAD":
            head = Response(headers=headers, media_type="text/csv; charset=utf-8")
            del head.headers["content-length"]  # Not known before the rows are read, and surely not 0.
            return head
        rest = opened.pop_all()
    rows = _lines(rest, connection, name, filters, form)
    # The first rows are read before the answer begins: a question that the database refuses is no empty table.
    first = next(rows) + next(rows, b"")
    return StreamingResponse(_sent(first, rows), headers=headers, media_type="text/csv; charset=utf-8")


async def _sent(first: bytes, rows: Lines) -> AsyncIterator[bytes]:
    """Row after row, read off the event loop; who hangs up does not leave the database open behind."""
    try:
        yield first
        while part := await run_in_threadpool(next, rows, b""):
            yield part
    finally:
        rows.close()


def _lines(opened: ExitStack, connection: Connection, name: str, filters: Filters, form: Form) -> Lines:
    with opened:
        yield from lines(connection, name, filters, guard=form.guard, mark=form.mark)


def _tag(connection: Connection, name: str, filters: Filters, form: Form) -> str:
    """Changes with the data, the form of the tables, and what is asked for: the same tag, the same rows.

    A weak one, since on the way the bytes may be packed (gzip).
    """
    state = (database_url(), revision(connection), changed_at(connection), newest_form(), name, filters, form)
    return f'W/"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"'


def _is_known(headers: Mapping[str, str], tag: str) -> bool:
    """RFC 9110, 13.1.2: a list of tags, each perhaps weak, or a star."""
    given = [one.strip().removeprefix("W/") for one in headers.get("if-none-match", "").split(",")]
    return tag.removeprefix("W/") in given or "*" in given


def _switch(query: dict[str, list[str]], key: str, *, default: bool) -> bool:
    """Take a key that can be on or off out of a query."""
    values = [value for value in query.pop(key, []) if value]
    if len(values) > 1 or any(value not in _ON_OFF for value in values):
        raise AddressError(f"“{key}” was not understood. Write {key}=on or {key}=off.")
    return _ON_OFF[values[0]] if values else default


def _refusal(status: int, words: str) -> Response:
    return PlainTextResponse(words + "\n", status_code=status)
