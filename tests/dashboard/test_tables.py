"""Frames as tables for people."""

from collections.abc import Iterator

import pandas as pd
import pytest
from sqlalchemy.engine import Connection

from dashboard import tables
from db.engine import open_engine
from db.filters import NO_FILTERS
from db.queries.events import events
from db.queries.sources import articles


@pytest.fixture
def connection(corpus_url: str) -> Iterator[Connection]:
    with open_engine(corpus_url).connect() as opened:
        yield opened


def test_the_table_of_events_has_the_rows_of_the_frame_in_order_and_no_codes(connection: Connection) -> None:
    found = events(connection, NO_FILTERS)

    table = tables.event_table(found)

    assert list(table) == list(tables.EVENT_COLUMNS)
    assert [title.removesuffix("…") for title in table["title"]] == [
        title[: len(short.removesuffix("…"))] for title, short in zip(found["title"], table["title"], strict=True)
    ]
    assert table["title"].str.len().max() <= tables.TITLE
    assert set(table["kind"]) == {
        "Contract", "Partnership", "Funding", "Infrastructure", "Export control", "Restriction",
    }  # fmt: skip
    assert not table["stage"].str.islower().any()


def test_the_table_of_articles_links_only_to_the_web(connection: Connection) -> None:
    found = articles(connection, NO_FILTERS)
    found.loc[0, "url"] = "javascript:alert(1)"

    table = tables.article_table(found)

    assert list(table) == list(tables.ARTICLE_COLUMNS)
    assert table["url"].isna().tolist() == [True] + [False] * (len(found) - 1)
    assert "Chinese" in set(table["language"])


def test_every_column_has_a_label_and_help() -> None:
    for columns in (tables.EVENT_COLUMNS, tables.ARTICLE_COLUMNS):
        assert all(config["label"] and config["help"] for config in columns.values())


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({}, ""),
        ({"disputed": True}, "Disputed"),
        ({"is_total": True, "sole_asserter": "OpenAI"}, "Sum, not added; only OpenAI says so"),
    ],
)
def test_a_note_says_what_to_know_before_quoting(given: dict[str, object], note: str) -> None:
    assert tables.event_note({"disputed": False, "is_total": False, "sole_asserter": None, **given}) == note


@pytest.mark.parametrize(
    ("furthest", "stage", "said"),
    [
        ("signed", "signed", "Signed"),
        ("announced", "cancelled", "Announced, since cancelled"),
        (None, "suspended", "Suspended"),
    ],
)
def test_a_later_end_stands_beside_the_stage_that_the_date_belongs_to(
    furthest: str | None, stage: str, said: str
) -> None:
    assert tables.stage_said({"furthest_stage": furthest, "stage": stage}) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "USD 2 billion"),
        ({"amount_stage": "announced"}, "USD 2 billion (announced)"),
        ({"stage": "cancelled"}, "USD 2 billion"),
        ({"stage": "cancelled", "furthest_stage": None, "amount_stage": "cancelled"}, "USD 2 billion"),
        ({"amount": None, "currency": None, "amount_stage": None}, ""),
    ],
)
def test_a_figure_of_another_stage_than_the_one_shown_names_it(given: dict[str, object], said: str) -> None:
    event = {"stage": "signed", "furthest_stage": "signed", "amount_stage": "signed", "amount": 2 * 10**9,
             "currency": "USD", "bound": "exact", **given}  # fmt: skip

    assert tables.amount_said(event) == said


@pytest.mark.parametrize(
    ("cells", "row"), [([], None), ([(3, "title")], 3), ([(3, "date")], None), ([(0, "title")], 0)]
)
def test_only_a_click_on_a_title_opens_its_row(cells: list[tuple[int, str]], row: int | None) -> None:
    assert tables.clicked_row({"rows": [], "columns": [], "cells": cells}) == row


def test_months_without_articles_count_between_the_first_and_the_last() -> None:
    months = pd.to_datetime(["2025-03-01", "2025-06-01"])

    assert len(tables.months_between(pd.DataFrame({"month": months}))) == 4
    assert len(tables.months_between(pd.DataFrame({"month": []}))) == 0


def test_a_page_of_a_longer_list_says_what_a_click_on_a_column_sorts() -> None:
    assert tables.sorts_said(100, 539).startswith(" these rows; “Order”")
    assert tables.sorts_said(100, 100) == ""


def test_a_long_table_scrolls_and_a_short_one_fits() -> None:
    assert tables.height(1) == tables.HEADER + tables.ROW + 2
    assert tables.height(10_000) == tables.height(11)
