"""From matched pairs and human verdicts to clusters of claims: one cluster is one event.

Best pair first, never across a person's `different`, and not where the groups as wholes speak against each other. The
result depends on the claims, the matches and the verdicts of a connected component alone, never on their order, so
that an incremental run equals a full rebuild.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from db.vocabulary import Kind, Verdict
from pipeline.matching import Features, Match
from pipeline.weighing import SPOKESMEN, Pair, Scales, ordered

__all__ = ["Cluster", "Clustering", "Pair", "cluster", "ordered"]

BAR = -0.4
"""Weighted mean of log-odds over the pairs of two groups, above which they may join.

Below 0, since two claims of one event (two investors' shares, say) often have little to say to each other.
"""
STRAY = -0.8
"""The same mean over one claim and all others of its group, below which it is taken out of the group again.

Set by judgement: on the labels all values from -1.2 to -0.4 do the same.
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The claims of one event and the pairs that joined them: a tree, also over judged claims that are gone."""

    claim_ids: frozenset[str]
    links: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Clustering:
    """The clusters, sorted by their first claim id.

    `conflicts`: pairs that a person called different though a chain of `same` joins them. The `different` holds.
    """

    clusters: tuple[Cluster, ...]
    conflicts: tuple[Pair, ...] = ()


@dataclass(slots=True)
class _Groups:
    """Growing groups of claims, known by one of their claims, and which groups may never meet."""

    parent: dict[str, str]
    members: dict[str, list[str]]
    links: dict[str, list[Pair]]
    apart: dict[str, set[str]] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)

    @classmethod
    def singles(cls, ids: Iterable[str]) -> "_Groups":
        known = list(ids)
        return cls({i: i for i in known}, {i: [i] for i in known}, {i: [] for i in known})

    def copy(self) -> "_Groups":
        """The same groups, to go back to."""
        return _Groups(
            dict(self.parent),
            {root: list(ids) for root, ids in self.members.items()},
            {root: list(links) for root, links in self.links.items()},
            {root: set(others) for root, others in self.apart.items()},
            dict(self.kinds),
        )

    def become(self, other: "_Groups") -> None:
        """Take over the groups of another, which is not used after."""
        self.parent, self.members, self.links = other.parent, other.members, other.links
        self.apart, self.kinds = other.apart, other.kinds

    def find(self, claim_id: str) -> str:
        while self.parent[claim_id] != claim_id:
            self.parent[claim_id] = self.parent[self.parent[claim_id]]
            claim_id = self.parent[claim_id]
        return claim_id

    def separate(self, left: str, right: str) -> None:
        left, right = self.find(left), self.find(right)
        self.apart.setdefault(left, set()).add(right)
        self.apart.setdefault(right, set()).add(left)

    def may_meet(self, left: str, right: str) -> bool:
        if left == right or right in self.apart.get(left, ()):
            return False
        return self.of_one_kind(left, right)

    def of_one_kind(self, left: str, right: str) -> bool:
        """Whether both are of one kind, as far as that is known."""
        return len({self.kinds.get(left), self.kinds.get(right)} - {None}) < 2

    def join(self, left: str, right: str, link: Pair) -> None:
        keep, gone = (left, right) if len(self.members[left]) >= len(self.members[right]) else (right, left)
        self.parent[gone] = keep
        self.members[keep] += self.members.pop(gone)
        self.links[keep] += [*self.links.pop(gone), link]
        if kind := self.kinds.pop(gone, None):
            self.kinds[keep] = kind
        for other in self.apart.pop(gone, set()):
            self.apart[other].discard(gone)
            self.apart[other].add(keep)
            self.apart.setdefault(keep, set()).add(other)


def cluster(claims: Iterable[Features], matches: Mapping[Pair, Match], verdicts: Mapping[Pair, Verdict]) -> Clustering:
    """Group the claims of one or more connected components into events.

    A human SAME joins, a DIFFERENT never lets two claims meet, also through others; where a chain of SAME runs into
    a DIFFERENT, the DIFFERENT holds and the pair is reported. UNSURE changes nothing, nor does SAME between two kinds
    of act: an event is of one kind. Matches join, the best score first, ties by id, where the groups as wholes allow
    it. Whom a person joined does not speak there: a SAME unites two events whole, and drives nobody off. A judged claim
    that is not given, because it is gone, still carries the chain; a match with one is ignored.
    """
    known = {claim.claim_id: claim for claim in claims}
    human = {ordered(*pair): verdict for pair, verdict in verdicts.items()}
    groups = _Groups.singles(sorted({*known, *(claim_id for pair in human for claim_id in pair)}))
    groups.kinds.update((claim_id, claim.kind) for claim_id, claim in known.items())
    same = sorted(pair for pair, verdict in human.items() if verdict is Verdict.SAME and groups.of_one_kind(*pair))
    different = sorted(pair for pair, verdict in human.items() if verdict is Verdict.DIFFERENT)
    for pair in different:
        groups.separate(*pair)
    for left, right in same:
        if groups.may_meet(one := groups.find(left), other := groups.find(right)):
            groups.join(one, other, (left, right))
    _join_matches(groups, known, {ordered(*pair): match for pair, match in matches.items()})
    made = [
        Cluster(there, tuple(sorted(groups.links[root])))
        for root, ids in groups.members.items()
        if (there := frozenset(filter(known.__contains__, ids)))
    ]
    return Clustering(tuple(sorted(made, key=lambda one: min(one.claim_ids))), _conflicts(same, different))


def _conflicts(same: Iterable[Pair], different: Iterable[Pair]) -> tuple[Pair, ...]:
    chains = _Groups.singles({claim_id for pair in (*same, *different) for claim_id in pair})
    for left, right in same:
        if chains.may_meet(one := chains.find(left), other := chains.find(right)):
            chains.join(one, other, (left, right))
    return tuple(pair for pair in different if chains.find(pair[0]) == chains.find(pair[1]))


def _join_matches(events: _Groups, claims: Mapping[str, Features], matches: Mapping[Pair, Match]) -> None:
    """Join what belongs together; where that leaves strays, join again from the start with the strays kept off."""
    before, scales = events.copy(), Scales(claims, matches)
    linked = ((-match.score, pair) for pair, match in matches.items() if match.same and claims.keys() >= set(pair))
    ranked = [pair for _, pair in sorted(linked)]
    scored = _Groups.singles(sorted(claims))
    _join_best_first(events, scored, ranked, scales)
    barred = [pair for ids in scored.members.values() for pair in _barred(ids, scales)]
    if barred:
        events.become(before)
        scored = _Groups.singles(sorted(claims))
        for pair in barred:
            scored.separate(*pair)
        _join_best_first(events, scored, ranked, scales)


def _barred(ids: list[str], scales: Scales) -> list[Pair]:
    """Pairs of a stray and a claim of the group that it does not belong to, which it came into by one likeness."""
    if len(ids) < 3:
        return []
    first = sorted(ids)[: SPOKESMEN + 1]
    strays = {one for one in ids if scales.mean_odds([one], [other for other in first if other != one]) < STRAY}
    return [(stray, other) for stray in strays for other in ids if other not in strays]


def _join_best_first(events: _Groups, scored: _Groups, ranked: Iterable[Pair], scales: Scales) -> None:
    refused: set[tuple[str, int, str, int]] = set()
    for left, right in ranked:
        one, other = sorted((scored.find(left), scored.find(right)))
        attempt = (one, len(scored.members[one]), other, len(scored.members[other]))
        event, further = events.find(left), events.find(right)
        if attempt in refused or not scored.may_meet(one, other):
            continue
        if event != further and not events.may_meet(event, further):
            continue
        if scales.mean_odds(scored.members[one], scored.members[other]) <= BAR:
            refused.add(attempt)
            continue
        scored.join(one, other, (left, right))
        if event != further:
            events.join(event, further, (left, right))
