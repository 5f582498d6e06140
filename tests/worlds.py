"""Small random worlds for property tests: few actors, passages and dates, so that claims meet, clash and merge."""

import json
from dataclasses import dataclass

from hypothesis import strategies as st

from db.vocabulary import ROLES_OF_KIND, Kind, Role, Stage
from pipeline.claim_ids import claim_keys
from pipeline.notes import ArticleNote
from tests.factory import Entry, actor, judgement

ARTICLES = [f"wire-{number}" for number in range(7)]
PUBLISHERS = ("The Paper", "Gazette", "Acme")
DATES = ("2024", "2025", "2025-01", "2025-01-15", "2025-01-17", "2025-02-20", "2025-03")
PUBLISHED = ("2025", "2025-01", "2025-01-16", "2025-01-18", "2025-02-21", "2025-03-01")
BODIES = (
    "Officials in the capital said on Tuesday that talks had gone on for many months before both sides agreed on terms "
    "which they then declined to describe in any detail to the reporters who had waited outside the ministry.",
    "本社の発表によると両国は人工知能の分野で協力を深めることで合意し来年から共同で研究所を設ける計画である。",
    "",
)
PASSAGES = (
    "Acme sells its model to the state 🙂",
    "the second deal",
    "阿克米公司获得合同",
    "وقعت الحكومة العقد",
    "Zeta raised 1.5 billion",
    "a ban on chips",
)
FIRMS = ("Acme", "ACME Corp", "Zeta", "Zêta", "Ze\u0302ta", "Acme Cloud", "Hooli Fund")
STATES = ("Government of Kenya", "Kenya", "Ministry of ICT, Kenya", "Government of France")
ACTORS = ("Acme", "Acme Cloud", "Zeta", "Government of Kenya", "Ministry of ICT, Kenya", "Hooli Fund")
ALIASES = ("ACME Corp", "Kenya", "Zêta", "Acme Cloud", "acme")
_STATE_ROLES = (Role.BUYERS, Role.AUTHORITIES, Role.HOSTS)

amounts = st.one_of(
    st.none(),
    st.builds(
        lambda value, currency, bound: {"value": value, "currency": currency, "bound": bound},
        st.sampled_from([1, 1_400_000_000, 1_500_000_000, 9 * 10**15]),
        st.sampled_from(["USD", "EUR", "KES", "AED"]),
        st.sampled_from(["exact", "at_least", "up_to", "about"]),
    ),
    st.just({"min": 1_000_000_000, "max": 2_000_000_000, "currency": "USD", "bound": "range"}),
)


@st.composite
def claims(draw: st.DrawFn) -> Entry:
    """One sound claim."""
    kind = draw(st.sampled_from([Kind.CONTRACT, Kind.CONTRACT, Kind.FUNDING, *Kind]))
    first, *others = ROLES_OF_KIND[kind]
    made: Entry = {
        "kind": kind.value,
        "evidence": draw(st.sampled_from(PASSAGES)),
        "date": draw(st.sampled_from(DATES)),
        "stage": draw(st.sampled_from(list(Stage))).value,
        "stance": draw(st.sampled_from(["asserts", "asserts", "asserts", "denies", "disputes"])),
        "countries": draw(st.sampled_from([["KE"], ["KE"], ["FR"], ["KE", "FR"], ["XM"]])),
        "what": draw(st.sampled_from(["a model for offices", "the whole series B round", "one share of the round"])),
        first.value: [draw(_names(first))],
    }
    for role in others:
        if draw(st.booleans()):
            made[role.value] = draw(st.lists(_names(role), min_size=1, max_size=2, unique=True))
    if kind is Kind.FUNDING:
        made["instrument"] = draw(st.sampled_from(["series B", "grant"]))
    if amount := draw(amounts):
        made["amount"] = amount
    if draw(st.booleans()):
        made["attributed_to"] = draw(st.sampled_from(["OpenAI", "Reuters"]))
    return made


def _names(role: Role) -> st.SearchStrategy[str]:
    return st.sampled_from(STATES if role in _STATE_ROLES else FIRMS)


