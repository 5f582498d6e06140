"""What an event says, from the claims that report it, by named rules. All figures stay; the rule that chose is named.

Pure: the result depends only on the claims given, never on their order.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from db.countries import bloc_of
from db.values import PartialDate
from db.vocabulary import LADDER, ROLES_OF_KIND, SIDE_EXITS, Bloc, Kind, Role, Stage, Stance
from pipeline.claim_ids import event_id_of
from pipeline.claims import Claim, Party
from pipeline.features import Portion, portion_of
from pipeline.figures import Figure, stage_figure
from pipeline.origins import Source, origins, sole_asserter
from pipeline.titles import title_of


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
    said = [claim for claim in claims if claim.stance is Stance.ASSERTS] or claims
    bearing = bearing_claims(said)
    asserting = [claim for claim in said if not is_exit_of_one(claim, bearing)]
    stages = stages_of(asserting, [claim for claim in claims if not is_exit_of_one(claim, bearing)], sources)
    shown = {facts.stage: facts for facts in stages}
    furthest = next((stage for stage in reversed(LADDER) if stage in shown), None)
    current = current_stage(asserting, furthest)
    amount_stage = figure_stage(stages)
    parties = parties_of(bearing)
    figure = shown[amount_stage].figure if amount_stage else None
    articles = {claim.article_id for claim in claims}
    attributions = {claim.attributed_to for claim in claims if claim.attributed_to}
    return EventFacts(
        event_id=event_id_of(anchor.claim_id),
        anchor=anchor,
        title=title_of(bearing, parties, figure.chosen if figure else None),
        stage=current,
        furthest=furthest,
        date=shown[furthest or current].date,
        instrument=most_common(claim.instrument for claim in asserting),
        is_total=portion_of(anchor) is Portion.TOTAL,
        stages=stages,
        amount_stage=amount_stage,
        figure=figure,
        parties=tuple((role, actor_id, count) for role, actor_id, _, count in parties),
        countries=tuple(sorted({country for claim in asserting for country in claim.countries})),
        technologies=tuple(sorted({word for claim in asserting for word in claim.technologies})),
        supplier_bloc=supplier_bloc(bearing),
        attributed_to="; ".join(sorted(attributions)) or None,
        sole_asserter=sole_asserter(said, sources),
        claims=len(claims),
        reports=len(articles),
        independent_sources=len(origins(said, sources)),
        publishers=len({sources[article].publisher for article in articles}),
        disputed=any(claim.stance is not Stance.ASSERTS for claim in claims),
        first_published=min(claim.published.first for claim in claims),
        last_published=max(claim.published.last for claim in claims),
    )


def read_denials(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims as they are; an act that nobody asserts, known from denials and disputes alone, is a rumour."""
    if any(claim.stance is Stance.ASSERTS for claim in claims):
        return claims
    return [replace(claim, stage=Stage.RUMOURED) for claim in claims]


def bearing_claims(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims that say who takes part: those of a rung above rumours, else rumours, else those of an end.

    Who is named in a rumour only, or only as having withdrawn, is no party to what came about.
    """
    settled = [claim for claim in claims if claim.stage in LADDER and claim.stage is not Stage.RUMOURED]
    return settled or [claim for claim in claims if claim.stage in LADDER] or claims


def is_exit_of_one(claim: Claim, bearing: Sequence[Claim]) -> bool:
    """Whether a claim tells of one party's withdrawal from an act that goes on without it.

    For funding: it names investors, and not all of those that bear the round. Else: nobody on its acting side bears it.
    """
    if claim.stage not in SIDE_EXITS or bearing[0].stage in SIDE_EXITS:
        return False
    role = ROLES_OF_KIND[claim.kind][0]
    leaving = claim.actors(role)
    staying = frozenset[str]().union(*(other.actors(role) for other in bearing))
    if not leaving or not staying:
        return False
    return not staying <= leaving if claim.kind is Kind.FUNDING else leaving.isdisjoint(staying)


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
