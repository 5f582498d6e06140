"""What an event says: stage, date, amount and parties by named rules, as tables of cases."""

import itertools
from dataclasses import replace

import pytest

from db.values import Amount, PartialDate
from db.vocabulary import Bloc, Bound, Kind, Role, Stage, Stance
from pipeline.claim_ids import event_id_of
from pipeline.claims import Claim, Party
from pipeline.consolidate import consolidate
from pipeline.figures import AmountRule
from pipeline.origins import Source

BASE = Claim(
    claim_id="a#1",
    article_id="a",
    number=1,
    kind=Kind.FUNDING,
    stage=Stage.SIGNED,
    stance=Stance.ASSERTS,
    date=PartialDate.parse("2025-03-10"),
    published=PartialDate.parse("2025-03-11"),
    parties=(Party(Role.RECIPIENTS, "ac-1", "ac-1", "Initech", "US"),),
    countries=("US",),
    technologies=("chips",),
    what="series B round",
    evidence="Initech closed its round",
)


def usd(value: int, bound: Bound = Bound.EXACT) -> Amount:
    return Amount("USD", bound, value=value)


def told(*changes: dict[str, object]) -> list[Claim]:
    """One claim for each set of changes, each of an article of its own; texts in place of dates and stages."""
    claims = []
    for letter, change in zip("abcdefgh", changes, strict=False):
        values: dict[str, object] = {"claim_id": f"{letter}#1", "article_id": letter, **change}
        for name in ("date", "published"):
            if name in values:
                values[name] = PartialDate.parse(str(values[name]))
        claims.append(replace(BASE, **values))  # type: ignore[arg-type]
    return claims


def sources(claims: list[Claim], **families: str) -> dict[str, Source]:
    return {c.article_id: Source(f"Paper {c.article_id}", families.get(c.article_id, c.article_id)) for c in claims}


R, A, S, D, H, X = Stage.RUMOURED, Stage.ANNOUNCED, Stage.SIGNED, Stage.DELIVERED, Stage.SUSPENDED, Stage.CANCELLED


@pytest.mark.parametrize(
    ("stages", "current", "furthest"),
    [
        ([(R, "2025-01-01")], R, R),
        ([(S, "2025-03-01"), (A, "2025-01-01")], S, S),
        ([(D, "2025-01-01"), (A, "2025-03-01")], D, D),
        ([(S, "2025-01-01"), (X, "2025-02-01")], X, S),
        ([(S, "2025-03-01"), (X, "2025-02-01")], S, S),
        ([(H, "2025-02-01"), (X, "2025-02-01")], X, None),
        ([(X, "2025-02-01"), (H, "2025-03-01"), (A, "2025-01-01")], H, A),
        ([(S, "2025-02"), (X, "2025-02-10")], X, S),
    ],
    ids=str,
)
def test_the_stage_is_the_furthest_rung_unless_the_act_was_stopped_later(
    stages: list[tuple[Stage, str]], current: Stage, furthest: Stage | None
) -> None:
    claims = told(*({"stage": stage, "date": date} for stage, date in stages))

    event = consolidate(claims, sources(claims))

    assert (event.stage, event.furthest) == (current, furthest)
    assert {facts.stage for facts in event.stages} == {stage for stage, _ in stages}


@pytest.mark.parametrize(
    ("dates", "chosen"),
    [
        (["2025-01", "2025-01-15"], "2025-01-15"),
        (["2025-01-16", "2025-01-15"], "2025-01-15"),
        (["2025-01-16", "2025-01-16", "2025-01-15"], "2025-01-16"),
        (["2025", "2024-12-31", "2025"], "2025"),
        (["2025-02", "2025-01"], "2025-01"),
        (["2025"], "2025"),
    ],
    ids=str,
)
def test_the_date_is_what_most_sources_bear_out_then_the_most_precise_then_the_earliest(
    dates: list[str], chosen: str
) -> None:
    claims = told(*({"date": date} for date in dates))

    assert str(consolidate(claims, sources(claims)).date) == chosen


def test_reprints_do_not_outvote_an_independent_source() -> None:
    claims = told({"date": "2025-01-16"}, {"date": "2025-01-16"}, {"date": "2025-01-15"})

    event = consolidate(claims, sources(claims, a="a", b="a"))

    assert str(event.date) == "2025-01-15"
    assert (event.reports, event.independent_sources) == (3, 2)


