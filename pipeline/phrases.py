"""What kind of statement a claim's words make: a share, a total, a listing, a bill, further money, a valuation.

Each question is one pattern, to be read and changed in one place. None names a firm, a country or a deal; the stock
exchanges are the one list of places.
"""

import re

from pipeline.wording import plain

_TOTAL = re.compile(
    # What all begin with stands once, before them: four times as quick.
    r"\b(?:cumulative|aggregate\b|so far\b|(?<!round )(?<!deal )to date\b|all rounds\b|by this count\b"
    r"|totals\b|sum\b of\b"
    r"|(?:in|over|across|through) (?:\w+ ){0,3}rounds\b|total (?:\w+ )?(?:funding|raised|investment|support)\b"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten) "
    r"(?:cities|provinces|regions|countries|governments|awards|deals|pledges|contracts)\b"
    r"|since (?:its |it was )?found|programme total\b|bring(?:s|ing)? (?:its|the|their) total\b"
    r"|funding total\b|raised (?:in all|altogether)\b)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share of\b|(?<!\ba )(?<!\bper )share\b(?! purchase)|stake\b|tranche\b|portion\b|anchor\b"
    r"|cornerstone\b|each\b"
    r"|first (?:\w+ )?(?:part|payment|stage|instal\w+|order|phase)\b|of (?:it|that|this|which)\b"
    r"|(?<!take )(?<!took )(?<!taking )(?<!taken )parts?\b|alongside\b|initial\b|immediate\b|starts? with\b"
    r"|straight away\b|contribut|slice\b|instal\w+\b|cheque\b|option\b)",
    re.IGNORECASE,
)
_MARKS = {
    "listing": r"\bentity list|\blist(?:ed|ings?)\b|\bblacklist|\bentities\b|\badditions?\b|\bdesignat",
    "bill": r"\bbill\b|\bcongress\b|\bsenate\b|\blegislation\b|\blawmakers\b",
    "guidance": r"\bguid(?:ance|elines)\b|\bwarn|\badvi[cs]e|\badvisory\b",
    "fine": r"\bfined?\b|\bpenalty\b",
    "licence": r"\blicen[cs]|\bapprov|\bpermi[ts]|\bclear(?:ed|ance)|\ballow|\bresum",
    "revenue share": r"\brevenue\b|\bper ?cent\b|\d ?%",
    "state use": r"\bdevices?\b|\bstaff\b|\bdepartments?\b|\bemployees\b|\bagencies\b|\bofficial work\b|\bfederal\b",
    "closure": r"\bclos(?:e|ed|ing|ure)\b|\bwind up\b|\bshut\b|\bstop all operations\b",
    "purchase": r"\bprocure|\bpurchas|\bfrom buying\b|\bto buy\b|\bordering\b",
    "privacy": r"\bprivacy\b|\bpersonal data\b|\buser data\b|\bdata of\b|\bdata protection\b|\bgdpr\b",
    "first": r"\bfirst (?:\w+ )?(?:investment|billion|purchase|[$€£¥])|\bfirst [$€£¥]",
    "further": r"\banother\b|\bfurther\b|\bfollow-on\b|\badditional\b|\bsecond\b|\bnew (?:money|round)\b|\bextra\b"
    r"|\badded\b",
    "renewal": r"\brenew|\bexten(?:d|sion)|\bfollow-on\b|\bmodification\b|\bexpan(?:d|sion)|\bsecond\b|\bsuccessor\b"
    r"|\badditional\b|\bfurther\b|\banother\b|\bmore\b",
    "in force": r"\bin(?:to)? force\b|\b(?:takes?|taking|took) effect\b|(?<!-)\beffective (?:from|on|as of|\w+ \d)"
    r"|\b(?:apply|applies) from\b|\bfinal (?:\w+ ){0,2}rule\b",
    "goal": r"\bgoals?\b|\bambition|\btarget of\b|\bup to (?:[^\s.]+ ){1,6}by 20[3-9]\d\b",
    "spending": r"\breleased\b|\bspent\b|\bspending\b|\bdisburse|\bpaid out\b|\bactual|\butili[sz]",
    "float": r"(?<!pre-)(?<!before )(?<!before its )(?<!before the )"
    r"(?:\bipo\b|\boffering\b|\blisting\b|\bfloat|\bprospectus\b|\bgo public\b|\bstock market\b|\bdebut\b)",
}
_MARK_PATTERNS = {mark: re.compile(pattern) for mark, pattern in _MARKS.items()}
_EXCHANGE = re.compile(
    r"\bhong kong\b|\bshanghai\b|\bstar market\b|\bmainland\b|\ba-share|\bnasdaq\b|\bnew york\b|\bshenzhen\b|\btokyo\b"
    r"|\bkosdaq\b|\bseoul\b|\blondon\b|\bamsterdam\b|\bparis\b|\briyadh\b"
)
_MAINLAND_EXCHANGES = ("star market", "mainland", "a-share", "shenzhen")
_SERIES = re.compile(r"\b(?:series|round)\s+([a-k])\b\+?|\b(seed|angel)\b|\b([a-k])\+? round\b", re.IGNORECASE)
_SIZE = r"(bn|billion|tn|trillion|m\b|million)"
_VALUATION = re.compile(
    rf"(?:\bat (?:a )?(?:about )?|valu(?:ation|ed?)(?: of| at)?(?: about| over)? ?)[^\w\s]?(\d+(?:\.\d+)?) ?{_SIZE}"
    rf"|\b(\d+(?:\.\d+)?) ?{_SIZE}(?: \w+){{0,2}} valuation",
    re.IGNORECASE,
)
_UNITS = {"m": 1e6, "b": 1e9, "t": 1e12}
_BUDGET_YEAR = re.compile(r"\b(20\d\d)[-–/](?:20)?(\d\d)\b|\b(?:fiscal(?: year)?|fy) ?(20\d\d)\b", re.IGNORECASE)
_ACT = re.compile(r"(?<![\w-])((?:[A-Z][\w-]++ ){1,12})(?:Act|Rule)\b")
_OF_ANY_ACT = frozenset(
    ("a", "amended", "an", "draft", "final", "interim", "its", "new", "proposed", "revised", "that", "the", "this")
)
"""Words around an act's name that say which form of it, and no name."""
_OFFICES = (
    "Agency|Agreement|Alliance|Authority|Board|Bureau|Cent(?:er|re)|Coalition|Commission|Commissioner|Committee|Council"
    "|Department|Director|Envoy|Foundation|Fund|Institute|Memorandum|Minister|Ministry|Office|Partnership|Plan|Secretary"
    "|State|Strategy"
)
"""What may come before `for` in the name of an office, a person's post or a paper."""
_PROGRAMME = re.compile(rf"(?<![\w-])(?!(?:{_OFFICES})\b)[A-Z][\w-]++ for [A-Z][\w-]++(?: [A-Z][\w-]++)*+")
_NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_THOUSANDS = re.compile(r",\d{3}")
_CAPACITY = re.compile(
    rf"(?<![\w.,])(\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,3}})?|\d{{1,6}}(?:[.,]\d{{1,3}})?|{'|'.join(_NUMERALS)})[ -]?"
    r"(mw|gw|megawatt|gigawatt)s?\b",
    re.IGNORECASE,
)


