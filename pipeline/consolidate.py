"""What an event says, from the claims that report it, by named rules. All figures stay; the rule that chose is named.

Pure: the result depends only on the claims given, never on their order.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from db.countries import bloc_of
from db.values import Amount, PartialDate
from db.vocabulary import LADDER, ROLES_OF_KIND, SIDE_EXITS, Bloc, Bound, Role, Stage, Stance
from pipeline.claim_ids import event_id_of
from pipeline.claims import Claim, Party
from pipeline.features import Portion, portion_of
from pipeline.money import Rate, rate_on
from pipeline.titles import title_of


class AmountRule(StrEnum):
    """Why one of the reported figures was chosen."""

    ONLY_FIGURE = "only figure"
    ALL_AGREE = "all reports agree"
    MOST_SOURCES = "most independent sources"
    MOST_PRECISE = "most precise"
    LATEST_REPORT = "latest report"
    SHARE_ONLY = "only shares of it are reported"
    DISPUTED_ONLY = "only disputing reports give a figure"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim was published. `family` is the same for reprints of one text; `is_party` marks a publisher that
    is itself an actor of the register (a firm's own release), not a news outlet."""

    publisher: str
    family: str
    is_party: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """The money of one stage: the chosen amount, its rule, the span of all reports, and the same in USD."""

    chosen: Amount
    rule: AmountRule
    low: int
    high: int
    rate: Rate | None
    usd_low: int | None
    usd_high: int | None

    @property
    def usd_chosen(self) -> int | None:
        """The chosen figure in whole US dollars."""
        return self.rate.convert(self.chosen.figure) if self.rate else None


@dataclass(frozen=True, slots=True)
class StageFacts:
    """One rung of the ladder as reported."""

    stage: Stage
    date: PartialDate
    claims: int
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One event, ready to be stored. `parties` are (role, actor id, claims) with the most named first."""

    event_id: str
    anchor: Claim
    title: str
    stage: Stage
    furthest: Stage | None
    date: PartialDate
    instrument: str | None
    is_total: bool
    stages: tuple[StageFacts, ...]
    amount_stage: Stage | None
    figure: Figure | None
    parties: tuple[tuple[Role, str, int], ...]
    countries: tuple[str, ...]
    technologies: tuple[str, ...]
    supplier_bloc: Bloc | None
    attributed_to: str | None
    sole_asserter: str | None
    claims: int
    reports: int
    independent_sources: int
    publishers: int
    disputed: bool
    first_published: dt.date
    last_published: dt.date


def anchor_of(claims: Iterable[Claim]) -> Claim:
    """The earliest published claim, ties by claim id (DESIGN.md, rule 10)."""
    return min(claims, key=lambda claim: (claim.published.first, claim.claim_id))


def consolidate(claims: Sequence[Claim], sources: Mapping[str, Source]) -> EventFacts:
    """One event from the claims that report it. `sources`: article id → where it was published."""
    claims = sorted(read_denials(claims), key=lambda claim: (claim.published.first, claim.claim_id))
    anchor = anchor_of(claims)
    asserting = [claim for claim in claims if claim.stance is Stance.ASSERTS] or claims
    stages = stages_of(asserting, claims, sources)
    shown = {facts.stage: facts for facts in stages}
    furthest = next((stage for stage in reversed(LADDER) if stage in shown), None)
    current = current_stage(asserting, furthest)
    amount_stage = figure_stage(stages)
    parties = parties_of(asserting)
    articles = {claim.article_id for claim in claims}
    attributions = {claim.attributed_to for claim in claims if claim.attributed_to}
    return EventFacts(
        event_id=event_id_of(anchor.claim_id),
        anchor=anchor,
        title=title_of(asserting, parties),
        stage=current,
        furthest=furthest,
        date=shown[furthest or current].date,
        instrument=most_common(claim.instrument for claim in asserting),
        is_total=portion_of(anchor) is Portion.TOTAL,
        stages=stages,
        amount_stage=amount_stage,
        figure=shown[amount_stage].figure if amount_stage else None,
        parties=tuple((role, actor_id, count) for role, actor_id, _, count in parties),
        countries=tuple(sorted({country for claim in asserting for country in claim.countries})),
        technologies=tuple(sorted({word for claim in asserting for word in claim.technologies})),
        supplier_bloc=supplier_bloc(asserting),
        attributed_to="; ".join(sorted(attributions)) or None,
        sole_asserter=sole_asserter(asserting, sources),
        claims=len(claims),
        reports=len(articles),
        independent_sources=len({sources[article].family for article in articles}),
        publishers=len({sources[article].publisher for article in articles}),
        disputed=any(claim.stance is not Stance.ASSERTS for claim in claims),
        first_published=min(claim.published.first for claim in claims),
        last_published=max(claim.published.last for claim in claims),
    )


def read_denials(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims as they are; where an act is known from its denials alone, they tell of a rumour and no more."""
    if any(claim.stance is not Stance.DENIES for claim in claims):
        return claims
    return [replace(claim, stage=Stage.RUMOURED) for claim in claims]


