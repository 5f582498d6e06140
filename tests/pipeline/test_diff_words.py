"""Differences in plain words."""

import pytest

from db.dictionary import TABLES
from pipeline.diff import Difference, Sort
from pipeline.diff_reasons import Cause
from pipeline.diff_words import (
    CSV_COLUMNS,
    MEANINGS,
    SORTS,
    changes_said,
    csv_rows,
    facts,
    only_reordered,
    said,
    short,
    value,
)

EMPTY = {column.name: "" for column in TABLES["events"]}
ROW = EMPTY | {
    "event_id": "ev-a", "kind": "funding", "title": "A → B: round", "stage": "announced", "furthest_stage": "announced",
    "date": "2025-06", "countries": "MY", "suppliers": "Acme; Globex", "amount": "1400000000", "currency": "USD",
    "bound": "exact", "usd_chosen": "1400000000", "reports": "2", "claims": "3", "disputed": "false",
    "is_total": "false",
}  # fmt: skip


def _changed(**cells: str) -> list[str]:
    return changes_said(ROW, ROW | cells)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"stage": "signed", "furthest_stage": "signed"}, ["stage: announced → signed"]),
        ({"stage": "cancelled"}, ["stage: announced → cancelled"]),
        ({"amount": "1600000000"}, ["figure: 1.4bn USD → 1.6bn USD"]),
        ({"amount": "", "currency": "", "bound": ""}, ["figure: 1.4bn USD → none"]),
        ({"bound": "at_least"}, ["figure: 1.4bn USD → at least 1.4bn USD"]),
        (
            {"amount": "", "amount_min": "1000000", "amount_max": "2500000", "bound": "range", "currency": "EUR"},
            ["figure: 1.4bn USD → 1m to 2.5m EUR"],
        ),
        ({"usd_chosen": ""}, ["in US dollars: USD 1.4bn → none"]),
        ({"suppliers": "Globex; Initech"}, ["suppliers: + Initech, − Acme"]),
        ({"suppliers": "Globex; Acme"}, ["suppliers: in another order"]),
        ({"countries": "MY; KE"}, ["countries: + Kenya"]),
        ({"reports": "5", "claims": "6", "publishers": "4"}, ["reports: 2 → 5"]),
        ({"claims": "4"}, ["claims: 3 → 4"]),
        ({"suppliers": "Globex; Acme", "stage": "cancelled"}, ["stage: announced → cancelled"]),
        ({"amount": "2000000000", "usd_chosen": "2000000000"}, ["figure: 1.4bn USD → 2bn USD"]),
        ({"title": "C", "reports": "3"}, ["title: “A → B: round” → “C”", "reports: 2 → 3"]),
        ({"disputed": "true"}, ["disputed now"]),
        ({"kind": "export_control"}, ["kind: funding → export control"]),
        ({"title": "C"}, ["title: “A → B: round” → “C”"]),
        ({"date": "2025-07-01"}, ["date: 2025-06 → 2025-07-01"]),
    ],
)
def test_a_change_is_said_in_words_and_what_only_follows_is_left_out(cells: dict[str, str], words: list[str]) -> None:
    assert _changed(**cells) == words


@pytest.mark.parametrize("column", sorted(EMPTY))
def test_a_change_in_any_column_is_said(column: str) -> None:
    assert changes_said(EMPTY, EMPTY | {column: "2"}) or column == "event_id"


@pytest.mark.parametrize(
    ("figure", "words"),
    [("0", "0"), ("999999", "999,999"), ("1000000", "1m"), ("1231000000", "1.231bn"), ("9000000000000", "9tn")],
)
def test_figures_are_short(figure: str, words: str) -> None:
    assert short(figure) == words


def test_an_event_that_came_is_said_by_kind_stage_date_and_figure() -> None:
    assert facts(ROW) == "funding, announced 2025-06, 1.4bn USD"
    assert said(Difference(Sort.NEW, "ev-a", "", None, ROW, (Cause("why"),))) == [facts(ROW)]


@pytest.mark.parametrize(
    ("sort", "start"),
    [(Sort.MERGED, "now part of ev-b"), (Sort.SPLIT, "was part of ev-b"), (Sort.RENAMED, "its id was ev-b")],
)
def test_a_moved_event_names_the_other_one(sort: Sort, start: str) -> None:
    before = ROW if sort in (Sort.MERGED, Sort.RENAMED) else None
    after = ROW | {"stage": "signed"} if sort in (Sort.SPLIT, Sort.RENAMED) else None

    assert said(Difference(sort, "ev-a", "ev-b", before, after, (Cause("why"),)))[0] == start


def test_every_sort_has_words() -> None:
    assert set(SORTS) == set(MEANINGS) == set(Sort)


def test_the_csv_has_a_row_for_each_changed_cell_and_one_for_what_came_or_went() -> None:
    changed = Difference(
        Sort.CHANGED, "ev-a", "", ROW, ROW | {"stage": "signed", "reports": "3"}, (Cause("because"), Cause("so"))
    )
    gone = Difference(Sort.GONE, "ev-a", "", ROW, None, (Cause("because"),))

    cells = [dict(zip(CSV_COLUMNS, row, strict=True)) for one in (changed, gone) for row in csv_rows(one)]

    assert [(row["column"], row["before"], row["after"]) for row in cells] == [
        ("stage", "announced", "signed"),
        ("reports", "2", "3"),
        ("", "", ""),
    ]
    assert cells[0]["reasons"] == "because; so"


def test_json_keeps_cells_as_they_are_and_empty_ones_as_null() -> None:
    shown = value(Difference(Sort.CHANGED, "ev-a", "", ROW, ROW | {"amount": ""}, (Cause("because"),)))

    assert shown["changes"] == [{"column": "amount", "before": "1400000000", "after": None}]
    assert (shown["sort"], shown["other_id"]) == ("changed", None)


def test_names_in_another_order_alone_are_told_apart_from_a_change() -> None:
    def changed(**cells: str) -> Difference:
        return Difference(Sort.CHANGED, "ev-a", "", ROW, ROW | cells, ())

    assert only_reordered(changed(suppliers="Globex; Acme"))
    assert not only_reordered(changed(suppliers="Globex"))
    assert not only_reordered(changed(suppliers="Globex; Acme", reports="3"))
