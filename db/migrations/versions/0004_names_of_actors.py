"""Tolerant keys of actors' names, and whom totals count an actor with

The keys are made by the pipeline, which does so for all actors when it next writes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_GROUPED = (
    "(parent IS NOT NULL OR same_as IS NOT NULL OR group_id <> actor_id OR roll_up_id <> actor_id"
    " OR kind IN ('agency', 'government'))"
)


def text() -> sa.String:
    """Text that PostgreSQL, too, sorts by code points, whatever its locale."""
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("actor", sa.Column("roll_up_id", text(), nullable=False, server_default=""))
    op.execute("UPDATE actor SET roll_up_id = group_id")
    op.create_index("ix_actor_roll_up_id", "actor", ["roll_up_id"], unique=False)
    grouped = sa.text(_GROUPED)
    op.create_index("ix_actor_grouped", "actor", ["actor_id"], sqlite_where=grouped, postgresql_where=grouped)
    op.create_table(
        "actor_key",
        sa.Column("key", text(), nullable=False),
        sa.Column("actor_id", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.actor_id"], name=op.f("fk_actor_key_actor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "actor_id", name=op.f("pk_actor_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_key_actor_id", "actor_key", ["actor_id"], unique=False)


def downgrade() -> None:
    op.drop_table("actor_key")
    op.drop_index("ix_actor_grouped", "actor")
    op.drop_index("ix_actor_roll_up_id", "actor")
    op.drop_column("actor", "roll_up_id")
