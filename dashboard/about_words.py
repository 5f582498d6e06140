"""The state of the data in sentences and tables for the About page. Pure."""

import json

import pandas as pd

from dashboard import wording
from dashboard.evidence import Row
from db import dictionary
from db.queries.about import Size


def size_words(size: Size) -> str:
    """How much the data takes in, and when it was published."""
    main = (size.claims, "claim"), (size.events, "event"), (size.articles, "article")
    claims, events, articles = (wording.plural(number, noun) for number, noun in main)
    publishers, languages = wording.plural(size.publishers, "publisher"), wording.plural(size.languages, "language")
    span = f"{wording.date_words(size.first_published)} to {wording.date_words(size.last_published)}"
    rest = (
        (size.actors, "actor"), (size.countries, "country"), (size.reprints, "reprint"),
        (size.judgements, "judgement"), (size.withdrawals, "withdrawn article"),
    )  # fmt: skip
    return (
        f"{claims} on {events} from {articles} by {publishers} in {languages}, published {span}. "
        f"{', '.join(wording.plural(number, noun) for number, noun in rest)}."
    )


def review_counts(size: Size) -> str:
    """What second readers found, as counts of articles."""
    unchecked = size.articles - sum(size.reviewed.values())
    read = [f"{wording.review_words_short(outcome).lower()} {number:,}" for outcome, number in size.reviewed.items()]
    return ", ".join([*read, f"not yet checked {unchecked:,}"])


def run_words(run: Row) -> str:
    """A run in a sentence of markdown. `run`: a row of `db.queries.about.RUN_FRAME`."""
    ended = " It was cut off before its end; the next run completes it." if wording.missing(run["finished_at"]) else ""
    inputs = wording.plural(len(json.loads(str(run["inputs"] or "[]"))), "input")
    words = ("new", "replaced", "unchanged", "withdrawn")
    articles = ", ".join(f"{wording.whole(run[f'articles_{word}']) or 0:,} {word}" for word in words)
    claims = wording.plural(wording.whole(run["claims"]) or 0, "claim")
    refused = wording.plural(wording.whole(run["rejected"]) or 0, "record")
    return (
        f"`{run['command']}` of version {run['version']} on {wording.date_words(run['started_at'])} from {inputs}: "
        f"articles {articles}; {claims}; **{refused} refused**.{ended}"
    )


def column_table(columns: tuple[dictionary.Column, ...]) -> pd.DataFrame:
    """The columns of a file for reading, as markdown: name, meaning with the words of a closed list, type, example."""
    rows = {
        f"`{column.name}`": {
            "Meaning": wording.escape_markdown(column.meaning + _words_of(column)),
            "Type": column.type,
            "Example": wording.escape_markdown(column.example),
        }
        for column in columns
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("Column")


def _words_of(column: dictionary.Column) -> str:
    return f" One of: {', '.join(column.values)}." if column.values else ""
