"""The index of words (`db.words`): what is filed in it, and conditions that ask it.

Articles: FTS5 without content on SQLite (deleting needs the words that were filed: they are made again from the text),
a `tsvector` with GIN on PostgreSQL. Both hold the words that we cut, so both give the same answers. Names of actors:
a plain table of words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from db.bulk import among, chunks, insert, table
from db.models import Actor, ActorAlias, ActorWord, Article, ArticleText, Claim
from db.words import Term, words_of

_article, _text, _claim = table(Article), table(ArticleText), table(Claim)
_actor, _alias, _actor_word = table(Actor), table(ActorAlias), table(ActorWord)
_LAST = "\U0010ffff"
_AT_ONCE = 2000
_SQLITE_FILE = "INSERT INTO article_words (rowid, words) VALUES (?, ?)"
_SQLITE_DROP = "INSERT INTO article_words (article_words, rowid, words) VALUES ('delete', ?, ?)"
_SQLITE_CLEAR = "INSERT INTO article_words (article_words) VALUES ('delete-all')"
_SERVER_FILE = sa.text(
    "INSERT INTO article_words SELECT pk, array_to_tsvector(string_to_array(words, ' '))"
    " FROM unnest(CAST(:keys AS integer[]), CAST(:words AS text[])) AS given (pk, words)"
)


class ArticlesWith(sa.ColumnElement[bool]):
    """Condition: an article of this key holds all these words.

    An SQL element of our own, since the two databases say it in different words.
    """

    inherit_cache = False

    def __init__(self, key: "sa.ColumnElement[int]", terms: Sequence[Term]) -> None:
        self.keys, self.type = key, sa.Boolean()
        self.lite = sa.literal(
            " ".join(f'"{term.word}" *' if term.is_beginning else f'"{term.word}"' for term in terms)
        )
        self.server = sa.literal(" & ".join(f"'{term.word}'" + ":*" * term.is_beginning for term in terms))


@compiles(ArticlesWith, "sqlite")
def _asks_fts(element: ArticlesWith, compiler: SQLCompiler, **how: Any) -> str:
    key, asked = compiler.process(element.keys, **how), compiler.process(element.lite, **how)
    return f"{key} IN (SELECT rowid FROM article_words WHERE article_words MATCH {asked})"  # noqa: S608 (bound)


@compiles(ArticlesWith, "postgresql")
def _asks_gin(element: ArticlesWith, compiler: SQLCompiler, **how: Any) -> str:
    key, asked = compiler.process(element.keys, **how), compiler.process(element.server, **how)
    return f"{key} IN (SELECT article_pk FROM article_words WHERE words @@ CAST({asked} AS tsquery))"  # noqa: S608


def articles_with(connection: Connection, terms: Sequence[Term]) -> npt.NDArray[np.int64]:
    """The keys of the articles that hold all these words."""
    # As one text: a row of its own for each key takes three times as long.
    asked = ArticlesWith(sa.column("key"), terms)
    if connection.dialect.name == "sqlite":
        statement = sa.text("SELECT group_concat(rowid) FROM article_words WHERE article_words MATCH :asked")
        listed = connection.scalar(statement, {"asked": asked.lite.value})
    else:
        statement = sa.text(
            "SELECT string_agg(CAST(article_pk AS text), ',') FROM article_words WHERE words @@ CAST(:asked AS tsquery)"
        )
        listed = connection.scalar(statement, {"asked": asked.server.value})
    return np.fromstring(listed or "", dtype=np.int64, sep=",")


def actors_with(terms: Sequence[Term]) -> "sa.Select[tuple[str]]":
    """The actors among whose names are all these words: they themselves, or whom they were joined to."""
    meant = sa.select(sa.func.coalesce(_actor.c.same_as, _actor.c.actor_id).label("actor_id"))
    for term in terms:
        word = _actor_word.c.word
        holds = sa.and_(word >= term.word, word < term.word + _LAST) if term.is_beginning else word == term.word
        meant = meant.where(_actor.c.actor_id.in_(sa.select(_actor_word.c.actor_id).where(holds)))
    return meant


def file_articles(connection: Connection, keys: Collection[int]) -> None:
    """File the words of articles that were just stored with their claims."""
    for chunk in chunks(sorted(keys), _AT_ONCE):
        rows = list(_words(connection, chunk))
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(_SQLITE_FILE, rows)
        else:
            connection.execute(_SERVER_FILE, {"keys": [key for key, _ in rows], "words": [words for _, words in rows]})


def drop_articles(connection: Connection, keys: Collection[int]) -> None:
    """Take articles out of the index, while they are still stored. PostgreSQL does so by itself when they go."""
    if connection.dialect.name == "sqlite":
        for chunk in chunks(sorted(keys), _AT_ONCE):
            connection.exec_driver_sql(_SQLITE_DROP, list(_words(connection, chunk)))


def _words(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Key → the words of its title, publisher, text and of what its claims are about, in sorted order."""
    subjects: dict[int, list[str]] = defaultdict(list)
    about = sa.select(_claim.c.article_pk, _claim.c.what).where(_claim.c.what.is_not(None))
    for key, what in connection.execute(about.where(among(connection, _claim.c.article_pk, keys))):
        subjects[key].append(what)
    rows = connection.execute(
        sa.select(_article.c.pk, _article.c.title, _article.c.publisher, _text.c.text)
        .join(_text, _text.c.article_pk == _article.c.pk)
        .where(among(connection, _article.c.pk, keys))
    )
    for key, *texts in rows:
        yield key, " ".join(sorted(words_of(*texts, *subjects[key])))


def file_actors(connection: Connection, ids: Collection[str]) -> None:
    """File the words of all names of these actors, in the place of those that were filed."""
    for chunk in chunks(sorted(ids), _AT_ONCE):
        connection.execute(sa.delete(_actor_word).where(among(connection, _actor_word.c.actor_id, chunk)))
        names = sa.union_all(
            sa.select(_actor.c.actor_id, _actor.c.name).where(among(connection, _actor.c.actor_id, chunk)),
            sa.select(_alias.c.actor_id, _alias.c.name).where(among(connection, _alias.c.actor_id, chunk)),
        )
        rows = {(word, key) for key, name in connection.execute(names) for word in words_of(name)}
        insert(connection, ActorWord, ("word", "actor_id"), sorted(rows))


def file_all(connection: Connection) -> None:
    """Make the whole index again, as after a change of the rules by which words are cut."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE_CLEAR)
    else:
        connection.execute(sa.text("DELETE FROM article_words"))
    file_articles(connection, _all(connection, sa.select(_article.c.pk)))
    file_actors(connection, _all(connection, sa.select(_actor.c.actor_id)))


def _all(connection: Connection, keys: "sa.Select[tuple[Any]]") -> list[Any]:
    return list(connection.scalars(keys))
