import pandas as pd

from dashboard import event_cards

EVENT: dict[str, object] = {
    "event_id": "ev-1", "kind": "contract", "title": "Zhipu AI → Government of Malaysia", "stage": "announced",
    "furthest_stage": "announced", "amount_stage": "announced", "date": "2025-06",
    "countries": "MY", "amount": 1_400_000_000, "amount_min": None, "amount_max": None,
    "currency": "USD", "bound": "at_least", "usd_chosen": 1_400_000_000, "independent_sources": 4,
    "sole_asserter": "OpenAI", "disputed": False, "is_total": False,
}  # fmt: skip
CLAIM: dict[str, object] = {
    "claim_id": "a.1", "event_id": "ev-1", "stance": "asserts", "published": "2025-06-25", "publisher": "OpenAI",
    "language": "en", "attributed_to": "OpenAI", "evidence": "state firms in Malaysia", "url": "https://example.org/a",
}  # fmt: skip


def test_facts_are_said_in_words_with_the_bound_of_the_amount() -> None:
    assert event_cards.facts(EVENT) == [
        "Contract", "Malaysia", "Announced June 2025", "at least USD 1.4 billion", "4 independent sources",
    ]  # fmt: skip


def test_the_date_of_the_furthest_stage_is_not_given_to_a_later_end() -> None:
    assert event_cards.progress({**EVENT, "stage": "cancelled"}) == ["Announced June 2025", "since cancelled"]


def test_an_event_known_only_by_its_end_is_dated_by_it() -> None:
    assert event_cards.progress({**EVENT, "stage": "cancelled", "furthest_stage": None}) == ["Cancelled June 2025"]


def test_a_figure_of_an_earlier_stage_says_so() -> None:
    delivered = {**EVENT, "stage": "delivered", "furthest_stage": "delivered"}

    assert event_cards.amount_words(delivered) == "at least USD 1.4 billion when announced"


def test_another_currency_stands_first_with_dollars_beside_it() -> None:
    euros = {**EVENT, "amount": 2_000_000_000, "currency": "EUR", "bound": "exact", "usd_chosen": 2_356_800_000}

    assert event_cards.amount_words(euros) == "EUR 2 billion (about $2.36bn)"


def test_an_event_without_a_figure_says_none() -> None:
    assert (
        event_cards.amount_words({**EVENT, "amount": None, "currency": None, "bound": None, "usd_chosen": None}) == ""
    )


def test_a_card_warns_where_one_body_alone_says_so() -> None:
    assert "Rests on OpenAI alone" in event_cards.card(EVENT, CLAIM)
    assert "Rests on" not in event_cards.card({**EVENT, "sole_asserter": None}, CLAIM)


def test_a_card_escapes_what_sources_wrote() -> None:
    shown = event_cards.card(
        {**EVENT, "sole_asserter": "<b>x</b>"},
        {**CLAIM, "evidence": "<script>alert(1)</script>", "attributed_to": '"><img>', "language": '"><i>'},
    )

    assert "<script>" not in shown
    assert "<img>" not in shown
    assert "<b>x</b>" not in shown
    assert "<i>" not in shown


def test_the_earliest_claim_that_asserts_is_quoted_and_a_denial_only_where_there_is_nothing_else() -> None:
    claims = pd.DataFrame(
        [
            {**CLAIM, "claim_id": "b.1", "published": "2025-07-01"},
            {**CLAIM, "claim_id": "c.1", "published": "2025-06-01", "stance": "denies"},
            {**CLAIM, "claim_id": "d.1", "event_id": "ev-2", "stance": "disputes"},
        ]
    )

    first = event_cards.first_claims(claims)

    assert (first["ev-1"]["claim_id"], first["ev-2"]["claim_id"]) == ("b.1", "d.1")
