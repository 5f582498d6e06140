"""Parts of the labelled claims that share no event, for learning on some and measuring on the others."""

import random
from collections import Counter
from collections.abc import Mapping

from db.vocabulary import Role
from pipeline.features import Features

FOLDS = 5


def groups_of(claims: Mapping[str, Features], events: Mapping[str, str], *, by_recipient: bool) -> dict[str, str]:
    """The group of each labelled claim: claims of one article and articles of one event are never parted.

    by_recipient: nor are claims on money for one recipient's group, whose rounds are the hardest to tell apart.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for claim_id, event in sorted(events.items()):
        claim = claims[claim_id]
        names = [f"event {event}"]
        if by_recipient:
            names += [f"group {party.group_id}" for party in claim.claim.parties if party.role is Role.RECIPIENTS]
        for name in names:
            parent[root(name)] = root(claim.article_id)
    return {claim_id: root(claims[claim_id].article_id) for claim_id in events}


def folds_of(groups: Mapping[str, str], seed: int) -> dict[str, int]:
    """The fold of each claim, from 0: groups in a random order, the big ones first, each to the smallest fold."""
    sizes = Counter(groups.values())
    names = sorted(sizes)
    random.Random(seed).shuffle(names)
    names.sort(key=lambda name: -(sizes[name] // 8))
    filled = [0] * FOLDS
    fold_of = {}
    for name in names:
        fold_of[name] = min(range(FOLDS), key=filled.__getitem__)
        filled[fold_of[name]] += sizes[name]
    return {claim_id: fold_of[group] for claim_id, group in groups.items()}
