"""What the matcher looks at in a claim, worked out once per claim: sets, day numbers, classes. No decision here."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from db.countries import EUROPEAN_UNION, code_of, name_of
from db.vocabulary import ROLES_OF_KIND, Kind, Role, Stage, Stance
from pipeline.claims import Claim, Party
from pipeline.phrases import (
    acts_of,
    budget_years_of,
    capacities_of,
    exchange_of,
    marks_of,
    programmes_of,
    series_of,
    speaks_of_share,
    speaks_of_total,
    valuation_of,
)
from pipeline.wording import codes_of, names_of, numbers_of, plain, words_of


class Portion(StrEnum):
    """Which part of an act's money a claim speaks of."""

    WHOLE = "whole"
    SHARE = "share"
    TOTAL = "total"


class Flow(StrEnum):
    """The broad sort of money: what may be one funding event and what may not."""

    EQUITY = "equity"
    DEBT = "debt"
    LISTING = "stock market listing"
    PUBLIC = "public money"
    PURCHASE = "purchase"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Side:
    """The parties of one role.

    `governments`: countries whose government as a whole is named. `bodies`: countries of which any national body is.
    `ministries`: actors that are ministries or departments.
    """

    actors: frozenset[str]
    groups: frozenset[str]
    governments: frozenset[str]
    bodies: frozenset[str]
    ministries: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.actors)


