"""What a release says of itself in words: README, licence, citation. Pure functions of its facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import fill

from db.dictionary import RELEASE_TABLES
from pipeline.evaluate import Accuracy
from pipeline.export import Written, dictionary_text

WIDTH = 120


@dataclass(frozen=True, slots=True)
class Facts:
    """What is fixed when a release is made. `made_with`: version of the software; `accuracy`: measured, if it was."""

    version: str
    day: date
    as_known_on: date | None
    guard: bool
    made_with: str
    accuracy: Accuracy | None = None


def readme(facts: Facts, files: Sequence[Written]) -> str:
    """What lies in the folder, for somebody who was only sent the files: limits first."""
    rows = {file.name: file.rows for file in files}
    return README.format(
        version=facts.version,
        day=facts.day,
        counts=f"{rows['events.csv']:,} events from {rows['claims.csv']:,} claims of {rows['articles.csv']:,} articles",
        known=_known(facts.as_known_on),
        accuracy=fill(f"- {RULES} {accuracy_words(facts.accuracy)}", WIDTH, subsequent_indent="  "),
        made_with=facts.made_with,
        form=fill(f"{FORM} {GUARDED if facts.guard else PLAIN}", WIDTH),
        files="\n".join(f"| {file.name} | {file.rows:,} | {ABOUT.get(file.name, '')} |" for file in files),
        cite=fill(cite(facts), WIDTH, subsequent_indent="> "),
        dictionary=dictionary_text(RELEASE_TABLES),
    )


def _known(day: date | None) -> str:
    if day is None:
        return ""
    return f"\nAs known on {day}: only what was published by then, merged as it would have been then.\n"


def accuracy_words(accuracy: Accuracy | None) -> str:
    """How well the merging of claims into events was measured on this very data, as a sentence or two."""
    if accuracy is None:
        return "It was not measured for this release; `python -m pipeline evaluate LABELS` does it on labelled claims."
    rates = accuracy.pairwise
    return (
        f"Measured on this data: pairwise F1 {rates.f1:.3f} (precision {rates.precision:.3f}, recall "
        f"{rates.recall:.3f}) over {accuracy.claims:,} labelled claims with {accuracy.pairs:,} pairs; B-cubed F1 "
        f"{accuracy.b_cubed.f1:.3f}. The rules were made with these labels in view: expect less on other notes."
    )


def cite(facts: Facts) -> str:
    """How to cite the release, as a line of plain text."""
    known = f", as known on {facts.as_known_on}" if facts.as_known_on else ""
    return (
        f"The Entente developers ({facts.day.year}). Entente: an open AI-geopolitics tracker, release {facts.version}"
        f"{known}, {facts.day}. CC BY 4.0. SHA-256 of SHA256SUMS: [digest]."
    )


def citation(facts: Facts) -> str:
    """CITATION.cff of the release."""
    return CITATION.format(version=facts.version, day=facts.day)


ABOUT = {
    "events.csv": "One row for each act in the world, made from the claims",
    "claims.csv": "What one article says about one act, with its evidence",
    "articles.csv": "The published sources",
    "actors.csv": "Companies, governments, agencies, funds",
    "ids.csv": "Every event id that was ever known, and where it leads",
    "withdrawals.csv": "Articles that were taken out, with the reason",
    "judgements.jsonl": "People's decisions on what is the same and what is not, also undone ones",
    "dictionary.csv": "What each column means, as a table",
}
RULES = "Which claims report one event is decided by rules and, above them, by people's judgements. The rules err."
FORM = (
    "CSV in UTF-8 without a byte-order mark, one header line, ISO dates, empty for not known, several values in a cell "
    "joined by `; `, rows sorted by the first column."
)
GUARDED = (
    "Text that a spreadsheet would take for a formula (it begins with = + - @ ＝ ＋ － ＠ | % or a control character) "
    "has an apostrophe before it."
)
PLAIN = "Text cells are as they are in the data, without a guard against formulas: keep them out of spreadsheets."

README = """# Entente, release {version}

Who supplies AI to which governments, who pays, who restricts it - and who says so.
{counts}, frozen on {day}.
{known}
## Limits

- The notes are summaries of published sources, mostly in English, with weight on 2024 to 2026. No country is complete:
  **absence from this data is not evidence of absence.**
- Most events are announcements. `stage` says how far reports put them; nobody has verified on the ground.
- Some events rest on one body alone, at times a rival of the firm concerned: see `sole_asserter`.
{accuracy}
- No rate known, no USD figure. Undisclosed amounts are empty, never 0.

## How it was made

Articles are annotated by hand: each claim quotes the passage of its article that states it, and is refused where the
passage is not found. Rules merge the claims that report one act into an event; reprints of one text, and reports that
go back to one named body, count as one independent source. Made with version {made_with} of the software, from one
state of its database.

An event's id comes from its earliest published claim. Ids never vanish: `ids.csv` has every id that was ever known,
with the event that it leads to, or the reason why it is gone. To see what changed between two releases, or since:
`python -m pipeline diff FOLDER_A FOLDER_B` (or `now` for the database).

## Files

| file | rows | what it holds |
|---|---|---|
{files}

{form}

Money: `amount` is as reported, in whole units of `currency`; `bound` says how to read it. USD figures are at the
event's date, with rate, rate date and rate source. Never add up stages of one event, nor events with `is_total` to the
deals that they count together.

## How to verify

`sha256sum -c SHA256SUMS` (on a Mac: `shasum -a 256 -c SHA256SUMS`) checks every file. `datapackage.json` describes all
columns, with size and SHA-256 of each file: `frictionless validate datapackage.json`.

## Licence and citation

Creative Commons Attribution 4.0 International (see LICENSE). Quoted passages belong to their publishers. Cite as:

> {cite}

## Data dictionary

{dictionary}"""

LICENSE = """Creative Commons Attribution 4.0 International (CC BY 4.0)

The data in this folder may be shared and adapted, also commercially, if appropriate credit is given, a link to the
licence is provided, and it is said whether changes were made. No warranties are given.

Summary:    https://creativecommons.org/licenses/by/4.0/
Legal code: https://creativecommons.org/licenses/by/4.0/legalcode

Passages quoted from articles belong to their publishers; they are quoted as evidence.
Exchange rates: reference rates of the European Central Bank, and pegs as central banks publish them.

SPDX-License-Identifier: CC-BY-4.0
"""

CITATION = """cff-version: 1.2.0
message: "If you use the data, cite it with its version and the SHA-256 of SHA256SUMS."
title: "Entente: an open AI-geopolitics tracker"
type: dataset
abstract: "Who supplies AI to which governments, who pays, who restricts it - and who says so. Events merged from \
annotated, sourced claims."
authors:
  - name: "The Entente developers"
version: "{version}"
date-released: "{day}"
license: CC-BY-4.0
keywords: ["artificial intelligence", "geopolitics", "government contracts", "export controls"]
"""
