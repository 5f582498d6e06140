"""What the matcher reads from the words of one claim, whoever its parties are.

Each answer is worked out when first asked for: most pairs of claims are told apart before. Who reads notes in a process
of its own works out all of them there and hands them over, so that the one that compares need not.
"""

from dataclasses import dataclass
from functools import cached_property

from pipeline.phrases import (
    acts_of,
    budget_years_of,
    capacities_of,
    exchange_of,
    marks_of,
    programmes_of,
    series_of,
    valuation_of,
)
from pipeline.wording import codes_of, names_of, numbers_of, words_of


@dataclass(frozen=True)
class Reading:
    """A claim's own words (`what`, `evidence`, `instrument`), and what is found in them."""

    what: str
    evidence: str
    instrument: str

    @property
    def text(self) -> str:
        """What the claim says: the annotator's words, then the evidence."""
        return f"{self.what}. {self.evidence}"

    @cached_property
    def words(self) -> frozenset[str]:
        """Words that may tell one act from another: see `wording.words_of`."""
        return words_of(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words: see `wording.names_of`."""
        return names_of(self.text)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Product and law codes: see `wording.codes_of`."""
        return codes_of(self.text)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Plain numbers: see `wording.numbers_of`."""
        return numbers_of(self.text)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Sorts of statement: see `phrases.marks_of`."""
        return marks_of(self.text)

    @cached_property
    def acts(self) -> frozenset[str]:
        """Names of bills, acts and rules: see `phrases.acts_of`."""
        return acts_of(self.text)

    @cached_property
    def programmes(self) -> frozenset[str]:
        """Names of programmes: see `phrases.programmes_of`."""
        return programmes_of(self.text)

    @cached_property
    def capacities(self) -> frozenset[float]:
        """Electric power in megawatts: see `phrases.capacities_of`."""
        return capacities_of(self.text)

    @cached_property
    def budget_years(self) -> frozenset[str]:
        """Budget years: see `phrases.budget_years_of`."""
        return budget_years_of(self.text)

    @cached_property
    def series(self) -> str | None:
        """The letter of a round: see `phrases.series_of`."""
        return series_of(self.instrument, self.what, self.evidence)

    @cached_property
    def exchange(self) -> str | None:
        """The stock exchange: see `phrases.exchange_of`."""
        return exchange_of(self.text)

    @cached_property
    def valuation(self) -> float | None:
        """What a round valued the firm at: see `phrases.valuation_of`."""
        return valuation_of(self.text)

    def work_out(self) -> None:
        """Find everything now. What was found is kept when a reading is sent to another process."""
        for name in _FOUND:
            getattr(self, name)


_FOUND = tuple(name for name, value in vars(Reading).items() if isinstance(value, cached_property))
