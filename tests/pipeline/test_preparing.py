"""What is worked out of an article before anybody has to wait for the database."""

import json
import pickle

from pipeline.notes import ArticleNote
from pipeline.preparing import ARTICLE_CELLS, CLAIM_CELLS, Prepared, prepare, record_digest
from pipeline.reprints import bands_of
from tests.factory import claim, funding, note

GIVEN = note(number=1, claims=[claim(countries=["KE", "FR"]), funding()])


def _note(given: dict[str, object], **how: object) -> ArticleNote:
    return ArticleNote.model_validate_json(json.dumps(given, **how))  # type: ignore[arg-type]


def _prepared(*given: dict[str, object]) -> list[Prepared]:
    return prepare([(record_digest(one), one) for one in map(_note, given)])


def test_an_article_is_cells_text_and_what_reprints_are_found_by() -> None:
    (made,) = _prepared(GIVEN)

    cells = dict(zip(ARTICLE_CELLS, made.cells, strict=True))
    assert (cells["article_id"], cells["published_first"], cells["record_sha256"]) == (
        GIVEN["id"], "2025-03-11", record_digest(_note(GIVEN)),
    )  # fmt: skip
    assert made.text == GIVEN["text"]
    assert made.bands == bands_of([made.text])[0]
    assert made.names() == {"Acme", "Government of Kenya", "Hooli Fund", "Initech"}


def test_claims_are_numbered_with_evidence_and_parties_in_their_places() -> None:
    (made,) = _prepared(GIVEN)

    first, second = (dict(zip(CLAIM_CELLS, one.cells, strict=True)) for one in made.claims)
    assert (first["number"], second["number"]) == (1, 2)
    assert made.text[second["evidence_start"] : second["evidence_end"]] == second["evidence"]
    assert made.claims[0].countries == ("FR", "KE")
    assert made.claims[1].parties == (("investors", 1, "Hooli Fund"), ("recipients", 1, "Initech"))
    assert (second["amount"], second["currency"], first["amount"], first["bound"]) == (200_000_000, "USD", None, None)


def test_articles_are_made_ready_each_by_itself_and_may_be_sent_elsewhere() -> None:
    other = note(number=2)

    together = _prepared(GIVEN, other)

    assert together == [*_prepared(GIVEN), *_prepared(other)]
    assert pickle.loads(pickle.dumps(together)) == together  # noqa: S301 (our own)
    assert prepare([]) == []


def test_a_record_written_otherwise_has_the_same_digest() -> None:
    turned = dict(reversed(GIVEN.items()))

    assert record_digest(_note(GIVEN)) == record_digest(_note(turned, indent=2))
    assert record_digest(_note(GIVEN)) != record_digest(_note({**GIVEN, "title": "Another"}))
