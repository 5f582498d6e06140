"""How texts are cut into words, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.words import LONGEST, folded, terms_of, words_of

SCRIPTS = "aZ9 é_-%'\"ßİ华为技术智能カタขาวहिكَتПй̆\u0301\ufb01"


def found(asked: str, text: str) -> bool:
    """Whether a word of a search is found in a text."""
    words = words_of(text)
    return all(term.fits(words) for term in terms_of(asked))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("huawei", "HUAWEI's cloud"),
        ("hua", "Huawei"),
        ("ÉCOLE", "une école"),
        ("ecole", "une École"),
        ("PERÚ", "Peru"),
        ("华为", "中国华为技术有限公司"),
        ("华", "中国华为"),
        ("智谱AI", "与智谱 AI合作"),
        ("カタ", "日本のカタカナ"),
        ("हिन्दी", "यह हिन्दी है"),
        ("كتاب", "كِتَابٌ"),
        ("ราช", "ส่วนราชการ"),
        ("foundation-model", "a foundation for models"),
        ("AI", "an AI deal"),
        ("ﬁn", "Financial"),
        ("STRASSE", "Straße"),
    ],
)
def test_a_word_is_found_in_any_case_and_script_by_its_beginning(asked: str, text: str) -> None:
    assert found(asked, text)


@pytest.mark.parametrize(("asked", "text"), [("AI", "aim"), ("wei", "Huawei"), ("为华", "华为"), ("modelx", "model")])
def test_what_does_not_begin_so_is_not_found(asked: str, text: str) -> None:
    assert not found(asked, text)


@pytest.mark.parametrize("signs", ["--", "%", "'", '"*"', "", "_"])
def test_signs_alone_ask_for_nothing(signs: str) -> None:
    assert terms_of(signs) == ()


@given(st.text(alphabet=SCRIPTS, max_size=60))
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    assert all(found(word, text) for word in text.split())


@given(st.text(max_size=80))
def test_words_hold_no_sign_that_a_database_would_read_otherwise(text: str) -> None:
    for word in words_of(text):
        assert 0 < len(word) <= LONGEST
        assert not any(sign.isspace() or (sign.isascii() and not sign.isalnum()) or sign == "\0" for sign in word)


@given(st.text(alphabet=SCRIPTS, max_size=30))
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
