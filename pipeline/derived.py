"""All that is derived from articles, actors and judgements, made again from nothing: to rebuild, or by newer rules."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import chunks, table
from db.models import (
    ArticleBand,
    ArticleText,
    Claim,
    ClaimBlock,
    ClaimMatch,
    Event,
    Reprint,
    ReprintPair,
    Revision,
    VerdictConflict,
)
from db.packing import pack
from db.search import file_all
from pipeline import RULES
from pipeline.decisions import mark_in_force
from pipeline.desk import CHUNK
from pipeline.families import file_texts
from pipeline.register import drop_unused_provisional, resolve_all_names
from pipeline.resolve import Advance, ignore, resolve

_claim, _text, _revision = table(Claim), table(ArticleText), table(Revision)

OLD_RULES = "the events in this database were made by the rules of another version of Entente"
"""Said where they are read: they, and what is made of them for an earlier day, are not what a load would give."""


def make_again(connection: Connection, advance: Advance = ignore) -> int:
    """Forget everything derived and make it again by the rules of today; returns the number of claims."""
    for model in (Event, ClaimMatch, VerdictConflict, ClaimBlock, Reprint, ReprintPair, ArticleBand):
        connection.execute(sa.delete(table(model)))
    mark_in_force(connection)
    resolve_all_names(connection)
    file_all(connection)
    _file_texts(connection)
    claims = connection.scalars(sa.select(_claim.c.pk).order_by(_claim.c.pk)).all()
    resolve(connection, claims, advance=advance)
    drop_unused_provisional(connection)
    pack(connection)
    connection.execute(sa.update(_revision).values(rules=RULES))
    return len(claims)


def is_outdated(connection: Connection) -> bool:
    """Whether what is there was derived by the rules of another version, so that it does not meet what comes in."""
    rules = connection.scalar(sa.select(_revision.c.rules))
    return rules is not None and rules != RULES


def bring_up_to_date(connection: Connection, advance: Advance = ignore) -> bool:
    """Before anything is written: make all that is derived again if older rules made it; whether they had."""
    if not is_outdated(connection):
        return False
    make_again(connection, advance)
    return True


def _file_texts(connection: Connection) -> None:
    keys = connection.scalars(sa.select(_text.c.article_pk).order_by(_text.c.article_pk)).all()
    for chunk in chunks(keys, CHUNK):
        rows = connection.execute(
            sa.select(_text.c.article_pk, _text.c.text).where(_text.c.article_pk.between(chunk[0], chunk[-1]))
        )
        file_texts(connection, dict(rows.all()))
