"""What people decide on actors takes effect on all claims, wins over the register, and can be taken back."""

import sys
from itertools import count, pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.engine import open_engine
from db.vocabulary import Verdict
from pipeline.actors import ActorIndex
from pipeline.joins import Decision, Joins
from pipeline.maintain import forget_actor, rebuild
from tests.conftest import Fresh
from tests.factory import Entry, actor, claim, exported, judgement, load_notes, note
from tests.replay import all_events

few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _said(left: str, right: str, verdict: str, **changes: Any) -> Entry:
    return judgement(left, right, verdict, subject="actor", **changes)


def _undone(one: Entry) -> Entry:
    return {**one, "undone_by": "Bo", "undone_when": "2026-02-02", "undone_why": "a slip"}


def _sold_by(*names: str) -> list[Entry]:
    return [note(number=place, claims=[claim(suppliers=[name])]) for place, name in enumerate(names)]


def _meant(url: str) -> dict[str, str]:
    with open_engine(url).connect() as connection:
        rows = connection.execute(
            sa.text("SELECT p.name, a.name FROM claim_party p JOIN actor a ON a.actor_id = p.actor_id")
        )
        return {name: meant for name, meant in rows if name != "Government of Kenya"}


def _column(url: str, column: str) -> dict[str, str | None]:
    with open_engine(url).connect() as connection:
        rows = connection.execute(
            sa.text(f"SELECT a.name, b.name FROM actor a LEFT JOIN actor b ON b.actor_id = a.{column}")
        )
        return {str(name): other for name, other in rows}


def test_names_of_one_actor_are_one_and_can_be_taken_apart_again(url: str) -> None:
    load_notes(url, _sold_by("Zhipu AI", "Z.ai", "智谱AI"), [actor("Zhipu AI")])
    same = [_said("Z.ai", "Zhipu AI", "same"), _said("智谱AI", "Z.ai", "same")]

    load_notes(url, (), (), same)

    assert set(_meant(url).values()) == {"Zhipu AI"}
    assert len(all_events(url)) == 1
    assert _column(url, "same_as") == {
        "Zhipu AI": None, "Z.ai": "Zhipu AI", "智谱AI": "Zhipu AI", "Government of Kenya": None,
    }  # fmt: skip

    load_notes(url, (), (), [_undone(same[0])])

    assert _meant(url) == {"Zhipu AI": "Zhipu AI", "Z.ai": "Z.ai", "智谱AI": "Z.ai"}
    assert len(all_events(url)) == 2


def test_of_two_known_actors_the_alphabetically_first_stays_and_the_other_leads_to_it(url: str) -> None:
    load_notes(url, _sold_by("Zeta", "Acme"), [actor("Zeta"), actor("Acme")])
    load_notes(url, (), (), [_said("Acme", "Zeta", "same")])

    assert set(_meant(url).values()) == {"Acme"}
    assert _column(url, "same_as")["Zeta"] == "Acme"
    assert _column(url, "group_id")["Zeta"] == "Acme"


def test_different_keeps_a_name_from_the_actor_that_has_it_as_an_alias(url: str) -> None:
    load_notes(url, _sold_by("Scale"), [actor("Scale AI", aliases=["Scale"])])
    assert _meant(url) == {"Scale": "Scale AI"}

    load_notes(url, (), (), [_said("Scale", "Scale AI", "different")])

    assert _meant(url) == {"Scale": "Scale"}


def test_different_keeps_a_name_from_an_actor_with_the_same_tolerant_key(url: str) -> None:
    load_notes(url, _sold_by("Acme GmbH"), [actor("Acme", country="DE")])
    assert _meant(url) == {"Acme GmbH": "Acme"}

    load_notes(url, (), (), [_said("Acme", "Acme GmbH", "different")])

    assert _meant(url) == {"Acme GmbH": "Acme GmbH"}


def test_different_blocks_over_a_chain_of_same(url: str) -> None:
    said = [
        _said("Able", "Baker", "same", when="2026-01-01"),
        _said("Baker", "Charlie", "same", when="2026-01-02"),
        _said("Able", "Charlie", "different", when="2026-01-03"),
    ]
    load_notes(url, _sold_by("Able", "Baker", "Charlie"), (), said)

    assert _meant(url) == {"Able": "Able", "Baker": "Able", "Charlie": "Charlie"}


def test_two_aliases_that_a_person_parted_mean_neither_one_nor_the_other(url: str) -> None:
    load_notes(url, _sold_by("AB", "AC"), [actor("Acme", aliases=["AB", "AC"])], [_said("AB", "AC", "different")])

    assert _meant(url) == {"AB": "AB", "AC": "AC"}


