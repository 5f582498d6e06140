"""Near-duplicate texts."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reprints import (
    LONG,
    SHARE_OF_LONG,
    SHARE_OF_SHORT,
    SHORT,
    bands_of,
    is_band,
    is_reprint,
    share,
    share_needed,
    shared_passages,
    shingles,
)
from tests.pipeline.reprint_texts import AGENCY, COOKIES, FOOTER, OTHER, PAIRS, STORY, Pair, corpus_texts, sentences

QUOTABLE = tuple(sentence for paragraph in AGENCY for sentence in sentences(paragraph))


def share_of(left: str, right: str) -> float:
    return share(shingles(left), shingles(right))


def repeats(left: str, right: str) -> bool:
    """As the database decides it: the texts must share a key, and agree."""
    one, other = bands_of([left, right])
    return not set(one).isdisjoint(other) and is_reprint(shingles(left), shingles(right))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_what_editors_do_to_a_copy_is_told_from_another_story(pair: Pair) -> None:
    assert repeats(pair.left, pair.right) == repeats(pair.right, pair.left) == pair.reprint


@settings(deadline=None)
@given(st.integers(0, 7), st.integers(2, 8), st.sampled_from(["", COOKIES, FOOTER]), st.booleans())
def test_two_paragraphs_and_more_cut_out_of_eight_are_a_reprint(
    first: int, size: int, matter: str, before: bool
) -> None:
    cut = " ".join(AGENCY[min(first, 8 - size) :][:size])
    # Matter beside it may be as long as the text: then the text is cut less.
    if matter and size < 6:
        matter = ""

    assert repeats(STORY, f"{matter} {cut}" if before else f"{cut} {matter}")


@settings(deadline=None)
@given(st.lists(st.sampled_from(QUOTABLE), min_size=1, max_size=2), st.integers(0, 5))
def test_a_story_that_quotes_two_sentences_is_not_a_reprint(quoted: list[str], place: int) -> None:
    told = " ".join((*OTHER[:place], *quoted, *OTHER[place:]))

    assert not repeats(STORY, told)


@settings(deadline=None)
@given(st.permutations(range(300)), st.integers(0, 45))
def test_a_text_of_which_less_than_half_is_kept_is_not_a_reprint(places: list[int], percent: int) -> None:
    words = [f"word{place}" for place in places]
    kept = len(words) * percent // 100

    assert not repeats(" ".join(words), " ".join([*words[:kept], *(f"own{place}" for place in places[kept:])]))


def test_no_two_texts_of_the_corpus_are_taken_for_one_but_each_for_itself_cut_and_framed() -> None:
    texts = sorted(corpus_texts())
    known = [shingles(text) for text in texts]

    assert not any(is_reprint(one, other) for place, one in enumerate(known) for other in known[place + 1 :])
    for text in texts[::7]:
        assert repeats(text, f"LONDON, 3 May (Wire) - {text}")
        assert repeats(text.replace("'", "’").replace(" - ", " – ").upper(), text)


def test_case_accents_widths_spacing_and_punctuation_do_not_matter() -> None:
    assert (
        share_of("Acme, Inc. sells   a MODEL in São Paulo today", "acme inc sells a model — in Sao Paulo ｔｏｄａｙ!")
        == 1
    )
    assert share_of(
        "artificial intel\u00adligence for clinics\u200b in Kenya", "artificial intelligence for clinics in Kenya"
    )


def test_each_sign_of_scripts_without_spaces_is_a_word_also_beside_latin_letters() -> None:
    assert shingles("北京公司获得") == {"北 京 公 司", "京 公 司 获", "公 司 获 得"}
    assert shingles("OpenAI获得合同") == {"openai 获 得 合", "获 得 合 同"}


def test_vowel_signs_do_not_split_the_words_of_indic_scripts() -> None:
    assert shingles("सरकार ने कंपनी चुनी") == {"सरकार ने कंपनी चुनी"}


@pytest.mark.parametrize("text", ["", "…!?", "🙂🙂"])
def test_a_text_without_words_is_nobodys_reprint(text: str) -> None:
    assert shingles(text) == frozenset()
    assert bands_of([text]) == [()]
    assert share_of(text, text) == 0
    assert not is_reprint(shingles(text), shingles(text))


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5), st.randoms())
def test_keys_depend_on_the_text_alone(texts: list[str], shuffle: random.Random) -> None:
    alone = {text: bands_of([text])[0] for text in texts}
    shuffle.shuffle(texts)

    assert bands_of(texts) == [alone[text] for text in texts]
    assert all(-(2**63) <= band < 2**63 for bands in alone.values() for band in bands)


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_share_is_symmetric_and_between_nought_and_one(left: str, right: str) -> None:
    assert 0 <= share_of(left, right) == share_of(right, left) <= 1


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_a_longer_text_needs_no_greater_share_than_a_shorter(one: int, other: int) -> None:
    shorter, longer = sorted((one, other))

    assert SHARE_OF_LONG <= share_needed(longer) <= share_needed(shorter) <= SHARE_OF_SHORT
    assert (share_needed(SHORT), share_needed(LONG)) == (SHARE_OF_SHORT, SHARE_OF_LONG)


def test_texts_with_a_few_words_changed_share_a_band_almost_always() -> None:
    shuffle = random.Random(1)
    missed = 0
    for number in range(200):
        words = [f"w{shuffle.randrange(10_000)}" for _ in range(200)]
        changed = [*words[:195], *(f"x{number}{place}" for place in range(5))]
        one, other = bands_of([" ".join(words), " ".join(changed)])
        missed += not set(filter(is_band, one)) & set(filter(is_band, other))

    assert missed <= 2


def test_shared_passages_are_marked_in_the_text_as_it_stands() -> None:
    text = "Our own line. Acme “sells a model” to the state, it said. Nobody else was asked."
    other = 'Acme "sells a model" to the State; it said so. Then came the rain, and nobody cared.'

    assert [text[start:end] for start, end in shared_passages(text, other)] == [
        "Acme “sells a model” to the state, it said"
    ]


@settings(deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_shared_passages_are_in_order_and_apart(text: str, other: str) -> None:
    places = [place for passage in shared_passages(text, f"{other} {text[:60]}") for place in passage]

    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
