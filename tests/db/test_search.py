"""The index of words: what a load files is what making it again from the stored texts would file."""

from sqlalchemy.engine import Connection

from db.engine import database, writing
from db.search import file_all
from pipeline.maintain import withdraw
from tests.factory import claim, funding, load_notes, note

TOLD = [
    note(number=1, title="Überwachung in Kraków", claims=[claim(what=None), funding(what="seed round")]),
    note(number=2, publisher="新华社", claims=[claim(evidence="阿克米公司获得合同", what="قمر صناعي")]),
    note(number=3),
]


def _filed(connection: Connection) -> list[tuple[str, int]]:
    """Each word with the number of articles that hold it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, article_words, row)"
        )
        found = connection.exec_driver_sql("SELECT term, doc FROM temp.words ORDER BY term").all()
    else:
        found = connection.exec_driver_sql(
            "SELECT word, ndoc FROM ts_stat('SELECT words FROM article_words') ORDER BY word COLLATE \"C\""
        ).all()
    return [(word, int(count)) for word, count in found]


def test_articles_are_filed_under_the_words_that_are_stored_also_when_replaced_or_withdrawn(url: str) -> None:
    load_notes(url, TOLD)
    load_notes(url, [note(number=3, title="Another title, another time", claims=[claim(what="drones")])])
    withdraw(database(url), TOLD[0]["id"], "wrong")
    with writing(database(url)) as connection:
        filed = _filed(connection)
        file_all(connection)
        made_again = _filed(connection)

    words = dict(filed)
    assert filed == made_again
    assert words["drones"] == 1
    assert "krakow" not in words
    assert "新华" in words
