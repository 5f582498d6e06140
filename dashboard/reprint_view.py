"""Reprints of one text as HTML: who published it, how much is shared, and both texts with what they share marked.

Pure; everything is escaped here. The classes are styled by reprints.css.
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard import evidence, wording
from pipeline.reprints import share, shared_passages, shingles

if TYPE_CHECKING:
    import pandas as pd

STYLES = Path(__file__).with_name("reprints.css")


def family_words(is_first: bool, others: int) -> str:
    """What an article is to the others of its text, and how they count."""
    said = wording.plural(others, "reprint") if is_first else wording.plural(others, "other article")
    role = f"The first of its text known here; {said} of it." if is_first else f"A reprint. {said} with this text."
    return f"{role} Together they count as one independent source."


def shared_words(left: str, right: str) -> str:
    """`92 % of the shorter text`, or that the two share nothing but their first."""
    part = share(shingles(left), shingles(right))
    return f"{part:.0%} of the shorter text".replace("%", " %") if part else "nothing directly: both repeat the first"


def mate(row: "pd.Series[object]", is_first: bool, link: str, texts: tuple[str, str]) -> str:
    """One other article of the family.

    Args:
        row: of `ARTICLE_FRAME`.
        is_first: whether it is the earliest of the family.
        link: to its page, as HTML.
        texts: of the article that the page is about, and of this one.
    """
    kind = evidence.badge("First" if is_first else "Reprint", "strong" if is_first else "plain")
    facts = f"{evidence.byline(row)} · {evidence.source_link(row['url'], 'Source')}"
    summary = f"Shared: {escape(shared_words(*texts))}. Compare the texts"
    return (
        f'<div class="family"><p>{kind} {facts}</p><p>{link}</p>'
        f"<details><summary>{summary}</summary>{compared(*texts, str(row['publisher']))}</details></div>"
    )


def compared(own: str, other: str, publisher: str) -> str:
    """Two texts beside each other, with what both have marked."""
    left, right = marked(own, shared_passages(own, other)), marked(other, shared_passages(other, own))
    return (
        f'<div class="pair"><div><h4 class="name">This article</h4><p>{left}</p></div>'
        f'<div><h4 class="name">{escape(publisher)}</h4><p>{right}</p></div></div>'
    )


def marked(text: str, passages: Iterable[tuple[int, int]]) -> str:
    """A text with passages marked; they must be in order and apart. Line breaks are kept."""
    pieces, done = [], 0
    for start, end in passages:
        pieces += [escape(text[done:start]), f'<mark class="same">{escape(text[start:end])}</mark>']
        done = end
    pieces.append(escape(text[done:]))
    return "".join(pieces).replace("\n", "<br>")
