"""Evidence is found once or not at all, whatever the script; roles fit the kind."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.vocabulary import ROLES_OF_KIND, Kind, Role
from pipeline.checks import evidence_span, late_dates, note_faults, occurrences
from pipeline.issues import Fault, Rule

SCRIPTS = st.text(
    st.sampled_from("ab \nÄéзнак 中文報導。العربيةُ🙂👩\u200d👩\u200d👧e\u0301ก็한국"),
    max_size=40,
)


@given(SCRIPTS, SCRIPTS.filter(bool), SCRIPTS)
@example("🙂🙂", "中", "🙂")
@example("e", "\u0301", "")
def test_a_span_cuts_exactly_the_evidence_out_of_the_text(before: str, evidence: str, after: str) -> None:
    text = before + evidence + after
    if occurrences(text, evidence) == 1:
        start, end = evidence_span(text, evidence)

        assert (start, end, text[start:end]) == (len(before), len(before + evidence), evidence)
    else:
        with pytest.raises(ValueError, match="exactly once"):
            evidence_span(text, evidence)


@given(st.text("ab", max_size=12), st.text("ab", min_size=1, max_size=4))
def test_overlapping_occurrences_are_all_counted(text: str, evidence: str) -> None:
    assert occurrences(text, evidence) == sum(text.startswith(evidence, start) for start in range(len(text)))


@pytest.mark.parametrize(("text", "evidence"), [("aaa", "aa"), ("abc", ""), ("abc", "d"), ("", "a"), ("é", "e\u0301")])
def test_evidence_that_does_not_occur_exactly_once_has_no_span(text: str, evidence: str) -> None:
    with pytest.raises(ValueError, match="exactly once"):
        evidence_span(text, evidence)


@pytest.mark.parametrize(
    ("text", "evidence", "form_only"),
    [
        ("Caf\u00e9 sells", "Cafe\u0301 sells", True),
        ("Cafe\u0301 sells", "Caf\u00e9 sells", True),
        ("Café sells", "Cafe sells", False),
        ("Café sells", "café sells", False),
    ],
)
def test_evidence_in_another_unicode_form_is_absent_and_the_remedy_says_why(
    text: str, evidence: str, form_only: bool
) -> None:
    (fault,) = note_faults({"text": text, "claims": [{"evidence": evidence}]})

    assert fault.rule is Rule.EVIDENCE_ABSENT
    assert ("in Unicode form only" in fault.remedy) is form_only
    assert ("nearest passage" in fault.remedy) is not form_only


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", Role)
def test_a_role_fits_exactly_the_kinds_that_list_it(kind: Kind, role: Role) -> None:
    faults = list(note_faults({"claims": [{"kind": kind.value, role.value: ["X"]}]}))

    fits = role in ROLES_OF_KIND[kind]
    assert [fault.rule for fault in faults] == ([] if fits else [Rule.ROLE_DOES_NOT_FIT, Rule.NO_PARTY])


@pytest.mark.parametrize("note", [{}, {"claims": None}, {"claims": [None, 3, "x"]}, {"claims": "abc", "text": 4}])
def test_fields_of_the_wrong_type_are_left_to_the_models(note: dict[str, object]) -> None:
    assert list(note_faults(note)) == []


@pytest.mark.parametrize(
    ("published", "date", "is_late"),
    [
        ("2025-06-25", "2025-06-25", False),
        ("2025-06-25", "2025-06-26", True),
        ("2025-06-25", "2025-06", False),
        ("2025-06-25", "2025", False),
        ("2025-06", "2025-06-30", False),
        ("2025-06", "2025-07", True),
        ("2025", "2026", True),
    ],
)
def test_a_date_is_late_only_if_it_must_lie_after_publication(published: str, date: str, is_late: bool) -> None:
    expected = [Fault(Rule.DATED_AFTER_PUBLICATION, "claims[1].date", date)] if is_late else []

    assert list(late_dates(published, ["1999", date])) == expected
