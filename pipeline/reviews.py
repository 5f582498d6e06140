"""Reviews (checked.csv): what a second reader found when looking for an article's source again."""

import csv
import datetime as dt
from collections.abc import Iterator

from pydantic import Field, ValidationError

from db.values import PartialDate
from db.vocabulary import Check
from pipeline.fields import ArticleId, DateText, InputModel
from pipeline.issues import Fault, Issue, Rule, one_of
from pipeline.places import Place
from pipeline.readers import Record, records


class ReviewNote(InputModel):
    """One line of checked.csv."""

    article_id: ArticleId
    outcome: Check
    checked_on: DateText = Field(description="The day of the check, YYYY-MM-DD.")

    @property
    def day(self) -> dt.date:
        """The day of the check."""
        return PartialDate.parse(self.checked_on).first


COLUMNS = tuple(ReviewNote.model_fields)


def read_reviews(path: Place) -> Iterator[tuple[Record, ReviewNote | tuple[Issue, ...]]]:
    """Each line below the heading with its review, or with every fault of it; a wrong heading ends the reading.

    An article may be reviewed once: a second line for it is refused, so that the order of lines never matters twice.
    """
    seen: dict[str, int] = {}
    for place, record in enumerate(records(path)):
        if place == 0 and record.fault is None:
            if record.raw.decode("utf-8", "replace").split(",") != list(COLUMNS):
                yield record, (_issue(record, Rule.BAD_REVIEW, "heading", record.raw.decode("utf-8", "replace")),)
                return
            continue
        yield record, _once(record, parse_review(record), seen)


def parse_review(record: Record) -> ReviewNote | tuple[Issue, ...]:
    """The review of one line below the heading, or every fault of it."""
    if record.fault is not None:
        return (_issue(record, record.fault, "", ""),)
    try:
        cells = next(csv.reader([record.raw.decode("utf-8")], strict=True))
    except UnicodeDecodeError:
        return (_issue(record, Rule.NOT_UTF8, "", str(record.raw[:60])),)
    except csv.Error as error:
        return (_issue(record, Rule.BAD_REVIEW, "", f"{error}"),)
    if len(cells) != len(COLUMNS):
        return (_issue(record, Rule.BAD_REVIEW, "", ",".join(cells)),)
    return _review(record, dict(zip(COLUMNS, cells, strict=True)))


def _review(record: Record, row: dict[str, str]) -> ReviewNote | tuple[Issue, ...]:
    try:
        review = ReviewNote.model_validate_strings(row)
    except ValidationError as error:
        places = {str(detail["loc"][0]) for detail in error.errors(include_url=False)}
        return tuple(_cell_issue(record, column, row[column]) for column in COLUMNS if column in places)
    if PartialDate.parse(review.checked_on).precision != "day":
        return (_cell_issue(record, "checked_on", review.checked_on),)
    return review


def _cell_issue(record: Record, column: str, value: str) -> Issue:
    rule = {"article_id": Rule.BAD_ID, "outcome": Rule.UNKNOWN_OUTCOME, "checked_on": Rule.IMPOSSIBLE_DATE}[column]
    remedies = {
        Rule.UNKNOWN_OUTCOME: one_of(Check, value),
        Rule.IMPOSSIBLE_DATE: "write the day of the check, YYYY-MM-DD",
    }
    return _issue(record, rule, column, value, remedies.get(rule, ""))


def _once(
    record: Record, parsed: ReviewNote | tuple[Issue, ...], seen: dict[str, int]
) -> ReviewNote | tuple[Issue, ...]:
    if isinstance(parsed, tuple):
        return parsed
    first = seen.setdefault(parsed.article_id, record.line)
    if first == record.line:
        return parsed
    remedy = f"line {first} reviews this article already; keep one of the two"
    return (_issue(record, Rule.DUPLICATE_ID, "article_id", parsed.article_id, remedy),)


def _issue(record: Record, rule: Rule, where: str, found: str, remedy: str = "") -> Issue:
    return Issue.of(record.file, record.line, Fault(rule, where, found, remedy))
