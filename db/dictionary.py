"""The data dictionary: what each column of the exported files means. Exports and the About page use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from db.queries.about import ACTOR_FRAME
from db.queries.events import CLAIM_FRAME, EVENT_FRAME
from db.queries.frames import DAY, FLAG, REAL, WHOLE
from db.queries.ids import ID_FRAME, WITHDRAWAL_FRAME, Status
from db.queries.sources import ARTICLE_FRAME
from db.vocabulary import ActorKind, Bloc, Bound, CapacityUnit, Check, Kind, Role, Stage, Stance, Technology


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `type` is one of Table Schema (string, integer, number, boolean, date); `values` are the
    words of a closed list, where it holds one."""

    name: str
    type: str
    meaning: str
    example: str
    values: tuple[str, ...] = ()


_TYPES = {WHOLE: "integer", REAL: "number", FLAG: "boolean", DAY: "date"}

_Entry = tuple[str, str]
"""Meaning and example."""

_SHARED: dict[str, _Entry] = {
    "event_id": ("Permanent id of the event. It keeps resolving after merges and withdrawals.", "ev-c4ve54dxoc6l"),
    "claim_id": (
        "Permanent id of the claim: its article's id and a hash of what it says.",
        "verdict-2025-03-openai-softbank#d6udh7bg",
    ),
    "article_id": ("Id of the article, as the input gave it.", "gnn-2025-06-25-zhipu-government-deals"),
    "countries": ("Where the act lands: ISO 3166-1 alpha-2 codes, EU, XM (multilateral) or ZZ (unknown).", "MY; SG"),
    "suppliers": ("Contract: who supplies.", "Zhipu AI; Huawei"),
    "buyers": ("Contract: the government or body that buys, adopts or deploys.", "Government of Malaysia"),
    "partners": ("Partnership: all who cooperate.", "Huawei; Zhipu AI"),
    "investors": ("Funding: who pays, lends or grants.", "Government of China"),
    "recipients": ("Funding: who receives the money.", "Zhipu AI"),
    "builders": ("Infrastructure: who plans or builds.", "OpenAI; Oracle"),
    "hosts": ("Infrastructure: the government or firm that hosts or owns.", "Government of the UAE"),
    "authorities": ("Export control, restriction: who decides.", "U.S. Department of Commerce"),
    "targets": ("Export control, restriction: whom or what it limits.", "Zhipu AI"),
    "technologies": ("What the act is about.", "foundation-model; chips"),
    "instrument": ("Funding: the form of the money.", "state investment"),
    "amount_min": ("Lower end, where the amount is a range; whole units of the currency.", "1000000000"),
    "amount_max": ("Upper end, where the amount is a range; whole units of the currency.", "1500000000"),
    "currency": ("ISO 4217 code of the currency that the source used.", "CNY"),
    "bound": ("How the amount is meant.", "at_least"),
    "url": ("Address of the source.", "https://example.org/report"),
    "publisher": ("The outlet or issuer that published the article.", "CNA (Reuters)"),
    "published": ("Date of publication, as precise as known.", "2025-06-25"),
    "language": ("Language of the source, ISO 639-1.", "en"),
    "outcome": ("What a second reader found on looking for the source again; empty: not yet checked.", "confirmed"),
    "reprint_of": ("Id of the earlier article whose text this one repeats; empty: a text of its own.", ""),
}

