"""All tables. Input as it was given (articles, claims, actors, judgements), what is derived from it, and the log.

Whole-number keys (`pk`) are internal and depend on the order of loading: they never leave the database.
Everything that people see or cite is keyed by the permanent text ids.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    text,
)
from sqlmodel import AutoString, Field, SQLModel

from db.vocabulary import (
    LADDER,
    ON_ACTORS_ONLY,
    ActorKind,
    Bound,
    CapacityUnit,
    Check,
    Kind,
    Role,
    Stage,
    Stance,
    Technology,
    Verdict,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING  # Alembic can only change constraints that have names.

CLUSTERED = {"sqlite_with_rowid": False}
UNSURE = text("score > 0.1 AND score < 0.9")
"""Pairs of claims worth a person's look."""
GROUPED = text(
    "(parent IS NOT NULL OR same_as IS NOT NULL OR group_id <> actor_id OR roll_up_id <> actor_id"
    " OR kind IN ('agency', 'government'))"
)
"""Actors that groups and totals are worked out for: all others stand for themselves."""


def _within(column: str, values: Iterable[StrEnum]) -> str:
    words = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({words})"


def one_of(column: str, values: type[StrEnum] | Iterable[StrEnum], nullable: bool = False) -> CheckConstraint:
    """A check that a column holds a word of a closed list."""
    empty = f"{column} IS NULL OR " if nullable else ""
    return CheckConstraint(empty + _within(column, values), name=column)


def _key() -> "Column[int]":
    return Column(Integer, primary_key=True, autoincrement=False)


def _pointer(
    target: str, *, primary_key: bool = False, index: bool = False, cascade: bool = True, nullable: bool = False
) -> "Column[Any]":
    rule = "CASCADE" if cascade else "RESTRICT"
    key = ForeignKey(target, ondelete=rule)
    kind: Integer | String = Integer() if target.endswith(".pk") else String()
    return Column(kind, key, primary_key=primary_key, index=index, nullable=nullable)


def _money(nullable: bool = True) -> "Column[int]":
    return Column(BigInteger, nullable=nullable)


class Actor(SQLModel, table=True):
    """A company, government, agency, fund. `provisional` where only a claim has named it so far."""

    __table_args__ = (
        one_of("kind", ActorKind, nullable=True),
        Index("ix_actor_grouped", "actor_id", sqlite_where=GROUPED, postgresql_where=GROUPED),
    )
    actor_id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    kind: str | None = None
    country: str | None = Field(default=None, max_length=2, index=True)
    parent: str | None = Field(default=None, description="the owner's name; may name an actor not yet loaded")
    same_as: str | None = Field(default=None, index=True, description="derived: the actor that it was joined to")
    group_id: str = Field(index=True, description="derived: the topmost owner, or the actor itself")
    roll_up_id: str = Field(
        default="", index=True, description="derived: whom totals count it with: its group, or its state's government"
    )
    wikidata: str | None = None
    provisional: bool = False


class ActorAlias(SQLModel, table=True):
    """Another name of an actor. `name_key` is the folded form that names are looked up by."""

    __tablename__ = "actor_alias"
    __table_args__ = (CLUSTERED,)
    name_key: str = Field(primary_key=True)
    actor_id: str = Field(sa_column=_pointer("actor.actor_id", primary_key=True, index=True))
    name: str = Field(index=True)


class ActorKey(SQLModel, table=True):
    """Derived: how an actor is found by names that nobody listed; `#` before the folded name of a provisional one."""

    __tablename__ = "actor_key"
    __table_args__ = (CLUSTERED,)
    key: str = Field(primary_key=True)
    actor_id: str = Field(sa_column=_pointer("actor.actor_id", primary_key=True, index=True))


class ActorWord(SQLModel, table=True):
    """Derived: a word of one of an actor's names (`db.words`), for the search."""

    __tablename__ = "actor_word"
    __table_args__ = (CLUSTERED,)
    word: str = Field(primary_key=True)
    actor_id: str = Field(sa_column=_pointer("actor.actor_id", primary_key=True, index=True))


