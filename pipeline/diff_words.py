"""What became of an event, in plain words: for the terminal, the page and the CSV of differences. Pure functions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from db.countries import name_of
from db.queries.events import SEPARATOR
from db.vocabulary import Role
from pipeline.diff import Difference, Sort
from pipeline.editions import Cells

SORTS: Mapping[Sort, str] = {
    Sort.NEW: "New",
    Sort.CHANGED: "Changed",
    Sort.RENAMED: "New id",
    Sort.MERGED: "Merged",
    Sort.SPLIT: "Split off",
    Sort.WITHDRAWN: "Withdrawn",
    Sort.GONE: "Not there",
}
"""Sorts of difference in a word or two, in the order in which they are listed."""

MEANINGS: Mapping[Sort, str] = {
    Sort.NEW: "an event that was not there before",
    Sort.CHANGED: "the same event, told otherwise",
    Sort.RENAMED: "the same act under another id: its earliest claim is another now",
    Sort.MERGED: "found to be part of another event",
    Sort.SPLIT: "found to be apart from the event that it was part of",
    Sort.WITHDRAWN: "what reported it was taken out",
    Sort.GONE: "not yet reported by then, or by nothing that is still there",
}
LIST_COLUMNS = frozenset({"countries", "technologies", "attributed_to", "party_groups", *(role.value for role in Role)})
_MONEY = ("amount", "amount_min", "amount_max", "currency", "bound")
_FOLLOWS = {
    "date_first", "date_last", "amount_stage", "amount_rule", "usd_low", "usd_high", "usd_rate", "usd_rate_date",
    "usd_rate_source", "amount_low", "amount_high", "first_published", "last_published", "event_id",
    "claims", "publishers", "party_groups",
}  # fmt: skip
"""Columns that mostly follow from others: said only where nothing else changed."""
_LABELS = {
    "usd_chosen": "in US dollars",
    "furthest_stage": "furthest stage",
    "independent_sources": "independent sources",
    "supplier_bloc": "supplier's home",
    "sole_asserter": "only asserted by",
    "attributed_to": "attributed to",
    "amount_low": "least figure",
    "amount_high": "greatest figure",
    "amount_stage": "stage of the figure",
    "amount_rule": "rule for the figure",
    "first_published": "first report",
    "last_published": "last report",
    "event_id": "id",
    "party_groups": "groups of the parties",
}
_FLAGS = {
    ("disputed", "true"): "disputed now",
    ("disputed", "false"): "no longer disputed",
    ("is_total", "true"): "now taken for a sum over several deals",
    ("is_total", "false"): "no longer taken for a sum over several deals",
}
_BOUNDS = {"at_least": "at least ", "up_to": "up to ", "about": "about "}
_UNITS = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))
NOTHING, REORDERED = "none", "in another order"
USD_COLUMNS = frozenset({"usd_low", "usd_chosen", "usd_high"})

CSV_COLUMNS = ("event_id", "sort", "title", "kind", "other_id", "column", "before", "after", "said", "reasons")
"""Columns of the CSV of differences: a row for each changed cell; one row where an event came or went."""


@dataclass(frozen=True, slots=True)
class Style:
    """How figures and values are written. `figure`: of a row; `word`: a value, which is not empty, of a column."""

    figure: Callable[[Cells], str]
    word: Callable[[str, str], str]


def said(difference: Difference) -> list[str]:
    """What became of an event, a phrase for each change: `stage: announced → signed`."""
    return [*_moved(difference), *phrases(difference, TERMINAL)]


def phrases(difference: Difference, style: Style) -> list[str]:
    """The same without the other event's id, in a style of one's own."""
    if difference.before is None or difference.after is None:
        return [facts(difference.shown, style)]
    return changes_said(difference.before, difference.after, style)


def only_reordered(difference: Difference) -> bool:
    """Whether nothing changed but the order of names within cells."""
    return difference.sort is Sort.CHANGED and all(
        change.column in LIST_COLUMNS and set(change.before.split(SEPARATOR)) == set(change.after.split(SEPARATOR))
        for change in difference.changes
    )


def _moved(difference: Difference) -> list[str]:
    other = difference.other_id
    return {
        Sort.RENAMED: [f"its id was {other}"],
        Sort.MERGED: [f"now part of {other}"],
        Sort.SPLIT: [f"was part of {other}"],
    }.get(difference.sort, [])


def figure(row: Cells) -> str:
    """The figure of an event as reported: `at least 1.4bn USD`; `NOTHING` where it has none."""
    figures = [short(row[name]) for name in ("amount", "amount_min", "amount_max") if row.get(name)]
    if not figures:
        return NOTHING
    return f"{_BOUNDS.get(row['bound'], '')}{' to '.join(figures)} {row['currency']}"


def word(column: str, text: str) -> str:
    """A value of a column for the terminal: `USD 1.4bn`, `Kenya`, `export control`."""
    if column == "countries":
        return name_of(text)
    if column in USD_COLUMNS:
        return usd(text)
    return text if column in LIST_COLUMNS else _figure_or_words(text)


TERMINAL = Style(figure, word)


def facts(row: Cells, style: Style = TERMINAL) -> str:
    """An event that came or went, in brief: kind, stage with its date, figure."""
    stage, date = ("furthest_stage" if row["furthest_stage"] else "stage"), row["date"]
    when = style.word("date", date) if date else ""
    parts = [style.word("kind", row["kind"]), f"{style.word('stage', row[stage])} {when}", style.figure(row)]
    return ", ".join(part for part in parts if part != NOTHING)


def changes_said(before: Cells, after: Cells, style: Style = TERMINAL) -> list[str]:
    """Changed cells in words; those of one figure together, those that only follow from others left out."""
    changed = [name for name in after if before[name] != after[name]]
    if "stage" in changed and all(row["furthest_stage"] == row["stage"] for row in (before, after)):
        changed.remove("furthest_stage")
    leading = [name for name in changed if name not in _FOLLOWS]
    shown = leading or [name for name in changed if name != "event_id"]
    said_of_money = any(name in _MONEY for name in shown)
    if said_of_money and before.get("currency") == after.get("currency") == "USD":
        shown = [name for name in shown if name not in USD_COLUMNS]
    found = [_phrase(name, before, after, style) for name in shown if name not in _MONEY]
    if said_of_money:
        found.insert(0, f"figure: {style.figure(before)} → {style.figure(after)}")
    return [one for one in found if not one.endswith(REORDERED)] or found


def _phrase(name: str, before: Cells, after: Cells, style: Style) -> str:
    if name == "title":
        return f"title: “{before[name]}” → “{after[name]}”"
    flag = _FLAGS.get((name, after[name]))
    return flag or f"{label(name)}: {_from_to(name, before[name], after[name], style)}"


def label(column: str) -> str:
    """A column's name in plain words."""
    return _LABELS.get(column, column.replace("_", " "))


