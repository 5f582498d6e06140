"""What can be wrong with an input record: one named rule for each fault, where it is, and what to do about it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

SHOWN = 80
"""Characters of a faulty value that a message shows."""
LONGEST_WORDS = 4000
"""Characters of a file's name or of a remedy that are kept."""


class Rule(StrEnum):
    """Every rule that an input record can break. The names are part of the output and stay as they are."""

    UNREADABLE_FILE = "unreadable_file"
    BROKEN_ARCHIVE = "broken_archive"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    NOT_JSON_LINES = "not_json_lines"
    TOO_LONG = "too_long"
    CUT_OFF = "cut_off"
    BREAKS_READER = "breaks_reader"
    WRONG_TYPE = "wrong_type"
    MISSING_KEY = "missing_key"
    UNKNOWN_KEY = "unknown_key"
    REPEATED_KEY = "repeated_key"
    EMPTY_VALUE = "empty_value"
    VALUE_TOO_LONG = "value_too_long"
    REPEATED_VALUE = "repeated_value"
    BAD_CHARACTER = "bad_character"
    BAD_ID = "bad_id"
    DUPLICATE_ID = "duplicate_id"
    BAD_ADDRESS = "bad_address"
    IMPOSSIBLE_DATE = "impossible_date"
    UNKNOWN_LANGUAGE = "unknown_language"
    NO_CLAIMS = "no_claims"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_STAGE = "unknown_stage"
    UNKNOWN_STANCE = "unknown_stance"
    UNKNOWN_BOUND = "unknown_bound"
    UNKNOWN_TECHNOLOGY = "unknown_technology"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_CURRENCY = "unknown_currency"
    UNKNOWN_UNIT = "unknown_unit"
    BAD_AMOUNT = "bad_amount"
    BAD_CAPACITY = "bad_capacity"
    ROLE_DOES_NOT_FIT = "role_does_not_fit"
    INSTRUMENT_DOES_NOT_FIT = "instrument_does_not_fit"
    NO_PARTY = "no_party"
    EVIDENCE_ABSENT = "evidence_absent"
    EVIDENCE_REPEATED = "evidence_repeated"
    BAD_WIKIDATA = "bad_wikidata"
    DUPLICATE_ACTOR = "duplicate_actor"
    PARENT_CYCLE = "parent_cycle"
    UNKNOWN_SUBJECT = "unknown_subject"
    UNKNOWN_VERDICT = "unknown_verdict"
    SAME_PAIR = "same_pair"
    BAD_REVIEW = "bad_review"
    UNKNOWN_OUTCOME = "unknown_outcome"
    MORE_FAULTS = "more_faults"
    UNKNOWN_ACTOR = "unknown_actor"
    AMBIGUOUS_ALIAS = "ambiguous_alias"
    UNKNOWN_PARENT = "unknown_parent"
    ALIAS_IS_A_NAME = "alias_is_a_name"
    OWNERS_IN_A_CIRCLE = "owners_in_a_circle"
    JUDGED_UNKNOWN = "judged_unknown"
    JUDGED_OTHER_KINDS = "judged_other_kinds"
    JUDGED_NOBODY = "judged_nobody"
    JUDGED_APART = "judged_apart"
    JUDGED_OWN_OWNER = "judged_own_owner"
    JUDGED_BOTH_WAYS = "judged_both_ways"
    JUDGED_IN_FUTURE = "judged_in_future"
    DATED_AFTER_PUBLICATION = "dated_after_publication"


NOTICES = frozenset(
    {
        Rule.UNKNOWN_ACTOR,
        Rule.AMBIGUOUS_ALIAS,
        Rule.UNKNOWN_PARENT,
        Rule.ALIAS_IS_A_NAME,
        Rule.OWNERS_IN_A_CIRCLE,
        Rule.JUDGED_UNKNOWN,
        Rule.JUDGED_OTHER_KINDS,
        Rule.JUDGED_NOBODY,
        Rule.JUDGED_APART,
        Rule.JUDGED_OWN_OWNER,
        Rule.JUDGED_BOTH_WAYS,
        Rule.JUDGED_IN_FUTURE,
        Rule.DATED_AFTER_PUBLICATION,
    }
)
"""Rules that are reported while the record is taken all the same."""

