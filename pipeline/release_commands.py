"""The commands `release` and `diff` of the command line."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from sqlalchemy.engine import Engine

from db.engine import database
from db.extracts import guarded
from pipeline import console, diff_words
from pipeline.diff import Difference, Sort, differences
from pipeline.editions import edition
from pipeline.errors import OutputError
from pipeline.judgements_file import whole_file
from pipeline.release import release as make_release
from pipeline.release import release_day

Json = Annotated[bool, typer.Option("--json", help="Print a machine-readable summary on standard output.")]
Write = Callable[[Difference], None]
SHOWN = 40
"""Differences listed on the terminal where `--limit` says nothing else."""


def release(
    version: Annotated[str, typer.Argument(help="Letters, digits, points, hyphens: 1.0.0, 2026.11. Each only once.")],
    folder: Annotated[Path, typer.Argument(help="A new folder to write into; never one that holds something.")],
    as_known_on: Annotated[
        datetime | None,
        typer.Option(
            "--as-known-on",
            formats=["%Y-%m-%d"],
            help="Only what was published by this day, merged as it would have been then.",
        ),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(
            "--date", formats=["%Y-%m-%d"], help="Date of the release; default SOURCE_DATE_EPOCH, else today (UTC)."
        ),
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option(help="Labelled claims as for `evaluate`: the README then says how accurate the merging is."),
    ] = None,
    formula_guard: Annotated[
        bool, typer.Option(help="Put an apostrophe before text that spreadsheets would run as a formula.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Freeze the data set as a numbered, hashed release in a new folder: CSVs, every event id, terms, checksums."""
    made = make_release(
        database(),
        version,
        folder,
        release_day(_date(day)),
        as_known_on=_date(as_known_on),
        labels=labels,
        guard=formula_guard,
    )
    if as_json:
        files = [{"file": one.name, "rows": one.rows, "bytes": one.size, "sha256": one.sha256} for one in made.files]
        said = {"version": made.version, "folder": str(made.folder), "sha256": made.sha256, "files": files}
        console.show_json(said)
        return
    for file in made.files:
        console.out.print(f"{file.name}: {file.rows:,} rows, {file.size:,} bytes")
    console.out.print(escape(f"release {made.version} is in {made.folder}; SHA-256 of SHA256SUMS {made.sha256}"))


def _date(given: datetime | None) -> date | None:
    return given.date() if given else None


EDITION = "A release's folder or version, `now` for the database, or a day (YYYY-MM-DD): as known on it."


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=EDITION)],
    after: Annotated[str, typer.Argument(metavar="B", help="The same, to compare with.")],
    csv_file: Annotated[
        Path | None, typer.Option("--csv", help="Write all differences into this CSV; a file there is replaced.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, help="How many differences to list on the terminal; all are counted.")
    ] = SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help="Print all differences as JSON on standard output.")] = False,
) -> None:
    """Say what changed from A to B: events that are new, changed, merged, withdrawn, and why. Exit status 0 also where
    there is a difference."""
    opened: list[Engine] = []

    def engine() -> Engine:
        if not opened:
            opened.append(database())
            console.warn_of_old_rules(opened[0])
        return opened[0]

    with edition(before, engine) as a, edition(after, engine) as b, _csv_of(csv_file) as write:
        counts: Counter[Sort] = Counter()
        found = _counted(differences(a, b), counts, write)
        if as_json:
            _show_json(found, counts, a.name, b.name)
        else:
            _show(found, counts, a.name, b.name, limit)


def _counted(found: Iterator[Difference], counts: "Counter[Sort]", write: Write) -> Iterator[Difference]:
    for one in found:
        counts[one.sort] += 1
        write(one)
        yield one


@contextmanager
def _csv_of(path: Path | None) -> Iterator[Write]:
    """Takes differences into a CSV that appears when it is whole; without a path, nowhere."""
    if path is None:
        yield lambda _: None
        return
    try:
        with whole_file(path) as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(diff_words.CSV_COLUMNS)
            yield lambda one: rows.writerows(map(guarded, row) for row in diff_words.csv_rows(one))
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}); give another file") from error


def _show(found: Iterator[Difference], counts: "Counter[Sort]", before: str, after: str, limit: int) -> None:
    for place, one in enumerate(found):
        if place < limit:
            _show_one(one)
    total = sum(counts.values())
    if total > limit:
        console.out.print(f"… and {total - limit:,} more; --limit lists more, --csv FILE writes all")
    if total:
        meanings = diff_words.MEANINGS
        rows = {f"{words.lower()}: {meanings[sort]}": counts[sort] for sort, words in diff_words.SORTS.items()}
        console.show_table(f"From {escape(before)} to {escape(after)}", rows)
    else:
        console.out.print(escape(f"no event differs between {before} and {after}"))


def _show_one(one: Difference) -> None:
    console.out.print(f"[bold]{diff_words.SORTS[one.sort]}[/bold] {one.event_id} {escape(one.shown['title'])}")
    for phrase in diff_words.said(one):
        console.out.print(escape(f"    {phrase}"))
    for reason in one.reasons:
        console.out.print(f"    [dim]because {escape(reason)}[/dim]")


def _show_json(found: Iterator[Difference], counts: "Counter[Sort]", before: str, after: str) -> None:
    """One JSON object; the differences are streamed, so the counts come last."""
    sys.stdout.write(f'{{"from": {json.dumps(before)}, "to": {json.dumps(after)},\n"differences": ')
    console.show_json_list(diff_words.value(one) for one in found)
    totals = {sort.value: counts[sort] for sort in diff_words.SORTS}
    sys.stdout.write(f',"counts": {json.dumps(totals)}}}\n')
