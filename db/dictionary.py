"""The data dictionary: every column of every exported file, in its order."""

from dataclasses import dataclass

from db.queries.about import ACTOR_FRAME
from db.queries.events import CLAIM_FRAME, EVENT_FRAME
from db.queries.frames import DAY, FLAG, REAL, TEXT, WHOLE
from db.queries.sources import ARTICLE_FRAME

TYPES = {TEXT: "text", WHOLE: "whole number", REAL: "number", DAY: "day", FLAG: "true or false"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, one of the words in `TYPES`, what it means, and an example."""

    name: str
    type: str
    meaning: str
    example: str


FILES: dict[str, tuple[Column, ...]] = {
    name: tuple(Column(column, TYPES[kind], "", "") for column, kind in frame.items())
    for name, frame in (("events.csv", EVENT_FRAME), ("claims.csv", CLAIM_FRAME), ("articles.csv", ARTICLE_FRAME), ("actors.csv", ACTOR_FRAME))
}