EXPLANATION: dict[Rule, str] = {
    Rule.UNREADABLE_FILE: "make the file readable, then load it again",
    Rule.BROKEN_ARCHIVE: "the compressed file is cut off or damaged; compress or copy it again",
    Rule.NOT_UTF8: "save the file as UTF-8",
    Rule.NOT_JSON: "write one complete JSON object on the line",
    Rule.NOT_JSON_LINES: "put each record on one line of its own, or name the file .json if it is an array",
    Rule.TOO_LONG: "a record may have 8 MB; split it",
    Rule.CUT_OFF: "the file ends in the middle of a record or an array; copy it again",
    Rule.BREAKS_READER: "reading it fails, or ends the process that reads it; report it with the record, and shorten "
    "it to go on; ENTENTE_DEBUG=1 shows where it fails",
    Rule.WRONG_TYPE: "give a value of the type that the format asks for",
    Rule.MISSING_KEY: "add the key",
    Rule.UNKNOWN_KEY: "correct the spelling or leave the key out",
    Rule.REPEATED_KEY: "keep one of the two values: a key may stand once in an object",
    Rule.EMPTY_VALUE: "fill the value in; blanks or signs without a letter or digit are none",
    Rule.VALUE_TOO_LONG: "shorten the value",
    Rule.REPEATED_VALUE: "list each entry once",
    Rule.BAD_CHARACTER: "remove the control character or half character",
    Rule.BAD_ID: "use a-z, 0-9 and single hyphens, at most 120 characters",
    Rule.DUPLICATE_ID: "give each note an id of its own",
    Rule.BAD_ADDRESS: "give the full address of the source, beginning with http:// or https://",
    Rule.IMPOSSIBLE_DATE: "write YYYY, YYYY-MM or YYYY-MM-DD, a day of the calendar from 1950 to 2100",
    Rule.UNKNOWN_LANGUAGE: "use the two-letter code of ISO 639-1, such as en",
    Rule.NO_CLAIMS: "annotate at least one claim, or leave the note out",
    Rule.UNKNOWN_KIND: "use a kind of the list",
    Rule.UNKNOWN_STAGE: "use a stage of the list",
    Rule.UNKNOWN_STANCE: "use a stance of the list",
    Rule.UNKNOWN_BOUND: "use a bound of the list",
    Rule.UNKNOWN_TECHNOLOGY: "use technologies of the list",
    Rule.UNKNOWN_COUNTRY: "use the two-letter code of ISO 3166-1, EU, XM (multilateral) or ZZ (unknown)",
    Rule.UNKNOWN_CURRENCY: "use the three-letter code of ISO 4217, such as USD",
    Rule.UNKNOWN_UNIT: "use a unit of the list",
    Rule.BAD_AMOUNT: "give whole units from 1 to 9e15: value with its bound, or min and max with bound range",
    Rule.BAD_CAPACITY: "give a number above 0",
    Rule.ROLE_DOES_NOT_FIT: "use the roles of the kind only",
    Rule.INSTRUMENT_DOES_NOT_FIT: "leave the instrument out: it belongs to funding only",
    Rule.NO_PARTY: "name at least one party",
    Rule.EVIDENCE_ABSENT: "copy the phrase from the text character by character",
    Rule.EVIDENCE_REPEATED: "lengthen the phrase until it occurs once in the text",
    Rule.BAD_WIKIDATA: "give the Wikidata number, such as Q95",
    Rule.DUPLICATE_ACTOR: "merge the two lines: each actor has one",
    Rule.PARENT_CYCLE: "correct one parent: an actor cannot own itself through others",
    Rule.UNKNOWN_SUBJECT: "use a subject of the list",
    Rule.UNKNOWN_VERDICT: "use a verdict of the list",
    Rule.SAME_PAIR: "name two different things",
    Rule.BAD_REVIEW: "give article_id, outcome and checked_on, separated by commas, below that heading",
    Rule.UNKNOWN_OUTCOME: "use an outcome of the list",
    Rule.MORE_FAULTS: "correct those that are listed, then check the record again",
    Rule.UNKNOWN_ACTOR: "loaded as a provisional actor; add it to actors.jsonl, or as an alias there",
    Rule.AMBIGUOUS_ALIAS: "several actors go by this name; write the full name, or take the alias from all but one",
    Rule.UNKNOWN_PARENT: "the actor is loaded without its parent; add the parent to actors.jsonl",
    Rule.ALIAS_IS_A_NAME: "another actor bears this name itself and keeps it; if it was renamed, take the old one out "
    "with `python -m pipeline forget NAME`",
    Rule.OWNERS_IN_A_CIRCLE: "each of them counts as its own group; correct one parent",
    Rule.JUDGED_UNKNOWN: "kept, and without effect until the claim is loaded; claim ids are in claims.csv",
    Rule.JUDGED_OTHER_KINDS: "kept, and without effect: an event is of one kind of act",
    Rule.JUDGED_NOBODY: "kept, and without effect until a claim or the register has the name; names are in actors.csv",
    Rule.JUDGED_APART: "kept, and without effect: earlier or opposite judgements keep these two actors apart",
    Rule.JUDGED_OWN_OWNER: "kept, and without effect: the two are one actor, by their names or by judgements",
    Rule.JUDGED_BOTH_WAYS: "both are kept, and different holds before unsure, unsure before same; undo the wrong one",
    Rule.JUDGED_IN_FUTURE: "kept, and it holds over all that is decided before that moment; correct the date",
    Rule.DATED_AFTER_PUBLICATION: "right for an act that is planned; otherwise correct the date",
}
"""What to do about each rule, in one line (shown by `check`, README and the About page)."""


