"""Why claims were taken for one event, in words a reader follows: links between claims, people's decisions. Pure."""

import re
from collections.abc import Mapping
from html import escape

import pandas as pd

from dashboard import wording
from dashboard.evidence import Row

_PLAIN_REASONS = {
    "buyer": "buyers that belong together",
    "parties": "parties in common",
    "targets": "targets in common",
    "authority": "the same authority",
    "investors": "investors in common",
    "0 days apart": "dates that meet",
    "1 days apart": "1 day apart",
    "in one article": "told in one article",
}
_STEMS = re.compile(r"\A(same words: )(.+)\Z")


def reason_words(reason: str, evidence: str) -> str:
    """A reason of the matcher for readers: short codes spelled out, stems of words completed from the texts.

    Args:
        reason: one line of `LINK_FRAME`'s reasons.
        evidence: text of both claims, in which the words occur.
    """
    found = _STEMS.match(reason)
    if found is None:
        return _PLAIN_REASONS.get(reason, reason)
    return found[1] + ", ".join(_whole_word(stem, evidence) for stem in found[2].split(", "))


def _whole_word(stem: str, text: str) -> str:
    found = re.search(rf"\b{re.escape(stem)}\w*", text, re.IGNORECASE)
    return found.group() if found else stem


def backbone(links: pd.DataFrame) -> pd.DataFrame:
    """The surest links that hold the claims together: a link that joins what surer ones joined already is left out.

    Rows and columns are those of `LINK_FRAME`, the surest first.
    """
    group: dict[object, object] = {}

    def root(claim: object) -> object:
        while group.setdefault(claim, claim) != claim:
            claim = group[claim]
        return claim

    kept = []
    for place, (left, right) in enumerate(zip(links["left_id"], links["right_id"], strict=True)):
        if root(left) != root(right):
            group[root(left)] = root(right)
            kept.append(place)
    return links.iloc[kept]


def reasons(links: pd.DataFrame, numbers: Mapping[str, int], evidence: Mapping[str, str]) -> str:
    """Links between claims as a list: which claims, and in words why they report one act.

    Args:
        links: rows of `LINK_FRAME`.
        numbers: claim id → its number on the page.
        evidence: claim id → words of it, to complete stems from.
    """
    return f'<ul class="reasons">{"".join(_reason(row, numbers, evidence) for _, row in links.iterrows())}</ul>'


def _reason(link: Row, numbers: Mapping[str, int], evidence: Mapping[str, str]) -> str:
    left, right = str(link["left_id"]), str(link["right_id"])
    texts = f"{evidence.get(left, '')} {evidence.get(right, '')}"
    said = "; ".join(reason_words(line, texts) for line in str(link["reasons"]).splitlines() if line)
    return f"<li>{_pair(left, right, numbers)}: {escape(said)}</li>"


def _pair(left: str, right: str, numbers: Mapping[str, int]) -> str:
    one, other = sorted((numbers.get(left, 0), numbers.get(right, 0)))
    return f'Claims <a href="#claim-{one}">{one}</a> and <a href="#claim-{other}">{other}</a>'


def decisions(judged: pd.DataFrame, numbers: Mapping[str, int]) -> str:
    """What people decided on pairs of claims, as a list. `judged`: `db.queries.event_page.DECISION_FRAME`."""
    items = (
        f"<li>{_pair(str(row['left_id']), str(row['right_id']), numbers)}: judged "
        f"<strong>{escape(str(row['verdict']))}</strong> by {escape(str(row['who']))}, "
        f"{escape(wording.date_words(str(row['decided_at'])[:10]))}: {escape(str(row['why']))}</li>"
        for _, row in judged.iterrows()
    )
    return f'<ul class="reasons">{"".join(items)}</ul>'
