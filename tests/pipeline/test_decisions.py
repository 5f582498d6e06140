"""Judgements in the database: all are kept, the latest not undone is in force, whatever the order of loading."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from db.engine import open_engine, writing
from pipeline.decisions import Judged, mark_in_force, put_judgements
from pipeline.judgements import JudgementNote
from tests.conftest import Fresh
from tests.factory import judgement

ANN = judgement("a", "b", "same", who="Ann", when="2026-01-01")
BOB = judgement("a", "b", "different", who="Bob", when="2026-01-02")
UNDONE = {"undone_by": "Cy", "undone_when": "2026-01-03", "undone_why": "two sites"}

given_once = st.builds(
    lambda pair, actors, verdict, who, when, why, undone: judgement(
        *pair,
        verdict,
        subject="actor" if actors or verdict.startswith("own") else "claim",
        who=who,
        when=when,
        why=why,
        **undone,
    ),
    st.sampled_from([("a", "b"), ("b", "a"), ("a", "c")]),
    st.booleans(),
    st.sampled_from(["same", "different", "unsure", "owns", "owned_by"]),
    st.sampled_from(["Ann", "Bob"]),
    st.sampled_from(["2026-01-01", "2026-01-01T00:00:00Z", "2026-01-02", "2026-01-02T01:00:00+01:00"]),
    st.sampled_from(["one release", "read both"]),
    st.sampled_from([{}, {}, UNDONE, {**UNDONE, "undone_when": "2026-01-04"}, {**UNDONE, "undone_by": "Di"}]),
)


def put(url: str, entries: Iterable[dict[str, Any]]) -> Judged:
    notes = [JudgementNote.model_validate_json(json.dumps(entry)).in_order() for entry in entries]
    with writing(open_engine(url)) as connection:
        return put_judgements(connection, notes)


def table_of(url: str) -> list[tuple[object, ...]]:
    with open_engine(url).connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM judgement ORDER BY judgement_id"))
        return [tuple(row) for row in rows]


def verdict_of(url: str, left: str = "a", right: str = "b") -> str | None:
    with open_engine(url).connect() as connection:
        in_force = sa.text("SELECT verdict FROM judgement WHERE in_force AND left_id = :left AND right_id = :right")
        return connection.scalar(in_force, {"left": left, "right": right})


def test_all_judgements_on_a_pair_are_kept_and_the_latest_is_in_force(url: str) -> None:
    put(url, [BOB])
    put(url, [ANN])

    assert len(table_of(url)) == 2
    assert verdict_of(url) == "different"


@pytest.mark.parametrize(
    ("verdicts", "holds"),
    [(["same", "different"], "different"), (["same", "unsure"], "unsure"), (["unsure", "different"], "different")],
)
@pytest.mark.parametrize("others", ["Ann", "Zoe"])
def test_of_two_verdicts_of_one_moment_both_are_kept_and_the_one_that_joins_less_holds(
    fresh_sqlite: Fresh, verdicts: list[str], holds: str, others: str
) -> None:
    said = [{**ANN, "verdict": verdicts[0], "who": others}, {**ANN, "verdict": verdicts[1]}]
    for order in (said, said[::-1]):
        url = fresh_sqlite()
        for one in order:
            put(url, [one])

        assert len(table_of(url)) == 2
        assert verdict_of(url) == holds


def test_undoing_one_of_two_verdicts_of_one_moment_leaves_the_other(url: str) -> None:
    put(url, [ANN, {**ANN, "verdict": "different"}])

    put(url, [{**ANN, "verdict": "different", **UNDONE}])

    assert verdict_of(url) == "same"


def test_who_owns_whom_and_whether_two_are_one_are_two_questions(url: str) -> None:
    of_actors = {"subject": "actor", "left": "Arm", "right": "SoftBank"}
    said = [{**ANN, **of_actors, "verdict": "owned_by"}, {**BOB, **of_actors}]
    put(url, said)

    assert {row[4] for row in table_of(url) if row[-1]} == {"owned_by", "different"}

    put(url, [{**ANN, **of_actors, "verdict": "owns", "when": "2026-01-05"}])
    assert {row[4] for row in table_of(url) if row[-1]} == {"owns", "different"}


def test_what_another_version_marked_is_marked_anew(url: str) -> None:
    put(url, [ANN, BOB])
    before = table_of(url)
    with writing(open_engine(url)) as connection:
        connection.execute(sa.text("UPDATE judgement SET in_force = NOT in_force"))

        mark_in_force(connection)

    assert table_of(url) == before


def test_what_is_undone_is_kept_and_the_one_before_holds_again(url: str) -> None:
    put(url, [ANN, BOB])

    put(url, [{**BOB, **UNDONE}])

    assert len(table_of(url)) == 2
    assert verdict_of(url) == "same"


def test_where_all_are_undone_none_is_in_force(url: str) -> None:
    put(url, [{**ANN, **UNDONE}])

    assert verdict_of(url) is None


def test_the_old_file_does_not_bring_back_what_was_undone(url: str) -> None:
    put(url, [{**ANN, **UNDONE}])

    assert put(url, [ANN]).new == 0
    assert verdict_of(url) is None


def test_an_owner_on_the_other_side_is_said_the_other_way_round(url: str) -> None:
    put(url, [judgement("SoftBank", "Arm", "owns", subject="actor")])

    assert verdict_of(url, "Arm", "SoftBank") == "owned_by"


@pytest.mark.parametrize(
    ("first", "second", "touched"),
    [
        ([], ANN, {"OpenAI", "Microsoft"}),
        ([ANN], BOB, {"OpenAI", "Microsoft"}),
        ([ANN], {**BOB, "verdict": "same"}, {"OpenAI", "Microsoft"}),
        ([BOB], {**BOB, "who": "Bobby"}, set()),
        ([BOB], {**BOB, "verdict": "owns"}, {"OpenAI", "Microsoft"}),
        ([], {**ANN, "verdict": "unsure"}, set()),
        ([BOB], ANN, set()),
        ([ANN], {**ANN, **UNDONE}, {"OpenAI", "Microsoft"}),
        ([ANN], ANN, set()),
    ],
)
def test_only_what_changes_the_verdict_that_binds_touches_anything(
    url: str, first: Sequence[dict[str, Any]], second: dict[str, Any], touched: set[str]
) -> None:
    of_actors = {"subject": "actor", "left": "OpenAI", "right": "Microsoft"}
    put(url, [{**entry, **of_actors} for entry in first])

    assert put(url, [{**second, **of_actors}]).actors == touched


@settings(max_examples=60, deadline=None)
@given(entries=st.lists(given_once, max_size=8), data=st.data())
def test_the_table_is_a_function_of_the_set_of_judgements(
    fresh_sqlite: Fresh, entries: list[dict[str, Any]], data: st.DataObject
) -> None:
    at_once, in_turn = fresh_sqlite(), fresh_sqlite()
    put(at_once, entries)

    order = data.draw(st.permutations([*entries, *entries[:2]]))
    cut = data.draw(st.integers(0, len(order)))
    for part in (order[:cut], order[cut:]):
        put(in_turn, part)

    assert table_of(in_turn) == table_of(at_once)
