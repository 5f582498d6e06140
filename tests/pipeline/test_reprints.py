"""Near-duplicate texts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reprints import SAME_TEXT, bands_of, shingles, similarity

AGENCY = (
    "The ministry said on Tuesday that it would buy a model from Acme for its offices in Nairobi and pay over years, "
    "after talks that had begun in the spring and of which neither side would say any more."
)


def alike(left: str, right: str) -> float:
    return similarity(shingles(left), shingles(right))


def test_case_spacing_and_punctuation_do_not_matter() -> None:
    assert alike("Acme, Inc. sells   a MODEL today", "acme inc sells a model — today!") == 1


def test_reports_in_other_words_are_far_from_one_text() -> None:
    other = (
        "Nairobi has picked Acme to supply its offices, people who know of the talks told this paper, and pays later."
    )

    assert alike(AGENCY, other) < SAME_TEXT / 2


def test_each_sign_of_chinese_japanese_and_korean_is_a_word() -> None:
    assert shingles("北京公司获得") == {"北 京 公 司", "京 公 司 获", "公 司 获 得"}


@pytest.mark.parametrize("text", ["", "…!?", "🙂🙂"])
def test_a_text_without_words_is_nobodys_reprint(text: str) -> None:
    assert shingles(text) == frozenset()
    assert bands_of([text]) == [()]
    assert similarity(shingles(text), shingles(text)) == 0


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5), st.randoms())
def test_bands_depend_on_the_text_alone(texts: list[str], shuffle: random.Random) -> None:
    alone = {text: bands_of([text])[0] for text in texts}
    shuffle.shuffle(texts)

    assert bands_of(texts) == [alone[text] for text in texts]
    assert all(-(2**63) <= band < 2**63 for bands in alone.values() for band in bands)


@given(st.text(max_size=200), st.text(max_size=200))
def test_similarity_is_symmetric_and_between_nought_and_one(left: str, right: str) -> None:
    assert 0 <= alike(left, right) == alike(right, left) <= 1


def test_texts_with_a_few_words_changed_share_a_band_almost_always() -> None:
    shuffle = random.Random(1)
    missed = 0
    for number in range(200):
        words = [f"w{shuffle.randrange(10_000)}" for _ in range(200)]
        changed = [*words[:195], *(f"x{number}{place}" for place in range(5))]
        one, other = bands_of([" ".join(words), " ".join(changed)])
        missed += not set(one) & set(other)

    assert missed <= 2