@pytest.mark.parametrize("said", [_said("Globex", "Acme", "owns"), _said("Acme", "Globex", "owned_by")])
def test_an_owner_that_a_person_named_goes_before_the_register(url: str, said: Entry) -> None:
    load_notes(url, _sold_by("Acme"), [actor("Acme", parent="Initech"), actor("Initech")])
    assert _column(url, "group_id")["Acme"] == "Initech"

    load_notes(url, (), (), [said])

    assert _column(url, "group_id")["Acme"] == "Globex"

    load_notes(url, (), (), [_undone(said)])

    assert _column(url, "group_id")["Acme"] == "Initech"
    assert "Globex" not in _column(url, "group_id")


def test_what_a_person_calls_owned_is_an_actor_of_its_own(url: str) -> None:
    load_notes(url, _sold_by("OpenAI", "ChatGPT"), [actor("OpenAI", aliases=["ChatGPT"])])
    assert _meant(url)["ChatGPT"] == "OpenAI"

    load_notes(url, (), (), [_said("OpenAI", "ChatGPT", "owns")])

    assert _meant(url) == {"OpenAI": "OpenAI", "ChatGPT": "ChatGPT"}
    assert _column(url, "group_id")["ChatGPT"] == "OpenAI"


def test_of_two_aliases_of_one_actor_the_owners_stays_and_the_owned_ones_leaves(url: str) -> None:
    load_notes(url, _sold_by("OAI", "ChatGPT"), [actor("OpenAI", aliases=["ChatGPT", "OAI"])])

    load_notes(url, (), (), [_said("OAI", "ChatGPT", "owns")])

    assert _meant(url) == {"OAI": "OpenAI", "ChatGPT": "ChatGPT"}
    assert _column(url, "group_id")["ChatGPT"] == "OpenAI"


def test_different_takes_no_owner_away_and_an_owner_lifts_no_different(url: str) -> None:
    load_notes(url, _sold_by("Acme", "Acme Labs"), [actor("Acme", aliases=["Acme Labs"])])
    owns = _said("Acme", "Acme Labs", "owns", when="2026-01-01")
    load_notes(url, (), (), [owns, _said("Acme", "Acme Labs", "different", when="2026-01-02")])
    assert _column(url, "group_id")["Acme Labs"] == "Acme"

    load_notes(url, (), (), [_undone(owns)])

    assert _meant(url)["Acme Labs"] == "Acme Labs"
    assert _column(url, "group_id")["Acme Labs"] == "Acme Labs"


def test_same_after_owns_makes_the_two_one_and_before_it_does_not(fresh_sqlite: Fresh) -> None:
    for when, meant in (("2026-01-03", {"Acme"}), ("2026-01-01", {"Acme", "Zeta"})):
        url = fresh_sqlite()
        said = [_said("Acme", "Zeta", "owns", when="2026-01-02"), _said("Acme", "Zeta", "same", when=when)]
        load_notes(url, _sold_by("Acme", "Zeta"), (), said)

        assert set(_meant(url).values()) == meant


def test_saying_the_same_again_later_comes_out_as_in_a_rebuild(url: str) -> None:
    said = [
        _said("Able", "Baker", "same", when="2026-01-01"),
        _said("Baker", "Charlie", "same", when="2026-01-02"),
        _said("Able", "Charlie", "different", when="2026-01-03"),
    ]
    load_notes(url, _sold_by("Able", "Baker", "Charlie"), (), said)

    load_notes(url, (), (), [_said("Able", "Baker", "same", when="2026-01-04")])

    assert _meant(url) == {"Able": "Able", "Baker": "Baker", "Charlie": "Baker"}


def test_a_chain_told_backwards_is_joined_in_steps_that_grow_with_its_length_only() -> None:
    short, long = (_steps_to_join(length) for length in (1_000, 4_000))

    assert long < 5 * short


def _steps_to_join(length: int) -> int:
    """How many functions are called to join a chain of names."""
    names = [f"n{number:05}" for number in range(length)]
    told = enumerate(reversed(list(pairwise(names))))
    chain = [Decision(left, right, Verdict.SAME, f"{place:05}") for place, (left, right) in told]
    steps = count()
    sys.setprofile(lambda *_: next(steps))
    try:
        joins = Joins(chain)
    finally:
        sys.setprofile(None)
    assert joins.meaning(names[-1]).name == names[0]
    return next(steps)


def test_claims_of_a_firm_whose_owner_turns_out_to_be_another_actor_are_compared_anew(fresh_sqlite: Fresh) -> None:
    at_once, piecemeal = fresh_sqlite(), fresh_sqlite()
    sold = _sold_by("Zeta", "Acme")
    register = [actor("Hooli", aliases=["Acme Inc"], kind="agency", country="KE")]
    said = [
        _said("Globex", "Hooli", "same"),
        _said("Acme", "Zeta", "owns"),
        _said("ACME", "Acme Inc", "same"),
        _said("Acme", "Globex", "different"),
    ]
    load_notes(at_once, sold, register, said)
    load_notes(piecemeal, sold, register, said[:-1])
    load_notes(piecemeal, (), (), said[-1:])

    assert exported(open_engine(piecemeal)) == exported(open_engine(at_once))


