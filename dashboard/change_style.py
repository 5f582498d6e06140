"""How pages write the figures and values of events that changed: as on an event's page. Pure."""

from dashboard import wording
from dashboard.event_parts import RULES
from pipeline import diff_words
from pipeline.diff import PARTIES
from pipeline.editions import Cells

_DATES = frozenset({"date", "date_first", "date_last", "first_published", "last_published", "usd_rate_date"})
_STAGES = frozenset({"stage", "furthest_stage", "amount_stage"})


def figure(row: Cells) -> str:
    """The figure of a row of events.csv as reported: `at least USD 1.4 billion`."""
    known = {name: text or None for name, text in row.items()}
    return wording.money_of(known) or diff_words.NOTHING


def word(column: str, text: str) -> str:
    """A value of a column: `31 March 2026`, `USD 1.4 billion`, `Foundation models`."""
    if column in _DATES:
        return wording.date_words(text)
    if column in _STAGES:
        return wording.stage_words(text).lower()
    if column in diff_words.USD_COLUMNS:
        return wording.money(text, "USD")
    if column == "technologies":
        return wording.technology_words(text)
    if column == "amount_rule":
        return RULES.get(text, text)
    if column == "kind":
        return wording.kind_words(text)
    if column in PARTIES or column == "title":
        return text
    return wording.large(int(text)) if text.isdecimal() and len(text) > len("YYYY") else diff_words.word(column, text)


PAGE = diff_words.Style(figure, word)
