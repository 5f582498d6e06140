"""Highlighting, passages, links and claim cards."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import evidence
from dashboard.evidence import Span


class Words(HTMLParser):
    """The text of a piece of HTML, and the part of it within marks; claims' numbers left out."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.marked, self.open = "", "", [""]
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        else:
            self.open.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if "sup" not in self.open:
            self.text += data
            self.marked += data if "mark" in self.open else ""


def read(html: str) -> Words:
    words = Words()
    words.feed(html)
    words.close()
    return words


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=5)


@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=40), spans)
def test_highlighting_changes_no_character_and_marks_what_the_spans_cover(text: str, pairs: list[list[int]]) -> None:
    chosen = [Span(start, end, number) for number, (start, end) in enumerate(pairs)]

    words = read(evidence.highlight(text, chosen, linked=True))

    covered = {place for start, end in pairs for place in range(start, end)}
    assert words.text == text
    assert {name for name, _ in words.attributes} <= {"class", "href"}
    assert words.marked == "".join(char for place, char in enumerate(text) if place in covered)


def test_markup_in_a_text_is_shown_and_never_run() -> None:
    html = evidence.highlight("<script>alert(1)</script> & more", [Span(0, 8)])

    assert html == '<mark class="evidence">&lt;script&gt;</mark>alert(1)&lt;/script&gt; &amp; more'


def test_offsets_count_code_points_also_beyond_the_basic_plane() -> None:
    assert "<mark" in evidence.highlight("🛰 智谱AI wins", [Span(2, 6)])
    assert read(evidence.highlight("🛰 智谱AI wins", [Span(2, 6)])).marked == "智谱AI"


def test_two_claims_on_one_passage_both_get_their_number() -> None:
    html = evidence.highlight("state money of 1.4 billion", [Span(0, 26, 1), Span(15, 26, 2)], linked=True)

    assert 'class="evidence shared">1.4 billion' in html
    assert 'href="#claim-1"' in html
    assert 'href="#claim-2"' in html


def test_a_passage_is_cut_at_words_and_stays_in_its_place() -> None:
    text = "word " * 60 + "EVIDENCE here " + "word " * 60
    span = Span(300, 313)

    cut, moved = evidence.passage(text, span, around=30)

    assert cut.startswith("… word")
    assert cut.endswith("word …")
    assert cut[moved.start : moved.end] == text[300:313] == "EVIDENCE here"


@given(st.text(min_size=1, max_size=400), st.data())
def test_a_passage_always_holds_its_evidence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    cut, moved = evidence.passage(text, Span(start, end), around=20)

    assert cut[moved.start : moved.end] == text[start:end]


@pytest.mark.parametrize("text", ["短い文。" * 40, "Short."])
def test_texts_without_spaces_are_cut_too(text: str) -> None:
    cut, moved = evidence.passage(text, Span(len(text) // 2, len(text) // 2 + 2), around=20)

    assert len(cut) <= len(text)
    assert cut[moved.start : moved.end] == text[len(text) // 2 : len(text) // 2 + 2]


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(address: object, safe: bool) -> None:
    assert (evidence.safe_url(address) == address) is safe or address is None
    assert ("<a " in evidence.source_link(address, "Source")) is safe


def test_links_out_tell_the_source_nothing_and_escape_their_address() -> None:
    link = evidence.source_link('https://example.org/"><script>', "A & B")

    assert 'rel="noopener noreferrer"' in link
    assert "<script>" not in link
    assert "A &amp; B" in link


CLAIM: dict[str, object] = {
    "claim_id": "gnn#1", "article_id": "gnn", "kind": "funding", "stage": "signed", "stance": "denies",
    "date": "2025", "countries": "CN", "suppliers": None, "buyers": None, "partners": None,
    "investors": "Government of China", "recipients": "Zhipu AI; <b>Other</b>", "builders": None, "hosts": None,
    "authorities": None, "targets": None, "what": "state money", "amount": 1_400_000_000, "amount_min": None,
    "amount_max": None, "currency": "USD", "bound": "at_least", "capacity": 1200.0, "capacity_unit": "MW",
    "attributed_to": "OpenAI", "evidence_start": 0, "evidence_end": 11, "publisher": "GNN", "published": "2025-06-25",
    "url": "https://example.org", "language": "en", "outcome": None, "reprint_of": "earlier",
}  # fmt: skip


def test_a_claim_card_says_who_what_when_how_much_and_how_sure() -> None:
    card = evidence.claim_card(CLAIM, "state money of 1.4 billion", 3, "sources?article=gnn&country=CN")

    for said in (
        'id="claim-3"', "GNN", "25 June 2025 · English", '<mark class="evidence">state money</mark>', "Signed, 2025",
        "at least USD 1.4 billion", "1,200 MW", "OpenAI", "Denies it", "Not yet checked by a second reader", "Reprint",
        "Zhipu AI, &lt;b&gt;Other&lt;/b&gt;", 'href="sources?article=gnn&amp;country=CN"', 'href="https://example.org"',
    ):  # fmt: skip
        assert said in card


def test_facts_that_a_claim_does_not_give_are_left_out() -> None:
    facts = dict(evidence.claim_facts({**CLAIM, "amount": None, "currency": None, "bound": None, "capacity": None}))

    assert set(facts) == {"What", "Stage", "Investor", "Recipients", "Country", "According to"}


def test_a_long_text_is_folded_and_a_short_one_is_not() -> None:
    long = "word " * 100

    assert "<details>" in evidence.quote(long, Span(200, 210))
    assert "<details>" not in evidence.quote("state money of 1.4 billion", Span(0, 11))


def test_facts_that_two_claims_tell_otherwise_are_marked_and_what_one_is_silent_on_is_not() -> None:
    other = {**CLAIM, "date": "2020-01-01", "countries": CLAIM["countries"], "attributed_to": None}

    differing = evidence.differing_facts(CLAIM, other)

    assert differing == {"Stage"}
    card = evidence.claim_card(CLAIM, "state money of 1.4 billion", 3, "sources?article=gnn", differing)
    assert card.count('class="differs"') == 1
    assert '<div class="differs" title="The other claim says otherwise"><dt>Stage</dt>' in card