_EVENTS: dict[str, _Entry] = {
    "kind": ("What sort of act it is.", "funding"),
    "title": ("A line for lists: the parties, then the subject in words of the earliest claim.", "A → B: AI systems"),
    "stage": ("How far the act has come, by the latest reports; may be a side exit.", "signed"),
    "furthest_stage": ("The highest rung of the ladder reached, side exits left aside.", "signed"),
    "date": ("When it happened, as precise as known: YYYY, YYYY-MM or YYYY-MM-DD.", "2025-06"),
    "date_first": ("First day that the date may mean.", "2025-06-01"),
    "date_last": ("Last day that the date may mean.", "2025-06-30"),
    "is_total": ("A cumulative or headline sum: never added to the deals within it.", "false"),
    "amount": (
        "The chosen figure as reported, whole units of the currency. Empty: undisclosed, or a range.",
        "1400000000",
    ),
    "amount_stage": ("The stage that the amount belongs to. Amounts of stages are never added up.", "delivered"),
    "amount_rule": ("The named rule that chose among the reported figures.", "most independent sources"),
    "amount_low": ("Least figure reported for that stage, in the currency of the chosen one.", "900000000"),
    "amount_high": ("Greatest figure reported for that stage, in the currency of the chosen one.", "1400000000"),
    "usd_low": ("Least figure reported for that stage, any currency, in whole US dollars.", "900000000"),
    "usd_chosen": (
        "The chosen figure in whole US dollars at the date of the stage. Empty: no rate known.",
        "1400000000",
    ),
    "usd_high": ("Greatest figure reported for that stage, any currency, in whole US dollars.", "1400000000"),
    "usd_rate": ("US dollars for one unit of the currency.", "0.13899"),
    "usd_rate_date": ("Day of the rate, or the period that it is the mean of.", "2025-06"),
    "usd_rate_source": ("Where the rate comes from.", "peg, Central Bank of the UAE"),
    "supplier_bloc": ("Home of the leading supplier or builder.", "China"),
    "attributed_to": ("All whom its claims are attributed to.", "OpenAI"),
    "sole_asserter": (
        "The one body that all claims that assert it go back to; empty where there are several.",
        "OpenAI",
    ),
    "claims": ("Number of claims that report it.", "5"),
    "reports": ("Number of articles that report it.", "4"),
    "independent_sources": (
        "What the asserting claims go back to: reprints of one text count once, and so do all reports that rest on one "
        "named body.",
        "3",
    ),
    "publishers": ("Number of publishers that report it.", "4"),
    "disputed": ("Some source denies it or disputes part of it.", "false"),
    "first_published": ("First day of the earliest article's publication date.", "2025-06-25"),
    "last_published": ("Last day of the latest article's publication date.", "2025-07-02"),
    "party_groups": (
        "Groups and governments that totals by group count its parties with; a party that belongs to none by itself.",
        "SoftBank Group; OpenAI",
    ),
}

_CLAIMS: dict[str, _Entry] = {
    "claim_number": ("Place of the claim in its article, from 1.", "1"),
    "kind": ("What sort of act the claim reports.", "contract"),
    "stage": ("How far the act had come, by this article.", "announced"),
    "stance": ("Whether the source asserts the act, denies it, or disputes part of it.", "asserts"),
    "date": ("When the act happened, by this article: YYYY, YYYY-MM or YYYY-MM-DD.", "2025-06"),
    "what": ("The subject in a few words.", "AI systems for government users"),
    "amount": ("The figure as reported, whole units of the currency. Empty: none given, or a range.", "1400000000"),
    "capacity": ("Capacity of compute, where the source gives one.", "1200"),
    "capacity_unit": ("Unit of the capacity.", "MW"),
    "attributed_to": ("Who says so, if not the publisher itself.", "OpenAI"),
    "evidence": ("The exact passage of the article's text that states the claim.", "was winning government work"),
    "evidence_start": ("Where the passage begins in the text, counted in Unicode code points from 0.", "44"),
    "evidence_end": ("Where the passage ends in the text; the first code point after it.", "101"),
    "article_title": ("Title of the article that makes the claim.", "OpenAI flags Zhipu AI's business abroad"),
}

_ARTICLES: dict[str, _Entry] = {
    "title": ("Title of the article.", "OpenAI flags Zhipu AI's business abroad"),
    "published_first": ("First day that the date of publication may mean.", "2025-06-25"),
    "claims": ("Number of claims read from it.", "2"),
    "events": ("Number of events that it reports.", "2"),
    "checked_on": ("Day of the second reading.", "2026-11-23"),
    "text_sha256": (
        "SHA-256 of the text (UTF-8) that evidence is proved against.",
        "c00b0fecbbef607dc91fad84949ccea45588194086f3da39af2d4cae9f1b7d20",
    ),
}

