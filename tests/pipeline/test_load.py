"""Loading: what is stored, refused, replaced and counted."""

import gzip
import itertools
import json
import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection

from db.engine import open_engine
from db.queries.about import provisional_actors, rejections, revision, runs, size
from pipeline.crew import Crew
from pipeline.load import BATCH_BYTES, SeenIds, batches, load
from pipeline.readers import find_inputs
from pipeline.runs import read_rejections
from tests.conftest import Fresh
from tests.factory import actor, claim, exported, funding, judgement, load_notes, note, write_lines, write_notes
from tests.replay import all_claims, all_events


def test_an_article_given_again_with_other_annotations_replaces_its_claims_whole(url: str) -> None:
    load_notes(url, [note(claims=[claim(), funding()])])
    summary = load_notes(url, [note(claims=[claim(stage="signed")])])

    assert (summary.new, summary.replaced, summary.unchanged) == (0, 1, 0)
    assert [(row.kind, row.stage) for row in all_claims(url).itertuples()] == [("contract", "signed")]


def test_other_spacing_or_order_of_keys_is_the_same_article(url: str, tmp_path: Path) -> None:
    load_notes(url, [note()])
    spread = tmp_path / "notes.json"
    spread.write_text(json.dumps([dict(reversed(note().items()))], indent=4))

    summary = load(open_engine(url), find_inputs([str(spread)]))

    assert (summary.new, summary.replaced, summary.unchanged) == (0, 0, 1)


def test_an_id_that_comes_twice_in_one_load_is_refused_with_the_place_of_the_first(url: str) -> None:
    summary = load_notes(url, [note(), note(title="another")], batch_records=1)

    assert (summary.new, summary.rejected, summary.by_rule["duplicate_id"]) == (1, 1, 1)
    (issue,) = [issue for issue in summary.issues if issue.is_rejection]
    assert issue.line == 2
    assert "notes.jsonl:1" in issue.remedy


def test_rejections_are_kept_raw_with_every_fault(url: str) -> None:
    bad = note(language="xx", published="2025-13")
    summary = load_notes(url, [note(number=2), bad])

    with open_engine(url).connect() as connection:
        kept = rejections(connection, summary.run_id)
        raw = connection.scalars(sa.text("SELECT raw FROM rejection")).all()
    assert set(kept.rule) == {"unknown_language", "impossible_date"}
    assert [one and json.loads(bytes(one))["language"] for one in raw] == ["xx", None]
    assert summary.rejected == 1


@pytest.mark.parametrize("key", [r"a\ud800", r"a\u0000", r"a\nb", "k" * 1000])
def test_a_record_with_any_key_is_refused_and_the_rest_is_taken(url: str, tmp_path: Path, key: str) -> None:
    path = write_notes(tmp_path / "a.jsonl", [note()])
    path.write_text(path.read_text() + f'{{"id": "x", "{key}": {{"b": "\\ud800", "{key}": 1}}}}\n', encoding="utf-8")

    summary = load(open_engine(url), find_inputs([str(path)]))

    with open_engine(url).connect() as connection:
        kept = rejections(connection, summary.run_id)
    assert (summary.new, summary.rejected) == (1, 1)
    assert "bad_character" in set(kept.rule)


def test_a_file_of_any_name_is_loaded_and_named_where_it_repeats(url: str, tmp_path: Path) -> None:
    path = write_notes(tmp_path / os.fsdecode(b"caf\xe9\n.jsonl"), [note(), note(), note(number=2, language="xx")])
    (tmp_path / os.fsdecode(b"\xff")).mkdir()
    write_lines(tmp_path / os.fsdecode(b"\xff") / "actors.jsonl", [actor("Acme"), actor("Acme")])

    summary = load(open_engine(url), find_inputs([str(tmp_path)]))

    with open_engine(url).connect() as connection:
        kept = rejections(connection, summary.run_id)
        (run,) = runs(connection).itertuples()
    assert sorted(kept.rule) == ["duplicate_actor", "duplicate_id", "unknown_language"]
    assert json.loads(run.inputs)[-1] == f"{tmp_path}/caf\\udce9\\n.jsonl"
    assert str(path).encode("utf-8", "backslashreplace").decode().replace("\n", "\\n") in set(kept.file)


