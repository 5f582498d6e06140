"""The tables for scripts, asked of a real server over HTTP."""

import http.client
import io
from urllib.parse import urlencode, urlsplit

import pandas as pd
import pytest

from db import dictionary
from db.engine import open_engine
from db.filters import Filters
from db.queries.events import claims_of_events, events
from db.queries.streams import TABLES
from pipeline.export import export
from tests.dashboard.conftest import served
from tests.factory import claim, load_notes, note

pytestmark = pytest.mark.slow


def ask(
    address: str, table: str, method: str = "GET", tag: str = "", **query: str | list[str]
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(
        method, f"/data/{table}.csv?{urlencode(query, doseq=True)}", headers={"If-None-Match": tag} if tag else {}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def rows(body: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False)


@pytest.mark.parametrize("table", list(TABLES))
def test_a_table_without_filters_is_the_export_to_the_byte(
    table: str, address: str, corpus_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("export")
    export(open_engine(corpus_url), folder)

    status, headers, body = ask(address, table)

    assert status == 200
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="entente-{table}.csv"' in headers["content-disposition"]
    assert body == (folder / f"{table}.csv").read_bytes()


def test_filters_choose_as_they_do_on_the_pages(address: str, corpus_url: str) -> None:
    chosen = Filters(countries=("MY", "KE"), kinds=("contract",))
    with open_engine(corpus_url).connect() as connection:
        wanted = set(events(connection, chosen).event_id)
        claims = set(claims_of_events(connection, chosen).claim_id)

    status, _, body = ask(address, "events", country=["MY", "Kenya"], kind="contract")

    assert status == 200
    assert set(rows(body).event_id) == wanted
    assert wanted
    articles = rows(ask(address, "articles", country=["MY", "KE"], kind="contract")[2])
    found = rows(ask(address, "claims", country=["MY", "KE"], kind="contract")[2])
    assert set(found.claim_id) == claims
    assert set(found.article_id) == set(articles.article_id)


def test_a_choice_without_events_is_a_header_only(address: str) -> None:
    status, _, body = ask(address, "events", actor="Nobody Inc")

    assert status == 200
    assert body.decode() == ",".join(column.name for column in dictionary.TABLES["events"]) + "\n"


def test_who_has_the_rows_already_gets_no_rows(address: str) -> None:
    _, headers, _ = ask(address, "events", country="MY")

    status, again, body = ask(address, "events", country="MY", tag=f'{headers["etag"]}, "another"')
    assert (status, again["etag"], body) == (304, headers["etag"], b"")
    assert headers["etag"].startswith('W/"')
    assert ask(address, "events", country="MY", tag=headers["etag"].removeprefix("W/"))[0] == 304
    assert ask(address, "events", country="KE", tag=headers["etag"])[0] == 200
    assert ask(address, "claims", country="MY", tag=headers["etag"])[0] == 200
    assert ask(address, "events", country="MY", guard="off", tag=headers["etag"])[0] == 200


def test_a_head_request_gets_the_tag_without_rows(address: str) -> None:
    status, headers, body = ask(address, "events", "HEAD", country="MY")

    assert (status, body) == (200, b"")
    assert headers["etag"] == ask(address, "events", country="MY")[1]["etag"]
    assert headers.get("content-length") != "0"


def test_as_known_on_a_day_leaves_out_what_came_later(address: str) -> None:
    then = rows(ask(address, "claims", known="2024-06-30")[2])

    assert 0 < len(then) < len(rows(ask(address, "claims")[2]))
    assert then.published.max() <= "2024-06-30"


@pytest.mark.parametrize(
    ("table", "query", "status", "said"),
    [
        ("evnts", {}, 404, "events.csv, claims.csv, articles.csv"),
        ("events", {"countri": "MY"}, 400, "Filters are"),
        ("events", {"country": "<script>"}, 400, "was not understood"),
        ("events", {"guard": "perhaps"}, 400, "guard=on or guard=off"),
        ("events", {"known": "soon"}, 400, "2025-03-01"),
        ("events", {"usd_to": "9999999999bn"}, 400, "up to 1,000tn"),
    ],
)
def test_a_refusal_says_in_plain_text_what_is_wrong_and_what_would_do(
    address: str, table: str, query: dict[str, str], status: int, said: str
) -> None:
    answered, headers, body = ask(address, table, **query)

    assert answered == status
    assert headers["content-type"].startswith("text/plain")
    assert said in body.decode()


def test_the_tag_changes_with_the_data_and_formulas_are_guarded_unless_told(fresh_sqlite: object) -> None:
    url = fresh_sqlite()  # type: ignore[operator]
    load_notes(url, [note(number=1, claims=[claim(what="=1+1")])])
    with served(url) as started:
        _, headers, body = ask(started, "claims")
        assert rows(body).what.tolist() == ["'=1+1"]
        assert rows(ask(started, "claims", guard="off")[2]).what.tolist() == ["=1+1"]

        load_notes(url, [note(number=2)])
        status, later, body = ask(started, "claims", tag=headers["etag"])

        assert status == 200
        assert later["etag"] != headers["etag"]
        assert len(rows(body)) == 2
