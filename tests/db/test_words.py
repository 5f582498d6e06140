"""How texts are cut into words, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.words import LONGEST, folded, terms_of, words_of
from pipeline import RULES

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


CUT_BY_RULES = 2
CUT = [
    ("Kenya signed a $1.2bn deal with G42's cloud-unit.", "1 2bn a cloud deal g42 kenya s signed unit with"),
    ("Une ÉCOLE à São Tomé: l'État, naïve Straße", "a ecole etat l naive sao strasse tome une"),
    ("İstanbul ǅungla ﬁnance ½ Ⅻ x² №5", "1 2 dzungla finance istanbul no5 x2 xii"),
    ("中国华为技术有限公司与智谱 AI合作", "ai 与智 中国 为技 作 公司 华为 司与 合作 国华 技术 智谱 有限 术有 谱 限公"),
    ("日本のカタカナとひらがな、ＡＢＣ１２３", "abc123 がな とひ な のカ ひら らが カタ カナ タカ ナと 日本 本の"),
    ("กระทรวงดิจิทัล ລາວ ខ្មែរ မြန်မာ", "กร งด จิ ดิ ทร ทั รว ระ ล วง ะท ัล ิจ ิท ລາ ວ າວ န် မာ မြ ာ ်မ ြန ខ្ មែ រ ែរ ្ម"),
    ("यह हिन्दी है और தமிழ்", "और यह हिन्दी है தமிழ்"),
    ("كِتَابٌ وزارة الاتصالات", "الاتصالات كتاب وزارة"),
    ("Министерство йода и ёлки", "елки и иода министерство"),
    ("정부 인공지능 계약", "계약 인공지능 정부"),
    ("snake_case 3.5% 12,000 e-mail@x.org 🙂🇰🇪", "000 12 3 5 case e mail org snake x"),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b"),
]
"""Texts and their words by the rules of `CUT_BY_RULES`, over all kinds of scripts and signs."""


@pytest.mark.parametrize(("text", "words"), CUT)
def test_words_are_cut_otherwise_only_together_with_new_rules(text: str, words: str) -> None:
    # Words already filed in a database are made again only when its rules are older than ours.
    assert (CUT_BY_RULES, " ".join(sorted(words_of(text)))) == (RULES, words), (
        "texts are cut otherwise: raise pipeline.RULES, then bring CUT_BY_RULES and this table up to date"
    )