@pytest.mark.parametrize(
    ("amounts", "chosen", "rule", "low", "high"),
    [
        ([usd(5)], usd(5), AmountRule.ONLY_FIGURE, 5, 5),
        ([usd(5), usd(5)], usd(5), AmountRule.ALL_AGREE, 5, 5),
        ([usd(5), usd(6), usd(6)], usd(6), AmountRule.MOST_SOURCES, 5, 6),
        ([usd(7, Bound.ABOUT), usd(5)], usd(5), AmountRule.MOST_PRECISE, 5, 7),
        ([usd(5, Bound.UP_TO), usd(4, Bound.AT_LEAST)], usd(4, Bound.AT_LEAST), AmountRule.MOST_PRECISE, 4, 5),
        ([usd(5), usd(7)], usd(7), AmountRule.LATEST_REPORT, 5, 7),
        (
            [Amount("USD", Bound.RANGE, low=3, high=9), usd(5, Bound.AT_LEAST)],
            Amount("USD", Bound.RANGE, low=3, high=9), AmountRule.MOST_PRECISE, 3, 9,
        ),
    ],
    ids=str,
)  # fmt: skip
def test_one_figure_is_chosen_by_the_first_rule_that_singles_it_out(
    amounts: list[Amount], chosen: Amount, rule: AmountRule, low: int, high: int
) -> None:
    claims = told(*({"amount": amount} for amount in amounts))

    figure = consolidate(claims, sources(claims)).figure

    assert figure is not None
    assert (figure.chosen, figure.rule, figure.low, figure.high) == (chosen, rule, low, high)


def test_the_latest_report_is_by_publication_not_by_id() -> None:
    claims = told({"amount": usd(5), "published": "2025-04-01"}, {"amount": usd(7)})

    figure = consolidate(claims, sources(claims)).figure

    assert figure is not None
    assert (figure.chosen, figure.rule) == (usd(5), AmountRule.LATEST_REPORT)


def test_a_share_stands_for_the_round_only_where_nothing_else_is_known() -> None:
    share = {"amount": usd(3), "what": "one share of the round"}
    other = {"amount": usd(2), "what": "one share of the round"}
    alone = told(share, other)
    beside = told(share, {"amount": usd(9)})

    of_alone, of_beside = (consolidate(claims, sources(claims)).figure for claims in (alone, beside))

    assert of_alone is not None
    assert of_beside is not None
    assert (of_alone.chosen, of_alone.rule) == (usd(3, Bound.AT_LEAST), AmountRule.SHARE_ONLY)
    assert (of_beside.chosen, of_beside.low, of_beside.high) == (usd(9), 9, 9)


def test_the_largest_share_is_the_largest_in_dollars() -> None:
    shares = ({"amount": usd(1), "what": "one share of the round"},
              {"amount": Amount("EUR", Bound.EXACT, value=900), "what": "one share of the round"})  # fmt: skip
    claims = told(*shares)

    figure = consolidate(claims, sources(claims)).figure

    assert figure is not None
    assert figure.chosen == Amount("EUR", Bound.AT_LEAST, value=900)


def test_a_disputing_figure_widens_the_span_and_is_chosen_only_alone() -> None:
    denial = {"amount": usd(1), "stance": Stance.DISPUTES}
    both, alone = told({"amount": usd(9)}, denial), told({}, denial)

    of_both, of_alone = (consolidate(claims, sources(claims)).figure for claims in (both, alone))

    assert of_both is not None
    assert of_alone is not None
    assert (of_both.chosen, of_both.low, of_both.high) == (usd(9), 1, 9)
    assert (of_alone.chosen, of_alone.rule) == (usd(1), AmountRule.DISPUTED_ONLY)


def test_other_currencies_widen_the_span_in_dollars_only() -> None:
    claims = told({"amount": usd(100)}, {"amount": Amount("EUR", Bound.ABOUT, value=100)})

    figure = consolidate(claims, sources(claims)).figure

    assert figure is not None
    assert (figure.low, figure.high, figure.usd_low, figure.usd_chosen) == (100, 100, 100, 100)
    assert figure.usd_high is not None
    assert figure.usd_high > 100


def test_a_denial_adds_no_stage_party_or_place() -> None:
    stranger = Party(Role.INVESTORS, "ac-9", "ac-9", "Nobody", None)
    claims = told({}, {"stance": Stance.DENIES, "stage": D, "countries": ("FR",), "parties": (stranger,)})

    event = consolidate(claims, sources(claims))

    assert event.disputed
    assert (event.stage, event.countries) == (S, ("US",))
    assert {actor for _, actor, _ in event.parties} == {"ac-1"}


@pytest.mark.parametrize(
    ("attributed", "is_party", "sole"),
    [
        (["OpenAI", "OpenAI"], False, "OpenAI"),
        (["OpenAI", None], False, None),
        ([None], True, "Paper a"),
        ([None], False, None),
        ([None, None], True, None),
    ],
)
def test_the_sole_asserter_is_named_where_all_rests_on_one_body(
    attributed: list[str | None], is_party: bool, sole: str | None
) -> None:
    claims = told(*({"attributed_to": name} for name in attributed))
    places = {key: replace(source, is_party=is_party) for key, source in sources(claims).items()}

    assert consolidate(claims, places).sole_asserter == sole


