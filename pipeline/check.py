"""Input files looked through without touching a database: what a load would refuse, and what it would ask about."""

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.models import Actor
from pipeline.actors import ActorIndex, ActorNote, known, parse_actor
from pipeline.crew import Crew
from pipeline.crosscheck import actor_notices, refuse_repeats, unknown_names
from pipeline.issues import Issue
from pipeline.judgements import parse_judgement
from pipeline.load import SeenIds, Summary, Watch, batches, unwatched
from pipeline.places import Place
from pipeline.readers import Inputs, Record, records
from pipeline.register import read_index
from pipeline.reviews import read_reviews


def check(inputs: Inputs, there: ActorIndex | None, watch: Watch = unwatched) -> Summary:
    """What a load of these inputs would say. `there`: the actors of the database, if there is one."""
    summary = Summary()
    actors = _actors(inputs.actors, summary)
    index = ActorIndex(known(actor) for _, actor in actors)
    summary.note(actor_notices(actors, index))
    for path in inputs.judgements:
        _count(summary, ((record, parse_judgement(record)) for record in records(path)))
    for path in inputs.reviews:
        _count(summary, read_reviews(path))
    with SeenIds() as seen:
        for batch in batches(Crew().read(inputs.notes), seen):
            summary.new += len(batch.taken)
            summary.claims += sum(len(one.article.claims) for one in batch.taken)
            summary.bytes_read += batch.size
            _count(summary, batch.refused)
            unknown = {name for one in batch.taken for name in one.article.names() if not _is_known(name, index, there)}
            fresh = unknown.difference(summary.provisional)
            summary.provisional.extend(sorted(fresh))
            summary.note(unknown_names(((one.record, one.article) for one in batch.taken), fresh))
            summary.note(batch.notices())
            watch(summary)
    return summary


def _actors(paths: Iterable[Place], summary: Summary) -> list[tuple[Record, ActorNote]]:
    read = list(refuse_repeats((record, parse_actor(record)) for path in paths for record in records(path)))
    _count(summary, read)
    actors = [(record, actor) for record, actor in read if isinstance(actor, ActorNote)]
    summary.actors = len(actors)
    return actors


def _count(summary: Summary, read: Iterable[tuple[Record, object | tuple[Issue, ...]]]) -> None:
    for _, outcome in read:
        if isinstance(outcome, tuple):
            summary.rejected += 1
            summary.note(outcome)


def _is_known(name: str, index: ActorIndex, there: ActorIndex | None) -> bool:
    return index.resolve(name) is not None or (there is not None and there.resolve(name) is not None)


def known_actors(engine: Engine) -> ActorIndex | None:
    """The actors of a database that is there; None where there is none yet. Nothing is created."""
    url = engine.url
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).exists()):
        return None
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(str(Actor.__tablename__)):
            return None
        return read_index(connection)