_ACTORS: dict[str, _Entry] = {
    "actor_id": ("Id of the actor.", "ac-7ngpgkj5uavb"),
    "name": ("Name that the tracker uses for it.", "Zhipu AI"),
    "kind": ("What sort of body it is; empty: not known.", "company"),
    "country": ("Home country, ISO 3166-1 alpha-2 or EU; empty: multilateral or not known.", "CN"),
    "parent": ("Name of the owner; empty: none known.", ""),
    "group_id": ("Id of the topmost owner, or of the actor itself.", "ac-7ngpgkj5uavb"),
    "roll_up_id": (
        "Id of the actor that totals by group count it with: its topmost owner, or the government that a topmost "
        "agency is a body of.",
        "ac-7ngpgkj5uavb",
    ),
    "same_as": ("Id of the actor that a person joined it to; empty: it stands for itself.", ""),
    "wikidata": ("Wikidata item.", "Q95"),
    "provisional": ("Named by a claim only; the register of actors does not have it yet.", "false"),
}

_IDS: dict[str, _Entry] = {
    "event_id": ("An event id that was ever known, also of events that are merged or gone.", "ev-c4ve54dxoc6l"),
    "status": (
        "current: there is such an event. merged: its claim is part of another event. continued: its claim was "
        "removed, and what else reports the act goes on under another id. gone: nothing is left of it.",
        "merged",
    ),
    "leads_to": ("The event that the id leads to now: itself, or another one; empty where it is gone.", ""),
    "claim_id": ("The claim that the id was made from.", "verdict-2025-03-openai-softbank#d6udh7bg"),
    "reason": ("Why it is merged, continued or gone; empty for current ones.", "same supplier: Zhipu AI"),
}

_WITHDRAWALS: dict[str, _Entry] = {
    "article_id": ("Id of the article that was taken out.", "gnn-2025-06-25-zhipu-government-deals"),
    "reason": ("Why it was taken out.", "retracted by its publisher"),
    "withdrawn_on": ("Day on which it was taken out.", "2026-11-23"),
}

_LISTS: dict[str, tuple[str, ...]] = {
    "stage": tuple(Stage),
    "furthest_stage": tuple(Stage)[:4],
    "amount_stage": tuple(Stage),
    "stance": tuple(Stance),
    "bound": tuple(Bound),
    "technologies": tuple(Technology),
    "capacity_unit": tuple(CapacityUnit),
    "supplier_bloc": tuple(Bloc),
    "outcome": tuple(Check),
    "status": tuple(Status),
}


def _columns(frame: Mapping[str, str], entries: Mapping[str, _Entry], kinds: tuple[str, ...]) -> tuple[Column, ...]:
    known = {**_SHARED, **entries}
    lists = {**_LISTS, "kind": kinds}
    return tuple(
        Column(name, _TYPES.get(kind, "string"), *known[name], lists.get(name, ())) for name, kind in frame.items()
    )


TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "events": _columns(EVENT_FRAME, _EVENTS, tuple(Kind)),
        "claims": _columns(CLAIM_FRAME, _CLAIMS, tuple(Kind)),
        "articles": _columns(ARTICLE_FRAME, _ARTICLES, ()),
        "actors": _columns(ACTOR_FRAME, _ACTORS, tuple(ActorKind)),
    }
)
"""Columns of each exported file by its name without `.csv`, in the order of the file."""

RELEASE_TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        **TABLES,
        "ids": _columns(ID_FRAME, _IDS, ()),
        "withdrawals": _columns(WITHDRAWAL_FRAME, _WITHDRAWALS, ()),
    }
)
"""Columns of each table of a release: those of an export, where each event id leads, and what was taken out."""

ROWS: Mapping[str, str] = MappingProxyType(
    {
        "events": "One row for each act in the world. Derived from the claims, never typed in.",
        "claims": "One row for each thing that one article says about one act, with its evidence.",
        "articles": "One row for each published source.",
        "actors": "One row for each company, government, agency, fund or other body.",
        "ids": "Releases only: one row for each event id that was ever known, with where it leads.",
        "withdrawals": "Releases only: one row for each article that was taken out, with the reason.",
    }
)
"""What a row of each exported file is. Several values in one cell are separated by `; `."""

MULTIPLE = frozenset({"countries", "technologies", "attributed_to", "party_groups", *(role.value for role in Role)})
"""Columns of `events` and `claims` that may hold several values."""


def meaning(table: str, column: str) -> str:
    """What a column of an exported file means.

    Raises:
        KeyError: no such table or column.
    """
    return {known.name: known.meaning for known in TABLES[table]}[column]
