"""Families of reprints in the database."""

import datetime as dt
import itertools
import random

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.engine import open_engine
from pipeline.maintain import rebuild, restore, withdraw
from pipeline.reprint_pairs import CROWD
from pipeline.snapshot import known_on
from tests.conftest import Fresh
from tests.factory import Entry, claim, load_notes, note
from tests.pipeline.reprint_texts import AGENCY, COOKIES, OTHER, STORY, STORY_ELSEWHERE
from tests.worlds import BODIES

TEXT = f"Acme sells a model to the Government of Kenya. {BODIES[0]}"
EVIDENCE = "Acme sells a model to the Government of Kenya"
few = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))


def _told(number: int, text: str, **changes: str) -> Entry:
    """An article of this text; its one claim is its first words."""
    return note(number=number, text=text, claims=[claim(evidence=text[:40])], **changes)


def _pairs(url: str) -> set[tuple[str, str, float]]:
    with open_engine(url).connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT a.article_id, b.article_id, p.similarity FROM reprint_pair p"
                " JOIN article a ON a.pk = p.left_pk JOIN article b ON b.pk = p.right_pk"
            )
        )
        return {(min(left, right), max(left, right), share) for left, right, share in rows}


def _heads(url: str) -> dict[str, str]:
    with open_engine(url).connect() as connection:
        return {
            str(article).removeprefix("paper-2025-03-11-story-"): str(head).removeprefix("paper-2025-03-11-story-")
            for article, head in connection.execute(
                sa.text(
                    "SELECT a.article_id, b.article_id FROM reprint r JOIN article a ON a.pk = r.article_pk"
                    " JOIN article b ON b.pk = r.of_pk"
                )
            )
        }


def test_the_earliest_heads_the_family_whatever_the_order(fresh: Fresh) -> None:
    told = [
        note(number=n, text=TEXT, published=day) for n, day in ((1, "2025-03-12"), (2, "2025-03-10"), (3, "2025-03"))
    ]
    for order in itertools.permutations(told):
        url = fresh()
        for entry in order:
            load_notes(url, [entry])

        assert _heads(url) == {"1": "3", "2": "3"}


def test_copies_of_two_stories_in_one_long_text_stay_two_families(url: str) -> None:
    both = f"{STORY} {STORY_ELSEWHERE}"
    told = [(1, STORY), (2, STORY_ELSEWHERE), (3, both), (4, " ".join(AGENCY[:5])), (5, " ".join(OTHER[:4]))]

    load_notes(url, [_told(number, text, published=f"2025-03-1{number}") for number, text in told])

    assert _heads(url) == {"3": "1", "4": "1", "5": "2"}


def test_copies_cut_from_one_text_are_its_reprints_though_they_share_nothing(url: str) -> None:
    halves = (" ".join(AGENCY[:4]), " ".join(AGENCY[4:]))
    load_notes(url, [_told(number, half) for number, half in enumerate(halves, 2)])
    assert _heads(url) == {}

    load_notes(url, [_told(1, STORY, published="2025-03-01")])
    assert _heads(url) == {"2": "1", "3": "1"}

    withdraw(open_engine(url), _told(1, STORY)["id"], "retracted")
    assert _heads(url) == {}


def test_a_text_edited_step_by_step_leaves_the_family_when_it_no_longer_repeats_the_first(url: str) -> None:
    steps = [" ".join((*AGENCY[number:], *OTHER[:number])) for number in (0, 2, 4)]

    load_notes(url, [_told(number, text) for number, text in enumerate(steps, 1)])

    assert _heads(url) == {"2": "1"}


def test_withdrawing_the_head_leaves_the_next_as_head(url: str) -> None:
    load_notes(url, [note(number=number, text=TEXT) for number in (1, 2, 3)])

    withdraw(open_engine(url), note(number=1)["id"], "retracted")

    assert _heads(url) == {"3": "2"}


def test_an_article_annotated_again_with_another_text_leaves_the_family(url: str) -> None:
    load_notes(url, [note(number=1, text=TEXT), note(number=2, text=TEXT)])

    load_notes(url, [note(number=2)])

    assert _heads(url) == {}


def _own_words(number: int, size: int) -> str:
    dice = random.Random(number)
    return " ".join(f"w{dice.randrange(10**6)}" for _ in range(size))


NOTICE = COOKIES[:300]


def crowd(size: int) -> list[Entry]:
    """Short articles of one site, of which the greater part is the site's notice, dated one after another."""
    start = dt.date(2025, 1, 1)
    return [
        _told(number, f"{_own_words(number, 4)} {NOTICE}", published=str(start + dt.timedelta(days=number)))
        for number in range(size)
    ]


def test_what_a_crowd_of_articles_holds_makes_no_reprints_and_few_do(url: str) -> None:
    some = crowd(CROWD + 20)

    load_notes(url, some[:CROWD])
    assert len(_pairs(url)) > CROWD
    load_notes(url, some[CROWD:], batch_records=7)

    single = {pair for pair in _pairs(url) if pair[2] < 1}
    rebuild(open_engine(url))
    assert {pair for pair in _pairs(url) if pair[2] < 1} == single


@few
@given(seed=st.integers(0, 2**32))
def test_crowds_of_notices_and_large_families_are_the_same_in_any_order(fresh_sqlite: Fresh, seed: int) -> None:
    dice = random.Random(seed)
    family = [
        _told(
            1000 + n,
            f"{_own_words(n, 3)} {STORY[:900]}",
            published=dice.choice(("2025", "2025-03", f"2025-02-{n % 28 + 1:02}")),
        )
        for n in range(CROWD + 8)
    ]
    told = [*crowd(CROWD + 8), *family, _told(3000, STORY), _told(3001, " ".join(AGENCY[:3]))]
    whole, pieces = fresh_sqlite(), fresh_sqlite()
    load_notes(whole, told)
    shuffled = dice.sample(told, len(told))
    cut = dice.randrange(len(told))
    load_notes(pieces, shuffled[:cut], batch_records=dice.choice((40, 90)))
    gone = dice.sample(shuffled[:cut], min(cut, 5))
    for entry in gone:
        withdraw(open_engine(pieces), entry["id"], "retracted")
    load_notes(pieces, shuffled[cut:])
    for entry in gone:
        restore(open_engine(pieces), entry["id"])
    load_notes(pieces, dice.sample(gone, len(gone)), batch_records=2)

    assert _pairs(pieces) == _pairs(whole)
    assert _heads(pieces) == _heads(whole)
    assert len({_heads(whole).get(str(1000 + n), str(1000 + n)) for n in range(CROWD + 8)}) == 1


def test_a_family_as_known_on_a_day_is_that_of_the_articles_published_by_then(fresh: Fresh) -> None:
    told, day = crowd(CROWD + 20), dt.date(2025, 1, 31)
    late, early = fresh(), fresh()
    load_notes(late, told)
    load_notes(early, [entry for entry in told if entry["published"] <= str(day)])

    then = known_on(open_engine(late), day)

    assert _heads(str(then.url)) == _heads(early) != {}
    assert _pairs(str(then.url)) == _pairs(early)
