"""Where the ids of removed claims lead does not depend on the order of articles or the size of batches."""

from itertools import permutations

import pytest

from db.engine import open_engine
from db.queries.ids import ids_page
from pipeline.maintain import restore, withdraw
from tests.conftest import Fresh
from tests.factory import Entry, claim, funding, load_notes, note
from tests.replay import event_ids

Row = tuple[str, str | None, str]


def _ids(url: str) -> dict[str, Row]:
    """Event id → status, where it leads, reason."""
    with open_engine(url).connect() as connection:
        page = ids_page(connection, "", 5000)
    return {row.event_id: (row.status, row.leads_to, row.reason) for row in page.itertuples(index=False)}


def _told(number: int, evidence: str = "Acme sells a model to the Government of Kenya", **changes: object) -> Entry:
    return note(number=number, published=f"2025-03-1{number}", claims=[claim(evidence=evidence, **changes)])


def _emptied(number: int) -> Entry:
    return note(number=number, published=f"2025-03-1{number}", claims=[funding(evidence=f"Initech raised {number}")])


GLOBEX = {"suppliers": ["Globex"], "what": "cameras for the border"}
BEFORE = [_told(1), _told(2), _told(3), _told(4, **GLOBEX), _told(5, **GLOBEX)]
AFTER = {
    "two corrected": [_told(1, "Acme sells it to Kenya"), _told(2, "Kenya buys it from Acme")],
    "one turned, one corrected": [_told(1, kind="partnership", partners=["Globex", "Acme"], suppliers=None,
                                        buyers=None), _told(2, "Kenya buys it from Acme")],
    "first two emptied": [_emptied(1), _emptied(2)],
    "all emptied": [_emptied(number) for number in (1, 2, 3)],
    "last two emptied, one corrected": [_told(1, "Acme sells it"), _emptied(2),
                                        _emptied(3)],
    "joined by a new one": [_emptied(1), _told(3, **GLOBEX), _told(6)],
    "moved to the other event": [_told(1, **GLOBEX), _told(2, "Globex sells cameras", **GLOBEX), _told(5)],
}  # fmt: skip


@pytest.mark.parametrize("after", AFTER.values(), ids=AFTER)
def test_order_and_batches_do_not_change_where_ids_lead(fresh_sqlite: Fresh, after: list[Entry]) -> None:
    found = []
    for order in permutations(after):
        for batch_records in (1, 2, 2000):
            url = fresh_sqlite()
            load_notes(url, BEFORE)
            load_notes(url, list(order), batch_records=batch_records)
            found.append(_ids(url))

    assert all(one == found[0] for one in found)
    assert any(status in ("continued", "gone") for status, *_ in found[0].values())


def test_an_id_leads_to_what_took_its_place_in_its_own_article_before_any_mate(url: str) -> None:
    load_notes(url, [_told(1), _told(2)])
    (anchored,) = event_ids(url)

    # The first article is corrected and told of another supplier; the second goes on telling of the first one.
    load_notes(url, [_told(1, "Globex sells cameras to the Government of Kenya", **GLOBEX)])

    row = _ids(url)[anchored]
    assert row[0] == "continued"
    assert row[1] in event_ids(url)
    with open_engine(url).connect() as connection:
        page = ids_page(connection, "", 5000).set_index("event_id")
    assert str(page.claim_id[row[1]]).startswith(_told(1)["id"])


def test_of_two_new_claims_the_one_about_the_same_parties_takes_the_place(url: str) -> None:
    load_notes(url, [_told(1)])
    (before,) = event_ids(url)

    other, same = claim(evidence="Globex sells cameras to it", **GLOBEX), claim(evidence="Acme gives Kenya its model")
    load_notes(url, [note(number=1, published="2025-03-11", claims=[other, same])])

    leads_to = _ids(url)[before][1]
    with open_engine(url).connect() as connection:
        page = ids_page(connection, "", 5000).set_index("event_id")
    load_notes(url, [note(number=1, published="2025-03-11", claims=[same])])
    assert leads_to in event_ids(url)
    assert page.status[leads_to] == "current"


def test_a_claim_that_was_there_before_does_not_take_the_place_of_another(url: str) -> None:
    kept, lost = claim(), claim(evidence="Globex sells cameras to it", **GLOBEX)
    load_notes(url, [note(claims=[kept, lost])])
    before = event_ids(url)

    load_notes(url, [note(claims=[kept])])

    (gone,) = before - event_ids(url)
    assert _ids(url)[gone] == ("gone", None, "its article was annotated again")


def test_an_article_that_is_let_in_again_is_no_longer_called_withdrawn(url: str) -> None:
    load_notes(url, [_told(1)])
    (before,) = event_ids(url)
    withdraw(open_engine(url), _told(1)["id"], "under review")
    restore(open_engine(url), _told(1)["id"])
    load_notes(url, [_told(1, "Kenya buys a model from Acme")])

    status, leads_to, reason = _ids(url)[before]

    assert (status, leads_to) == ("gone", None)
    assert reason.endswith("withdrawn (under review) and let in again, which does not bring this claim back")
    load_notes(url, [_told(1)])
    assert _ids(url)[before] == ("current", before, "")
