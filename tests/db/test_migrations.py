"""Migrations on a database that is in use: what people put in stays."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from db.engine import ROOT, open_engine, writing

OLD = {
    "judgement_id": "ju-1",
    "subject": "claim",
    "left_id": "cl-a",
    "right_id": "cl-b",
    "verdict": "different",
    "who": "Ada",
    "decided_at": "2026-01-02T00:00:00+00:00",
    "why": "two sites",
}


def bring_to(url: str, revision: str) -> None:
    """Migrate up or down to a revision."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "db" / "migrations"))
    with writing(open_engine(url)) as connection:
        config.attributes["connection"] = connection
        there = connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if _is_made(connection) else ""
        (command.upgrade if (there or "") < revision else command.downgrade)(config, revision)


def _is_made(connection: sa.Connection) -> bool:
    return sa.inspect(connection).has_table("alembic_version")


def judgements(url: str) -> list[dict[str, object]]:
    """All rows of the table."""
    with open_engine(url).connect() as connection:
        return [dict(row) for row in connection.execute(sa.text("SELECT * FROM judgement")).mappings()]


def test_a_judgement_of_the_first_version_stays_and_is_in_force(bare_url: str) -> None:
    bring_to(bare_url, "0001")
    with writing(open_engine(bare_url)) as connection:
        marks = ", ".join(f":{name}" for name in OLD)
        connection.execute(sa.text(f"INSERT INTO judgement ({', '.join(OLD)}) VALUES ({marks})"), OLD)

    bring_to(bare_url, "0002")

    [kept] = judgements(bare_url)
    assert {name: kept[name] for name in OLD} == OLD
    assert kept["in_force"] in (1, True)
    assert kept["undone_at"] is None


def test_going_back_keeps_only_the_judgements_that_the_first_version_knows(bare_url: str) -> None:
    bring_to(bare_url, "0002")
    undone = {**OLD, "judgement_id": "ju-2", "undone_at": "2026-02-01", "undone_by": "Bo", "in_force": False}
    on_owner = {**OLD, "judgement_id": "ju-3", "subject": "actor", "verdict": "owns", "in_force": True}
    rows = [{"undone_at": None, "undone_by": None, "in_force": True, **row} for row in (OLD, undone, on_owner)]
    with writing(open_engine(bare_url)) as connection:
        names = list(rows[0])
        marks = ", ".join(f":{name}" for name in names)
        connection.execute(sa.text(f"INSERT INTO judgement ({', '.join(names)}) VALUES ({marks})"), rows)

    bring_to(bare_url, "0001")

    assert judgements(bare_url) == [OLD]
