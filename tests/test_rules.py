"""The rules of the data (DESIGN.md, section 2), each held against random small worlds."""

import datetime as dt
import io
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import history
from db.countries import COUNTRIES
from db.engine import open_engine
from db.queries.sources import article_page
from db.values import PartialDate
from db.vocabulary import SIDE_EXITS
from pipeline import neighbours, pieces
from pipeline.maintain import rebuild, restore, withdraw
from pipeline.money import rate_on
from tests.conftest import Fresh
from tests.factory import Entry, claim, exported, funding, load_notes, note
from tests.replay import (
    all_claims,
    all_events,
    all_stages,
    claims_without_event,
    event_ids,
    kept_pairs,
    load_outcome,
    play,
)
from tests.worlds import BODIES, DATES, Step, article_sets, decisions, histories, registers

few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=70, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(told=article_sets())
def test_rule_1_evidence_is_proved_by_offsets_in_code_points(fresh_sqlite: Fresh, told: list[Entry]) -> None:
    url = fresh_sqlite()
    load_notes(url, told)

    for row in all_claims(url).itertuples():
        with open_engine(url).connect() as connection:
            page = article_page(connection, row.article_id)
        assert page is not None
        assert page.text[row.evidence_start : row.evidence_end] == row.evidence


@pytest.mark.parametrize("passage", ["وقعت الحكومة العقد", "阿克米公司获得合同", "🙂🇰🇪 é signed e\u0301", "A\r\nB"])
def test_rule_1_offsets_count_code_points_in_any_script_on_both_engines(url: str, passage: str) -> None:
    text = f"🙂 前文 مقدمة {passage} 🇰🇪 end"

    load_notes(url, [note(text=text, claims=[claim(evidence=passage)])])

    (row,) = all_claims(url).itertuples()
    assert (row.evidence_start, row.evidence) == (text.index(passage), passage)
    assert text[row.evidence_start : row.evidence_end] == passage


def test_rule_1_evidence_that_is_not_found_is_refused_with_what_was_looked_for(url: str) -> None:
    summary = load_notes(url, [note(text="Nothing of the sort.")])

    assert (summary.new, summary.rejected) == (0, 1)
    assert "Acme sells a model" in summary.issues[0].message


def test_rule_2_reprints_of_one_text_are_one_independent_source(url: str) -> None:
    agency = f"Acme sells a model to the Government of Kenya. {BODIES[0]}"
    own = "Acme sells a model to the Government of Kenya. Our reporter saw papers in Nairobi and spoke to both."

    load_notes(
        url,
        [
            *(note(number=n, publisher=f"Paper {n}", text=agency) for n in (1, 2, 3)),
            note(number=4, publisher="Gazette", text=own),
            note(number=5, publisher="Gazette", text=own.replace("Nairobi", "Mombasa harbour on a rainy Sunday")),
        ],
    )

    (event,) = all_events(url).itertuples()
    assert (event.claims, event.reports, event.independent_sources, event.publishers) == (5, 5, 3, 4)


@few
@given(told=article_sets())
def test_rule_2_events_count_reports_sources_and_publishers_apart(fresh_sqlite: Fresh, told: list[Entry]) -> None:
    url = fresh_sqlite()
    load_notes(url, told)

    claims = all_claims(url)
    for event in all_events(url).itertuples():
        own = claims[claims.event_id == event.event_id]
        asserting = own[own.stance == "asserts"] if (own.stance == "asserts").any() else own
        families = {row.reprint_of or row.article_id for row in asserting.itertuples()}
        assert event.claims == len(own)
        assert event.reports == own.article_id.nunique()
        assert event.publishers == own.publisher.nunique()
        assert 1 <= event.independent_sources <= len(families)
        assert event.sole_asserter is None or event.independent_sources == 1


def test_rule_3_who_says_so_stays_and_denials_attach_to_the_event_they_deny(url: str) -> None:
    load_notes(
        url,
        [
            note(number=1, claims=[claim(attributed_to="Globex")]),
            note(number=2, claims=[claim(stance="denies", attributed_to="Government of Kenya")]),
        ],
    )

    (event,) = all_events(url).itertuples()
    assert event.attributed_to == "Globex; Government of Kenya"
    assert event.sole_asserter == "Globex"
    assert event.disputed
    assert set(all_claims(url).attributed_to) == {"Globex", "Government of Kenya"}


@few
@given(told=article_sets())
def test_rule_3_every_attribution_shows_on_the_event(fresh_sqlite: Fresh, told: list[Entry]) -> None:
    url = fresh_sqlite()
    load_notes(url, told)

    claims = all_claims(url)
    for event in all_events(url).itertuples():
        own = claims[claims.event_id == event.event_id]
        said = sorted({name for name in own.attributed_to if name})
        assert event.attributed_to == ("; ".join(said) or None)
        assert event.disputed == bool((own.stance != "asserts").any())