class Article(SQLModel, table=True):
    """One published source. `record_sha256` is of the whole input record, so that a repeated load is seen at once."""

    __table_args__ = (CheckConstraint("published_first <= published_last", name="published"),)
    pk: int | None = Field(default=None, sa_column=_key())
    article_id: str = Field(unique=True)
    url: str
    publisher: str = Field(index=True)
    published: str
    published_first: dt.date = Field(sa_type=Date, index=True)
    published_last: dt.date = Field(sa_type=Date, index=True)
    language: str = Field(max_length=2, index=True)
    title: str
    record_sha256: str = Field(max_length=64)
    loaded_at: dt.datetime = Field(sa_type=DateTime, description="UTC; of this version. No export has it")


class ArticleText(SQLModel, table=True):
    """The text that evidence is proved against, apart from its article so that lists stay quick."""

    __tablename__ = "article_text"
    article_pk: int = Field(sa_column=_pointer("article.pk", primary_key=True))
    text: str = Field(sa_type=Text)
    sha256: str = Field(max_length=64)


class Review(SQLModel, table=True):
    """What a second reader found on looking for an article's source again. May come before its article."""

    __table_args__ = (one_of("outcome", Check),)
    article_id: str = Field(primary_key=True)
    outcome: str
    checked_on: dt.date = Field(sa_type=Date)


class Withdrawal(SQLModel, table=True):
    """An article taken out for a reason; a later load of the same id does not bring it back."""

    article_id: str = Field(primary_key=True)
    reason: str
    withdrawn_at: dt.datetime = Field(sa_type=DateTime)


class Claim(SQLModel, table=True):
    """What one article says about one act. Never edited: an article loaded again replaces its claims whole."""

    __table_args__ = (
        one_of("kind", Kind),
        one_of("stage", Stage),
        one_of("stance", Stance),
        one_of("bound", Bound, nullable=True),
        one_of("capacity_unit", CapacityUnit, nullable=True),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("0 <= evidence_start AND evidence_start < evidence_end", name="evidence"),
        CheckConstraint("date_first <= date_last", name="date"),
        CheckConstraint("(bound IS NULL) = (currency IS NULL)", name="currency"),
        CheckConstraint(
            # An unknown (NULL) would pass: every column is asked for by name.
            "(bound IS NULL AND amount IS NULL AND amount_min IS NULL AND amount_max IS NULL)"
            " OR (bound IS NOT NULL AND bound = 'range' AND amount IS NULL AND amount_min IS NOT NULL"
            " AND amount_max IS NOT NULL AND amount_min > 0 AND amount_min <= amount_max)"
            " OR (bound IS NOT NULL AND bound <> 'range' AND amount IS NOT NULL AND amount > 0"
            " AND amount_min IS NULL AND amount_max IS NULL)",
            name="amount",
        ),
        CheckConstraint("(capacity IS NULL) = (capacity_unit IS NULL)", name="capacity"),
        Index("uq_claim_article_pk_number", "article_pk", "number", unique=True),
    )
    pk: int | None = Field(default=None, sa_column=_key())
    claim_id: str = Field(unique=True)
    anchored_id: str = Field(unique=True, description="the id of the event that it anchors, or would anchor")
    article_pk: int = Field(sa_column=_pointer("article.pk"))
    number: int
    kind: str
    stage: str
    stance: str
    date: str
    date_first: dt.date = Field(sa_type=Date)
    date_last: dt.date = Field(sa_type=Date)
    evidence: str = Field(sa_type=Text)
    evidence_start: int
    evidence_end: int
    amount: int | None = Field(default=None, sa_column=_money())
    amount_min: int | None = Field(default=None, sa_column=_money())
    amount_max: int | None = Field(default=None, sa_column=_money())
    currency: str | None = Field(default=None, max_length=3)
    bound: str | None = None
    instrument: str | None = None
    what: str | None = None
    attributed_to: str | None = None
    capacity: float | None = None
    capacity_unit: str | None = None


class ClaimParty(SQLModel, table=True):
    """An actor in a role of a claim: the name as written, and the actor that it resolves to."""

    __tablename__ = "claim_party"
    __table_args__ = (one_of("role", Role), CLUSTERED)
    claim_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True))
    role: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    name: str
    actor_id: str = Field(sa_column=_pointer("actor.actor_id", index=True, cascade=False))


