"""Every rule has a remedy, every message is one printable line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.issues import EXPLANATION, NOTICES, SHOWN, Fault, Issue, Rule, one_of, shown


def test_every_rule_has_one_line_that_says_what_to_do() -> None:
    assert set(EXPLANATION) == set(Rule)
    assert all(remedy and "\n" not in remedy and not remedy.endswith(".") for remedy in EXPLANATION.values())


def test_names_of_rules_are_their_members_in_small_letters() -> None:
    assert all(rule.value == rule.name.lower() for rule in Rule)


def test_an_issue_without_its_own_remedy_gives_that_of_its_rule() -> None:
    issue = Issue.of("a.jsonl", 4, Fault(Rule.BAD_ADDRESS, "url", "nowhere"))

    assert issue.message == (
        "bad address 'nowhere' in url; give the full address of the source, beginning with http:// or https://"
    )


@pytest.mark.parametrize("rule", Rule)
def test_only_notices_leave_the_record_in(rule: Rule) -> None:
    assert Issue.of("a", 1, Fault(rule, "")).is_rejection is (rule not in NOTICES)


@given(st.text())
def test_a_found_value_is_shown_on_one_line_that_can_be_stored(value: str) -> None:
    text = shown(value)

    assert text.isprintable()
    assert "\x00" not in text
    text.encode("utf-8")


def test_a_long_value_is_cut_and_says_so() -> None:
    assert shown("x" * 500) == "x" * (SHOWN - 1) + "…"
    assert shown("x" * SHOWN) == "x" * SHOWN


@given(st.text(), st.text(), st.text(), st.text())
def test_every_text_of_an_issue_is_one_line_that_can_be_stored(file: str, where: str, found: str, remedy: str) -> None:
    issue = Issue.of(file, 1, Fault(Rule.NOT_JSON, where, found, remedy))

    for text in (issue.file, issue.where, issue.found, issue.remedy, issue.message):
        assert text.isprintable()
        text.encode("utf-8")


def test_the_name_of_a_file_is_not_cut() -> None:
    name = "folder/" * 40 + "notes.jsonl"

    assert Issue.of(name, 1, Fault(Rule.NOT_JSON, "")).file == name


def test_a_far_off_word_gets_the_list_without_a_guess() -> None:
    assert one_of(["signed", "delivered"], "qqq") == "use one of signed, delivered"
    assert one_of(["signed", "delivered"], "Signed").endswith("did you mean 'signed'?")
