"""Input files into the database, batch by batch: each batch is stored, merged into events and committed as one.

A load that dies leaves the batches that were committed, complete with their events; loading again finishes it.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db.bulk import among, table
from db.engine import kept_open, writing
from db.models import Withdrawal
from db.packing import pack, pack_full
from pipeline.actors import ActorNote, parse_actor
from pipeline.articles import digests, put_articles
from pipeline.collecting import seldom_collecting
from pipeline.crew import Crew
from pipeline.crosscheck import actor_notices, refuse_repeats, unknown_names
from pipeline.decisions import put_judgements, put_reviews
from pipeline.derived import bring_up_to_date
from pipeline.issues import Fault, Issue, Rule
from pipeline.judged_notices import notices_on
from pipeline.judgements import JudgementNote, parse_judgement
from pipeline.outset import Outset
from pipeline.parts import Done, Refused, Taken, in_files
from pipeline.places import Place, name_of
from pipeline.readers import Inputs, Record, records
from pipeline.register import (
    apply_actor_judgements,
    drop_unused_provisional,
    put_actors,
    read_index,
    resolve_names,
)
from pipeline.resolve import resolve
from pipeline.reviews import ReviewNote, read_reviews
from pipeline.runs import add_counts, bump_revision, finish_run, keep_rejections, start_run

BATCH_RECORDS = 2000
BATCH_BYTES = 8 * 1024 * 1024
"""A batch ends at whichever comes first: bounds memory, and what a cut-off load has to do again."""
LISTED = 1000
"""Issues and new names kept in a summary; all are counted, and all rejections are in the database."""


@dataclass(slots=True)
class Summary:
    """What a load did. `actors`, `judgements` and `reviews` count what is new or changed; `issues` holds the first of
    them, `by_rule` counts them all."""

    run_id: int = 0
    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    claims: int = 0
    rejected: int = 0
    actors: int = 0
    judgements: int = 0
    reviews: int = 0
    bytes_read: int = 0
    provisional: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    by_rule: Counter[str] = field(default_factory=Counter)

    def note(self, issues: Iterable[Issue]) -> None:
        """Count issues, and keep the first ones."""
        for issue in issues:
            self.by_rule[issue.rule.value] += 1
            if len(self.issues) < LISTED:
                self.issues.append(issue)


Watch = Callable[[Summary], None]


def unwatched(_: Summary) -> None:
    """Watch nothing."""


@seldom_collecting()
def load(
    engine: Engine,
    inputs: Inputs,
    watch: Watch = unwatched,
    batch_records: int = BATCH_RECORDS,
    crew: Crew | None = None,
) -> Summary:
    """Load everything in the inputs; `watch` is called after each batch with the summary so far.

    `crew` reads the notes, by default in this process; whoever reads, the outcome is the same.

    Raises:
        DatabaseError: the database cannot be used. Bad records never raise: they are kept as rejections.
        CrewError: the readers cannot be reached. What was committed stays.
    """
    files = [name_of(place) for place in (*inputs.actors, *inputs.judgements, *inputs.reviews, *inputs.notes)]
    summary = Summary()
    with writing(engine) as connection:
        bring_up_to_date(connection)
        summary.run_id = start_run(connection, "load", files)
    read = _sifted(engine, summary, refuse_repeats(_parsed(inputs.actors, parse_actor)))
    judged = _sifted(engine, summary, _parsed(inputs.judgements, parse_judgement))
    reviewed = _sifted(engine, summary, (pair for path in inputs.reviews for pair in read_reviews(path)))
    with writing(engine) as connection:
        _load_around(connection, read, judged, reviewed, summary)
    with SeenIds() as seen, Outset() as outset, kept_open(engine):
        for batch in batches((crew or Crew()).read(inputs.notes), seen, batch_records):
            with writing(engine) as connection:
                if batch.is_full(batch_records):
                    outset.keep(connection)
                _load_batch(connection, batch, summary, outset)
            watch(summary)
    with writing(engine) as connection:
        # Also after a load that replaced nothing: one that died before it may have left some.
        drop_unused_provisional(connection)
        summary.note(notices_on(connection, judged))
        finish_run(connection, summary.run_id)
        pack(connection)
    return summary


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records, read and checked."""

    taken: Sequence[Taken]
    refused: Sequence[Refused]
    size: int

    def is_full(self, limit: int = BATCH_RECORDS) -> bool:
        """Whether it ends because of its size, so that another may follow."""
        return len(self.taken) + len(self.refused) >= limit or self.size >= BATCH_BYTES

    def notices(self) -> Iterator[Issue]:
        """What to look at in records that were taken."""
        return (Issue.of(one.record.file, one.record.line, fault) for one in self.taken for fault in one.notices)


def batches(done: Iterable[Done], seen: "SeenIds", limit: int = BATCH_RECORDS) -> Iterator[Batch]:
    """The records of all parts in batches. `seen` refuses an id that came before."""
    taken: list[Taken] = []
    refused: list[Refused] = []
    size = 0
    for outcome in in_files(done):
        checked = seen.check(outcome) if isinstance(outcome, Taken) else outcome
        if isinstance(checked, Taken):
            taken.append(checked)
        else:
            refused.append(checked)
        size += len(checked.record.raw) + 1
        if len(taken) + len(refused) >= limit or size >= BATCH_BYTES:
            yield Batch(taken, refused, size)
            taken, refused, size = [], [], 0
    if taken or refused:
        yield Batch(taken, refused, size)


