"""Tolerant keys of names: what two spellings of one actor share though they are written otherwise.

Legal forms, punctuation, blanks, `The`, diacritics and Greek or Cyrillic letters do not count; for states and their
bodies the order of words and the way the country is named do not count either. Wrong joins are worse than missed ones:
names that might as well mean another body have no tolerant key.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from db.vocabulary import ActorKind
from pipeline import legal_forms
from pipeline.folding import Words, plain, split, words_of
from pipeline.state_names import BODIES, country_and_rest, in_order, is_body, is_government, is_unclear, names_a_place

_SMALL = frozenset({"and", "for", "in", "of", "on", "the"})
_TELLING = 4
"""Words other than small ones from which on the name of a state's body says which one it is without its country."""
_TELLING_WITH_INITIALS = 3
"""The same, where its initials follow in brackets."""
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
    """The tolerant key of a name. `form`: its legal form in one spelling; `homes`: where that is at home.

    `homes` is empty where that does not tell. `is_short`: so short that only the name without its form, written exactly
    so, means it.
    """

    key: str
    form: str = ""
    homes: frozenset[str] = frozenset()
    is_short: bool = False

    def fits(self, kind: str | None, country: str | None) -> bool:
        """Whether an actor of this kind and home may bear the name: no GmbH is a ministry, or a firm of Malaysia."""
        if self.form and kind in _NO_FIRMS:
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
    if BODIES & set(words):
        return _of_body_without_country(in_order(words)) or (_of_initials(in_order(words)) if named != name else None)
    firm = _of_firm(named)
    return None if firm is None or firm.is_short else firm


def joins(name: str, known: Iterable[str]) -> bool:
    """Whether the names of the known actor that a tolerant key led to do not speak against that: by another legal form
    than this name's, as Siemens Ltd is not Siemens AG, or as short ones that this is not written exactly as."""
    key = tolerant(name)
    found = [(one, _of_firm(_without_initials(one))) for one in known]
    alike = [(one, firm) for one, firm in found if key is not None and firm is not None and firm.key == key.key]
    forms = {firm.form for _, firm in alike if firm.form}
    if key is None or (key.form and forms and key.form not in forms):
        return False
    return not alike or any(not firm.is_short or _is_bare(name, one) for one, firm in alike)


def _is_bare(name: str, known: str) -> bool:
    """Whether a name is the known one, letter for letter, but for words before or behind it."""
    return bool(re.fullmatch(rf"(?:.*\s)?{re.escape(name.strip())}(?:,?\s.*)?", known))


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
    words = words_of(name)
    # Of a short name with a form, `SAP SE`, the bare name; of a body, its name with its initials behind it.
    bare = _of_firm(name) if found is None and not BODIES & set(words) else None
    initials = _of_initials(in_order(words)) if BODIES & set(words) else None
    other = [one.key for one in (bare, initials) if one is not None]
    listed = ("" if is_figure_of_speech else key, _implied(name, kind, country), *other)
    return frozenset(one for one in listed if one)


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


def _of_initials(words: Words) -> Tolerant | None:
    """The key of a body's whole name with its initials in brackets, `National Security Agency (NSA)`."""
    telling = [word for word in words if word not in _SMALL]
    return Tolerant("=" + "".join(words) + " and initials") if len(telling) >= _TELLING_WITH_INITIALS else None


def _of_firm(name: str) -> Tolerant | None:
    """The key of a name without its legal forms."""
    text, unspaced = _without_unspaced_form(plain(name))
    text, cyrillic = _without_cyrillic_form(text)
    words, spaced = _without_forms(split(text))
    words = words[1:] if words[:1] == ("the",) and len(words) > 1 else words
    joined = "".join(words)
    least = _LEAST_UNSPACED if _UNSPACED.search(joined) else _LEAST
    forms = (*unspaced, *cyrillic, *spaced)
    is_short = bool(forms) and len(joined) < _SHORT and joined.isascii() and joined.isalpha()
    if len(joined) < least or (len(words) == 1 and is_unclear(words)):
        return None
    homes = next((homes for _, homes in forms if homes), frozenset[str]())
    form = legal_forms.spelling(form for form, _ in forms)
    return Tolerant("=" + (" ".join(words) if len(joined) < _SHORT else joined), form, homes, is_short)


Form = tuple[str, frozenset[str]]
"""A legal form, and where it is at home."""


def _without_forms(words: Words) -> tuple[Words, tuple[Form, ...]]:
    """Take legal forms off, at either end and one after the other, as long as a word is left."""
    forms: list[Form] = []
    while (shorter := _without_form(words)) is not None:
        words, found = shorter
        forms.append(found)
    return words, tuple(forms)


def _without_form(words: Words) -> tuple[Words, Form] | None:
    for size in range(min(len(words) - 1, _LONGEST_FORM), 0, -1):
        behind, before = " ".join(words[-size:]), " ".join(words[:size])
        if behind in legal_forms.BEHIND:
            return words[:-size], (behind, legal_forms.BEHIND[behind])
        if before in legal_forms.BEFORE:
            return words[size:], (before, legal_forms.BEFORE[before])
    return None


def _without_cyrillic_form(text: str) -> tuple[str, tuple[Form, ...]]:
    form, _, rest = text.strip().partition(" ")
    is_form = bool(rest) and form in legal_forms.CYRILLIC_BEFORE
    return (rest, ((form, legal_forms.CYRILLIC_BEFORE[form]),)) if is_form else (text, ())


def _without_unspaced_form(text: str) -> tuple[str, tuple[Form, ...]]:
    text = text.strip()
    for form, homes in legal_forms.CJK.items():
        rest = text.removesuffix(form).removeprefix(form)
        if rest and rest != text:
            return rest, ((form, homes),)
    return text, ()


def _without_initials(name: str) -> str:
    """A name without its own initials in brackets: `National Security Agency (NSA)`."""
    found = _BRACKETED.match(name)
    words = words_of(found[1]) if found else ()
    if found is None or len(words) < 2:
        return name
    parts = [f"(?:{w[0]})?" if w in _SMALL else f"(?:{re.escape(w)}|{re.escape(w[0])})" for w in words]
    return found[1] if re.fullmatch("".join(parts), "".join(words_of(found[2]))) else name