@dataclass(frozen=True)
class Features:
    """A claim and what the matcher compares. Days are ordinals; `usd` is a rough figure, None where no rate is known.

    `acting` and `other` are the sides of ROLES_OF_KIND. What is read from the words is worked out when first asked
    for: most pairs are told apart before.
    """

    claim: Claim
    claim_id: str
    article_id: str
    kind: Kind
    stage: Stage
    asserts: bool
    first: int
    last: int
    published: int
    acting: Side
    other: Side
    everyone: frozenset[str]
    everyone_groups: frozenset[str]
    countries: frozenset[str]
    figure: int | None
    currency: str | None
    usd: int | None

    @property
    def is_vague(self) -> bool:
        """Whether the claim is dated no closer than to some months."""
        return self.last - self.first > 62

    @cached_property
    def text(self) -> str:
        """What the claim says: the annotator's words, then the evidence."""
        return f"{self.claim.what}. {self.claim.evidence}"

    @cached_property
    def _left_out(self) -> tuple[frozenset[str], tuple[str, ...]]:
        return _names_to_leave_out(self.claim)

    @cached_property
    def words(self) -> frozenset[str]:
        """Words that may tell one act from another, without the parties' and countries' own names."""
        party_words, country_roots = self._left_out
        plain_codes = frozenset(code.casefold() for code in self.codes)
        return _without(words_of(self.text) - party_words - plain_codes, country_roots)

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words, without the parties' and countries' own names."""
        party_words, country_roots = self._left_out
        return _without(names_of(self.text) - party_words, country_roots)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words and names together: what a name of the other claim may be found in."""
        return self.words | self.names

    @cached_property
    def codes(self) -> frozenset[str]:
        """Product and law codes, without the parties' own names: see `wording.codes_of`."""
        party_words, _ = self._left_out
        return frozenset(code for code in codes_of(self.text) if code.casefold() not in party_words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Plain numbers: see `wording.numbers_of`."""
        return numbers_of(self.text)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Sorts of statement: see `phrases.marks_of`. What a parliament decides on is a bill."""
        found = marks_of(self.text)
        return found | {"bill"} if _is_of_parliament(self.claim) else found

    @cached_property
    def acts(self) -> frozenset[str]:
        """Names of bills, acts and rules: see `phrases.acts_of`."""
        return acts_of(self.text)

    @cached_property
    def programmes(self) -> frozenset[str]:
        """Names of programmes, without the parties' own names: see `phrases.programmes_of`."""
        parties = " | ".join(plain(party.name) for party in self.claim.parties)
        return frozenset(name for name in programmes_of(self.text) if name not in parties)

    @cached_property
    def capacities(self) -> frozenset[float]:
        """Electric power in megawatts: see `phrases.capacities_of`."""
        return capacities_of(self.text)

    @cached_property
    def budget_years(self) -> frozenset[str]:
        """Budget years: see `phrases.budget_years_of`."""
        return budget_years_of(self.text)

    @cached_property
    def portion(self) -> Portion:
        """Which part of the money: see `portion_of`."""
        return portion_of(self.claim)

    @cached_property
    def flow(self) -> Flow:
        """The sort of money: see `flow_of`."""
        return flow_of(self.claim)

    @cached_property
    def series(self) -> str | None:
        """The letter of a round: see `phrases.series_of`."""
        return series_of(self.claim.instrument or "", self.claim.what, self.claim.evidence)

    @cached_property
    def exchange(self) -> str | None:
        """The stock exchange: see `phrases.exchange_of`."""
        return exchange_of(self.text)

    @cached_property
    def valuation(self) -> float | None:
        """What a round valued the firm at: see `phrases.valuation_of`."""
        return valuation_of(self.text)


_STATE_ROLES = (Role.AUTHORITIES, Role.BUYERS)
"""Roles that only states and their bodies have by the input format."""

_STATE_BODY = re.compile(
    r"\b(?:government|ministry|department|agency|authority|commission|commissioner|office|army|navy|forces|police"
    r"|administration|bureau|congress|senate|parliament|court|council)\b",
    re.IGNORECASE,
)
_PARLIAMENT = re.compile(r"\b(?:congress|senate|parliament|house of representatives)\b", re.IGNORECASE)
_MINISTRY = re.compile(r"\b(?:ministry|department)\b", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b(?:municipal|city of|district|state of|province|region|commonwealth of|county)\b", re.IGNORECASE
)
_FLOW_WORDS = {
    Flow.LISTING: ("ipo", "listing", "flotation"),
    Flow.DEBT: ("debt", "loan", "credit", "bond"),
    Flow.PUBLIC: ("grant", "national programme", "budget", "subsidy"),
    Flow.PURCHASE: ("acquisition", "takeover", "merger"),
    Flow.EQUITY: ("round", "seed", "series", "investment", "fund", "venture", "equity"),
}


@lru_cache(maxsize=16384)
def _is_government(party: Party) -> bool:
    """Whether a party is a country's government as a whole, not a city's or a province's."""
    if party.country is None or not party.name.startswith("Government of "):
        return False
    place = party.name.removeprefix("Government of ").removeprefix("the ")
    return code_of(place) == party.country or party.country == EUROPEAN_UNION


@lru_cache(maxsize=16384)
def _is_national_body(party: Party) -> bool:
    """Whether a party stands for a country's state."""
    if party.name.startswith("Government of "):
        return _is_government(party)
    if _LOCAL.search(party.name):
        return False
    return party.role in _STATE_ROLES or _STATE_BODY.search(party.name) is not None


@lru_cache(maxsize=16384)
def _side(parties: tuple[Party, ...]) -> Side:
    return Side(
        frozenset(party.actor_id for party in parties),
        frozenset(party.group_id for party in parties),
        frozenset(party.country for party in parties if party.country and _is_government(party)),
        frozenset(party.country for party in parties if party.country and _is_national_body(party)),
        frozenset(party.actor_id for party in parties if _MINISTRY.search(party.name)),
    )


@lru_cache(maxsize=1024)
def _country_roots(code: str) -> tuple[str, ...]:
    """The first four letters of the words of a country's name, which its adjective shares as a rule."""
    return tuple(word[:4] for word in plain(name_of(code)).split() if len(word) > 3)


def _names_to_leave_out(claim: Claim) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of the parties' names, and the roots of the countries' names: compared as parties and countries."""
    codes = {*claim.countries, *(party.country for party in claim.parties if party.country)}
    words = frozenset[str]().union(*(words_of(party.name) for party in claim.parties))
    return words, tuple(root for code in sorted(codes) for root in _country_roots(code))


def flow_of(claim: Claim) -> Flow:
    """The sort of money that the instrument names; convertible debt is taken as equity, which it becomes."""
    if "convertible" in f"{claim.what} {claim.evidence}".casefold():
        return Flow.EQUITY
    instrument = (claim.instrument or "").casefold()
    return next(
        (flow for flow, words in _FLOW_WORDS.items() if any(word in instrument for word in words)), Flow.UNKNOWN
    )


def portion_of(claim: Claim) -> Portion:
    """Whether a claim's money is the whole of its act, one share of it, or a total over several acts.

    A total counts several rounds or deals together (DESIGN.md section 3) and is an event of its own; a share (one
    investor's part, a tranche, a first payment) belongs to its round but must not give the round its amount.
    """
    return _portion(f"{claim.what}. {claim.evidence}")


@lru_cache(maxsize=8192)
def _portion(text: str) -> Portion:
    if speaks_of_total(text):
        return Portion.TOTAL
    return Portion.SHARE if speaks_of_share(text) else Portion.WHOLE


def period_of(claim: Claim) -> tuple[int, int]:
    """The first and last day (ordinals) on which the act may have happened, by its date and its publication.

    A report cannot date an act after its own appearance: a later date is that of a plan, announced by then.
    """
    first, last = claim.date.first, claim.date.last
    if first > claim.published.last:
        return claim.published.first.toordinal(), first.toordinal()
    return first.toordinal(), max(first, min(last, claim.published.last)).toordinal()


def features(claim: Claim, usd: int | None = None) -> Features:
    """Work out what `compare` needs. `usd`: the claim's figure in USD at its date, None where no rate is known."""
    roles = ROLES_OF_KIND[claim.kind]
    first, last = period_of(claim)
    return Features(
        claim=claim,
        claim_id=claim.claim_id,
        article_id=claim.article_id,
        kind=claim.kind,
        stage=claim.stage,
        asserts=claim.stance is Stance.ASSERTS,
        first=first,
        last=last,
        published=claim.published.first.toordinal(),
        acting=_side(tuple(party for party in claim.parties if party.role is roles[0])),
        other=_side(tuple(party for party in claim.parties if party.role in roles[1:])),
        everyone=frozenset(party.actor_id for party in claim.parties),
        everyone_groups=frozenset(party.group_id for party in claim.parties),
        countries=frozenset(claim.countries),
        figure=claim.amount.figure if claim.amount else None,
        currency=claim.amount.currency if claim.amount else None,
        usd=claim.amount.figure if claim.amount and claim.amount.currency == "USD" else usd,
    )


def _is_of_parliament(claim: Claim) -> bool:
    return any(party.role is Role.AUTHORITIES and _PARLIAMENT.search(party.name) for party in claim.parties)


def _without(words: frozenset[str], roots: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in words if not word.startswith(roots)) if roots else words
