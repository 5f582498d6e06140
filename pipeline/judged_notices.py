"""What a load should say of the judgements that it took: gathers from the database what the checks need."""

import datetime as dt
from collections.abc import Collection, Iterator

from sqlalchemy.engine import Connection

from pipeline.crosscheck import Around, judgement_notices
from pipeline.decisions import contradicted, kinds_of
from pipeline.issues import Issue
from pipeline.judgements import JudgementNote, Subject
from pipeline.readers import Record
from pipeline.register import judged_in_vain, unknown_to_all


def notices_on(connection: Connection, judged: Collection[tuple[Record, JudgementNote]]) -> Iterator[Issue]:
    """Notices on judgements, once all else of the load is in the database too."""
    if not judged:
        return
    notes = [note for _, note in judged]
    names = {name for note in notes if note.subject is Subject.ACTOR for name in (note.left, note.right)}
    apart, one = judged_in_vain(connection)
    today = dt.datetime.now(dt.UTC).date()
    kinds, nobody = kinds_of(connection, notes), unknown_to_all(connection, names)
    yield from judgement_notices(judged, Around(kinds, nobody, apart, one, contradicted(connection, notes), today))
