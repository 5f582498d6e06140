"""Evidence as HTML: passages highlighted in their text, cards of claims, badges. Pure; everything is escaped here.

The classes are styled by evidence.css. Offsets are Unicode code points, as Python counts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union
from urllib.parse import urlsplit

from dashboard import wording

if TYPE_CHECKING:
    import pandas as pd

STYLES = Path(__file__).with_name("evidence.css")
"""The style sheet of all HTML made here and in event_parts.py; shown once a page with `st.html(STYLES)`."""

Row: TypeAlias = Union[Mapping[str, object], "pd.Series[object]"]
"""One row of a frame."""


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of a text: code points `start` to `end` (not included), and the number of the claim that it proves."""

    start: int
    end: int
    number: int | None = None


def span_of(claim: Row, number: int | None = None) -> Span:
    """The evidence of a row of `CLAIM_FRAME`."""
    return Span(int(str(claim["evidence_start"])), int(str(claim["evidence_end"])), number)


def highlight(text: str, spans: Iterable[Span], *, linked: bool = False) -> str:
    """The text with every passage in `<mark>`; passages may overlap. Claims' numbers follow where a passage ends.

    Args:
        text: plain text; it is escaped here, line breaks are kept.
        spans: passages; parts outside the text are cut off.
        linked: whether numbers lead to `#claim-N` on the same page.
    """
    inside = [span for span in spans if 0 <= span.start < span.end and span.start < len(text)]
    edges = sorted({0, len(text), *(edge for s in inside for edge in (s.start, min(s.end, len(text))))})
    pieces = []
    for start, end in pairwise(edges):
        over = [span for span in inside if span.start <= start < span.end]
        piece = escape(text[start:end]).replace("\n", "<br>")
        pieces.append(f'<mark class="{_depth(over)}">{piece}</mark>' if over else piece)
        pieces.extend(_number(span, linked) for span in inside if min(span.end, len(text)) == end)
    return "".join(pieces)


def _depth(over: Sequence[Span]) -> str:
    return "evidence shared" if len(over) > 1 else "evidence"


def _number(span: Span, linked: bool) -> str:
    if span.number is None:
        return ""
    return f'<sup><a href="#claim-{span.number}">{span.number}</a></sup>' if linked else f"<sup>{span.number}</sup>"


_SLACK = 20
"""An end of a text this close is shown whole rather than cut."""


def passage(text: str, span: Span, around: int = 110) -> tuple[str, Span]:
    """The text about a passage, cut at words with an ellipsis, and where the passage is in it."""
    start, end = _cut_before(text, span.start, around), _cut_after(text, span.end, around)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    moved = len(before) - start
    return before + text[start:end] + after, Span(span.start + moved, span.end + moved, span.number)


def _cut_before(text: str, start: int, around: int) -> int:
    earliest = start - around
    if earliest <= _SLACK:
        return 0
    space = text.find(" ", earliest, start)
    return space + 1 if space >= 0 else earliest  # no space: a script that writes none


def _cut_after(text: str, end: int, around: int) -> int:
    latest = end + around
    if latest >= len(text) - _SLACK:
        return len(text)
    space = text.rfind(" ", end, latest)
    return space if space >= 0 else latest


def safe_url(url: object) -> str | None:
    """The address if it leads to the web (http or https, with a host), else None: no javascript:, no data:."""
    if wording.missing(url):
        return None
    try:
        split = urlsplit(str(url))
    except ValueError:
        return None
    return str(url) if split.scheme in ("http", "https") and split.hostname else None


def source_link(url: object, label: str) -> str:
    """A link out to a source in a new tab, or the label alone where the address is not one of the web."""
    address = safe_url(url)
    if address is None:
        return f'<span class="quiet">{escape(label)} (no usable address)</span>'
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(label)}&nbsp;↗</a>'


def inner_link(href: str, label: str) -> str:
    """A link to another page of the dashboard, in the same tab."""
    return f'<a href="{escape(href)}" target="_self">{escape(label)}</a>'


def badge(words: str, tone: str = "plain", hint: str = "") -> str:
    """A small label. Tones: plain, good, warn, bad, strong; the words alone carry the meaning, not the colour."""
    title = f' title="{escape(hint)}"' if hint else ""
    return f'<span class="badge {escape(tone)}"{title}>{escape(words)}</span>'


_REVIEW_TONES = {"confirmed": "good", "corrected": "good", "source not found again": "warn", "doubtful": "bad"}
_REVIEW_HINTS = {
    "confirmed": "A second reader found the source again and left the note as it was.",
    "corrected": "A second reader found the source again and corrected the note.",
    "source not found again": "A second reader looked for the source and did not find it again.",
    "doubtful": "A second reader found the source but doubts what the note says.",
}