def test_a_run_counts_what_it_did_and_names_its_files(url: str, tmp_path: Path) -> None:
    path = write_notes(tmp_path / "a.jsonl", [note(number=1), note(number=2), note(number=3, language="xx")])
    load(open_engine(url), find_inputs([str(path)]))

    with open_engine(url).connect() as connection:
        (run,) = runs(connection).itertuples()
        held = size(connection)
        names = set(provisional_actors(connection).name)
    assert (run.articles_new, run.claims, run.rejected, run.provisional_actors) == (2, 2, 1, 2)
    assert json.loads(run.inputs) == [str(path)]
    assert (held.articles, held.claims, held.events, held.provisional_actors) == (2, 2, 1, 2)
    assert names == {"Acme", "Government of Kenya"}


def test_the_revision_grows_with_changes_only(url: str) -> None:
    def now() -> int:
        with open_engine(url).connect() as connection:
            return revision(connection)

    seen = [now()]
    for notes, actors in (([note()], []), ([note()], []), ([], [actor("Acme")]), ([], [actor("Acme")])):
        load_notes(url, notes, actors)
        seen.append(now())

    assert [after - before for before, after in itertools.pairwise(seen)] == [1, 0, 1, 0]


def test_a_folder_is_taken_whole_compressed_files_too(url: str, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    with gzip.open(tmp_path / "notes" / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(note()))
    write_lines(tmp_path / "actors.jsonl", [actor("Acme")])
    (tmp_path / "checked.csv").write_text(
        f"article_id,outcome,checked_on\n{note()['id']},confirmed,2026-01-01\n", encoding="utf-8"
    )

    summary = load(open_engine(url), find_inputs([str(tmp_path)]))

    assert (summary.new, summary.actors, summary.reviews, summary.rejected) == (1, 1, 1, 0)
    assert all_claims(url).outcome.tolist() == ["confirmed"]


def test_a_replacement_that_names_an_actor_no_more_drops_it_if_nobody_knew_it(url: str) -> None:
    load_notes(url, [note(claims=[claim(suppliers=["Nobody Ltd"])])])

    load_notes(url, [note()])

    assert b"Nobody Ltd" not in exported(open_engine(url))["actors.csv"]


def test_watchers_hear_of_every_batch(url: str, tmp_path: Path) -> None:
    path = write_notes(tmp_path / "a.jsonl", [note(number=number) for number in range(1, 6)])
    heard: list[int] = []

    load(open_engine(url), find_inputs([str(path)]), lambda so_far: heard.append(so_far.new), batch_records=2)

    assert heard == [2, 4, 5]


def test_a_batch_ends_at_its_size_in_bytes_too(tmp_path: Path) -> None:
    big = "x" * (BATCH_BYTES // 9)
    path = write_notes(tmp_path / "a.jsonl", [note(number=n, language="xx", title=big) for n in range(1, 12)])

    with SeenIds() as seen:
        sizes = [len(batch.refused) for batch in batches(Crew().read([path]), seen)]

    assert sum(sizes) == 11
    assert len(sizes) == 2


def test_a_judgement_across_kinds_joins_nothing_and_stops_nothing(url: str) -> None:
    told = [note(number=1), note(number=2, claims=[funding()])]
    load_notes(url, told)
    left, right = sorted(all_claims(url).claim_id)

    load_notes(url, (), (), [judgement(left, right, "same")])

    assert len(all_events(url)) == 2


def test_refused_actors_are_kept_in_the_order_of_their_file(url: str) -> None:
    summary = load_notes(url, actors=[actor(f"Firm {number}", kind="unknown") for number in range(5)])

    with open_engine(url).connect() as connection:
        kept = list(read_rejections(connection, summary.run_id))
    assert summary.rejected == 5
    assert [one.line for one in kept] == [1, 2, 3, 4, 5]


def test_what_another_load_changes_just_before_its_turn_is_noticed(url: str, fresh: Fresh) -> None:
    engine, ours, theirs = open_engine(url), note(), note(title="Theirs", claims=[claim(stage="signed")])
    load_notes(url, [ours])
    turns: list[int] = []

    def change(_: Connection) -> None:
        turns.append(1)
        if len(turns) == 3:  # after the run and the actors: before the batch
            load_notes(url, [theirs])

    event.listen(engine, "engine_connect", change)
    summary = load_notes(url, [ours])
    event.remove(engine, "engine_connect", change)

    alone = fresh()
    load_notes(alone, [ours])
    assert len(turns) > 3
    assert (summary.replaced, summary.unchanged) == (1, 0)
    assert exported(engine) == exported(open_engine(alone))
