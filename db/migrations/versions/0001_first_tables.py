"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def text(length: int | None = None) -> sa.String:
    """Text that PostgreSQL, too, sorts by code points, whatever its locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("actor_id", text(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("kind", text(), nullable=True),
        sa.Column("country", text(2), nullable=True),
        sa.Column("parent", text(), nullable=True),
        sa.Column("group_id", text(), nullable=False),
        sa.Column("wikidata", text(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IS NULL OR kind IN ('company', 'state-owned-enterprise', 'government', 'agency', 'fund', 'research', 'multilateral', 'programme')",
            name=op.f("ck_actor_kind"),
        ),
        sa.PrimaryKeyConstraint("actor_id", name=op.f("pk_actor")),
        sa.UniqueConstraint("name", name=op.f("uq_actor_name")),
    )
    op.create_index("ix_actor_country", "actor", ["country"], unique=False)
    op.create_index("ix_actor_group_id", "actor", ["group_id"], unique=False)

    op.create_table(
        "article",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", text(), nullable=False),
        sa.Column("url", text(), nullable=False),
        sa.Column("publisher", text(), nullable=False),
        sa.Column("published", text(), nullable=False),
        sa.Column("published_first", sa.Date(), nullable=False),
        sa.Column("published_last", sa.Date(), nullable=False),
        sa.Column("language", text(2), nullable=False),
        sa.Column("title", text(), nullable=False),
        sa.Column("record_sha256", text(64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("published_first <= published_last", name=op.f("ck_article_published")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_article")),
        sa.UniqueConstraint("article_id", name=op.f("uq_article_article_id")),
    )
    op.create_index("ix_article_language", "article", ["language"], unique=False)
    op.create_index("ix_article_published_first", "article", ["published_first"], unique=False)
    op.create_index("ix_article_published_last", "article", ["published_last"], unique=False)
    op.create_index("ix_article_publisher", "article", ["publisher"], unique=False)

    op.create_table(
        "lost_claim",
        sa.Column("claim_id", text(), nullable=False),
        sa.Column("anchored_id", text(), nullable=False),
        sa.Column("successor_id", text(), nullable=True),
        sa.Column("reason", text(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_lost_claim")),
    )
    op.create_index("ix_lost_claim_anchored_id", "lost_claim", ["anchored_id"], unique=False)

    op.create_table(
        "judgement",
        sa.Column("judgement_id", text(), nullable=False),
        sa.Column("subject", text(), nullable=False),
        sa.Column("left_id", text(), nullable=False),
        sa.Column("right_id", text(), nullable=False),
        sa.Column("verdict", text(), nullable=False),
        sa.Column("who", text(), nullable=False),
        sa.Column("decided_at", text(), nullable=False),
        sa.Column("why", text(), nullable=False),
        sa.CheckConstraint("subject IN ('claim', 'actor')", name=op.f("ck_judgement_subject")),
        sa.CheckConstraint("verdict IN ('same', 'different', 'unsure')", name=op.f("ck_judgement_verdict")),
        sa.CheckConstraint("left_id < right_id", name=op.f("ck_judgement_pair")),
        sa.PrimaryKeyConstraint("judgement_id", name=op.f("pk_judgement")),
    )
    op.create_index("ix_judgement_right", "judgement", ["subject", "right_id"], unique=False)
    op.create_index("uq_judgement_pair", "judgement", ["subject", "left_id", "right_id"], unique=True)

    op.create_table(
        "review",
        sa.Column("article_id", text(), nullable=False),
        sa.Column("outcome", text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'corrected', 'source not found again', 'doubtful')",
            name=op.f("ck_review_outcome"),
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_review")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_revision_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_table(
        "run",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("command", text(), nullable=False),
        sa.Column("version", text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("articles_new", sa.Integer(), nullable=False),
        sa.Column("articles_replaced", sa.Integer(), nullable=False),
        sa.Column("articles_unchanged", sa.Integer(), nullable=False),
        sa.Column("articles_withdrawn", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("provisional_actors", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("article_id", text(), nullable=False),
        sa.Column("reason", text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_withdrawal")),
    )
    op.create_table(
        "actor_alias",
        sa.Column("name_key", text(), nullable=False),
        sa.Column("actor_id", text(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.actor_id"], name=op.f("fk_actor_alias_actor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name_key", "actor_id", name=op.f("pk_actor_alias")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_alias_actor_id", "actor_alias", ["actor_id"], unique=False)

    op.create_table(
        "article_band",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_pk"], ["article.pk"], name=op.f("fk_article_band_article_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", "article_pk", name=op.f("pk_article_band")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_band_article_pk", "article_band", ["article_pk"], unique=False)

    op.create_table(
        "article_text",
        sa.Column("article_pk", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", text(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_pk"], ["article.pk"], name=op.f("fk_article_text_article_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_pk", name=op.f("pk_article_text")),
    )
    op.create_table(
        "claim",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim_id", text(), nullable=False),
        sa.Column("anchored_id", text(), nullable=False),
        sa.Column("article_pk", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", text(), nullable=False),
        sa.Column("stage", text(), nullable=False),
        sa.Column("stance", text(), nullable=False),
        sa.Column("date", text(), nullable=False),
        sa.Column("date_first", sa.Date(), nullable=False),
        sa.Column("date_last", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("amount_min", sa.BigInteger(), nullable=True),
        sa.Column("amount_max", sa.BigInteger(), nullable=True),
        sa.Column("currency", text(3), nullable=True),
        sa.Column("bound", text(), nullable=True),
        sa.Column("instrument", text(), nullable=True),
        sa.Column("what", text(), nullable=True),
        sa.Column("attributed_to", text(), nullable=True),
        sa.Column("capacity", sa.Float(), nullable=True),
        sa.Column("capacity_unit", text(), nullable=True),
        sa.CheckConstraint(
            "(bound IS NULL AND amount IS NULL AND amount_min IS NULL AND amount_max IS NULL) OR (bound IS NOT NULL AND bound = 'range' AND amount IS NULL AND amount_min IS NOT NULL AND amount_max IS NOT NULL AND amount_min > 0 AND amount_min <= amount_max) OR (bound IS NOT NULL AND bound <> 'range' AND amount IS NOT NULL AND amount > 0 AND amount_min IS NULL AND amount_max IS NULL)",
            name=op.f("ck_claim_amount"),
        ),
        sa.CheckConstraint(
            "bound IS NULL OR bound IN ('exact', 'at_least', 'up_to', 'about', 'range')", name=op.f("ck_claim_bound")
        ),
        sa.CheckConstraint(
            "capacity_unit IS NULL OR capacity_unit IN ('MW', 'GPU')", name=op.f("ck_claim_capacity_unit")
        ),
        sa.CheckConstraint(
            "kind IN ('contract', 'partnership', 'funding', 'infrastructure', 'export_control', 'restriction')",
            name=op.f("ck_claim_kind"),
        ),
        sa.CheckConstraint(
            "stage IN ('rumoured', 'announced', 'signed', 'delivered', 'suspended', 'cancelled')",
            name=op.f("ck_claim_stage"),
        ),
        sa.CheckConstraint("stance IN ('asserts', 'denies', 'disputes')", name=op.f("ck_claim_stance")),
        sa.CheckConstraint("(bound IS NULL) = (currency IS NULL)", name=op.f("ck_claim_currency")),
        sa.CheckConstraint("(capacity IS NULL) = (capacity_unit IS NULL)", name=op.f("ck_claim_capacity")),
        sa.CheckConstraint("0 <= evidence_start AND evidence_start < evidence_end", name=op.f("ck_claim_evidence")),
        sa.CheckConstraint("date_first <= date_last", name=op.f("ck_claim_date")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_claim_number")),
        sa.ForeignKeyConstraint(["article_pk"], ["article.pk"], name=op.f("fk_claim_article_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_claim")),
        sa.UniqueConstraint("anchored_id", name=op.f("uq_claim_anchored_id")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_claim_claim_id")),
    )
    op.create_index("uq_claim_article_pk_number", "claim", ["article_pk", "number"], unique=True)

    op.create_table(
        "rejection",
        sa.Column("rejection_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("file", text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("rule", text(), nullable=False),
        sa.Column("found_in", text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_rejection_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rejection_id", name=op.f("pk_rejection")),
    )
    op.create_index("ix_rejection_run_id", "rejection", ["run_id"], unique=False)

    op.create_table(
        "reprint",
        sa.Column("article_pk", sa.Integer(), nullable=False),
        sa.Column("of_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_pk"], ["article.pk"], name=op.f("fk_reprint_article_pk"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["of_pk"], ["article.pk"], name=op.f("fk_reprint_of_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_pk", name=op.f("pk_reprint")),
    )
    op.create_index("ix_reprint_of_pk", "reprint", ["of_pk"], unique=False)

    op.create_table(
        "reprint_pair",
        sa.Column("left_pk", sa.Integer(), nullable=False),
        sa.Column("right_pk", sa.Integer(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.CheckConstraint("left_pk < right_pk", name=op.f("ck_reprint_pair_pair")),
        sa.ForeignKeyConstraint(["left_pk"], ["article.pk"], name=op.f("fk_reprint_pair_left_pk"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["right_pk"], ["article.pk"], name=op.f("fk_reprint_pair_right_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("left_pk", "right_pk", name=op.f("pk_reprint_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reprint_pair_right_pk", "reprint_pair", ["right_pk"], unique=False)

    op.create_table(
        "claim_block",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_claim_block_claim_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("block", "claim_pk", name=op.f("pk_claim_block")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_block_claim_pk", "claim_block", ["claim_pk"], unique=False)

    op.create_table(
        "claim_country",
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("country", text(2), nullable=False),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_claim_country_claim_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_pk", "country", name=op.f("pk_claim_country")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_match",
        sa.Column("left_pk", sa.Integer(), nullable=False),
        sa.Column("right_pk", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.CheckConstraint("left_pk < right_pk", name=op.f("ck_claim_match_pair")),
        sa.ForeignKeyConstraint(["left_pk"], ["claim.pk"], name=op.f("fk_claim_match_left_pk"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["right_pk"], ["claim.pk"], name=op.f("fk_claim_match_right_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("left_pk", "right_pk", name=op.f("pk_claim_match")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_match_right_pk", "claim_match", ["right_pk"], unique=False)

    op.create_table(
        "claim_party",
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("role", text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("actor_id", text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('suppliers', 'buyers', 'partners', 'investors', 'recipients', 'builders', 'hosts', 'authorities', 'targets')",
            name=op.f("ck_claim_party_role"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.actor_id"], name=op.f("fk_claim_party_actor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_claim_party_claim_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_pk", "role", "position", name=op.f("pk_claim_party")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_party_actor_id", "claim_party", ["actor_id"], unique=False)

    op.create_table(
        "claim_technology",
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("technology", text(), nullable=False),
        sa.CheckConstraint(
            "technology IN ('foundation-model', 'cloud-compute', 'data-centre', 'chips', 'surveillance', 'smart-city', 'public-services', 'defence', 'education', 'health', 'robotics', 'connectivity', 'other')",
            name=op.f("ck_claim_technology_technology"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_pk"], ["claim.pk"], name=op.f("fk_claim_technology_claim_pk"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_pk", "technology", name=op.f("pk_claim_technology")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event",
        sa.Column("event_id", text(), nullable=False),
        sa.Column("kind", text(), nullable=False),
        sa.Column("anchor_pk", sa.Integer(), nullable=False),
        sa.Column("title", text(), nullable=False),
        sa.Column("stage", text(), nullable=False),
        sa.Column("furthest_stage", text(), nullable=True),
        sa.Column("date", text(), nullable=False),
        sa.Column("date_first", sa.Date(), nullable=False),
        sa.Column("date_last", sa.Date(), nullable=False),
        sa.Column("instrument", text(), nullable=True),
        sa.Column("is_total", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("amount_min", sa.BigInteger(), nullable=True),
        sa.Column("amount_max", sa.BigInteger(), nullable=True),
        sa.Column("amount_low", sa.BigInteger(), nullable=True),
        sa.Column("amount_high", sa.BigInteger(), nullable=True),
        sa.Column("currency", text(3), nullable=True),
        sa.Column("bound", text(), nullable=True),
        sa.Column("amount_stage", text(), nullable=True),
        sa.Column("amount_rule", text(), nullable=True),
        sa.Column("usd_low", sa.BigInteger(), nullable=True),
        sa.Column("usd_chosen", sa.BigInteger(), nullable=True),
        sa.Column("usd_high", sa.BigInteger(), nullable=True),
        sa.Column("usd_rate", text(), nullable=True),
        sa.Column("usd_rate_date", text(), nullable=True),
        sa.Column("usd_rate_source", text(), nullable=True),
        sa.Column("supplier_bloc", text(), nullable=True),
        sa.Column("attributed_to", text(), nullable=True),
        sa.Column("sole_asserter", text(), nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("independent_sources", sa.Integer(), nullable=False),
        sa.Column("publishers", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("first_published", sa.Date(), nullable=False),
        sa.Column("last_published", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "amount_stage IS NULL OR amount_stage IN ('rumoured', 'announced', 'signed', 'delivered', 'suspended', 'cancelled')",
            name=op.f("ck_event_amount_stage"),
        ),
        sa.CheckConstraint(
            "bound IS NULL OR bound IN ('exact', 'at_least', 'up_to', 'about', 'range')", name=op.f("ck_event_bound")
        ),
        sa.CheckConstraint(
            "furthest_stage IS NULL OR furthest_stage IN ('rumoured', 'announced', 'signed', 'delivered')",
            name=op.f("ck_event_furthest_stage"),
        ),
        sa.CheckConstraint(
            "kind IN ('contract', 'partnership', 'funding', 'infrastructure', 'export_control', 'restriction')",
            name=op.f("ck_event_kind"),
        ),
        sa.CheckConstraint(
            "stage IN ('rumoured', 'announced', 'signed', 'delivered', 'suspended', 'cancelled')",
            name=op.f("ck_event_stage"),
        ),
        sa.CheckConstraint("date_first <= date_last", name=op.f("ck_event_date")),
        sa.CheckConstraint("usd_chosen IS NULL OR usd_rate IS NOT NULL", name=op.f("ck_event_usd")),
        sa.ForeignKeyConstraint(["anchor_pk"], ["claim.pk"], name=op.f("fk_event_anchor_pk"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_anchor_pk", "event", ["anchor_pk"], unique=False)
    op.create_index("ix_event_dates", "event", ["date_first", "date_last"], unique=False)
    op.create_index("ix_event_disputed", "event", ["disputed"], unique=False)
    op.create_index("ix_event_kind_date", "event", ["kind", "date_first"], unique=False)
    op.create_index("ix_event_stage", "event", ["stage"], unique=False)
    op.create_index("ix_event_supplier_bloc", "event", ["supplier_bloc"], unique=False)
    op.create_index("ix_event_usd_chosen", "event", ["usd_chosen"], unique=False)

    op.create_table(
        "event_claim",
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("event_id", text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_event_claim_claim_pk"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.event_id"], name=op.f("fk_event_claim_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_pk", name=op.f("pk_event_claim")),
    )
    op.create_index("ix_event_claim_event_id", "event_claim", ["event_id"], unique=False)

    op.create_table(
        "event_country",
        sa.Column("event_id", text(), nullable=False),
        sa.Column("country", text(2), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.event_id"], name=op.f("fk_event_country_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "country", name=op.f("pk_event_country")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_country_country", "event_country", ["country"], unique=False)

    op.create_table(
        "event_party",
        sa.Column("event_id", text(), nullable=False),
        sa.Column("role", text(), nullable=False),
        sa.Column("actor_id", text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('suppliers', 'buyers', 'partners', 'investors', 'recipients', 'builders', 'hosts', 'authorities', 'targets')",
            name=op.f("ck_event_party_role"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.actor_id"], name=op.f("fk_event_party_actor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.event_id"], name=op.f("fk_event_party_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "role", "actor_id", name=op.f("pk_event_party")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_party_actor_id", "event_party", ["actor_id"], unique=False)

    op.create_table(
        "event_stage",
        sa.Column("event_id", text(), nullable=False),
        sa.Column("stage", text(), nullable=False),
        sa.Column("date", text(), nullable=False),
        sa.Column("date_first", sa.Date(), nullable=False),
        sa.Column("date_last", sa.Date(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("amount_min", sa.BigInteger(), nullable=True),
        sa.Column("amount_max", sa.BigInteger(), nullable=True),
        sa.Column("currency", text(3), nullable=True),
        sa.Column("bound", text(), nullable=True),
        sa.Column("amount_rule", text(), nullable=True),
        sa.Column("amount_low", sa.BigInteger(), nullable=True),
        sa.Column("amount_high", sa.BigInteger(), nullable=True),
        sa.Column("usd_low", sa.BigInteger(), nullable=True),
        sa.Column("usd_chosen", sa.BigInteger(), nullable=True),
        sa.Column("usd_high", sa.BigInteger(), nullable=True),
        sa.Column("usd_rate", text(), nullable=True),
        sa.Column("usd_rate_date", text(), nullable=True),
        sa.Column("usd_rate_source", text(), nullable=True),
        sa.CheckConstraint(
            "bound IS NULL OR bound IN ('exact', 'at_least', 'up_to', 'about', 'range')",
            name=op.f("ck_event_stage_bound"),
        ),
        sa.CheckConstraint(
            "stage IN ('rumoured', 'announced', 'signed', 'delivered', 'suspended', 'cancelled')",
            name=op.f("ck_event_stage_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.event_id"], name=op.f("fk_event_stage_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "stage", name=op.f("pk_event_stage")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_technology",
        sa.Column("event_id", text(), nullable=False),
        sa.Column("technology", text(), nullable=False),
        sa.CheckConstraint(
            "technology IN ('foundation-model', 'cloud-compute', 'data-centre', 'chips', 'surveillance', 'smart-city', 'public-services', 'defence', 'education', 'health', 'robotics', 'connectivity', 'other')",
            name=op.f("ck_event_technology_technology"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.event_id"], name=op.f("fk_event_technology_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "technology", name=op.f("pk_event_technology")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_technology_technology", "event_technology", ["technology"], unique=False)


def downgrade() -> None:

    op.drop_table("event_technology")
    op.drop_table("event_stage")

    op.drop_table("event_party")

    op.drop_table("event_country")

    op.drop_table("event_claim")

    op.drop_table("event")
    op.drop_table("claim_technology")

    op.drop_table("claim_party")

    op.drop_table("claim_match")
    op.drop_table("claim_country")

    op.drop_table("claim_block")

    op.drop_table("reprint_pair")

    op.drop_table("reprint")

    op.drop_table("rejection")

    op.drop_table("claim")
    op.drop_table("article_text")

    op.drop_table("article_band")

    op.drop_table("actor_alias")
    op.drop_table("withdrawal")
    op.drop_table("run")
    op.drop_table("revision")
    op.drop_table("review")

    op.drop_table("judgement")

    op.drop_table("lost_claim")

    op.drop_table("article")

    op.drop_table("actor")
