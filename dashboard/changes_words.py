"""What the “What changed” view and the bar of pinned links say. Pure; what is HTML is escaped here."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from dashboard import change_style, wording
from dashboard.cache_changes import Comparison, Shown, Side
from dashboard.evidence import badge
from db.queries.changes import Figures
from pipeline.diff import Sort
from pipeline.diff_reasons import Cause
from pipeline.diff_words import MEANINGS, SORTS, changes_said
from pipeline.editions import Cells

NOW, DAY = "Now", "As known on a day"
"""Choices besides the releases, as they stand in the address too."""
_TONES = {Sort.NEW: "good", Sort.WITHDRAWN: "bad", Sort.GONE: "bad", Sort.MERGED: "warn", Sort.SPLIT: "warn"}
RELEASE_COMMAND = ".venv/bin/python -m pipeline release 2026.11 releases/2026.11"


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


def meaning(sort: Sort, after: Side) -> str:
    """What a sort means where the later side is `after`."""
    if sort is Sort.GONE:
        return "not yet reported by then" if after.day else "no article reports it any more"
    return MEANINGS[sort]


def legend(sorts: Iterable[Sort], after: Side) -> str:
    """What each sort means, in a line."""
    return "".join(f"{SORTS[sort]}: {meaning(sort, after)}. " for sort in sorts).strip()


@dataclass(frozen=True, slots=True)
class Links:
    """What a card may link to. `titles`: event id → title; `event`, `article`: address of a page by id."""

    titles: Mapping[str, str]
    event: Callable[[str], str]
    article: Callable[[str], str]


_MOVES = {Sort.MERGED: "now part of", Sort.SPLIT: "was part of"}
_ON_DAY = re.compile(r"\bon (\d{4}-\d{2}-\d{2})\b")


def card(shown: Shown, after: Side, links: Links) -> str:
    """What stands under an event's title: what became of it, from what to what, and why. HTML, all escaped."""
    mark = badge(SORTS[shown.sort], _TONES.get(shown.sort, "plain"), meaning(shown.sort, after))
    phrases = [escape(phrase) for phrase in shown.said]
    if shown.sort in _MOVES:
        phrases.insert(0, f"{_MOVES[shown.sort]} {_event_link(shown.other_id, links)}")
    said = "".join(f"<li>{phrase}</li>" for phrase in phrases)
    why = "".join(f"<li>because {_cause(cause, links)}</li>" for cause in shown.causes)
    return f'<div class="change">{mark}<ul class="said">{said}</ul><ul class="why quiet">{why}</ul></div>'


def _event_link(event_id: str, links: Links) -> str:
    """An event's title as a link, its id beside the pointer."""
    title = links.titles.get(event_id, "an event that is in neither")
    return f'<a href="{escape(links.event(event_id))}" target="_self" title="{escape(event_id)}">{escape(title)}</a>'


def _article_link(article_id: str, text: str, links: Links) -> str:
    return (
        f'<a href="{escape(links.article(article_id))}" target="_self" title="{escape(article_id)}">{escape(text)}</a>'
    )


def _cause(cause: Cause, links: Links) -> str:
    """A cause with its event by title and its article by publisher and date, as links. HTML."""
    parts = [escape(_ON_DAY.sub(lambda found: f"on {wording.date_words(found[1])}", cause.what))]
    if cause.of in links.titles:
        parts[0] += f" {_event_link(cause.of, links)}"
    elif cause.of:
        parts[0] += f" {_article_link(cause.of, 'an earlier report', links)}"
    if cause.article_id:
        by = f"{cause.publisher}, {wording.date_words(cause.published)}" if cause.publisher else "its article"
        parts.append(_article_link(cause.article_id, by, links))
    return ": ".join([*parts, *([escape(cause.why)] if cause.why else [])])


def figures_words(figures: Figures, *, sums: bool) -> str:
    """`41 events, $3.2bn`; without a sum where none is asked for or no figure may be added."""
    events = wording.plural(figures.events, "event")
    return f"{events}, {wording.usd_short(figures.usd)}" if sums and figures.usd is not None else events


def made_words(side: Side) -> str:
    """`This link was made on release 1.0 (23 November 2026)`."""
    made = f" ({wording.date_words(side.made.isoformat())})" if side.made else ""
    return f"This link was made on release {side.version}{made}"


def uncut_words(side: Side) -> str:
    """What the bar says under “As known on”: a release holds no state of an earlier day."""
    return f"{made_words(side)}. Release {side.version} cannot be cut to a day: figures are not compared."


def event_bar_words(side: Side, then: Cells | None, now: Cells | None) -> str:
    """What the bar says on the page of one event: its row then, and that of the event its id leads to now. Plain."""
    start = made_words(side)
    if then is None:
        return f"{start}, which did not have this event."
    if now is None:
        return f"{start}: “{then['title']}” was in it, and is gone since."
    phrases = changes_said(then, now, change_style.PAGE)
    if now["event_id"] != then["event_id"]:
        same = now["title"] == then["title"]
        phrases.insert(0, "it has another id" if same else f"its id leads to “{now['title']}”")
    return f"{start}. Since then: {'; '.join(phrases) or 'nothing about this event changed'}."


def bar_words(side: Side, then: Figures, now: Figures, *, searches: bool, sums: bool) -> str:
    """What the bar of a link that was made on a release says. Plain text.

    Args:
        searches: words are searched for, which the release cannot answer in full.
        sums: whether the page is one that adds up money.
    """
    told = figures_words(then, sums=sums), figures_words(now, sums=sums)
    said = f"{made_words(side)}: then {told[0]}; now {told[1]}"
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


def is_cut(labels: Iterable[str]) -> bool:
    """Whether “As known on” cuts `NOW` to its day: not beside a release, which cannot be cut."""
    return all(label in (NOW, DAY) for label in labels)


def picked(label: str, day: dt.date | None, known: dt.date | None, sides: Mapping[str, Side | None]) -> Side | None:
    """The side that a choice names; None for a day that is not given, or a release that is not there.

    Args:
        day: the day beside the choice `DAY`.
        known: the day of the filter “As known on” that `NOW` then means; None where it does not count.
        sides: label → side, for the releases.
    """
    if label == NOW:
        return Side(day=known)
    if label == DAY:
        return None if day is None else Side(day=day)
    return sides.get(label)