@few
@given(told=article_sets())
def test_rule_4_stages_are_never_added_up(fresh_sqlite: Fresh, told: list[Entry]) -> None:
    url = fresh_sqlite()
    load_notes(url, told)

    stages = all_stages(url)
    for event in all_events(url).itertuples():
        own = stages[stages.event_id == event.event_id]
        assert own.stage.is_unique
        assert event.stage in set(own.stage)
        if pd.isna(event.amount_low):
            assert own.amount_low.isna().all()
        else:
            (shown,) = own[own.stage == event.amount_stage].itertuples()
            assert (shown.amount_low, shown.amount_high, shown.currency) == (
                event.amount_low,
                event.amount_high,
                event.currency,
            )


def test_rule_4_each_stage_keeps_its_own_date_and_amount(url: str) -> None:
    announced = funding(stage="announced", date="2025-01", amount={"value": 150, "currency": "USD", "bound": "about"})
    signed = funding(stage="signed", date="2025-02-03", amount={"value": 140, "currency": "USD", "bound": "exact"})

    load_notes(url, [note(number=1, claims=[announced]), note(number=2, claims=[signed])])

    (event,) = all_events(url).itertuples()
    stages = {row.stage: (row.date, row.amount) for row in all_stages(url).itertuples()}
    assert stages == {"announced": ("2025-01", 150), "signed": ("2025-02-03", 140)}
    assert (event.amount_stage, event.usd_chosen, event.date) == ("signed", 140, "2025-02-03")


@few
@given(told=article_sets())
def test_rule_5_disagreement_stays_visible(fresh_sqlite: Fresh, told: list[Entry]) -> None:
    url = fresh_sqlite()
    load_notes(url, told)

    reported = sum("amount" in one for entry in told for one in entry["claims"])
    assert all_claims(url).bound.notna().sum() == reported
    for stage in all_stages(url).itertuples():
        if stage.bound is not None and not pd.isna(stage.amount_low):
            chosen = stage.amount_min if stage.bound == "range" else stage.amount
            assert stage.amount_low <= chosen <= stage.amount_high
            assert stage.amount_rule
            if not pd.isna(stage.usd_chosen):
                assert stage.usd_low <= stage.usd_chosen <= stage.usd_high


@few
@given(told=article_sets())
def test_rule_6_money_is_kept_as_reported_and_usd_needs_a_rate(fresh_sqlite: Fresh, told: list[Entry]) -> None:
    url = fresh_sqlite()
    load_notes(url, told)

    given_amounts = Counter(
        tuple(one["amount"].get(key) for key in ("value", "min", "max", "currency", "bound"))
        for entry in told
        for one in entry["claims"]
        if "amount" in one
    )
    with open_engine(url).connect() as connection:
        kept = connection.execute(
            sa.text("SELECT amount, amount_min, amount_max, currency, bound FROM claim WHERE bound IS NOT NULL")
        ).all()
        stages = connection.execute(sa.text("SELECT * FROM event_stage WHERE bound IS NOT NULL")).all()
    assert Counter(map(tuple, kept)) == given_amounts
    for stage in stages:
        assert not any(isinstance(value, float) for value in stage)
        rate = rate_on(stage.currency, PartialDate.parse(stage.date))
        if rate is None:
            assert (stage.usd_chosen, stage.usd_rate, stage.usd_rate_source) == (None, None, None)
        else:
            figure = stage.amount_min if stage.bound == "range" else stage.amount
            assert stage.usd_chosen == rate.convert(figure)
            assert (Decimal(stage.usd_rate), stage.usd_rate_source) == (rate.usd, rate.source)


def test_rule_6_undisclosed_is_empty_and_never_zero(url: str) -> None:
    load_notes(url, [note(claims=[funding(amount=None)])])

    files = exported(open_engine(url))
    for name in ("events.csv", "claims.csv"):
        frame = pd.read_csv(io.BytesIO(files[name]), dtype=str, keep_default_na=False)
        assert set(frame.filter(regex="^(amount|usd)").iloc[0]) == {""}


@given(
    value=st.integers(1, 9 * 10**15),
    currency=st.sampled_from(["USD", "EUR", "JPY", "AED", "KES"]),
    when=st.sampled_from(DATES),
)
@settings(max_examples=100, deadline=None)
def test_rule_6_conversion_is_exact_decimal_arithmetic(value: int, currency: str, when: str) -> None:
    rate = rate_on(currency, PartialDate.parse(when))

    if rate is None:
        assert currency == "KES"
    else:
        assert abs(Decimal(rate.convert(value)) - value * rate.usd) <= Decimal("0.5")


