"""A database that older rules made is made again before anything is written to it, whoever writes first."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from db.engine import open_engine, writing
from pipeline import RULES, judging
from pipeline.derived import is_outdated
from pipeline.judgements import Subject
from pipeline.maintain import forget_actor, withdraw
from tests.conftest import Fresh
from tests.factory import actor, claim, exported, load_notes, note
from tests.replay import all_claims, kept_pairs

TEXT = " ".join(f"Sentence {number} tells what was said at the signing, and by whom." for number in range(30))
CLAIM = claim()
NOTES = [
    note(number=1, text=f"{CLAIM['evidence']}. {TEXT}"),
    note(number=2, text=f"{CLAIM['evidence']}. {TEXT} Copied."),
    note(number=3, claims=[claim(suppliers=["Zeta"], evidence="Zeta sells cameras", what="cameras", countries=["FR"])]),
]
COPY = note(number=4, text=f"{CLAIM['evidence']}. {TEXT} With a line of its own.")
ACTORS = [actor("Acme"), actor("Zeta")]


def load_again(url: str) -> None:
    load_notes(url, [*NOTES, COPY])


def take_out(url: str) -> None:
    withdraw(open_engine(url), NOTES[2]["id"], "retracted")


def take_from_register(url: str) -> None:
    forget_actor(open_engine(url), "Zeta")


def judge(url: str) -> None:
    left, right = sorted(all_claims(url)["claim_id"])[:2]
    judging.judge(open_engine(url), judging.decision(Subject.CLAIM, left, right, "unsure", "Ada", "one told it"))


def make_old(url: str) -> None:
    """Leave it as an update leaves a database: tables whose form changed are empty, the rest is of older rules."""
    with writing(open_engine(url)) as connection:
        for derived in ("claim_match", "claim_block", "article_band", "reprint", "reprint_pair", "actor_key"):
            connection.execute(sa.text(f"DELETE FROM {derived}"))
        connection.execute(sa.text("UPDATE event SET independent_sources = 9"))
        connection.execute(sa.text("UPDATE revision SET rules = 0"))


@pytest.mark.parametrize("write", [load_again, take_out, take_from_register, judge])
def test_whoever_writes_first_after_an_update_finds_all_derived_anew(
    fresh: Fresh, write: Callable[[str], None]
) -> None:
    old, new = fresh(), fresh()
    for url in (old, new):
        load_notes(url, NOTES, ACTORS)
    make_old(old)

    for url in (old, new):
        write(url)
        load_again(url)

    assert exported(open_engine(old)) == exported(open_engine(new))
    assert len(kept_pairs(old)) == len(kept_pairs(new)) > 0


def test_a_database_made_by_these_rules_is_not_made_again(url: str) -> None:
    load_notes(url, NOTES, ACTORS)

    with open_engine(url).connect() as connection:
        assert not is_outdated(connection)
        assert connection.scalar(sa.text("SELECT rules FROM revision")) == RULES


def test_a_new_database_is_not_outdated(url: str) -> None:
    with open_engine(url).connect() as connection:
        assert not is_outdated(connection)
