"""The claims being worked on, read once: in a batch the same claims are matched, clustered and consolidated."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy.engine import Connection

from db.bulk import chunks
from pipeline import claims as values
from pipeline.claim_rows import read_claims
from pipeline.matching import Features, features
from pipeline.money import rate_on

CHUNK = 2000
"""Claims worked on at a time: bounds the memory of a rebuild."""


class Desk:
    """A connection, and the claims that were read through it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._claims: dict[int, values.Claim] = {}
        self._features: dict[int, Features] = {}

    def claims(self, keys: Collection[int]) -> dict[int, values.Claim]:
        """The claims with these keys, by key."""
        missing = [key for key in keys if key not in self._claims]
        self._claims.update(read_claims(self.connection, missing))
        return {key: self._claims[key] for key in keys}

    def features(self, key: int) -> Features:
        """What the matcher looks at in a claim that was read."""
        found = self._features.get(key)
        if found is None:
            found = self._features[key] = _features(self._claims[key])
        return found

    def clear_if_full(self) -> None:
        """Forget everything once too much lies here: bounds memory, changes no result."""
        if len(self._claims) > 10 * CHUNK:
            self._claims.clear()
            self._features.clear()


def in_chunks(keys: Collection[int]) -> Iterator[Sequence[int]]:
    """Keys of claims in order, as many as are worked on at a time."""
    return chunks(sorted(keys), CHUNK)


def _features(claim: values.Claim) -> Features:
    rate = rate_on(claim.amount.currency, claim.date) if claim.amount else None
    return features(claim, rate.convert(claim.amount.figure) if rate and claim.amount else None)