@few
@given(told=article_sets())
def test_rule_7_dates_are_no_more_precise_than_given(fresh_sqlite: Fresh, told: list[Entry]) -> None:
    url = fresh_sqlite()
    load_notes(url, told)

    claims, stages = all_claims(url), all_stages(url)
    said = {(row.event_id, row.date) for row in claims.itertuples()}
    for row in stages.itertuples():
        assert (row.event_id, row.date) in said
        parsed = PartialDate.parse(row.date)
        assert (str(row.date_first), str(row.date_last)) == (str(parsed.first), str(parsed.last))
    assert {(entry["id"], entry["published"]) for entry in told} == set(
        claims[["article_id", "published"]].itertuples(index=False, name=None)
    )


@few
@given(told=article_sets())
def test_rule_8_places_are_codes_of_the_list(fresh_sqlite: Fresh, told: list[Entry]) -> None:
    url = fresh_sqlite()
    load_notes(url, told)

    claims = all_claims(url)
    for event in all_events(url).itertuples():
        own = claims[(claims.event_id == event.event_id)]
        asserting = own[own.stance == "asserts"]
        said = asserting if len(asserting) else own
        # One party's withdrawal says nothing of where the act lands that goes on without it.
        bearing = said[~said.stage.isin(SIDE_EXITS)]
        named, borne = (
            {code for cell in some.countries for code in cell.split("; ")}
            for some in (said, bearing if len(bearing) else said)
        )
        assert borne <= set(event.countries.split("; ")) <= named <= COUNTRIES.keys()


def _differences(left: dict[str, bytes], right: dict[str, bytes]) -> list[str]:
    """What differs between two exports, in lines that a person can read."""
    found = []
    for name in left.keys() | right.keys():
        if left.get(name) != right.get(name) and name.endswith(".csv"):
            one, other = (files[name].decode().splitlines() for files in (left, right))
            found += [f"{name} - {line}" for line in one if line not in other]
            found += [f"{name} + {line}" for line in other if line not in one]
    return found or [name for name in left if left[name] != right.get(name)]


def _check_any_order(
    fresh_sqlite: Fresh, told: list[Entry], known: list[Entry], judged: list[Entry], seed: int
) -> None:
    shuffle = random.Random(seed)
    whole, pieces = fresh_sqlite(), fresh_sqlite()
    load_notes(whole, told, known, judged)
    shuffled = shuffle.sample(told, len(told))
    cut = shuffle.randint(0, len(told))
    steps = [
        lambda: load_notes(pieces, shuffled[:cut], batch_records=shuffle.choice([1, 2, 3])),
        lambda: load_notes(pieces, shuffled[cut:], batch_records=shuffle.choice([1, 2, 3])),
        lambda: load_notes(pieces, (), shuffle.sample(known, len(known))),
        lambda: load_notes(pieces, (), (), shuffle.sample(judged, len(judged))),
        lambda: load_notes(pieces, shuffled),
    ]
    shuffle.shuffle(steps)
    for step in steps:
        step()

    expected = exported(open_engine(whole))
    assert _differences(exported(open_engine(pieces)), expected) == []
    rebuild(open_engine(pieces))
    assert _differences(exported(open_engine(pieces)), expected) == []


@few
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_rule_9_order_batches_pieces_and_repetition_change_nothing(
    fresh_sqlite: Fresh, data: st.DataObject, seed: int
) -> None:
    told = data.draw(article_sets())
    _check_any_order(fresh_sqlite, told, data.draw(registers()), data.draw(decisions(told)), seed)


@pytest.mark.slow
@many
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_rule_9_order_batches_pieces_and_repetition_change_nothing_at_length(
    fresh_sqlite: Fresh, data: st.DataObject, seed: int
) -> None:
    told = data.draw(article_sets())
    _check_any_order(fresh_sqlite, told, data.draw(registers()), data.draw(decisions(told)), seed)


BOUNDS = ((1, 1), (1, 3), (2, 2), (neighbours.WINDOW, 2), (neighbours.WINDOW, pieces.LARGEST))
"""Claims between two that are compared, and in a piece: so few that most here is too long or too large, and as always.
"""


@contextmanager
def _bounds(window: int, largest: int) -> Iterator[None]:
    usual = neighbours.WINDOW, pieces.LARGEST
    neighbours.WINDOW, pieces.LARGEST = window, largest
    try:
        yield
    finally:
        neighbours.WINDOW, pieces.LARGEST = usual


def _check_history(fresh: Fresh, steps: list[Step], bounds: tuple[int, int]) -> None:
    lived, told = fresh(), fresh()
    with _bounds(*bounds):
        outcome = play(lived, steps)
        load_outcome(told, outcome)
        _check_same(lived, told, outcome.event_ids)
        rebuild(open_engine(lived))
        _check_same(lived, told, outcome.event_ids)
    for url in (lived, told):
        open_engine(url).dispose()


