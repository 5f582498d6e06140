"""What stands in a block is kept in order, with a sketch of each claim.

Blocks are derived: the next load files all claims anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WIDE = ("words", "acting", "other", "countries")
_SHORT = ("middle", "slack", "portion", "series", "figure")


def upgrade() -> None:
    op.drop_table("claim_block")
    _create(
        [sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False)],
        [
            *(sa.Column(name, sa.Integer(), nullable=False) for name in _SHORT),
            *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _WIDE),
        ],
    )


def downgrade() -> None:
    op.drop_table("claim_block")
    _create([], [])


def _create(place: "list[sa.Column[int]]", sketch: "list[sa.Column[int]]") -> None:
    op.create_table(
        "claim_block",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        *place,
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        *sketch,
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_claim_block_claim_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "block", *(column.name for column in place), "claim_pk", name=op.f("pk_claim_block")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_block_claim_pk", "claim_block", ["claim_pk"], unique=False)