class Fault(NamedTuple):
    """A rule broken at one place of a record, before it is known which file the record came from."""

    rule: Rule
    where: str
    found: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault with its file and line (from 1). `where` is a path such as `claims[1].stage`, counted from 0.

    Made by `of`, every text in it can be stored and printed, whatever stood in the record and in the file's name.
    """

    rule: Rule
    file: str
    line: int
    where: str
    found: str
    remedy: str

    @classmethod
    def of(cls, file: str, line: int, fault: Fault) -> "Issue":
        """Place a fault in its file; what comes from the record is shortened and made printable."""
        remedy = shown(fault.remedy, LONGEST_WORDS) or EXPLANATION[fault.rule]
        return cls(fault.rule, shown(file, LONGEST_WORDS), line, shown(fault.where), shown(fault.found), remedy)

    @property
    def is_rejection(self) -> bool:
        """Whether the record was refused; otherwise it was taken and this is a notice."""
        return self.rule not in NOTICES

    @property
    def message(self) -> str:
        """One sentence for people: the rule, what was found, where, and the remedy."""
        found = f" '{self.found}'" if self.found else ""
        where = f" in {self.where}" if self.where else ""
        return f"{self.rule.replace('_', ' ')}{found}{where}; {self.remedy}"


def shown(value: str, length: int = SHOWN) -> str:
    """The value on one line, at most `length` characters, without characters that cannot be stored or printed."""
    clipped = value if len(value) <= length else value[: length - 1] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in clipped)


def one_of(choices: Iterable[str], found: str, likely: str | None = None) -> str:
    """The remedy for a value outside a closed list: the list if short, and the nearest entry.

    `likely` is a suggestion that is known to be meant, such as GB for UK.
    """
    listed = list(choices)
    near = likely or next(iter(difflib.get_close_matches(found, listed, n=1, cutoff=0.6)), None)
    remedy = f"use one of {', '.join(listed)}"
    return f"{remedy} — did you mean '{near}'?" if near else remedy