@st.composite
def articles(draw: st.DrawFn, identity: str) -> Entry:
    """One sound article of this id."""
    told = draw(st.lists(claims(), min_size=1, max_size=3))
    passages = dict.fromkeys(one["evidence"] for one in told)
    return {
        "id": identity,
        "url": f"https://example.org/{identity}",
        "publisher": draw(st.sampled_from(PUBLISHERS)),
        "published": draw(st.sampled_from(PUBLISHED)),
        "language": "en",
        "title": f"Story of {identity}",
        "text": " | ".join([*passages, draw(st.sampled_from(BODIES))]),
        "claims": told,
    }


@st.composite
def article_sets(draw: st.DrawFn, most: int = len(ARTICLES)) -> list[Entry]:
    """Some articles, no two of one id, in any order."""
    ids = draw(st.lists(st.sampled_from(ARTICLES), max_size=most, unique=True))
    return [draw(articles(identity)) for identity in ids]


@st.composite
def registers(draw: st.DrawFn) -> list[Entry]:
    """Some actors, no two of one name: aliases may clash, owners may be unknown or own each other."""
    names = draw(st.lists(st.sampled_from(ACTORS), max_size=4, unique=True))
    return [
        actor(
            name,
            kind=draw(st.sampled_from(["company", "government", "agency"])),
            country=draw(st.sampled_from(["US", "CN", "KE", None])),
            aliases=[a for a in draw(st.lists(st.sampled_from(ALIASES), max_size=2, unique=True)) if a != name],
            parent=draw(st.sampled_from([None, *(other for other in (*ACTORS, *ALIASES) if other != name)])),
        )
        for name in names
    ]


@st.composite
def decisions(draw: st.DrawFn, told: list[Entry]) -> list[Entry]:
    """Some judgements on pairs of these articles' claims."""
    ids = sorted(claim_ids(told))
    if len(ids) < 2:
        return []
    pairs = draw(st.lists(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True), max_size=4))
    return [
        judgement(
            left,
            right,
            draw(st.sampled_from(["same", "different", "unsure"])),
            when=draw(st.sampled_from(["2026-01-01", "2026-01-02"])),
        )
        for left, right in pairs
    ]


def claim_ids(told: list[Entry]) -> set[str]:
    """The ids of all claims of these articles."""
    return {key for entry in told for key in claim_keys(ArticleNote.model_validate_json(json.dumps(entry)))}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to a database."""

    notes: tuple[Entry, ...] = ()
    actors: tuple[Entry, ...] = ()
    judgements: tuple[Entry, ...] = ()
    batch_records: int = 2000
    withdraw: str | None = None
    undo: str | None = None
    rebuild: bool = False


@st.composite
def actor_decisions(draw: st.DrawFn) -> list[Entry]:
    """Some judgements on actors, by any of their names."""
    names = (*FIRMS, *STATES)
    pairs = draw(st.lists(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True), max_size=2))
    verdicts = st.sampled_from(["same", "different", "unsure", "owns", "owned_by"])
    return [judgement(left, right, draw(verdicts), subject="actor") for left, right in pairs]


@st.composite
def taken_back(draw: st.DrawFn, judged: list[Entry]) -> list[Entry]:
    """Some of these judgements again, as undone."""
    if not judged:
        return []
    chosen = draw(st.lists(st.sampled_from(judged), max_size=2))
    undone = {"undone_by": "Bo", "undone_when": "2026-02-01", "undone_why": "a slip"}
    return [{**entry, **undone} for entry in chosen]


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """Loads, replacements, judgements, withdrawals, and the undoing of both, in any order."""
    steps: list[Step] = []
    told: list[Entry] = []
    judged: list[Entry] = []
    for _ in range(draw(st.integers(2, 6))):
        what = draw(st.sampled_from(["load", "load", "load", "judge", "withdraw", "undo", "rebuild"]))
        if what in ("load", "judge"):
            notes = draw(article_sets(4)) if what == "load" else []
            told += notes
            said = [*draw(decisions(told)), *draw(actor_decisions()), *draw(taken_back(judged))]
            judged += said
            known = draw(registers()) if what == "load" else []
            steps.append(Step(tuple(notes), tuple(known), tuple(said), draw(st.sampled_from([1, 2, 2000]))))
        elif what == "rebuild":
            steps.append(Step(rebuild=True))
        else:
            steps.append(Step(**{what: draw(st.sampled_from(ARTICLES))}))
    return steps
