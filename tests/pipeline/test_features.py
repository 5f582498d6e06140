"""What is worked out once per claim: the period of the act, the sort of money, whose state a party stands for."""

import dataclasses
import datetime as dt
from functools import cache

import pytest

from db.values import PartialDate
from db.vocabulary import Role
from pipeline.claims import Claim, Party
from pipeline.features import Flow, features, flow_of, period_of
from pipeline.signals import KIN, SAME, STRANGERS, kinship
from tests.corpus_claims import load_corpus


@cache
def sample() -> Claim:
    return next(claim for claim in load_corpus() if claim.claim_id == "pjfp-2026-05-anthropic-seriesh#1")


def dated(date: str, published: str) -> tuple[str, str]:
    claim = dataclasses.replace(sample(), date=PartialDate.parse(date), published=PartialDate.parse(published))
    first, last = (dt.date.fromordinal(day).isoformat() for day in period_of(claim))
    return first, last


@pytest.mark.parametrize(
    ("date", "published", "period"),
    [
        ("2025-03-04", "2025-03-05", ("2025-03-04", "2025-03-04")),
        ("2025", "2025-03-05", ("2025-01-01", "2025-03-05")),
        ("2024", "2025-03-05", ("2024-01-01", "2024-12-31")),
        ("2027", "2025-03-05", ("2025-03-05", "2027-01-01")),
    ],
)
def test_an_act_lies_no_later_than_its_report(date: str, published: str, period: tuple[str, str]) -> None:
    assert dated(date, published) == period


@pytest.mark.parametrize(
    ("instrument", "flow"),
    [
        ("series C", Flow.EQUITY),
        ("IPO", Flow.LISTING),
        ("debt", Flow.DEBT),
        ("national programme", Flow.PUBLIC),
        ("acquisition", Flow.PURCHASE),
        (None, Flow.UNKNOWN),
    ],
)
def test_the_instrument_gives_the_sort_of_money(instrument: str | None, flow: Flow) -> None:
    assert flow_of(dataclasses.replace(sample(), instrument=instrument)) is flow


def test_convertible_debt_counts_as_equity() -> None:
    assert flow_of(dataclasses.replace(sample(), instrument="debt", what="convertible notes")) is Flow.EQUITY


def authority(name: str, country: str, group: str | None = None) -> Claim:
    party = Party(Role.INVESTORS, name, group or name, name, country)
    return dataclasses.replace(sample(), parties=(party,))


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (("Government of Japan", "JP"), ("Government of Japan", "JP"), SAME),
        (("Government of Japan", "JP"), ("Digital Agency, Japan", "JP"), KIN),
        (("Government of Japan", "JP"), ("City of Tokyo", "JP"), STRANGERS),
        (("Government of Chengdu", "CN"), ("Ministry of Finance, China", "CN"), STRANGERS),
        (("Ministry of Finance, India", "IN"), ("Ministry of Health, India", "IN"), STRANGERS),
        (("Government of Japan", "JP"), ("Ministry of Finance, India", "IN"), STRANGERS),
    ],
)
def test_an_agency_is_kin_to_its_national_government_only(
    left: tuple[str, str], right: tuple[str, str], level: int
) -> None:
    assert kinship(features(authority(*left)).acting, features(authority(*right)).acting) == level


@pytest.mark.parametrize(("authority", "is_bill"), [("Congress of Utopia", True), ("Ministry of Trade, Utopia", False)])
def test_what_a_parliament_decides_on_is_a_bill(authority: str, is_bill: bool) -> None:
    party = Party(Role.AUTHORITIES, authority, authority, authority, "US")
    claim = dataclasses.replace(
        sample(), parties=(party,), what="chips to be traced", evidence="makers must trace chips"
    )

    assert ("bill" in features(claim).marks) is is_bill


def test_names_of_parties_and_their_countries_are_no_words_of_the_act() -> None:
    claim = dataclasses.replace(
        authority("Acme Robotics", "SA"), countries=("KR",), what="Acme camera plan", evidence="Saudi and Korean towns"
    )

    assert features(claim).words == {"camera", "town"}
