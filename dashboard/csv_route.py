"""The tables behind the pages as CSV for scripts: `/data/events.csv?country=MY`, streamed, with the pages' filters.

Row after row from one state of the data, so that a million rows need no more memory than a thousand.
"""

import hashlib
from collections.abc import AsyncIterator, Generator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import parse_qs

from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard.asked import AddressError, filters_of
from db import dictionary
from db.engine import database, database_url, newest_form
from db.extracts import to_csv
from db.filters import Filters
from db.queries.about import changed_at, revision
from db.queries.streams import TABLES
from pipeline.export import reading
from pipeline.snapshot import known_on

GUARD = "guard"
"""The key that says whether text that a spreadsheet would run as a formula gets an apostrophe: `on` or `off`."""
_SWITCH = {"": True, "on": True, "off": False}


Lines = Generator[bytes, None, None]


async def csv(request: Request) -> Response:
    """Answer one request: 200 with the rows, 304 where the caller has them, 400 or 404 with the reason in words."""
    name = request.path_params["table"]
    query = parse_qs(request.url.query, keep_blank_values=True)
    if name not in TABLES:
        return _refusal(404, f"There is no {name}.csv here. There are: {', '.join(f'{one}.csv' for one in TABLES)}.")
    try:
        guard = _guard(query.pop(GUARD, []))
        filters = filters_of(query)
    except AddressError as error:
        return _refusal(400, str(error))
    try:
        return await run_in_threadpool(_answer, request, name, filters, guard)
    except OperationalError:
        return _refusal(503, "The database cannot be read at the moment. Try again in a minute.")


ROUTES = [Route("/data/{table:str}.csv", csv, methods=["GET"])]


def _answer(request: Request, name: str, filters: Filters, guard: bool) -> Response:
    engine = database(database_url())
    asked = known_on(engine, filters.as_known_on) if filters.as_known_on else engine
    with ExitStack() as opened:
        connection = opened.enter_context(reading(asked))
        headers = {
            "ETag": _tag(connection, name, filters, guard),
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
    lines = _lines(rest, connection, name, filters, guard)
    return StreamingResponse(_sent(lines), headers=headers, media_type="text/csv; charset=utf-8")


async def _sent(lines: Lines) -> AsyncIterator[bytes]:
    """Row after row, read off the event loop; who hangs up does not leave the database open behind."""
    try:
        while part := await run_in_threadpool(next, lines, b""):
            yield part
    finally:
        lines.close()


def _lines(opened: ExitStack, connection: Connection, name: str, filters: Filters, guard: bool) -> Lines:
    with opened:
        columns = [column.name for column in dictionary.TABLES[name]]
        yield (",".join(columns) + "\n").encode()
        # The connection is that of the day already: the tables know nothing of it.
        for frame in TABLES[name](connection, replace(filters, as_known_on=None)):
            yield to_csv(frame[columns], header=False, guard=guard).encode()


def _tag(connection: Connection, name: str, filters: Filters, guard: bool) -> str:
    """Changes with the data, the form of the tables, and what is asked for: the same tag, the same bytes."""
    state = (database_url(), revision(connection), changed_at(connection), newest_form(), name, filters, guard)
    return f'"{hashlib.sha256(repr(state).encode()).hexdigest()[:32]}"'


def _is_known(headers: Mapping[str, str], tag: str) -> bool:
    """RFC 9110, 13.1.2: a list of tags, each perhaps weak, or a star."""
    given = [one.strip().removeprefix("W/") for one in headers.get("if-none-match", "").split(",")]
    return tag in given or "*" in given


def _guard(values: Sequence[str]) -> bool:
    value = next(iter(values), "")
    if len(values) > 1 or value not in _SWITCH:
        raise AddressError(f"“{GUARD}” was not understood. Write {GUARD}=on or {GUARD}=off.")
    return _SWITCH[value]


def _refusal(status: int, words: str) -> Response:
    return PlainTextResponse(words + "\n", status_code=status)
