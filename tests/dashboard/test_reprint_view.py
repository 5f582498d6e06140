"""Reprints of one text as HTML."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.reprint_view import compared, family_words, marked, mate, shared_words
from pipeline.reprints import shared_passages
from tests.pipeline.reprint_texts import AGENCY, FOOTER, STORY

ROW = pd.Series(
    {"publisher": "<b>Courier</b>", "published": "2025-03-02", "language": "en", "url": "https://example.org/?a=1&b=2"}
)


def test_how_much_two_texts_share_is_told_of_the_shorter() -> None:
    assert shared_words(STORY, " ".join(AGENCY[:3])) == "100 % of the shorter text"
    assert shared_words(f"{' '.join(AGENCY[:5])} {FOOTER}", STORY) == "68 % of the shorter text"
    assert shared_words(AGENCY[0], AGENCY[4]) == "nothing directly: both repeat the first"


def test_only_what_both_say_is_marked() -> None:
    html = compared("Our line. Acme sells a model to the state.", "Acme sells a model to the state. Theirs.", "Courier")

    assert html.count('<mark class="same">Acme sells a model to the state</mark>') == 2
    assert "Our line. <mark" in html
    assert "</mark>. Theirs." in html


def test_texts_names_and_addresses_are_escaped() -> None:
    html = mate(ROW, False, "<a>link</a>", ("<script>one two three four</script>", "<img> one two three four"))

    assert "&lt;b&gt;Courier" in html
    assert "<script>" not in html
    assert "<img>" not in html
    assert "a=1&amp;b=2" in html


def test_the_first_and_its_reprints_are_told_apart() -> None:
    assert family_words(True, 2).startswith("The first of its text known here; 2 reprints of it.")
    assert family_words(False, 1).startswith("A reprint. 1 other article with this text.")


@settings(deadline=None)
@given(st.text(alphabet="ab <&\n", max_size=80), st.text(alphabet="ab <&\n", max_size=80))
def test_marking_changes_no_letter_of_the_text(text: str, other: str) -> None:
    html = marked(text, shared_passages(text, f"{other} {text[:40]}"))
    bare = html.replace('<mark class="same">', "").replace("</mark>", "")

    assert bare.replace("<br>", "\n").replace("&lt;", "<").replace("&amp;", "&") == text