def _from_to(name: str, before: str, after: str, style: Style) -> str:
    if name in LIST_COLUMNS:
        return _added_and_removed(
            *([style.word(name, one) for one in cell.split(SEPARATOR) if one] for cell in (before, after))
        )
    was, now = (style.word(name, text) if text else NOTHING for text in (before, after))
    return f"{was} → {now}"


def _figure_or_words(text: str) -> str:
    return short(text) if text.isdecimal() and len(text) > len("YYYY") else plain(text)


def plain(text: str) -> str:
    """A code as words: `export control` for export_control."""
    return text.replace("_", " ") if text.replace("_", "").isalpha() else text


def _added_and_removed(before: list[str], after: list[str]) -> str:
    added = [f"+ {one}" for one in after if one not in before]
    removed = [f"− {one}" for one in before if one not in after]
    return ", ".join([*added, *removed]) or REORDERED


def usd(figure: str) -> str:
    """`USD 1.4bn` from whole dollars as text; other text as it is."""
    return f"USD {short(figure)}" if figure.isdecimal() else figure


def short(figure: str) -> str:
    """`1.4bn` from a whole number as text, with up to three decimals of the unit."""
    if not figure.isdecimal():
        return figure
    for size, unit in _UNITS:
        if int(figure) >= size:
            return f"{int(figure) / size:,.3f}".rstrip("0").rstrip(".") + unit
    return f"{int(figure):,}"


def value(difference: Difference) -> dict[str, object]:
    """A difference for `--json`."""
    return {
        "sort": difference.sort.value,
        "event_id": difference.event_id,
        "other_id": difference.other_id or None,
        "title": difference.shown["title"],
        "kind": difference.shown["kind"],
        "said": said(difference),
        "changes": [
            {"column": change.column, "before": change.before or None, "after": change.after or None}
            for change in difference.changes
        ],
        "reasons": list(difference.reasons),
    }


def csv_rows(difference: Difference) -> Iterator[tuple[str, ...]]:
    """The rows of a difference in the CSV. Columns: `CSV_COLUMNS`."""
    row = difference.shown
    start = (difference.event_id, difference.sort.value, row["title"], row["kind"], difference.other_id)
    end = ("; ".join(said(difference)), "; ".join(difference.reasons))
    if difference.sort in (Sort.CHANGED, Sort.RENAMED):
        for change in difference.changes:
            yield (*start, change.column, change.before, change.after, *end)
    else:
        yield (*start, "", "", "", *end)
