"""What claims go back to: texts and their reprints, and the bodies that they are attributed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.claims import Claim


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim was published. `family` is the same for reprints of one text; `is_party` marks a publisher that
    is itself an actor of the register (a firm's own release), not a news outlet."""

    publisher: str
    family: str
    is_party: bool = False


def named_origin(claim: Claim, sources: Mapping[str, Source]) -> str | None:
    """The body that a claim goes back to by name; None for nameless ones ("people familiar with the matter").

    Names begin with a capital or in a script without case: the input has no other mark of them.
    """
    said_by = claim.attributed_to
    if said_by and not said_by[0].islower():
        return said_by
    source = sources[claim.article_id]
    return source.publisher if source.is_party and not said_by else None


def origins(claims: Sequence[Claim], sources: Mapping[str, Source]) -> set[str]:
    """What asserting claims go back to, so that each counts once: a named body, or a text and its reprints.

    A text that says something on its own account counts for itself; a publisher that others quote is that body.
    """
    named = {name.casefold() for claim in claims if (name := named_origin(claim, sources))}
    of_text: dict[str, str] = {}
    for claim in claims:
        source, name = sources[claim.article_id], named_origin(claim, sources)
        own = source.publisher.casefold() if source.publisher.casefold() in named else source.family
        if name is None or source.family not in of_text:
            of_text[source.family] = own if name is None else name.casefold()
    return set(of_text.values())


def sole_asserter(claims: Sequence[Claim], sources: Mapping[str, Source]) -> str | None:
    """The one named body that all these claims go back to: by attribution, or as a publisher that is itself a party."""
    names = {named_origin(claim, sources) or sources[claim.article_id].publisher for claim in claims}
    is_named = any(named_origin(claim, sources) for claim in claims)
    return min(names) if len({name.casefold() for name in names}) == 1 and is_named else None
