"""What the “What changed” view and the bar of pinned links say. Pure; what is HTML is escaped here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from html import escape

from dashboard import wording
from dashboard.cache_changes import Comparison, Shown, Side
from dashboard.evidence import badge
from db.queries.changes import Figures
from pipeline.diff import Sort
from pipeline.diff_words import MEANINGS, SORTS, changes_said
from pipeline.editions import Cells

NOW, DAY = "Now", "As known on a day"
"""Choices besides the releases, as they stand in the address too."""
_TONES = {Sort.NEW: "good", Sort.WITHDRAWN: "bad", Sort.GONE: "bad", Sort.MERGED: "warn", Sort.SPLIT: "warn"}
RELEASE_COMMAND = "python -m pipeline release 2026.11 releases/2026.11"


def release_label(version: str) -> str:
    """How a release is called in choices and addresses: `Release 1.0`."""
    return f"Release {version}"


def side_words(side: Side) -> str:
    """A side in a sentence: `release 1.0`, `what was known on 1 March 2025`, `now`."""
    if side.version:
        return f"release {side.version}"
    return f"what was known on {wording.date_words(side.day.isoformat())}" if side.day else "now"


def counts_words(comparison: Comparison) -> str:
    """`19 events differ`."""
    total = sum(comparison.counts.values())
    return f"{wording.plural(total, 'event')} {'differs' if total == 1 else 'differ'}"


def sort_options(comparison: Comparison) -> dict[str, str]:
    """Value → label with its count, for each sort that there is."""
    return {sort.value: f"{SORTS[sort]} ({number:,})" for sort, number in comparison.counts.items()}


def legend(sorts: Iterable[Sort]) -> str:
    """What each sort means, in a line."""
    return "".join(f"{SORTS[sort]}: {MEANINGS[sort]}. " for sort in sorts).strip()


def card(shown: Shown) -> str:
    """What stands under an event's title: what became of it, from what to what, and why. HTML, all escaped."""
    mark = badge(SORTS[shown.sort], _TONES.get(shown.sort, "plain"), MEANINGS[shown.sort])
    said = "".join(f"<li>{escape(phrase)}</li>" for phrase in shown.said)
    why = "".join(f"<li>because {escape(reason)}</li>" for reason in shown.reasons)
    return f'<div class="change">{mark}<ul class="said">{said}</ul><ul class="why quiet">{why}</ul></div>'


def figures_words(figures: Figures) -> str:
    """`41 events, USD 3.2 billion`; without a sum where no figure may be added."""
    events = wording.plural(figures.events, "event")
    return events if figures.usd is None else f"{events}, {wording.money(figures.usd, 'USD')}"


def made_words(side: Side) -> str:
    """`This link was made on release 1.0 (23 November 2026)`."""
    made = f" ({wording.date_words(side.made.isoformat())})" if side.made else ""
    return f"This link was made on release {side.version}{made}"


def event_bar_words(side: Side, then: Cells | None, now: Cells | None, now_id: str | None) -> str:
    """What the bar says on the page of one event: its row then and now. Plain text.

    Args:
        now_id: the event that its id leads to now.
    """
    start = made_words(side)
    if then is None:
        return f"{start}, which did not have this event."
    if now is None:
        return f"{start}: “{then['title']}” was in it, and is gone since."
    phrases = changes_said(then, now)
    led = [f"its id leads to {now_id} now"] if now_id != then["event_id"] else []
    return f"{start}. Since then: {'; '.join([*led, *phrases]) or 'nothing about this event changed'}."


def bar_words(side: Side, then: Figures, now: Figures, searches: bool) -> str:
    """What the bar of a link that was made on a release says. Plain text.

    Args:
        searches: words are searched for, which the release cannot answer in full.
    """
    said = f"{made_words(side)}: then {figures_words(then)}; now {figures_words(now)}"
    if then == now:
        said += ", so nothing in these figures changed"
    more = " A release holds no article texts: words are searched for in titles, parties and claims then."
    return f"{said}.{more if searches else ''}"


def same_side(before: Side, after: Side) -> bool:
    """Whether a state is compared with itself."""
    return before == after


def choices(versions: Iterable[str], *, first: str) -> list[str]:
    """The choices of one side; the first is the default. `first`: `NOW`, or else the latest release."""
    released = [release_label(version) for version in versions]
    return [NOW, *released, DAY] if first == NOW else [*released, DAY, NOW]


def picked(label: str, day: dt.date | None, known: dt.date | None, sides: Mapping[str, Side | None]) -> Side | None:
    """The side that a choice names; None for a day that is not given, or a release that is not there.

    Args:
        day: the day beside the choice `DAY`.
        known: the filter “As known on”: `NOW` then means that day.
        sides: label → side, for the releases.
    """
    if label == NOW:
        return Side(day=known)
    if label == DAY:
        return None if day is None else Side(day=day)
    return sides.get(label)
