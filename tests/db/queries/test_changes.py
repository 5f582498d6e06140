"""The list of releases, and what a choice of events comes to."""

import datetime as dt

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.models import Release
from db.queries.changes import Figures, figures, ids, releases
from tests.factory import claim, funding, load_notes, note


def _release(connection: Connection, version: str, day: int) -> None:
    row = {"version": version, "made_at": dt.datetime(2026, 11, day, tzinfo=dt.UTC).replace(tzinfo=None),
           "folder": f"/r/{version}", "sha256": "0" * 64, "articles": 1, "claims": 2, "events": 1}  # fmt: skip
    connection.execute(sa.insert(table(Release)).values(row))


def test_releases_come_latest_first_and_those_of_a_day_by_version(url: str) -> None:
    with open_engine(url).begin() as connection:
        for version, day in (("1.9", 2), ("1.10", 2), ("2.0-rc.1", 3), ("2.0", 3), ("0.1", 1)):
            _release(connection, version, day)

        found = releases(connection)

    assert list(found["version"]) == ["2.0", "2.0-rc.1", "1.10", "1.9", "0.1"]
    assert found["made_at"].iloc[0] == pd.Timestamp(2026, 11, 3)


def test_no_release_is_an_empty_frame_with_columns(url: str) -> None:
    with open_engine(url).connect() as connection:
        assert list(releases(connection)["version"]) == []


def test_figures_add_up_each_event_once_without_rumours_ends_and_totals(url: str) -> None:
    dollars = {"value": 1_000_000, "currency": "USD", "bound": "exact"}
    told = [
        funding(evidence="one", recipients=["Initech"]),
        funding(evidence="two", recipients=["Zeta"], stage="rumoured"),
        claim(evidence="three", amount=dollars, stage="cancelled", buyers=["Government of France"], countries=["FR"]),
        claim(evidence="four", amount=dollars, suppliers=["Globex"], what="cameras", countries=["IT"]),
    ]
    load_notes(url, [note(number=place, claims=[one]) for place, one in enumerate(told, 1)])

    with open_engine(url).connect() as connection:
        assert figures(connection, NO_FILTERS) == Figures(4, 4, 4, 201_000_000, 2)
        assert figures(connection, Filters(countries=("FR",))) == Figures(1, 1, 1, None, 0)
        assert len(ids(connection, Filters(kinds=("funding",)))) == 2