def test_what_was_joined_follows_when_one_of_it_becomes_known(url: str) -> None:
    load_notes(url, _sold_by("Foo", "Bar"), (), [_said("Bar", "Foo", "same")])
    assert set(_meant(url).values()) == {"Bar"}

    load_notes(url, (), [actor("Foo")])
    assert set(_meant(url).values()) == {"Foo"}

    forget_actor(open_engine(url), "Foo")
    assert set(_meant(url).values()) == {"Bar"}


def test_a_judgement_on_names_that_come_later_waits_for_them(url: str) -> None:
    load_notes(url, (), [actor("Kappa")], [_said("Foo", "Kappa", "same")])
    load_notes(url, _sold_by("Foo"))

    assert _meant(url) == {"Foo": "Kappa"}


NAMES = ("Acme", "Acme Inc", "ACME", "Zeta", "Zeta Ltd", "Hooli", "Kenya", "Kenyan government", "Globex")

registers = st.lists(
    st.builds(
        lambda name, aliases, parent, kind, home: actor(
            name, aliases=[one for one in aliases if one != name], kind=kind, country=home,
            parent=parent if parent != name else None,
        ),
        st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        st.sampled_from([None, *NAMES]), st.sampled_from(["company", "government", "agency"]),
        st.sampled_from(["US", "KE", None]),
    ),
    max_size=4,
    unique_by=lambda one: one["name"],
)  # fmt: skip
decisions = st.lists(
    st.builds(
        lambda pair, verdict, when, undone: (_undone if undone else dict)(_said(*sorted(pair), verdict, when=when)),
        st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
        st.sampled_from(["same", "same", "same", "different", "different", "owns", "owned_by", "unsure"]),
        st.sampled_from(["2026-01-01", "2026-01-02", "2026-01-03"]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=6,
)  # fmt: skip
told = st.lists(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(
        lambda names: [claim(suppliers=[name]) for name in names[:1]] + [
            claim(evidence=f"{name} sells more", suppliers=[name], countries=["FR"]) for name in names[1:]
        ]
    ),
    max_size=4,
).map(lambda claims: [note(number=place, claims=one) for place, one in enumerate(claims)])  # fmt: skip


def _any_history_ends_alike(fresh: Fresh, data: st.DataObject) -> None:
    notes, actors, said = data.draw(told), data.draw(registers), data.draw(decisions)
    steps = [("notes", one) for one in notes] + [("actors", one) for one in actors] + [("said", one) for one in said]
    at_once, piecemeal = fresh(), fresh()
    load_notes(at_once, notes, actors, said)
    for sort, one in data.draw(st.permutations(steps)):
        load_notes(piecemeal, *([one] if sort == wanted else () for wanted in ("notes", "actors", "said")))

    assert exported(open_engine(piecemeal)) == exported(open_engine(at_once))
    before = exported(open_engine(at_once))
    rebuild(open_engine(at_once))
    assert exported(open_engine(at_once)) == before


@few
@given(data=st.data())
def test_actors_judgements_and_claims_come_out_alike_in_any_order(fresh_sqlite: Fresh, data: st.DataObject) -> None:
    _any_history_ends_alike(fresh_sqlite, data)


@pytest.mark.slow
@many
@given(data=st.data())
def test_actors_judgements_and_claims_come_out_alike_in_any_order_at_length(
    fresh_sqlite: Fresh, data: st.DataObject
) -> None:
    _any_history_ends_alike(fresh_sqlite, data)


@given(
    said=st.lists(
        st.builds(
            lambda pair, verdict, moment: Decision(*sorted(pair), verdict, moment),
            st.lists(st.sampled_from("abcdef"), min_size=2, max_size=2, unique=True),
            st.sampled_from([Verdict.SAME, Verdict.SAME, Verdict.DIFFERENT]),
            st.sampled_from("123"),
        ),
        unique_by=lambda one: (one.left, one.right),
    ),
    data=st.data(),
)
def test_joins_obey_every_different_and_do_not_depend_on_order(said: list[Decision], data: st.DataObject) -> None:
    index = ActorIndex([("ac-1", "a", ["c"]), ("ac-2", "b", ["d"])])
    joins, again = Joins(said, index), Joins(data.draw(st.permutations(said)), index)

    meant = {name: joins.meaning(name).identity for name in "abcdef"}
    assert {name: again.meaning(name).identity for name in "abcdef"} == meant
    for one in said:
        if one.verdict is Verdict.DIFFERENT:
            assert meant[one.left] != meant[one.right]
        elif (one.left, one.right) not in joins.conflicts:
            assert meant[one.left] == meant[one.right]
