"""Many rows at once, on either engine."""

import pytest
import sqlalchemy as sa

from db.bulk import among, chunks, delete_pairs, insert, next_key, rows_of, stream, table, update
from db.engine import open_engine, writing
from db.models import Actor, Article, ArticleBand, Withdrawal
from tests.conftest import Fresh

ROWS = [(f"a-{number}", 'a reason with "quotes", commas\nand 🙂', "2026-01-02 03:04:05") for number in range(300)]
COLUMNS = ("article_id", "reason", "withdrawn_at")


@pytest.fixture
def filled(url: str) -> str:
    with writing(open_engine(url)) as connection:
        insert(connection, Withdrawal, COLUMNS, iter(ROWS))
    return url


def test_rows_come_back_as_they_went_in(filled: str) -> None:
    with open_engine(filled).connect() as connection:
        kept = connection.execute(sa.select(table(Withdrawal))).all()

    assert {(key, reason) for key, reason, _ in kept} == {(key, reason) for key, reason, _ in ROWS}
    assert {str(moment) for *_, moment in kept} == {"2026-01-02 03:04:05"}


def test_inserting_nothing_is_nothing(url: str) -> None:
    with writing(open_engine(url)) as connection:
        insert(connection, Withdrawal, COLUMNS, [])
        assert connection.scalar(sa.select(sa.func.count()).select_from(table(Withdrawal))) == 0


def test_constraints_hold_for_many_rows_too(filled: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)unique"), writing(open_engine(filled)) as connection:
        insert(connection, Withdrawal, COLUMNS, ROWS[:1])


def test_what_the_driver_refuses_is_an_error_as_for_any_statement(fresh_postgresql: Fresh) -> None:
    with pytest.raises(sa.exc.DataError, match="NUL"), writing(open_engine(fresh_postgresql())) as connection:
        insert(connection, Withdrawal, COLUMNS, [("a", "no \x00", "2026-01-02 03:04:05")])