def sole_asserter(claims: Sequence[Claim], sources: Mapping[str, Source]) -> str | None:
    """The one body that all these claims rest on, if it is named as the origin or is itself a party to such acts."""
    asserters = {claim.attributed_to or sources[claim.article_id].publisher for claim in claims}
    is_named = any(claim.attributed_to or sources[claim.article_id].is_party for claim in claims)
    return next(iter(asserters)) if len(asserters) == 1 and is_named else None


def stages_of(
    asserting: Sequence[Claim], claims: Sequence[Claim], sources: Mapping[str, Source]
) -> tuple[StageFacts, ...]:
    """Each stage that is asserted, in ladder order then side exits. A dispute adds its figure, never a stage."""
    rungs = []
    for stage in (*LADDER, *SIDE_EXITS):
        at_stage = [claim for claim in asserting if claim.stage is stage]
        if at_stage:
            date = stage_date(at_stage, sources)
            figure = stage_figure([claim for claim in claims if claim.stage is stage], date, sources)
            rungs.append(StageFacts(stage, date, len(at_stage), figure))
    return tuple(rungs)


def current_stage(asserting: Sequence[Claim], furthest: Stage | None) -> Stage:
    """The furthest rung reached, unless a later report suspends or cancels the act."""
    exits = [claim for claim in asserting if claim.stage in SIDE_EXITS]
    if furthest is None:
        return max(exits, key=_recency).stage
    latest_exit = max(exits, key=_recency, default=None)
    latest_rung = max((claim for claim in asserting if claim.stage in LADDER), key=_recency)
    if latest_exit is not None and latest_exit.date.last >= latest_rung.date.first:
        return latest_exit.stage
    return furthest


def _recency(claim: Claim) -> tuple[dt.date, dt.date, bool, str]:
    return claim.date.last, claim.published.first, claim.stage is Stage.CANCELLED, claim.claim_id


def figure_stage(stages: Sequence[StageFacts]) -> Stage | None:
    """The stage whose figure stands for the event: the furthest rung with one, else a side exit's."""
    order = [*reversed(LADDER), *SIDE_EXITS]
    with_figure = [facts.stage for facts in stages if facts.figure is not None]
    return min(with_figure, key=order.index, default=None)


def stage_date(claims: Sequence[Claim], sources: Mapping[str, Source]) -> PartialDate:
    """The date that most independent sources bear out; then the most precise, then the earliest.

    A month bears out every day in it, so that `2025-01` and `2025-01-15` do not disagree.
    """

    def support(date: PartialDate) -> int:
        return len(
            {sources[c.article_id].family for c in claims if c.date.first <= date.first and date.last <= c.date.last}
        )

    def rank(date: PartialDate) -> tuple[int, int, PartialDate]:
        return -support(date), ("day", "month", "year").index(date.precision), date

    return min({claim.date for claim in claims}, key=rank)


def stage_figure(claims: Sequence[Claim], date: PartialDate, sources: Mapping[str, Source]) -> Figure | None:
    """The money of one stage from all claims about it. A share of a round counts only where nothing else is known."""
    reported = [claim for claim in claims if claim.amount is not None]
    if not reported:
        return None
    whole = [claim for claim in reported if portion_of(claim) is not Portion.SHARE]
    asserting = [claim for claim in whole if claim.stance is Stance.ASSERTS]
    if asserting:
        chosen, rule = choose(asserting, sources)
    elif whole:
        chosen, rule = choose(whole, sources)[0], AmountRule.DISPUTED_ONLY
    else:
        shares = [claim for claim in reported if claim.stance is Stance.ASSERTS] or reported
        chosen, rule = _largest_share(shares, date), AmountRule.SHARE_ONLY
    return _with_span(chosen, rule, whole or reported, date)


