"""One event with all that it rests on."""

import json
from pathlib import Path

import sqlalchemy as sa

from db.bulk import table
from db.engine import database, open_engine
from db.filters import NO_FILTERS
from db.models import Claim
from db.queries.event_page import event_page
from db.queries.events import events
from pipeline.load import load
from pipeline.readers import find_inputs
from tests.pipeline.samples import JUDGEMENT, NOTE, changed


def test_a_persons_decision_on_two_claims_of_the_event_comes_with_it(empty_url: str, tmp_path: Path) -> None:
    first = changed(NOTE, "claims", NOTE["claims"][:1])
    other = {**first["claims"][0], "date": "2023-01", "suppliers": ["Huawei"], "what": "telephones for the harbour"}
    second = {**first, "id": "other-2025-08-01-note", "published": "2025-08-01", "claims": [other]}
    (tmp_path / "notes.jsonl").write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n", encoding="utf-8")
    engine = database(empty_url)
    load(engine, find_inputs([str(tmp_path / "notes.jsonl")]))
    with engine.connect() as connection:
        left, right = sorted(connection.scalars(sa.select(table(Claim).c.claim_id)))
        apart = events(connection, NO_FILTERS)["event_id"]
    (tmp_path / "judgements.jsonl").write_text(
        json.dumps({**JUDGEMENT, "left": left, "right": right}), encoding="utf-8"
    )
    load(engine, find_inputs([str(tmp_path)]))

    with engine.connect() as connection:
        found = events(connection, NO_FILTERS)["event_id"]
        page = event_page(connection, found.iloc[0])

    assert (len(apart), len(found)) == (2, 1)
    assert page is not None
    [decision] = page.decisions.to_dict("records")
    assert (decision["left_id"], decision["right_id"]) == (left, right)
    assert (decision["verdict"], decision["who"], decision["why"]) == ("same", "Ada", "one press release")
    assert decision["decided_at"].startswith("2026-01-02T03:04:05")


def test_an_event_without_decisions_has_an_empty_frame_and_every_text_of_its_claims(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        listed = events(connection, NO_FILTERS).sort_values("claims")
        page = event_page(connection, listed["event_id"].iloc[-1])

    assert page is not None
    assert page.decisions.empty
    assert len(page.claims) == listed["claims"].iloc[-1]
    for _, claim in page.claims.iterrows():
        text = page.texts[claim["article_id"]]
        assert text[claim["evidence_start"] : claim["evidence_end"]] == claim["evidence"]


def test_no_event_has_an_unknown_id(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        assert event_page(connection, "ev-nope") is None