def review_badge(outcome: object) -> str:
    """What a second reader found, as a badge."""
    key = "" if wording.missing(outcome) else str(outcome)
    hint = _REVIEW_HINTS.get(key, "Nobody has compared this note with its source a second time.")
    return badge(wording.review_words(outcome), _REVIEW_TONES.get(key, "plain"), hint)


def stance_badge(stance: object) -> str:
    """A badge for a denial or a dispute; nothing for what most claims do, to assert."""
    return "" if stance == "asserts" else badge(wording.stance_words(stance), "bad")


def byline(row: Row) -> str:
    """Publisher, date and language of a row with these columns, as HTML."""
    facts = [wording.date_words(row["published"]), wording.language_words(row["language"])]
    return f"<strong>{escape(str(row['publisher']))}</strong> · {escape(' · '.join(filter(None, facts)))}"


def claim_facts(claim: Row) -> list[tuple[str, str]]:
    """What a claim says in (label, words): act, stage and date, amount, capacity, parties. Plain text, not HTML."""
    named = ((role, wording.parts(claim[role])) for role in wording.ROLES)
    facts = [
        ("What", str(claim["what"] or "")),
        ("Stage", f"{wording.stage_words(claim['stage'])}, {wording.date_words(claim['date'])}"),
        ("Amount as reported", wording.money_of(claim)),
        ("Capacity", capacity_words(claim)),
        *((wording.role_words(role, len(names)), wording.listing(names)) for role, names in named),
        ("Country", wording.countries_words(claim["countries"])),
        ("According to", str(claim["attributed_to"] or "")),
    ]
    return [(label, words) for label, words in facts if words]


def capacity_words(claim: Row) -> str:
    """`1,200 MW`, `16,000 GPU`; empty where the claim gives none."""
    capacity = claim["capacity"]
    return "" if wording.missing(capacity) else f"{float(str(capacity)):,.10g} {claim['capacity_unit']}"


def fact_list(facts: Iterable[tuple[str, str]], differing: Collection[str] = ()) -> str:
    """Labels and words as a description list; those of `differing` labels are marked."""
    pairs = (_fact(label, words, label in differing) for label, words in facts)
    return f'<dl class="facts">{"".join(pairs)}</dl>'


def _fact(label: str, words: str, differs: bool) -> str:
    mark = ' class="differs" title="The other claim says otherwise"' if differs else ""
    return f"<div{mark}><dt>{escape(label)}</dt><dd>{escape(words)}</dd></div>"


def differing_facts(left: Row, right: Row) -> frozenset[str]:
    """The labels under which two claims (rows of `CLAIM_FRAME`) both say something, and not the same."""
    ours, theirs = dict(claim_facts(left)), dict(claim_facts(right))
    return frozenset(label for label in ours.keys() & theirs.keys() if ours[label] != theirs[label])


def quote(text: str, span: Span) -> str:
    """The passage in its surroundings, and the whole text on demand."""
    cut, moved = passage(text, span)
    shown = f"<blockquote>{highlight(cut, [moved])}</blockquote>"
    if cut == text:
        return shown
    whole = highlight(text, [Span(span.start, span.end)])
    return f"{shown}<details><summary>Whole text</summary><p>{whole}</p></details>"


def claim_card(claim: Row, text: str, number: int, article_href: str, differing: Collection[str] = ()) -> str:
    """One claim with its evidence: who published it and when, the passage, what it says, its source and review.

    Args:
        claim: a row of `CLAIM_FRAME`.
        text: the text of its article.
        number: its number on the page; the card can be reached as `#claim-N`.
        article_href: address of the article's page.
        differing: labels of facts that another claim beside it says otherwise.
    """
    badges = stance_badge(claim["stance"]) + review_badge(claim["outcome"])
    if not wording.missing(claim["reprint_of"]):
        badges += badge("Reprint", "warn", "Its text repeats an earlier article and is not an independent source.")
    links = f"{source_link(claim['url'], 'Source')} · {inner_link(article_href, 'Article with all its claims')}"
    return (
        f'<article class="claim" id="claim-{number}"><header><span class="number">{number}</span> '
        f"<span>{byline(claim)}</span></header>{quote(text, span_of(claim))}{fact_list(claim_facts(claim), differing)}"
        f"<footer><span>{links}</span><span>{badges}</span></footer></article>"
    )
