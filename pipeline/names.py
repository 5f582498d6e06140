"""Tolerant keys of names: what two spellings of one actor share though they are written otherwise.

Legal forms, punctuation, blanks, `The`, diacritics and Greek or Cyrillic letters do not count; for states and their
bodies the order of words and the way the country is named do not count either. Wrong joins are worse than missed ones:
names that might as well mean another body have no tolerant key.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from db.vocabulary import ActorKind
from pipeline import legal_forms
from pipeline.folding import Words, plain, split, words_of
from pipeline.state_names import BODIES, country_and_rest, in_order, is_body, is_government, is_unclear, names_a_place

_SMALL = frozenset({"and", "for", "in", "of", "on", "the"})
_TELLING = 4
"""Words other than small ones from which on the name of a state's body says which one it is without its country."""
_SHORT = 4
"""Letters below which blanks count, `Z.ai` is not `ZAI`, and legal forms too: `GIC Ltd` may well not be `GIC`."""
_LEAST, _LEAST_UNSPACED = 3, 2
"""Letters below which a name has no tolerant key, in scripts with blanks between words and in those without."""
_LONGEST_FORM = 5
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BRACKETED = re.compile(r"^(.+?)\s*[(（]([^()（）]+)[)）]\s*$")


_NO_FIRMS = frozenset({ActorKind.GOVERNMENT, ActorKind.AGENCY, ActorKind.MULTILATERAL, ActorKind.PROGRAMME})


@dataclass(frozen=True, slots=True)
class Tolerant:
    """The tolerant key of a name. `has_form`: it names a legal form; `homes`: where that is at home, if that tells."""

    key: str
    has_form: bool = False
    homes: frozenset[str] = frozenset()

    def fits(self, kind: str | None, country: str | None) -> bool:
        """Whether an actor of this kind and home may bear the name: no GmbH is a ministry, or a firm of Malaysia."""
        if self.has_form and kind in _NO_FIRMS:
            return False
        return not self.homes or country is None or country in self.homes


@lru_cache(maxsize=65536)
def tolerant(name: str) -> Tolerant | None:
    """The tolerant key of a name as a claim uses it; None where none is safe.

    `@KE government` for a country or its government, `@KE ministry of finance` for a body of it, else `=acme`.
    """
    named = _without_initials(name)
    words = words_of(named)
    found = country_and_rest(words)
    if found is not None and is_government(found[1]):
        return Tolerant(government_key(found[0]))
    if found is not None and is_body(found[1]):
        return Tolerant(_body_key(*found))
    return _of_body_without_country(in_order(words)) if BODIES & set(words) else _of_firm(named)


def government_key(country: str) -> str:
    """The key of a country's government."""
    return f"@{country} government"


def _body_key(country: str, words: Words) -> str:
    return f"@{country} {' '.join(words)}"


def known_keys(name: str, kind: str | None, country: str | None) -> frozenset[str]:
    """The tolerant keys under which a name of a known actor is found.

    The home of an agency adds the country that its name leaves out. A country's name leads only to an actor that is a
    government of that country; no name leads to an actor that the register places elsewhere. What stands for a
    government in the news, `Ottawa`, is found as it is written alone.
    """
    found = tolerant(name)
    key = found.key if found else ""
    if key.startswith("@"):
        at_home = country is not None and key.startswith(f"@{country} ")
        is_misled = country is not None and key == government_key(country) and kind != ActorKind.GOVERNMENT
        return frozenset([key]) if at_home and not is_misled else frozenset()
    is_figure_of_speech = kind == ActorKind.GOVERNMENT and not key.startswith("=governmentof")
    return frozenset(one for one in ("" if is_figure_of_speech else key, _implied(name, kind, country)) if one)


def _implied(name: str, kind: str | None, country: str | None) -> str | None:
    words = in_order(words_of(_without_initials(name)))
    is_state = kind in (ActorKind.GOVERNMENT, ActorKind.AGENCY) and words != ("government",)
    is_named = is_body(words) if words else False
    return _body_key(country, words) if country and is_state and is_named and not names_a_place(words) else None


def _of_body_without_country(words: Words) -> Tolerant | None:
    """The key of a state's body whose name does not say the country: only where the name is telling enough."""
    telling = [word for word in words if word not in _SMALL]
    is_local_government = words[:2] == ("government", "of")
    is_generic = len(telling) < _TELLING or telling[0] in ("ministry", "ministries", "department")
    return Tolerant("=" + "".join(words)) if not is_unclear(words) and (is_local_government or not is_generic) else None


def _of_firm(name: str) -> Tolerant | None:
    """The key of a name without its legal forms."""
    text, unspaced = _without_unspaced_form(plain(name))
    text, cyrillic = _without_cyrillic_form(text)
    words, spaced = _without_forms(split(text))
    words = words[1:] if words[:1] == ("the",) and len(words) > 1 else words
    joined = "".join(words)
    least = _LEAST_UNSPACED if _UNSPACED.search(joined) else _LEAST
    forms = [homes for homes in (unspaced, cyrillic, spaced) if homes is not None]
    is_vague = bool(forms) and len(joined) < _SHORT and joined.isascii() and joined.isalpha()
    if len(joined) < least or is_vague or (len(words) == 1 and is_unclear(words)):
        return None
    homes = next((homes for homes in forms if homes), frozenset[str]())
    return Tolerant("=" + (" ".join(words) if len(joined) < _SHORT else joined), bool(forms), homes)


Homes = frozenset[str] | None
"""Where a legal form is at home; None: there was no form."""


def _without_forms(words: Words) -> tuple[Words, Homes]:
    """Take legal forms off, at either end and one after the other, as long as a word is left."""
    homes: Homes = None
    while (shorter := _without_form(words)) is not None:
        words, found = shorter
        homes = homes or found
    return words, homes


def _without_form(words: Words) -> tuple[Words, frozenset[str]] | None:
    for size in range(min(len(words) - 1, _LONGEST_FORM), 0, -1):
        behind, before = " ".join(words[-size:]), " ".join(words[:size])
        if behind in legal_forms.BEHIND:
            return words[:-size], legal_forms.BEHIND[behind]
        if before in legal_forms.BEFORE:
            return words[size:], legal_forms.BEFORE[before]
    return None


def _without_cyrillic_form(text: str) -> tuple[str, Homes]:
    form, _, rest = text.strip().partition(" ")
    return (rest, legal_forms.CYRILLIC_BEFORE[form]) if rest and form in legal_forms.CYRILLIC_BEFORE else (text, None)


def _without_unspaced_form(text: str) -> tuple[str, Homes]:
    text = text.strip()
    for form, homes in legal_forms.CJK.items():
        rest = text.removesuffix(form).removeprefix(form)
        if rest and rest != text:
            return rest, homes
    return text, None


def _without_initials(name: str) -> str:
    """A name without its own initials in brackets: `National Security Agency (NSA)`."""
    found = _BRACKETED.match(name)
    words = words_of(found[1]) if found else ()
    if found is None or len(words) < 2:
        return name
    parts = [f"(?:{w[0]})?" if w in _SMALL else f"(?:{re.escape(w)}|{re.escape(w[0])})" for w in words]
    return found[1] if re.fullmatch("".join(parts), "".join(words_of(found[2]))) else name
