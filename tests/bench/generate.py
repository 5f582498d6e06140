"""Notes by the hundred thousand, made from a seed: 1.5 kB of text, two claims each, as the news would bring them.

Firms are busy unequally (Zipf), one act is reported several times, every twentieth text is a reprint of an earlier one
with boilerplate around it.
"""

import datetime as dt
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

FIRMS, AGENCIES = 4000, 60
COUNTRIES = [
    "US",
    "CN",
    "GB",
    "FR",
    "DE",
    "IT",
    "ES",
    "NL",
    "BE",
    "PL",
    "SE",
    "NO",
    "FI",
    "DK",
    "IE",
    "PT",
    "GR",
    "CZ",
    "HU",
    "RO",
    "AE",
    "SA",
    "QA",
    "KW",
    "BH",
    "OM",
    "IL",
    "TR",
    "EG",
    "MA",
    "KE",
    "NG",
    "ZA",
    "GH",
    "ET",
    "RW",
    "SN",
    "CI",
    "IN",
    "PK",
    "BD",
    "LK",
    "NP",
    "ID",
    "MY",
    "SG",
    "TH",
    "VN",
    "PH",
    "JP",
    "KR",
    "TW",
    "HK",
    "AU",
    "NZ",
    "BR",
    "AR",
    "CL",
    "CO",
    "PE",
    "MX",
    "CA",
    "KZ",
]
CURRENCIES = ("USD", "USD", "USD", "EUR", "GBP", "CNY", "SAR", "KRW", "KES")
FIRST_DAY, DAYS = dt.date(2017, 1, 1), 3500
TEXT_BYTES = 1500
REPRINT_SHARE = 0.05
REPORTS_OF_ONE_ACT = 2.0
"""On average."""


def firm_names() -> list[str]:
    """The names of all firms that notes speak of."""
    return [f"{_word(number * 7 + 3).title()} {_word(number * 13 + 5).title()}" for number in range(FIRMS)]


def actors() -> Iterator[dict[str, object]]:
    """Actor records for all names in the notes."""
    for number, name in enumerate(firm_names()):
        yield _actor(name, "company", COUNTRIES[number % len(COUNTRIES)])
    for code in COUNTRIES:
        yield _actor(f"Government of {code}", "government", code)
        for number in range(AGENCIES // 10):
            yield _actor(f"Agency {number} of {code}", "agency", code)


def _actor(name: str, kind: str, country: str) -> dict[str, object]:
    return {"name": name, "kind": kind, "country": country, "aliases": [], "parent": None, "wikidata": None}


def notes(count: int, seed: int = 1, firms: int = FIRMS) -> Iterator[dict[str, object]]:
    """So many notes on so many firms, the same for the same seed."""
    random_ = random.Random(seed)
    names = firm_names()[:firms]
    busy = [1 / (rank + 20) for rank in range(len(names))]
    acts: list[dict[str, object]] = []
    texts: list[str] = []
    for number in range(count):
        day = FIRST_DAY + dt.timedelta(days=number * DAYS // count)
        claims, sentences = [], []
        for place in range(2):
            if acts and random_.random() > 1 / REPORTS_OF_ONE_ACT:
                act = random_.choice(acts[-400:])
            else:
                act = _act(random_, day, random_.choices(names, busy)[0])
                acts.append(act)
                del acts[:-400]
            claim, sentence = _claim(random_, act, number, place)
            claims.append(claim)
            sentences.append(sentence)
        text = _text(random_, sentences, texts, number)
        yield {
            "id": f"paper{random_.randrange(800)}-{day}-{number}",
            "url": f"https://paper.example.org/{number}",
            "publisher": f"Paper {random_.randrange(800)}",
            "published": day.isoformat(),
            "language": random_.choice(("en", "en", "en", "zh", "ar", "fr")),
            "title": f"Report {number} on {claims[0]['what']}",
            "text": text,
            "claims": claims,
        }


def _act(random_: random.Random, day: dt.date, firm: str) -> dict[str, object]:
    country = random_.choice(COUNTRIES)
    act: dict[str, object] = {"date": day.isoformat(), "countries": [country], "technology": ["foundation-model"]}
    if random_.random() < 0.5:
        buyer = random_.choice((f"Government of {country}", f"Agency {random_.randrange(6)} of {country}"))
        act |= {
            "kind": "contract",
            "suppliers": [firm],
            "buyers": [buyer],
            "what": f"{_any(random_)} for {_any(random_)}",
        }
    else:
        letter = random_.choice("ABCDEF")
        act |= {"kind": "funding", "recipients": [firm], "investors": [f"Government of {country}"]}
        act |= {"what": f"series {letter} round", "instrument": f"series {letter}"}
    if act["kind"] == "funding" or random_.random() < 0.5:
        value = random_.choice((1, 2, 5)) * 10 ** random_.randrange(6, 11)
        act["amount"] = {"value": value, "currency": random_.choice(CURRENCIES), "bound": "exact"}
    return act


def _claim(random_: random.Random, act: dict[str, object], number: int, place: int) -> tuple[dict[str, object], str]:
    evidence = f"report {number}.{place} says that {act['what']} was announced"
    stage = random_.choice(("announced", "signed", "signed", "delivered"))
    claim = {**act, "evidence": evidence, "stage": stage, "stance": "asserts"}
    return claim, evidence


def _text(random_: random.Random, sentences: list[str], texts: list[str], number: int) -> str:
    if texts and random_.random() < REPRINT_SHARE:
        body = random_.choice(texts)
    else:
        body = " ".join(_any(random_) for _ in range((TEXT_BYTES - 160) // 7))
        texts.append(body)
        del texts[:-200]
    return f"{sentences[0]}. {body}. {sentences[1]}."


def _any(random_: random.Random) -> str:
    return _word(random_.randrange(20_000))


_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def _word(number: int) -> str:
    size = len(_SYLLABLES)
    return _SYLLABLES[number % size] + _SYLLABLES[number // size % size] + _SYLLABLES[number // size**2 % size]


def write(folder: Path, count: int, seed: int = 1, firms: int = FIRMS) -> Path:
    """Write actors.jsonl and notes/ into a folder; returns the file of notes."""
    (folder / "notes").mkdir(parents=True, exist_ok=True)
    with (folder / "actors.jsonl").open("wb") as file:
        file.writelines(orjson.dumps(actor) + b"\n" for actor in actors())
    path = folder / "notes" / "notes.jsonl"
    with path.open("wb") as file:
        file.writelines(orjson.dumps(note) + b"\n" for note in notes(count, seed, firms))
    return path


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2])))
