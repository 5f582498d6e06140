"""What the command line shows: progress, summaries, issues. For terminals, plain lines elsewhere, or JSON."""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table
from sqlalchemy.engine import Engine

from pipeline.derived import OLD_RULES, is_outdated
from pipeline.issues import LONGEST_WORDS, Issue, shown
from pipeline.judging import Outcome
from pipeline.load import Summary
from pipeline.runs import KeptRejection

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

PLAIN_SECONDS = 5.0
"""Between two lines of progress where there is no terminal."""


class Meter(Protocol):
    """Takes the amount done so far."""

    def __call__(self, done: int, note: str = "") -> None:
        """Show that so much is done."""


@contextmanager
def progress(what: str, total: int, *, in_bytes: bool, quiet: bool) -> Iterator[Meter]:
    """A progress bar with rate and remaining time on a terminal, a line now and then elsewhere, nothing if quiet."""
    if quiet:
        yield _no_meter
    elif err.is_terminal:
        amount: tuple[ProgressColumn, ...] = (
            (DownloadColumn(), TransferSpeedColumn()) if in_bytes else (MofNCompleteColumn(),)
        )
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            *amount,
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}"),
        )
        with Progress(*columns, console=err) as bar:
            task = bar.add_task(what, total=total or None, note="")
            yield lambda done, note="": bar.update(task, completed=done, note=note)
            bar.update(task, completed=total or None)
    else:
        yield _PlainMeter(what, total, in_bytes)


def _no_meter(done: int, note: str = "") -> None:
    """Show nothing."""


class _PlainMeter:
    """One line of progress every few seconds."""

    def __init__(self, what: str, total: int, in_bytes: bool) -> None:
        self._what, self._total, self._in_bytes = what, total, in_bytes
        self._started = self._last = time.monotonic()

    def __call__(self, done: int, note: str = "") -> None:
        now = time.monotonic()
        if now - self._last < PLAIN_SECONDS:
            return
        self._last = now
        rate = done / max(now - self._started, 1e-9)
        left = f", {max(0, round((self._total - done) / rate))} s left" if self._total and rate else ""
        share = f"{100 * done / self._total:.0f} %, " if self._total else ""
        speed = f"{rate / 1e6:.1f} MB/s" if self._in_bytes else f"{rate:.0f}/s"
        err.print(escape(f"{self._what}: {share}{speed}{left} {note}".rstrip()))


def show_error(said: str) -> None:
    """Why a command stopped, in one line."""
    err.print(f"[red]{escape(shown(' '.join(said.split()), LONGEST_WORDS))}[/red]")


def warn_of_old_rules(engine: Engine) -> None:
    """Say so on standard error where the events in a database were made by the rules of another version."""
    with engine.connect() as connection:
        if is_outdated(connection):
            err.print(
                f"warning: {OLD_RULES}; python -m pipeline rebuild makes them again", style="yellow", markup=False
            )


def show_json(value: object) -> None:
    """A value as one JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def show_json_list(values: Iterable[Mapping[str, object]]) -> None:
    """Values as one JSON list on standard output, one a line, without holding them all."""
    between = "[\n"
    for value in values:
        sys.stdout.write(between + json.dumps(value, ensure_ascii=False))
        between = ",\n"
    sys.stdout.write("[]\n" if between.startswith("[") else "\n]\n")


def show_issues(issues: Sequence[Issue], by_rule: Mapping[str, int]) -> None:
    """Issues one a line as `file:line: message`, then how many of each rule."""
    for issue in issues:
        style = "red" if issue.is_rejection else "yellow"
        word = "rejected" if issue.is_rejection else "notice"
        err.print(f"{escape(issue.file)}:{issue.line}: [{style}]{word}[/{style}] {escape(issue.message)}")
    total = sum(by_rule.values())
    if total > len(issues):
        err.print(f"… and {total - len(issues):,} more")
    for rule, count in sorted(by_rule.items()):
        err.print(f"  {count:,} × {rule}")


def issue_value(issue: Issue) -> dict[str, object]:
    """An issue for `--json`."""
    return {
        "rule": issue.rule.value,
        "rejected": issue.is_rejection,
        "file": issue.file,
        "line": issue.line,
        "where": issue.where,
        "found": issue.found,
        "remedy": issue.remedy,
        "message": issue.message,
    }


def show_rejections(kept: Iterable[KeptRejection]) -> None:
    """Kept rejections one a line as `file:line: rule: message`, below the run that they are of."""
    run_id = None
    for one in kept:
        if run_id is None:
            run_id = one.run_id
            out.print(f"rejected in run {run_id}:")
        out.print(escape(f"{one.file}:{one.line}: {one.rule}: {one.message}"))
    if run_id is None:
        out.print("nothing was rejected")


def rejection_value(kept: KeptRejection) -> dict[str, object]:
    """A kept rejection for `--json`; bytes of the record that are no UTF-8 are written as `\\xff`."""
    return {
        "run_id": kept.run_id,
        "file": kept.file,
        "line": kept.line,
        "rule": kept.rule,
        "where": kept.where,
        "message": kept.message,
        "raw": kept.raw.decode("utf-8", "backslashreplace"),
    }


def summary_rows(summary: Summary) -> dict[str, object]:
    """What a load did, for people."""
    return {
        "new articles": summary.new,
        "replaced": summary.replaced,
        "unchanged": summary.unchanged,
        "withdrawn, not loaded": summary.withdrawn,
        "claims loaded": summary.claims,
        "records rejected": summary.rejected,
        "actors new or changed": summary.actors,
        "judgements new": summary.judgements,
        "reviews new": summary.reviews,
        "provisional actors": ", ".join(summary.provisional[:20]) or 0,
    }


def summary_value(summary: Summary) -> dict[str, object]:
    """What a load did, for `--json`."""
    names = (
        "run_id",
        "new",
        "replaced",
        "unchanged",
        "withdrawn",
        "claims",
        "rejected",
        "actors",
        "judgements",
        "reviews",
    )
    return {
        **{name: getattr(summary, name) for name in names},
        "provisional_actors": summary.provisional,
        "by_rule": summary.by_rule,
        "issues": [issue_value(issue) for issue in summary.issues],
    }


def show_table(title: str, rows: Mapping[str, object]) -> None:
    """Names and values in two columns."""
    table = Table(title=title or None, show_header=False, box=None, pad_edge=False, title_justify="left")
    for name, value in rows.items():
        table.add_row(name, escape(f"{value:,}" if isinstance(value, int) else str(value)))
    out.print(table)


def show_outcome(outcome: Outcome, as_json: bool) -> None:
    """What a judgement led to: its id, and the events that its claims are in now."""
    if as_json:
        show_json(asdict(outcome))
        return
    out.print(escape(f"judgement {', '.join(outcome.judgement_ids)}"))
    for event in outcome.events:
        out.print(escape(f"  {event.event_id}: {event.title} ({event.reports:,} reports, {event.claims:,} claims)"))
