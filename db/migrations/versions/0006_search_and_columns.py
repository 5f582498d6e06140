"""An index of words, and events and articles by columns

What is there is filed at once, so that it can be searched from the start; columns are packed by the next load.
"""

import sqlalchemy as sa
from alembic import op

from db.search import file_all

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SORTS = (("event", "anchor_pk"), ("article", "pk"))
_CHANGES = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}


def text() -> sa.String:
    """Text that PostgreSQL, too, sorts by code points, whatever its locale."""
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    connection = op.get_bind()
    op.create_index("ix_actor_alias_name", "actor_alias", ["name"], unique=False)
    op.create_table(
        "actor_word",
        sa.Column("word", text(), nullable=False),
        sa.Column("actor_id", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.actor_id"], name=op.f("fk_actor_word_actor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("word", "actor_id", name=op.f("pk_actor_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_word_actor_id", "actor_word", ["actor_id"], unique=False)
    # Every column of the order, so that the surest and the least sure pairs are read off the index.
    op.drop_index("ix_claim_match_unsure", "claim_match")
    unsure = sa.text("score > 0.1 AND score < 0.9")
    op.create_index(
        "ix_claim_match_unsure", "claim_match", ["score", "left_pk", "right_pk"],
        sqlite_where=unsure, postgresql_where=unsure,
    )
    op.create_table(
        "column_part",
        sa.Column("sort", text(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("sort IN ('event', 'article')", name=op.f("ck_column_part_sort")),
        sa.PrimaryKeyConstraint("sort", "part", name=op.f("pk_column_part")),
    )
    op.create_table(
        "column_loose",
        sa.Column("sort", text(), nullable=False),
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("sort", "pk", name=op.f("pk_column_loose")),
        sqlite_with_rowid=False,
    )
    for sort, key in _SORTS:
        op.execute(f"INSERT INTO column_loose SELECT '{sort}', {key} FROM {sort}")  # noqa: S608 (own names)
        (_sqlite_triggers if connection.dialect.name == "sqlite" else _postgresql_triggers)(sort, key)
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE article_words USING"
            " fts5(words, content='', detail=none, columnsize=0, prefix='3', tokenize='ascii')"
        )
    else:
        op.execute("ALTER TABLE column_part ALTER COLUMN data SET STORAGE EXTERNAL")
        op.execute(
            "CREATE TABLE article_words (article_pk integer PRIMARY KEY REFERENCES article ON DELETE CASCADE,"
            " words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_article_words_words ON article_words USING gin (words)")
    file_all(connection)


def _sqlite_triggers(sort: str, key: str) -> None:
    for change, sides in _CHANGES.items():
        rows = " ".join(f"INSERT OR IGNORE INTO column_loose VALUES ('{sort}', {side}.{key});" for side in sides)
        op.execute(f"CREATE TRIGGER {sort}_{change.lower()} AFTER {change} ON {sort} BEGIN {rows} END")


def _postgresql_triggers(sort: str, key: str) -> None:
    op.execute(
        f"CREATE FUNCTION {sort}_is_loose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO column_loose SELECT '{sort}', {key} FROM changed ON CONFLICT DO NOTHING;"
        " RETURN NULL; END $$"
    )
    for change, sides in _CHANGES.items():
        for side in sides:
            op.execute(
                f"CREATE TRIGGER {sort}_{change.lower()}_{side.lower()} AFTER {change} ON {sort} REFERENCING {side}"
                f" TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {sort}_is_loose()"
            )


def downgrade() -> None:
    is_server = op.get_bind().dialect.name == "postgresql"
    for sort, _ in _SORTS:
        for change, sides in _CHANGES.items():
            for name in [f"{change.lower()}_{side.lower()}" for side in sides] if is_server else [change.lower()]:
                op.execute(f"DROP TRIGGER {sort}_{name}" + (f" ON {sort}" if is_server else ""))
        if is_server:
            op.execute(f"DROP FUNCTION {sort}_is_loose()")
    for name in ("article_words", "column_loose", "column_part", "actor_word"):
        op.drop_table(name)
    op.drop_index("ix_actor_alias_name", "actor_alias")
    op.drop_index("ix_claim_match_unsure", "claim_match")
    unsure = sa.text("score > 0.1 AND score < 0.9")
    op.create_index(
        "ix_claim_match_unsure", "claim_match", ["score"], sqlite_where=unsure, postgresql_where=unsure
    )
