"""The money of one stage: which of the reported amounts is chosen, by which rule, and the span of all of them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from db import vocabulary
from db.values import Amount, PartialDate
from db.vocabulary import Bound, Stance
from pipeline.claims import Claim
from pipeline.features import Portion, portion_of
from pipeline.money import Rate, rate_on
from pipeline.origins import Source


class AmountRule(StrEnum):
    """Why one of the reported figures was chosen."""

    ONLY_FIGURE = "only figure"
    ALL_AGREE = "all reports agree"
    MOST_SOURCES = "most independent sources"
    MOST_PRECISE = "most precise"
    LATEST_REPORT = "latest report"
    SHARE_ONLY = "only shares of it are reported"
    DISPUTED_ONLY = vocabulary.DISPUTED_ONLY


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
    """The whole is at least its largest known share, unless that is itself a ceiling. Shares are never added up."""
    amounts = [claim.amount for claim in claims if claim.amount]
    floors = [amount for amount in amounts if amount.bound is not Bound.UP_TO]
    share = max(floors or amounts, key=lambda a: (_usd(a.figure, a, date) or 0, a.currency, a.figure))
    return Amount(share.currency, Bound.AT_LEAST if floors else Bound.UP_TO, value=share.figure)


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