class ClaimCountry(SQLModel, table=True):
    """Where a claim's act lands (ISO 3166-1 alpha-2)."""

    __tablename__ = "claim_country"
    __table_args__ = (CLUSTERED,)
    claim_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True))
    country: str = Field(primary_key=True, max_length=2)


class ClaimTechnology(SQLModel, table=True):
    """What a claim is about."""

    __tablename__ = "claim_technology"
    __table_args__ = (one_of("technology", Technology), CLUSTERED)
    claim_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True))
    technology: str = Field(primary_key=True)


class Judgement(SQLModel, table=True):
    """A person's decision on a pair of claims or of actors. All are kept; of one pair the latest not undone holds."""

    __table_args__ = (
        one_of("verdict", Verdict),
        CheckConstraint("subject IN ('claim', 'actor')", name="subject"),
        CheckConstraint("subject = 'actor' OR NOT " + _within("verdict", ON_ACTORS_ONLY), name="claims"),
        CheckConstraint("left_id < right_id", name="pair"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone"),
        CheckConstraint("undone_at IS NULL OR NOT in_force", name="in_force"),
        Index("ix_judgement_left", "subject", "left_id", "right_id"),
        Index("ix_judgement_right", "subject", "right_id"),
    )
    judgement_id: str = Field(primary_key=True)
    subject: str
    left_id: str
    right_id: str
    verdict: str
    who: str
    decided_at: str
    why: str
    undone_by: str | None = None
    undone_at: str | None = None
    undone_why: str | None = None
    in_force: bool = Field(
        description="derived: the latest on its pair and question (one or two, who owns whom) that is not undone"
    )


class ClaimBlock(SQLModel, table=True):
    """Derived: the blocks a claim falls in, its place in each, and its sketch (`pipeline.sketches`). Only claims that
    stand near each other in one are compared."""

    __tablename__ = "claim_block"
    __table_args__ = (CLUSTERED,)
    block: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    place: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    claim_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True, index=True))
    middle: int
    slack: int
    portion: int
    series: int
    figure: int
    words: int = Field(sa_type=BigInteger)
    acting: int = Field(sa_type=BigInteger)
    other: int = Field(sa_type=BigInteger)
    countries: int = Field(sa_type=BigInteger)


class ClaimMatch(SQLModel, table=True):
    """Derived: two claims that report one act by the rules (score above 0.5), or nearly: with reasons in words."""

    __tablename__ = "claim_match"
    __table_args__ = (
        CheckConstraint("left_pk < right_pk", name="pair"),
        Index("ix_claim_match_unsure", "score", "left_pk", "right_pk", sqlite_where=UNSURE, postgresql_where=UNSURE),
        CLUSTERED,
    )
    left_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True))
    right_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True, index=True))
    score: float
    reasons: str = Field(sa_type=Text, description="what speaks for one act, a line each")
    against: str = Field(sa_type=Text, description="what speaks against it, a line each")


class VerdictConflict(SQLModel, table=True):
    """Derived: two claims that a person called different though a chain of `same` joins them. They stay apart."""

    __tablename__ = "verdict_conflict"
    __table_args__ = (CheckConstraint("left_pk < right_pk", name="pair"), CLUSTERED)
    left_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True))
    right_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True, index=True))


class ArticleBand(SQLModel, table=True):
    """Derived: MinHash keys of an article's text, single minima and bands; articles that share one may be reprints."""

    __tablename__ = "article_band"
    __table_args__ = (CLUSTERED,)
    band: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    article_pk: int = Field(sa_column=_pointer("article.pk", primary_key=True, index=True))


class ReprintPair(SQLModel, table=True):
    """Derived: two articles of which one repeats the other. `similarity`: the share of the shorter in the longer."""

    __tablename__ = "reprint_pair"
    __table_args__ = (CheckConstraint("left_pk < right_pk", name="pair"), CLUSTERED)
    left_pk: int = Field(sa_column=_pointer("article.pk", primary_key=True))
    right_pk: int = Field(sa_column=_pointer("article.pk", primary_key=True, index=True))
    similarity: float


class Reprint(SQLModel, table=True):
    """Derived: an article that repeats an earlier one. `of_pk` is the earliest head that it repeats."""

    article_pk: int = Field(sa_column=_pointer("article.pk", primary_key=True))
    of_pk: int = Field(sa_column=_pointer("article.pk", index=True))


