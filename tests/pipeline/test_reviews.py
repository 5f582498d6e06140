"""Reviews (checked.csv) are read strictly, line by line."""

from pathlib import Path

import pytest

from db.vocabulary import Check
from pipeline.issues import Rule
from pipeline.reviews import ReviewNote, read_reviews

CORPUS = Path(__file__).parents[2] / "pipeline" / "corpus"
HEADING = "article_id,outcome,checked_on\n"


def _read(folder: Path, content: bytes | str) -> list[ReviewNote | list[Rule]]:
    path = folder / "checked.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [
        [issue.rule for issue in parsed] if isinstance(parsed, tuple) else parsed for _, parsed in read_reviews(path)
    ]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_sound_line_is_taken(tmp_path: Path, mark: str, ending: str) -> None:
    content = mark + HEADING + 'a-1,"source not found again",2026-11-23\n'

    (review,) = _read(tmp_path, content.replace("\n", ending))

    assert isinstance(review, ReviewNote)
    assert (review.article_id, review.outcome, review.day.isoformat()) == ("a-1", Check.NOT_FOUND, "2026-11-23")


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("A 1,confirmed,2026-11-23", [Rule.BAD_ID]),
        ("a-1,fine,2026-11-23", [Rule.UNKNOWN_OUTCOME]),
        ("a-1,confirmed,2026-11-31", [Rule.IMPOSSIBLE_DATE]),
        ("a-1,confirmed,2026-11", [Rule.IMPOSSIBLE_DATE]),
        (",,", [Rule.BAD_ID, Rule.UNKNOWN_OUTCOME, Rule.IMPOSSIBLE_DATE]),
        ("a-1,confirmed", [Rule.BAD_REVIEW]),
        ("a-1,confirmed,2026-11-23,more", [Rule.BAD_REVIEW]),
        ('a-1,"confirmed,2026-11-23', [Rule.BAD_REVIEW]),
        ("a-1;confirmed;2026-11-23", [Rule.BAD_REVIEW]),
    ],
)
def test_a_bad_line_is_refused_and_the_next_is_read(tmp_path: Path, line: str, rules: list[Rule]) -> None:
    found = _read(tmp_path, f"{HEADING}{line}\nb-2,confirmed,2026-11-23\n")

    assert found[0] == rules
    assert isinstance(found[1], ReviewNote)
    assert len(found) == 2


@pytest.mark.parametrize(
    "heading", ["article_id;outcome;checked_on", "outcome,article_id,checked_on", "a-1,confirmed,2026"]
)
def test_a_wrong_heading_gives_one_rejection(tmp_path: Path, heading: str) -> None:
    assert _read(tmp_path, f"{heading}\na-1,confirmed,2026-11-23\n") == [[Rule.BAD_REVIEW]]


def test_a_second_review_of_an_article_is_refused(tmp_path: Path) -> None:
    found = _read(tmp_path, f"{HEADING}a-1,confirmed,2026-11-23\na-1,doubtful,2026-11-24\n")

    assert found[1:] == [[Rule.DUPLICATE_ID]]


def test_latin_1_is_refused(tmp_path: Path) -> None:
    assert _read(tmp_path, HEADING.encode() + b"caf\xe9,confirmed,2026-11-23\n") == [[Rule.NOT_UTF8]]


def test_all_bundled_reviews_parse_clean() -> None:
    found = [parsed for _, parsed in read_reviews(CORPUS / "checked.csv")]

    assert len(found) >= 444
    assert all(isinstance(parsed, ReviewNote) for parsed in found)