class SeenIds:
    """The article ids that a load has met, with their places, in a temporary file: memory stays as it is."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")
        self._connection.execute("BEGIN")

    def __enter__(self) -> "SeenIds":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._connection.close()

    def check(self, one: Taken) -> Taken | Refused:
        """The same, or refused because its id came before in this load."""
        record, article_id = one.record, one.article.article_id
        place = f"{record.file}:{record.line}"
        added = self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (article_id, place))
        if added.rowcount:
            return one
        first = self._connection.execute("SELECT place FROM seen WHERE id = ?", (article_id,)).fetchone()[0]
        remedy = f"the first one, at {first}, is taken: give this one an id of its own, or delete it"
        fault = Fault(Rule.DUPLICATE_ID, "id", article_id, remedy)
        return Refused(record, (Issue.of(record.file, record.line, fault),))


def _load_around(
    connection: Connection,
    read: Sequence[tuple[Record, ActorNote]],
    judged: Sequence[tuple[Record, JudgementNote]],
    reviewed: Sequence[tuple[Record, ReviewNote]],
    summary: Summary,
) -> None:
    """Actors, judgements and reviews: few, and articles rest on them."""
    summary.actors, seen_otherwise = put_actors(connection, [note for _, note in read])
    summary.judgements, unsettled, judged_actors = put_judgements(connection, [note for _, note in judged])
    seen_otherwise |= apply_actor_judgements(connection, judged_actors)
    summary.reviews = put_reviews(connection, [note for _, note in reviewed])
    names = {name for _, note in read for name in (note.name, *note.aliases, note.parent) if name}
    summary.note(actor_notices(read, read_index(connection, names)))
    if seen_otherwise or unsettled:
        resolve(connection, seen_otherwise, unsettled)
        drop_unused_provisional(connection)
    if summary.actors or summary.judgements or summary.reviews:
        bump_revision(connection)


T = TypeVar("T")
Read = tuple[Record, T | tuple[Issue, ...]]
"""A record and what was understood of it, or its faults."""


def _parsed(paths: Iterable[Place], parse: Callable[[Record], T | tuple[Issue, ...]]) -> Iterator[Read[T]]:
    return ((record, parse(record)) for path in paths for record in records(path))


def _sifted(engine: Engine, summary: Summary, parsed: Iterable[Read[T]]) -> list[tuple[Record, T]]:
    """What was understood, with its record; the rest is kept as rejections, some at a time."""
    good: list[tuple[Record, T]] = []
    refused: list[Refused] = []
    size = 0
    for record, outcome in parsed:
        if not isinstance(outcome, tuple):
            good.append((record, outcome))
            continue
        refused.append(Refused(record, outcome))
        size += len(record.raw)
        if len(refused) >= BATCH_RECORDS or size >= BATCH_BYTES:
            _refuse(engine, summary, refused)
            refused, size = [], 0
    _refuse(engine, summary, refused)
    return good


def _refuse(engine: Engine, summary: Summary, refused: Sequence[Refused]) -> None:
    if refused:
        with writing(engine) as connection:
            keep_rejections(connection, summary.run_id, refused)
            add_counts(connection, summary.run_id, {"rejected": len(refused)})
        summary.rejected += len(refused)
        summary.note(issue for _, issues in refused for issue in issues)


def _load_batch(connection: Connection, batch: Batch, summary: Summary, outset: Outset) -> None:
    ids = [one.article.article_id for one in batch.taken]
    stored, barred = digests(connection, ids), _withdrawn(connection, ids)
    known = (one.article for one in batch.taken if one.article.article_id not in barred)
    fresh = [article for article in known if stored.get(article.article_id) != article.digest]
    replaced = sum(article.article_id in stored for article in fresh)
    counts = {
        "articles_new": len(fresh) - replaced,
        "articles_replaced": replaced,
        "articles_unchanged": len(ids) - len(barred) - len(fresh),
        "articles_withdrawn": len(barred),
        "claims": sum(len(article.claims) for article in fresh),
        "rejected": len(batch.refused),
    }
    if fresh:
        actor_of, unknown = resolve_names(connection, {name for article in fresh for name in article.names()})
        touched = put_articles(connection, fresh, actor_of, outset)
        resolve(connection, touched.changed, touched.unsettled)
        pack_full(connection)
        bump_revision(connection)
        counts["provisional_actors"] = len(unknown)
        summary.provisional.extend(unknown[: LISTED - len(summary.provisional)])
        summary.note(unknown_names(((one.record, one.article) for one in batch.taken), unknown))
    keep_rejections(connection, summary.run_id, batch.refused)
    add_counts(connection, summary.run_id, counts)
    _tally(summary, counts, batch)


def _tally(summary: Summary, counts: dict[str, int], batch: Batch) -> None:
    summary.new += counts["articles_new"]
    summary.replaced += counts["articles_replaced"]
    summary.unchanged += counts["articles_unchanged"]
    summary.withdrawn += counts["articles_withdrawn"]
    summary.claims += counts["claims"]
    summary.rejected += counts["rejected"]
    summary.bytes_read += batch.size
    summary.note(issue for _, issues in batch.refused for issue in issues)
    summary.note(batch.notices())


def _withdrawn(connection: Connection, article_ids: Collection[str]) -> set[str]:
    withdrawal = table(Withdrawal)
    return set(
        connection.scalars(
            sa.select(withdrawal.c.article_id).where(among(connection, withdrawal.c.article_id, article_ids))
        )
    )