def _largest_share(claims: Sequence[Claim], date: PartialDate) -> Amount:
    """The whole is at least its largest known share. Shares are never added up: reports of them overlap."""
    amounts = (claim.amount for claim in claims if claim.amount)
    share = max(amounts, key=lambda a: (_usd(a.figure, a, date) or 0, a.currency, a.figure))
    return Amount(share.currency, Bound.AT_LEAST, value=share.figure)


_PRECISION = (Bound.EXACT, Bound.ABOUT, Bound.RANGE, Bound.AT_LEAST, Bound.UP_TO)


def choose(claims: Sequence[Claim], sources: Mapping[str, Source]) -> tuple[Amount, AmountRule]:
    """One of the reported amounts and the first rule that singles it out."""
    families: dict[Amount, set[str]] = {}
    latest: dict[Amount, tuple[dt.date, str]] = {}
    for claim in claims:
        if claim.amount is not None:
            families.setdefault(claim.amount, set()).add(sources[claim.article_id].family)
            said = (claim.published.first, claim.claim_id)
            latest[claim.amount] = max(latest.get(claim.amount, said), said)
    if len(families) == 1:
        return next(iter(families)), AmountRule.ALL_AGREE if len(claims) > 1 else AmountRule.ONLY_FIGURE
    rules: list[tuple[AmountRule, Callable[[Amount], object]]] = [
        (AmountRule.MOST_SOURCES, lambda amount: len(families[amount])),
        (AmountRule.MOST_PRECISE, lambda amount: -_PRECISION.index(amount.bound)),
        (AmountRule.LATEST_REPORT, lambda amount: latest[amount]),
    ]
    left = list(families)
    for rule, value in rules:
        best = max(map(value, left))  # type: ignore[type-var]
        left = [amount for amount in left if value(amount) == best]
        if len(left) == 1:
            return left[0], rule
    raise AssertionError("no two amounts share a latest claim")


def _with_span(chosen: Amount, rule: AmountRule, claims: Sequence[Claim], date: PartialDate) -> Figure:
    amounts = [claim.amount for claim in claims if claim.amount is not None]
    same_currency = [amount for amount in amounts if amount.currency == chosen.currency] or [chosen]
    spans_usd = [(_usd(_lower(a), a, date), _usd(_upper(a), a, date)) for a in amounts]
    known = [(low, high) for low, high in spans_usd if low is not None and high is not None]
    return Figure(
        chosen=chosen,
        rule=rule,
        low=min(map(_lower, same_currency)),
        high=max(map(_upper, same_currency)),
        rate=rate_on(chosen.currency, date),
        usd_low=min((low for low, _ in known), default=None),
        usd_high=max((high for _, high in known), default=None),
    )


def _lower(amount: Amount) -> int:
    return amount.figure


def _upper(amount: Amount) -> int:
    return amount.high if amount.high is not None else amount.figure


def _usd(figure: int, amount: Amount, date: PartialDate) -> int | None:
    rate = rate_on(amount.currency, date)
    return rate.convert(figure) if rate else None


def parties_of(claims: Sequence[Claim]) -> list[tuple[Role, str, str, int]]:
    """(role, actor id, name, claims that name it) in the order of the kind's roles, most named first."""
    counts: Counter[tuple[Role, str]] = Counter()
    names: dict[str, str] = {}
    for claim in claims:
        named = {(party.role, party.actor_id) for party in claim.parties}
        counts.update(named)
        names.update({party.actor_id: party.name for party in claim.parties})
    order = ROLES_OF_KIND[claims[0].kind]
    return sorted(
        ((role, actor, names[actor], count) for (role, actor), count in counts.items()),
        key=lambda row: (order.index(row[0]), -row[3], row[2], row[1]),
    )


def supplier_bloc(claims: Sequence[Claim]) -> Bloc | None:
    """The home bloc of the leading supplier (or builder): the one that most claims name, ties by name."""
    acting: list[Party] = [
        party for claim in claims for party in claim.parties if party.role in (Role.SUPPLIERS, Role.BUILDERS)
    ]
    if not acting:
        return None
    counts = Counter((party.name, party.country) for party in acting)
    _, country = min(counts, key=lambda key: (-counts[key], key[0]))
    return bloc_of(country)


def most_common(words: Iterable[str | None]) -> str | None:
    """The word used most, ties by alphabet; None where there is none."""
    counts = Counter(word for word in words if word)
    return min(counts, key=lambda word: (-counts[word], word), default=None)