class Event(SQLModel, table=True):
    """Derived: one act in the world. Its id comes from its anchor claim, the earliest published."""

    __table_args__ = (
        one_of("kind", Kind),
        one_of("stage", Stage),
        one_of("furthest_stage", LADDER, nullable=True),
        one_of("amount_stage", Stage, nullable=True),
        one_of("bound", Bound, nullable=True),
        CheckConstraint("date_first <= date_last", name="date"),
        CheckConstraint("usd_chosen IS NULL OR usd_rate IS NOT NULL", name="usd"),
        Index("ix_event_kind_date", "kind", "date_first"),
        Index("ix_event_dates", "date_first", "date_last"),
    )
    event_id: str = Field(primary_key=True)
    kind: str
    anchor_pk: int = Field(sa_column=_pointer("claim.pk", index=True))
    title: str
    stage: str = Field(index=True)
    furthest_stage: str | None = None
    date: str
    date_first: dt.date = Field(sa_type=Date)
    date_last: dt.date = Field(sa_type=Date)
    instrument: str | None = None
    is_total: bool = Field(default=False, description="a cumulative or headline sum, never added to the deals in it")
    amount: int | None = Field(default=None, sa_column=_money())
    amount_min: int | None = Field(default=None, sa_column=_money())
    amount_max: int | None = Field(default=None, sa_column=_money())
    amount_low: int | None = Field(default=None, sa_column=_money())
    amount_high: int | None = Field(default=None, sa_column=_money())
    currency: str | None = Field(default=None, max_length=3)
    bound: str | None = None
    amount_stage: str | None = None
    amount_rule: str | None = None
    usd_low: int | None = Field(default=None, sa_column=_money())
    usd_chosen: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True, index=True))
    usd_high: int | None = Field(default=None, sa_column=_money())
    usd_rate: str | None = None
    usd_rate_date: str | None = None
    usd_rate_source: str | None = None
    supplier_bloc: str | None = Field(default=None, index=True)
    attributed_to: str | None = Field(default=None, description="all whom its claims are attributed to, `; ` between")
    sole_asserter: str | None = Field(default=None, description="the one body that all its asserting claims rest on")
    claims: int
    reports: int
    independent_sources: int
    publishers: int
    disputed: bool = Field(default=False, index=True)
    first_published: dt.date = Field(sa_type=Date)
    last_published: dt.date = Field(sa_type=Date)


class EventClaim(SQLModel, table=True):
    """Derived: the event that a claim reports."""

    __tablename__ = "event_claim"
    claim_pk: int = Field(sa_column=_pointer("claim.pk", primary_key=True))
    event_id: str = Field(sa_column=_pointer("event.event_id", index=True))


class EventStage(SQLModel, table=True):
    """Derived: one rung of an event's ladder, with its own date and amount."""

    __tablename__ = "event_stage"
    __table_args__ = (one_of("stage", Stage), one_of("bound", Bound, nullable=True), CLUSTERED)
    event_id: str = Field(sa_column=_pointer("event.event_id", primary_key=True))
    stage: str = Field(primary_key=True)
    date: str
    date_first: dt.date = Field(sa_type=Date)
    date_last: dt.date = Field(sa_type=Date)
    claims: int
    amount: int | None = Field(default=None, sa_column=_money())
    amount_min: int | None = Field(default=None, sa_column=_money())
    amount_max: int | None = Field(default=None, sa_column=_money())
    currency: str | None = Field(default=None, max_length=3)
    bound: str | None = None
    amount_rule: str | None = None
    amount_low: int | None = Field(default=None, sa_column=_money())
    amount_high: int | None = Field(default=None, sa_column=_money())
    usd_low: int | None = Field(default=None, sa_column=_money())
    usd_chosen: int | None = Field(default=None, sa_column=_money())
    usd_high: int | None = Field(default=None, sa_column=_money())
    usd_rate: str | None = None
    usd_rate_date: str | None = None
    usd_rate_source: str | None = None


