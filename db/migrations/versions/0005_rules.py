"""By which rules the derived tables were made: 0 for a database from before, made again when it is next written to"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("rules", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("revision", "rules")