def test_an_error_of_the_rows_themselves_is_left_as_it_is(url: str) -> None:
    rows = (("a", 1 // zero, "2026-01-02 03:04:05") for zero in (0,))

    with pytest.raises(ZeroDivisionError), writing(open_engine(url)) as connection:
        insert(connection, Withdrawal, COLUMNS, rows)


@pytest.mark.parametrize(("asked", "found"), [([], 0), (["a-1", "a-1", "no"], 1)])
def test_membership_in_a_list(filled: str, asked: list[str], found: int) -> None:
    column = table(Withdrawal).c.article_id
    with open_engine(filled).connect() as connection:
        assert len(connection.scalars(sa.select(column).where(among(connection, column, asked))).all()) == found


def test_membership_in_a_list_of_a_hundred_thousand(filled: str) -> None:
    names, keys = table(Withdrawal).c.article_id, table(Article).c.pk
    with open_engine(filled).connect() as connection:
        asked = [f"a-{number}" for number in range(100_000)]
        assert len(connection.scalars(sa.select(names).where(among(connection, names, asked))).all()) == 300
        assert connection.scalars(sa.select(keys).where(among(connection, keys, range(100_000)))).all() == []


def test_the_next_key_follows_the_highest(url: str) -> None:
    row = (7, "a", "u", "p", "2025", "2025-01-01", "2025-12-31", "en", "t", "0", "2026-01-02 03:04:05")
    columns = [column.name for column in table(Article).columns]
    with writing(open_engine(url)) as connection:
        assert next_key(connection, Article) == 1
        insert(connection, Article, columns, [row])
        assert next_key(connection, Article) == 8


def test_chunks_hold_everything_in_order() -> None:
    assert [list(piece) for piece in chunks(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []


def test_rows_of_numbers_are_joined_with_as_a_table(url: str) -> None:
    rows = [(1, -(2**63)), (2, 2**63 - 1)]
    with open_engine(url).connect() as connection:
        given = rows_of(connection, ("key", "value"), rows)

        assert connection.execute(sa.select(given.c.key, given.c.value).order_by(given.c.key)).all() == rows
        assert connection.execute(sa.select(rows_of(connection, ("key", "value"), []))).all() == []


AWKWARD = [
    "a, b",
    'say "no"',
    "back\\slash",
    "{brace}",
    "NULL",
    "null",
    "",
    " ",
    "line\nfeed",
    "阿克米 🙂",
    "it's",
    "%s :x",
]


def test_membership_takes_text_of_any_signs(url: str) -> None:
    rows = [(text, text, "2026-01-02 03:04:05") for text in AWKWARD]
    with writing(open_engine(url)) as connection:
        insert(connection, Withdrawal, COLUMNS, rows)
        for text in AWKWARD:
            column = table(Withdrawal).c.article_id
            found = connection.scalars(sa.select(column).where(among(connection, column, [text, "no such"]))).all()
            assert found == [text]


def test_many_rows_are_changed_at_once_by_their_keys(filled: str) -> None:
    changes = [(f"a-{number}", f"new {number}", "2026-02-03 00:00:00") for number in range(0, 600, 2)]
    with writing(open_engine(filled)) as connection:
        for _ in range(2):
            update(connection, Withdrawal, ("article_id",), ("reason", "withdrawn_at"), changes)
        kept = {key: (reason, str(at)) for key, reason, at in connection.execute(sa.select(table(Withdrawal)))}

    assert len(kept) == 300
    assert kept["a-2"] == ("new 2", "2026-02-03 00:00:00")
    assert kept["a-3"] == (ROWS[3][1], "2026-01-02 03:04:05")


def test_a_change_of_nothing_is_nothing_and_emptying_a_cell_is_a_change(url: str) -> None:
    with writing(open_engine(url)) as connection:
        row = ("a", "A", True, "a", "a", "b")
        insert(connection, Actor, ("actor_id", "name", "provisional", "group_id", "roll_up_id", "same_as"), [row])
        update(connection, Actor, ("actor_id",), ("same_as",), [])
        assert connection.scalar(sa.select(table(Actor).c.same_as)) == "b"
        update(connection, Actor, ("actor_id",), ("same_as", "provisional"), [("a", None, False)])
        assert connection.execute(sa.select(table(Actor).c.same_as, table(Actor).c.provisional)).one() == (None, False)


def test_a_change_that_breaks_a_rule_is_refused(filled: str) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing(open_engine(filled)) as connection:
        update(connection, Withdrawal, ("article_id",), ("reason",), [("a-1", None)])


def test_rows_are_deleted_by_pairs_of_keys(url: str) -> None:
    rows = [(band, pk) for band in (-(2**63), 1, 2) for pk in (1, 2)]
    with writing(open_engine(url)) as connection:
        columns = [column.name for column in table(Article).columns]
        insert(connection, Article, columns, [
            (pk, f"a{pk}", "u", "p", "2025", "2025-01-01", "2025-12-31", "en", "t", "0", "2026-01-02 03:04:05")
            for pk in (1, 2)
        ])  # fmt: skip
        insert(connection, ArticleBand, ("band", "article_pk"), rows)
        delete_pairs(connection, ArticleBand, ("band", "article_pk"), [rows[0], rows[3], (7, 7)])
        delete_pairs(connection, ArticleBand, ("band", "article_pk"), [])
        left = [tuple(row) for row in connection.execute(sa.select(table(ArticleBand)))]

    assert sorted(left) == sorted([rows[1], rows[2], *rows[4:]])


def test_a_table_is_read_in_the_order_of_its_key(filled: str) -> None:
    with open_engine(filled).begin() as connection:
        read = list(stream(connection, table(Withdrawal)))

    assert [row[0] for row in read] == sorted(row[0] for row in ROWS)


def test_the_server_reads_a_list_once_and_not_for_each_row(fresh_postgresql: Fresh) -> None:
    column = table(Article).c.pk
    with open_engine(fresh_postgresql()).connect() as connection:
        asked = sa.select(column).where(among(connection, column, [3, 5])).compile(connection)
        plan = connection.exec_driver_sql(f"EXPLAIN {asked}", {"param_1": "{3,5}"}).scalars().all()

    assert "'{3,5}'::integer[]" in " ".join(plan), plan
