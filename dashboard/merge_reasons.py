"""Why claims were taken for one event, in words a reader follows: links between claims, people's decisions. Pure."""

import re
from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

from dashboard import wording
from dashboard.evidence import Row
from db.countries import COUNTRIES
from db.queries.event_page import BORDER

_PLAIN_REASONS = {
    "buyer": "buyers that belong together",
    "parties": "parties in common",
    "targets": "targets in common",
    "authority": "the same authority",
    "investors": "investors in common",
    "0 days apart": "dates that meet",
    "in one article": "told in one article",
}
_DAYS = re.compile(r"\A(\d+) days apart\Z")
_SAME_DATE = re.compile(r"\Asame date: (\d{4}(?:-\d{2}){0,2})\Z")
_ROUND = re.compile(r"\Aboth (series [A-Za-z+0-9]+|seed)\Z", re.IGNORECASE)
_STEMS = re.compile(r"\A(same words: )(.+)\Z")
_IN_COMMON = re.compile(r"\A\d+ part(?:y|ies) in common\Z")
_SAME_PARTIES, _EXACTLY = "same parties: ", "exactly the same parties"
_CALLED, _BOTH = "both called ", "both "
_BIG = re.compile(r"(?<![\w.,-])\d{5,}(?![\w.,-])")
_MONEY = re.compile(r"\b(\d[\d.,]*(?: (?:thousand|million|billion|trillion))?) ([A-Z]{3})\b")


def reason_words(reason: str, evidence: str) -> str:
    """A reason of the matcher for readers: short codes spelled out, stems of words completed from the texts.

    Args:
        reason: one line of `LINK_FRAME`'s reasons.
        evidence: text of both claims, in which the words occur.
    """
    if day := _SAME_DATE.match(reason):
        return f"the same date: {wording.date_words(day[1])}"
    if days := _DAYS.match(reason):
        return _PLAIN_REASONS.get(reason) or f"dates {wording.plural(int(days[1]), 'day')} apart"
    if name := _ROUND.match(reason):
        return f"both “{name[1][:1].upper()}{name[1][1:]}”"
    found = _STEMS.match(reason)
    if found is None:
        return _PLAIN_REASONS.get(reason) or figures_said(reason)
    return found[1] + ", ".join(phrases([_whole_word(stem, evidence) for stem in found[2].split(", ")], evidence))


def figures_said(reason: str) -> str:
    """Numbers with separators, and money as on the rest of the page: `HKD 4.35 billion`."""
    grouped = _BIG.sub(lambda found: f"{int(found.group()):,}", reason)
    return _MONEY.sub(r"\2 \1", grouped)


def phrases(words: list[str], text: str) -> list[str]:
    """Words that stand together in a text as one phrase, without codes of the country that the rest names.

    `HK, Hong, Kong` → `Hong Kong`.
    """
    said: list[str] = []
    for word in words:
        if said and re.search(rf"\b{re.escape(said[-1])} {re.escape(word)}\b", text, re.IGNORECASE):
            said[-1] += f" {word}"
        else:
            said.append(word)
    return [one for one in said if not _is_code_of(one, said)]


def _is_code_of(code: str, words: Iterable[str]) -> bool:
    country = COUNTRIES.get(code)
    return country is not None and any(word != code and word.lower() in country.name.lower() for word in words)


def told_once(lines: Iterable[str]) -> list[str]:
    """Reasons of the matcher without those that another one says already, in the same order."""
    given = list(dict.fromkeys(line for line in lines if line))
    parties = any(line.startswith(_SAME_PARTIES) for line in given)
    names = {line.removeprefix(_BOTH).lower() for line in given if not line.startswith(_CALLED)}
    said = []
    for line in given:
        called = line.removeprefix(_CALLED).lower() if line.startswith(_CALLED) else ""
        if (parties and (_IN_COMMON.match(line) or line == _EXACTLY)) or called in names:
            continue
        is_all = line.startswith(_SAME_PARTIES) and _EXACTLY in given
        said.append(line.replace(_SAME_PARTIES, f"{_EXACTLY}: ", 1) if is_all else line)
    return [one for line in said if (one := _without_said_words(line, said))]


def _without_said_words(line: str, lines: Iterable[str]) -> str:
    """Shared words but those that occur in another reason; empty where none is left."""
    found = _STEMS.match(line)
    if found is None:
        return line
    rest = " ".join(other for other in lines if other != line).lower()
    left = [stem for stem in found[2].split(", ") if not re.search(rf"\b{re.escape(stem.lower())}", rest)]
    return found[1] + ", ".join(left) if left else ""


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
    return f"<li>{_pair(left, right, numbers)}: {escape(sentence(link['reasons'], texts))}</li>"


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


def weighed(reasons: Iterable[str], against: Iterable[str], texts: str) -> str:
    """What speaks for one act and what against it, as two short lists beside each other.

    Args:
        reasons: lines of the matcher that speak for it; `against`: those that speak against it.
        texts: text of both claims, to complete stems from.
    """
    sides = (("For one act", "for", reasons), ("Against it", "against", against))
    return '<div class="weighed">' + "".join(_side(*side, texts) for side in sides) + "</div>"


def _side(heading: str, sort: str, lines: Iterable[str], texts: str) -> str:
    said = [reason_words(line, texts) for line in told_once(lines)]
    items = "".join(f"<li>{escape(one[:1].upper() + one[1:])}</li>" for one in said) or "<li>Nothing</li>"
    return f'<section class="{sort}"><h4>{heading}</h4><ul>{items}</ul></section>'


def sentence(reasons: object, texts: str) -> str:
    """Reasons of the matcher, a line each, as one phrase for readers; empty where there are none."""
    lines = [] if wording.missing(reasons) else str(reasons).splitlines()
    return "; ".join(reason_words(line, texts) for line in told_once(lines))


def near(row: Row, own: int, event_href: str, texts: str) -> str:
    """Another event that nearly belongs here, and why it does not, as one paragraph of HTML.

    Args:
        row: a row of `NEAR_FRAME`; `own`: the number of its own claim on the page.
        event_href: the address of the other event's page.
        texts: text of its own claim, to complete stems from.
    """
    reports = wording.plural(int(str(row["reports"])), "report")
    link = f'<a href="{escape(event_href)}" target="_self">{escape(str(row["title"]))}</a> ({reports})'
    nearest = f'nearest to claim <a href="#claim-{own}">{own}</a>'
    return f'<p class="reasons">{link}, {nearest}. {_why_not(row, texts)}</p>'


def _why_not(row: Row, texts: str) -> str:
    if not wording.missing(row["verdict"]):
        day = wording.date_words(str(row["decided_at"])[:10])
        return (
            f"<strong>Judged {escape(str(row['verdict']))}</strong> by {escape(str(row['who']))}, {escape(day)}: "
            f"{escape(str(row['why']))}."
        )
    said, against = sentence(row["reasons"], texts), sentence(row["against"], texts)
    matched = float(str(row["score"])) > BORDER
    if matched:
        against = "; ".join(part for part in (against, "the two events as wholes do not fit") if part)
    because = f"<strong>Apart because:</strong> {escape(against or 'what they share is too little')}."
    return f'{because} <span class="against">In common: {escape(said)}.</span>' if said else because
