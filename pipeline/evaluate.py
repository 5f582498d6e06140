"""How well predicted events agree with labelled ones: pairwise and B-cubed precision, recall and F1."""

import csv
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import table
from db.models import Article, Claim, EventClaim
from pipeline.errors import InputError
from pipeline.matching import Match, compare
from pipeline.resolve import Desk


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The agreement of a prediction with the labels, over the claims that both know."""

    pairwise: Rates
    b_cubed: Rates
    claims: int
    pairs: int
    wrong: tuple[tuple[str, str, bool], ...]
    """The pairs judged wrongly: left, right, and whether they belong together by the labels."""


ByKind = dict[str, Accuracy]
"""The agreement for each kind of act."""


def _together(events: Mapping[str, Hashable]) -> set[tuple[str, str]]:
    members: dict[Hashable, list[str]] = {}
    for claim in sorted(events):
        members.setdefault(events[claim], []).append(claim)
    return {pair for claims in members.values() for pair in combinations(claims, 2)}


def _b_cubed(predicted: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Rates:
    in_both = Counter((predicted[claim], gold[claim]) for claim in gold)
    in_predicted, in_gold = Counter(predicted.values()), Counter(gold.values())
    hits = [(in_both[predicted[claim], gold[claim]], predicted[claim], gold[claim]) for claim in gold]
    return Rates(
        sum(hit / in_predicted[mine] for hit, mine, _ in hits) / len(hits),
        sum(hit / in_gold[theirs] for hit, _, theirs in hits) / len(hits),
    )


def score(predicted: Mapping[str, Hashable], gold: Mapping[str, Hashable]) -> Accuracy:
    """Compare two partitions of claims, each given as claim → event, over the claims in both.

    Pairwise: of the pairs put together, how many belong together, and the reverse; 1 where there is no pair to judge.
    B-cubed: the same per claim, averaged (Bagga and Baldwin 1998).

    Raises:
        ValueError: the two share no claim.
    """
    common = predicted.keys() & gold.keys()
    if not common:
        raise ValueError("prediction and labels share no claim")
    mine = {claim: predicted[claim] for claim in common}
    theirs = {claim: gold[claim] for claim in common}
    put, belong = _together(mine), _together(theirs)
    right = len(put & belong)
    pairwise = Rates(right / len(put) if put else 1.0, right / len(belong) if belong else 1.0)
    wrong = tuple(sorted((left, second, (left, second) in belong) for left, second in put ^ belong))
    return Accuracy(pairwise, _b_cubed(mine, theirs), len(common), len(belong), wrong)


def read_labels(path: Path) -> dict[str, str]:
    """Labelled events from a CSV with the columns article_id, claim_number and event: claim reference → event.

    Raises:
        InputError: the file cannot be read, lacks one of these columns, or labels a claim twice or by no number.
    """
    labels: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            for row in table:
                claim = f"{row['article_id']} {row['claim_number']}"
                if not str(row["claim_number"]).isdecimal():
                    raise InputError(f"{path}:{table.line_num}: claim_number {row['claim_number']!r} is no number")
                if labels.setdefault(claim, row["event"]) != row["event"]:
                    raise InputError(f"{path}:{table.line_num}: {claim} is labelled twice, with two events; keep one")
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise InputError(f"{path} is no table of labels ({error}); give a CSV with {', '.join(LABELS)}") from error
    if not labels:
        raise InputError(f"{path} holds no labels; give a CSV with {', '.join(LABELS)}")
    return labels


LABELS = ("article_id", "claim_number", "event")


def by_kind(predicted: Mapping[str, Hashable], gold: Mapping[str, Hashable], kinds: Mapping[str, str]) -> ByKind:
    """The agreement over the claims of each kind of act, as `score` gives it over all. `kinds`: claim → kind."""
    known = predicted.keys() & gold.keys()
    return {
        kind: score(predicted, {claim: gold[claim] for claim in known if kinds[claim] == kind})
        for kind in sorted({kinds[claim] for claim in known})
    }


def read_kinds(connection: Connection) -> dict[str, str]:
    """The kind of act of every claim in the database, by claim reference."""
    article, claim = table(Article), table(Claim)
    rows = connection.execute(
        sa.select(article.c.article_id, claim.c.number, claim.c.kind).join(claim, claim.c.article_pk == article.c.pk)
    ).all()
    return {f"{article_id} {number}": str(kind) for article_id, number, kind in rows}


def read_predictions(connection: Connection) -> tuple[dict[str, str], dict[str, int]]:
    """The events in the database: claim reference → event id, and claim reference → key of the claim."""
    article, claim, event_claim = table(Article), table(Claim), table(EventClaim)
    rows = connection.execute(
        sa.select(article.c.article_id, claim.c.number, event_claim.c.event_id, claim.c.pk)
        .join(claim, claim.c.article_pk == article.c.pk)
        .join(event_claim, event_claim.c.claim_pk == claim.c.pk)
    ).all()
    named = [(f"{article_id} {number}", event_id, key) for article_id, number, event_id, key in rows]
    return {name: event_id for name, event_id, _ in named}, {name: key for name, _, key in named}


def explain(connection: Connection, pair: tuple[str, str], keys: Mapping[str, int]) -> Match:
    """What the matcher says of a pair of claim references."""
    desk = Desk(connection)
    left, right = (keys[name] for name in pair)
    desk.claims([left, right])
    return compare(desk.features(left), desk.features(right))