def _check_same(lived: str, told: str, ids: set[str]) -> None:
    assert _differences(exported(open_engine(lived)), exported(open_engine(told))) == []
    assert kept_pairs(lived) == kept_pairs(told)
    _assert_ids_lead_somewhere(lived, ids)


def _assert_ids_lead_somewhere(url: str, ids: set[str]) -> None:
    present = event_ids(url)
    with open_engine(url).connect() as connection:
        assert claims_without_event(connection) == 0
        for event_id in ids:
            target, reason = history.forward(connection, event_id)
            if event_id in present:
                assert (target, reason) == (event_id, None)
            else:
                assert (target in present and reason is None) or (target is None and reason)


@few
@given(steps=histories(), bounds=st.sampled_from(BOUNDS))
def test_rules_9_and_10_any_history_ends_as_its_outcome_and_keeps_every_id(
    fresh_sqlite: Fresh, steps: list[Step], bounds: tuple[int, int]
) -> None:
    _check_history(fresh_sqlite, steps, bounds)


@pytest.mark.slow
@many
@given(steps=histories(), bounds=st.sampled_from(BOUNDS))
def test_rules_9_and_10_any_history_ends_as_its_outcome_and_keeps_every_id_at_length(
    fresh_sqlite: Fresh, steps: list[Step], bounds: tuple[int, int]
) -> None:
    _check_history(fresh_sqlite, steps, bounds)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=histories(), bounds=st.sampled_from(BOUNDS))
def test_rules_9_and_10_any_history_ends_as_its_outcome_on_a_server_too_at_length(
    fresh_postgresql: Fresh, steps: list[Step], bounds: tuple[int, int]
) -> None:
    _check_history(fresh_postgresql, steps, bounds)


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=histories())
def test_rule_9_both_engines_export_the_same_bytes_at_length(
    fresh_sqlite: Fresh, fresh_postgresql: Fresh, steps: list[Step]
) -> None:
    one, other = fresh_sqlite(), fresh_postgresql()

    play(one, steps)
    play(other, steps)

    assert _differences(exported(open_engine(other)), exported(open_engine(one))) == []
    open_engine(other).dispose()


def test_rule_9_withdrawing_and_letting_in_again_leaves_no_trace(url: str) -> None:
    told = [note(number=number, claims=[claim(), funding()]) for number in (1, 2, 3)]
    load_notes(url, told)
    before = exported(open_engine(url))

    withdraw(open_engine(url), told[0]["id"], "retracted")
    restore(open_engine(url), told[0]["id"])
    load_notes(url, told)

    assert exported(open_engine(url)) == before


def test_rule_10_a_later_report_keeps_the_id_and_an_earlier_one_leaves_a_redirect(url: str) -> None:
    load_notes(url, [note(number=1, published="2025-03-11")])
    (first,) = event_ids(url)

    load_notes(url, [note(number=2, published="2025-03-12")])
    assert event_ids(url) == {first}
    load_notes(url, [note(number=3, published="2025-03-10")])

    (anchored_anew,) = event_ids(url)
    with open_engine(url).connect() as connection:
        assert history.forward(connection, first) == (anchored_anew, None)


def test_rule_10_a_lost_event_leaves_its_reason(url: str) -> None:
    load_notes(url, [note(number=1)])
    (lost,) = event_ids(url)

    withdraw(open_engine(url), note(number=1)["id"], "the outlet retracted it")

    with open_engine(url).connect() as connection:
        target, reason = history.forward(connection, lost)
        assert history.forward(connection, "ev-never") == (None, None)
    assert target is None
    assert reason is not None
    assert "the outlet retracted it" in reason


def _check_known(fresh_sqlite: Fresh, steps: list[Step], day: dt.date) -> None:
    lived, told = fresh_sqlite(), fresh_sqlite()
    outcome = play(lived, steps)
    outcome.articles = {
        key: entry for key, entry in outcome.articles.items() if PartialDate.parse(entry["published"]).last <= day
    }
    load_outcome(told, outcome)

    then, expected = exported(open_engine(lived), as_known_on=day), exported(open_engine(told))

    for name in ("events.csv", "claims.csv", "articles.csv", "actors.csv"):
        assert _differences({name: then[name]}, {name: expected[name]}) == []


@few
@given(
    data=st.data(),
    day=st.dates(min_value=dt.date(2024, 12, 30), max_value=dt.date(2025, 12, 31)),
)
def test_rule_7_as_known_on_equals_a_database_that_was_told_no_more(
    fresh_sqlite: Fresh, data: st.DataObject, day: dt.date
) -> None:
    with _bounds(*data.draw(st.sampled_from(BOUNDS))):
        _check_known(fresh_sqlite, data.draw(histories()), day)