def speaks_of_total(text: str) -> bool:
    """Whether a text gives a sum over several rounds or deals."""
    return _TOTAL.search(text) is not None


def speaks_of_share(text: str) -> bool:
    """Whether a text gives one party's share, or one payment, of something larger."""
    return _SHARE.search(text) is not None


def marks_of(text: str) -> frozenset[str]:
    """The sorts of statement that a text makes, of those in the table above."""
    lowered = plain(text)
    return frozenset(mark for mark, pattern in _MARK_PATTERNS.items() if pattern.search(lowered))


def exchange_of(text: str) -> str | None:
    """The stock exchange that a text names; the exchanges of mainland China count as one."""
    found = _EXCHANGE.search(text.casefold())
    if found is None:
        return None
    return "shanghai" if found.group() in _MAINLAND_EXCHANGES else found.group()


def series_of(*texts: str) -> str | None:
    """The letter of a round (`b` for B and B+) or `seed`, from the first text that names one."""
    found = next(filter(None, map(_SERIES.search, texts)), None)
    return next(group for group in found.groups() if group).casefold() if found else None


def valuation_of(text: str) -> float | None:
    """What a round valued the firm at, by the text, in whatever currency it names."""
    found = _VALUATION.search(text)
    if found is None:
        return None
    number, unit = (part for part in found.groups() if part)
    return float(number) * _UNITS[unit[0].lower()]


def acts_of(text: str) -> frozenset[str]:
    """The names of bills, acts and rules: the capitalised words before `Act` or `Rule`, lower case.

    Without what says only which form of it: `the AI Diffusion Interim Final Rule` is `ai diffusion`, and `the Final
    Rule` has no name.
    """
    return frozenset(filter(None, map(_act_name, _ACT.findall(text))))


def _act_name(words: str) -> str:
    named = plain(words).split()
    while named and named[0] in _OF_ANY_ACT:
        named.pop(0)
    while named and named[-1] in _OF_ANY_ACT:
        named.pop()
    return " ".join(named)


def share_an_act(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of names of acts have one in common: `EU AI` and `AI` are a longer and a shorter form of one."""
    return not (_endings(left).isdisjoint(right) and left.isdisjoint(_endings(right)))


def _endings(names: frozenset[str]) -> frozenset[str]:
    return frozenset(" ".join(words[start:]) for words in map(str.split, names) for start in range(len(words)))


def programmes_of(text: str) -> frozenset[str]:
    """The names of programmes made like `Skills for Estonia`, lower case."""
    return frozenset(map(plain, _PROGRAMME.findall(text)))


def capacities_of(text: str) -> frozenset[float]:
    """The electric power that a text names, in megawatts."""
    return frozenset(
        _number(figure.lower()) * (1000 if unit[0] in "gG" else 1) for figure, unit in _CAPACITY.findall(text)
    )


def _number(figure: str) -> float:
    if figure in _NUMERALS:
        return _NUMERALS.index(figure) + 1
    return float(figure.replace(",", "") if _THOUSANDS.search(figure) else figure.replace(",", "."))


def budget_years_of(text: str) -> frozenset[str]:
    """The budget years that a text names, each as its last year: `2025-26` and `FY2026` are `2026`."""
    found = _BUDGET_YEAR.findall(text)
    spans = (f"20{end}" for start, end, _ in found if end and int(end) == int(start[2:]) + 1)
    return frozenset(spans) | frozenset(single for *_, single in found if single)
