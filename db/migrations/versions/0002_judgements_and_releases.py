"""Judgements that can be undone, near misses, conflicts of judgements, joined actors, releases"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEPT = ("judgement_id", "subject", "left_id", "right_id", "verdict", "who", "decided_at", "why")


def text(length: int | None = None) -> sa.String:
    """Text that PostgreSQL, too, sorts by code points, whatever its locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    _judgement(undoable=True)

    op.add_column("actor", sa.Column("same_as", text(), nullable=True))
    op.create_index("ix_actor_same_as", "actor", ["same_as"], unique=False)

    op.add_column("claim_match", sa.Column("against", sa.Text(), nullable=False, server_default=""))
    unsure = sa.text("score > 0.1 AND score < 0.9")
    op.create_index("ix_claim_match_unsure", "claim_match", ["score"], sqlite_where=unsure, postgresql_where=unsure)

    op.create_table(
        "verdict_conflict",
        sa.Column("left_pk", sa.Integer(), nullable=False),
        sa.Column("right_pk", sa.Integer(), nullable=False),
        sa.CheckConstraint("left_pk < right_pk", name=op.f("ck_verdict_conflict_pair")),
        sa.ForeignKeyConstraint(
            ["left_pk"], ["claim.pk"], name=op.f("fk_verdict_conflict_left_pk_claim"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["right_pk"], ["claim.pk"], name=op.f("fk_verdict_conflict_right_pk_claim"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("left_pk", "right_pk", name=op.f("pk_verdict_conflict")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_verdict_conflict_right_pk", "verdict_conflict", ["right_pk"], unique=False)

    op.create_table(
        "release",
        sa.Column("version", text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("folder", text(), nullable=False),
        sa.Column("sha256", text(64), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_release")),
    )


def downgrade() -> None:
    op.drop_table("release")
    op.drop_table("verdict_conflict")
    op.drop_index("ix_claim_match_unsure", "claim_match")
    op.drop_column("claim_match", "against")
    op.drop_index("ix_actor_same_as", "actor")
    op.drop_column("actor", "same_as")
    _judgement(undoable=False)


def _judgement(*, undoable: bool) -> None:
    """Make the table anew with what people decided: SQLite cannot change the checks of a table that is there."""
    connection = op.get_bind()
    rows = connection.execute(_read(undoable=undoable)).mappings().all()
    op.drop_table("judgement")
    op.create_table("judgement", *_columns(undoable=undoable))
    op.create_index("ix_judgement_right", "judgement", ["subject", "right_id"], unique=False)
    left = ["subject", "left_id", "right_id"]
    op.create_index("ix_judgement_left" if undoable else "uq_judgement_pair", "judgement", left, unique=not undoable)
    extra = {"in_force": True} if undoable else {}
    table = sa.table("judgement", *(sa.column(name) for name in (*_KEPT, *extra)))
    if rows:
        connection.execute(sa.insert(table), [{**row, **extra} for row in rows])


def _read(*, undoable: bool) -> "sa.Select[tuple[str, ...]]":
    old = sa.table("judgement", *(sa.column(name) for name in _KEPT), sa.column("in_force"))
    read = sa.select(*(old.c[name] for name in _KEPT))
    return read if undoable else read.where(old.c.in_force, old.c.verdict.in_(["same", "different", "unsure"]))


def _columns(*, undoable: bool) -> "list[sa.schema.SchemaItem]":
    columns: list[sa.schema.SchemaItem] = [sa.Column(name, text(), nullable=False) for name in _KEPT]
    checks = [
        sa.CheckConstraint("subject IN ('claim', 'actor')", name=op.f("ck_judgement_subject")),
        sa.CheckConstraint("left_id < right_id", name=op.f("ck_judgement_pair")),
        sa.PrimaryKeyConstraint("judgement_id", name=op.f("pk_judgement")),
    ]
    if not undoable:
        verdicts = "verdict IN ('same', 'different', 'unsure')"
        return [*columns, *checks, sa.CheckConstraint(verdicts, name=op.f("ck_judgement_verdict"))]
    columns += [sa.Column(name, text(), nullable=True) for name in ("undone_by", "undone_at", "undone_why")]
    columns += [sa.Column("in_force", sa.Boolean(), nullable=False)]
    verdicts = "verdict IN ('same', 'different', 'unsure', 'owns', 'owned_by')"
    return [
        *columns,
        *checks,
        sa.CheckConstraint(verdicts, name=op.f("ck_judgement_verdict")),
        sa.CheckConstraint(
            "subject = 'actor' OR NOT verdict IN ('owns', 'owned_by')", name=op.f("ck_judgement_claims")
        ),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_judgement_undone")),
        sa.CheckConstraint("undone_at IS NULL OR NOT in_force", name=op.f("ck_judgement_in_force")),
    ]