class EventParty(SQLModel, table=True):
    """Derived: an actor in a role of an event, and how many of its claims name it there."""

    __tablename__ = "event_party"
    __table_args__ = (one_of("role", Role), CLUSTERED)
    event_id: str = Field(sa_column=_pointer("event.event_id", primary_key=True))
    role: str = Field(primary_key=True)
    actor_id: str = Field(sa_column=_pointer("actor.actor_id", primary_key=True, index=True, cascade=False))
    claims: int


class EventCountry(SQLModel, table=True):
    """Derived: where an event lands."""

    __tablename__ = "event_country"
    __table_args__ = (CLUSTERED,)
    event_id: str = Field(sa_column=_pointer("event.event_id", primary_key=True))
    country: str = Field(primary_key=True, max_length=2, index=True)


class EventTechnology(SQLModel, table=True):
    """Derived: what an event is about."""

    __tablename__ = "event_technology"
    __table_args__ = (one_of("technology", Technology), CLUSTERED)
    event_id: str = Field(sa_column=_pointer("event.event_id", primary_key=True))
    technology: str = Field(primary_key=True, index=True)


class ColumnPart(SQLModel, table=True):
    """Derived: events (or articles) of a stretch of keys by columns, as `db.columns` packs them: a cache of tables."""

    __tablename__ = "column_part"
    __table_args__ = (CheckConstraint("sort IN ('event', 'article')", name="sort"),)
    sort: str = Field(primary_key=True)
    part: int = Field(sa_column=_key())
    digest: str
    data: bytes = Field(sa_type=LargeBinary)


class ColumnLoose(SQLModel, table=True):
    """Derived: an event (by its anchor's key) or article that was written or deleted since its part was packed.

    Triggers keep it, so that whoever writes events or articles need not think of it.
    """

    __tablename__ = "column_loose"
    __table_args__ = (CLUSTERED,)
    sort: str = Field(primary_key=True)
    pk: int = Field(sa_column=_key())


class LostClaim(SQLModel, table=True):
    """A claim that was removed, kept for ever and apart from the exported state, so that ids keep leading somewhere.

    The event id that it anchored leads to its successor's event, else to the reason.
    """

    __tablename__ = "lost_claim"
    claim_id: str = Field(primary_key=True)
    anchored_id: str = Field(index=True)
    successor_id: str | None = None
    reason: str


class Release(SQLModel, table=True):
    """A frozen, numbered copy of the data set. `sha256` is of its list of checksums; `folder` where it was written."""

    version: str = Field(primary_key=True)
    made_at: dt.datetime = Field(sa_type=DateTime)
    folder: str
    sha256: str = Field(max_length=64)
    articles: int
    claims: int
    events: int


class Run(SQLModel, table=True):
    """One execution of the pipeline."""

    run_id: int | None = Field(default=None, primary_key=True)
    command: str
    version: str
    inputs: str = Field(sa_type=Text)
    started_at: dt.datetime = Field(sa_type=DateTime)
    finished_at: dt.datetime | None = Field(default=None, sa_type=DateTime)
    articles_new: int = 0
    articles_replaced: int = 0
    articles_unchanged: int = 0
    articles_withdrawn: int = 0
    claims: int = 0
    rejected: int = 0
    provisional_actors: int = 0


class Rejection(SQLModel, table=True):
    """An input record that was refused, kept raw so that nothing is lost. One row for each fault found in it.

    `raw` stands with its first fault; the rows after that have none.
    """

    rejection_id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.run_id", index=True, ondelete="CASCADE")
    file: str
    line: int
    rule: str
    found_in: str
    message: str = Field(sa_type=Text)
    raw: bytes | None = Field(default=None, sa_type=LargeBinary)


class Revision(SQLModel, table=True):
    """One row: a number that grows with each change, so that caches know when to look again."""

    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True)
    number: int
    changed_at: dt.datetime = Field(sa_type=DateTime)
    rules: int = Field(description="the rules by which the derived tables were made, see pipeline.RULES")


def _order_by_code_points() -> None:
    """Let PostgreSQL sort text by code points, as SQLite does, whatever its locale: exports stay the same."""
    for each in SQLModel.metadata.tables.values():
        for column in each.columns:
            if isinstance(column.type, AutoString | String) and not isinstance(column.type, Text):
                length = column.type.length
                column.type = String(length).with_variant(String(length, collation="C"), "postgresql")


_order_by_code_points()
