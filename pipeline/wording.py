"""The words of a claim that may tell one act from another: distinctive words, names, codes and numbers.

Pure text work with fixed word lists, so that a decision on two claims depends on nothing but the two claims.
"""

import re
import unicodedata
from functools import lru_cache

_FUNCTION_WORDS = """
a about above after again against all almost already also an and another any are around as at away be because been
before being below between both but by can could do does down during each either every few first five for four from
further had has have he her here his how however i if in into is it its itself just last later least less let like
made make many may more most much must near nearly new next no nor not now of off on once one only onto or other
others our out over own per put same several she since so some still such ten than that the their them then there
these they this those three through to together too toward towards two under until up upon us very was way we were
what when where which while who whom whose will with within without would year years yet you your
"""
_COMMON_IN_THIS_FIELD = """
access according add added adds agreed agreement ai aim announced announcement april artificial august backed bank
banks base based begin billion bn bring bringing brings brought build building built buyer buyers called came cash
center centers centre centres chip chips city clients close closed closing come comes commitment commitments committed
companies company compute computing consortium contract contracts control controls cooperation cost costs country
crore data date deal deals december deliver developer development dollar dollars draft equity eur euro euros events
expand expected export exports february federal firm firms foreign friday full fund funding funds gigawatt gigawatts
give given gives giving global government governments group group's gw help holding host hosts include includes
including industry infrastructure initial intelligence international invest invested investing investment investments
investor investors january join joined july june large largest latest launch launched lead led lender list local main
maker making march market me megawatt megawatts memorandum million ministry mn model models monday money month months
mou mw named national newest november number obtain obtained october offer office officials open operate order overall
part parts party people plan planned plans pledge pledged pounds power prior private program programme project
projects promise promised promises provide public raise raised raising report reported round rounds rule rules run
rupees said sale sales saturday say says scheme sector secure secured sell separate september service services set
share shares sign signed site sites size sovereign spend stake stakes start state stated states strategic strategy sum
sunday supply support system systems take taken talks tech technology thursday time told total trillion trust tuesday
unit units unnamed usd use used user users using valuation value want wants wednesday week went won work worth yen
yuan
"""
GENERIC = frozenset((_FUNCTION_WORDS + _COMMON_IN_THIS_FIELD).split())
"""Words too common in reports on AI deals to tell one act from another: no names of firms, countries or products."""

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_NAME = re.compile(r"(?<=[a-z0-9,;)] )[A-Z][^\W_]+(?:[-'’][^\W_]+)*")
_CODE = re.compile(r"\b(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{2,}\b")
_QUANTITY = re.compile(
    r"\d+(?:bn?|mn?|tn?|k|x|p|st|nd|rd|th|s|gb|tb|gw|mw|kw|gwh|mwh|km|nm|pc|pct|hz|ghz)|(?:fy|q|h)\d|(?:fy|rm|rp|k?sh)\d+(?:bn|mn?|tn)?",
    re.IGNORECASE,
)
"""Numbers with a unit and periods of a year, which look like codes."""
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w|[.,]\d)")
_DATE_LIKE = re.compile(r"(?:19|20)\d\d|[12]\d|3[01]")
_MONEY_BEFORE = re.compile(r"[$€£¥₩₹]\s?$|\b(?:RM|R|HK|NT|SAR|AED|KSh)\$?\s?$")
_MONEY_AFTER = re.compile(r"^\s?(?:(?:billion|million|trillion|bn|crore)\b|(?:yuan|won|yen|euros?|dollars?)\b)")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "ed", "es", "er", "s", "y", "e")


def plain(text: str) -> str:
    """Lower case without accents, so that `Kraków` and `Krakow` are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude English stem: `licences`, `licensed` and `licensing` meet; codes and short words stay."""
    if len(word) < 5 or any(char.isdigit() for char in word):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=16384)
def words_of(text: str) -> frozenset[str]:
    """The stems of the words of a text that may tell one act from another; no bare numbers."""
    found = (word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(plain(text)))
    return frozenset(
        stem(word) for word in found if len(word) > 1 and word not in GENERIC and not word.replace(".", "").isdigit()
    )


def names_of(text: str) -> frozenset[str]:
    """The stems of capitalised words inside a sentence: places, projects, products."""
    return frozenset(stem(word) for word in map(plain, _NAME.findall(text)) if word not in GENERIC)


def codes_of(text: str) -> frozenset[str]:
    """Names made of letters and digits (`H200`, `1260H`, `B30A`), upper case, without a plural s; no quantities."""
    return frozenset(code.upper().removesuffix("S") for code in _CODE.findall(text) if not _QUANTITY.fullmatch(code))


def numbers_of(text: str) -> frozenset[str]:
    """The plain numbers of a text (chips, entities, megawatts): no money, no years, no days, two figures or more."""
    found = set()
    for match in _NUMBER.finditer(text):
        number = match.group().replace(",", "")
        money = _MONEY_BEFORE.search(text[: match.start()]) or _MONEY_AFTER.match(text[match.end() :])
        if not money and len(number) > 1 and not _DATE_LIKE.fullmatch(number):
            found.add(number)
    return frozenset(found)