def test_the_leading_suppliers_home_gives_the_bloc() -> None:
    us, cn = (Party(Role.SUPPLIERS, name, name, name, home) for name, home in (("A", "US"), ("Z", "CN")))
    claims = told(*({"kind": Kind.CONTRACT, "parties": parties} for parties in ((us, cn), (cn,))))

    assert consolidate(claims, sources(claims)).supplier_bloc is Bloc.CHINA


@pytest.mark.parametrize(
    ("what", "is_total"),
    [
        ("money raised so far", True),
        ("total raised", True),
        ("series B round", False),
        ("one share of the round", False),
    ],
)
def test_a_cumulative_sum_is_marked_as_a_total(what: str, is_total: bool) -> None:
    claims = told({"what": what, "amount": usd(9)})

    assert consolidate(claims, sources(claims)).is_total is is_total


def test_the_id_comes_from_the_earliest_published_claim() -> None:
    claims = told({"published": "2025-03-12"}, {"published": "2025-03"}, {"published": "2025-03-01"})

    event = consolidate(claims, sources(claims))

    assert event.anchor.claim_id == "b#1"
    assert event.event_id == event_id_of(claims[1].claim_id)
    assert len(event.event_id) == 15


def test_the_order_of_claims_changes_nothing() -> None:
    claims = told(
        {"amount": usd(5), "what": "series B round"}, {"amount": usd(6, Bound.ABOUT), "stage": A, "date": "2025-01"},
        {"stance": Stance.DENIES}, {"stage": X, "date": "2025-06"},
    )  # fmt: skip
    places = sources(claims)

    results = {repr(consolidate(list(order), places)) for order in itertools.permutations(claims)}

    assert len(results) == 1


def investor(*names: str) -> tuple[Party, ...]:
    return (*BASE.parties, *(Party(Role.INVESTORS, name, name, name, "US") for name in names))


def test_who_withdrew_is_no_party_and_the_round_is_not_cancelled_by_it() -> None:
    claims = told(
        {"parties": investor("Thrive", "Microsoft")},
        {"parties": investor("Apple"), "stage": X, "date": "2025-04"},
    )

    event = consolidate(claims, sources(claims))

    assert (event.stage, [facts.stage for facts in event.stages]) == (S, [S])
    assert {actor for role, actor, _ in event.parties if role is Role.INVESTORS} == {"Thrive", "Microsoft"}


def test_who_is_named_in_rumours_only_is_no_party_once_the_act_came_about() -> None:
    claims = told({"parties": investor("Thrive")}, {"parties": investor("GIC"), "stage": R, "date": "2025-01"})

    event = consolidate(claims, sources(claims))

    assert {actor for role, actor, _ in event.parties if role is Role.INVESTORS} == {"Thrive"}
    assert [facts.stage for facts in event.stages] == [R, S]


def test_the_end_of_the_whole_round_cancels_it() -> None:
    claims = told({"parties": investor("Thrive")}, {"stage": X, "date": "2025-04"})

    assert consolidate(claims, sources(claims)).stage is X


@pytest.mark.parametrize("stance", [Stance.DENIES, Stance.DISPUTES])
def test_what_nobody_asserts_is_a_rumour(stance: Stance) -> None:
    claims = told({"stance": stance, "stage": A, "amount": usd(20)})

    event = consolidate(claims, sources(claims))

    assert (event.stage, event.disputed) == (R, True)
    assert event.figure is not None
    assert event.figure.rule is AmountRule.DISPUTED_ONLY


def test_a_ceiling_of_a_share_is_never_a_floor_of_the_round() -> None:
    claims = told({"amount": usd(10, Bound.UP_TO), "what": "one tranche of it"})

    event = consolidate(claims, sources(claims))

    assert event.figure is not None
    assert (event.figure.chosen, event.figure.rule) == (usd(10, Bound.UP_TO), AmountRule.SHARE_ONLY)


@pytest.mark.parametrize(
    ("said_by", "count"),
    [
        (["OpenAI", "OpenAI", "OpenAI"], 1),
        (["OpenAI", None, None], 3),
        (["people familiar with the matter"] * 3, 3),
        (["Reuters", "Bloomberg", "Reuters"], 2),
    ],
)
def test_reports_that_go_back_to_one_named_body_are_one_source(said_by: list[str | None], count: int) -> None:
    claims = told(*({"attributed_to": name} for name in said_by))

    event = consolidate(claims, sources(claims))

    assert (event.reports, event.independent_sources) == (3, count)


def test_only_articles_that_assert_count_as_sources() -> None:
    claims = told({}, {"stance": Stance.DENIES})

    assert consolidate(claims, sources(claims)).independent_sources == 1
