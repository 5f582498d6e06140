"""What changed between two editions: what became of each event, and why."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.engine import open_engine
from pipeline.diff import Difference, Sort, differences
from pipeline.editions import Cells, Edition, edition, of_database, of_folder
from pipeline.export import export
from pipeline.maintain import withdraw
from pipeline.release import release
from tests.conftest import Fresh
from tests.factory import Entry, actor, claim, funding, judgement, load_notes, note
from tests.replay import all_claims, all_events, play
from tests.worlds import Step, histories

DAY = dt.date(2026, 11, 23)
CAMERAS = note(number=2, claims=[claim(suppliers=["Globex"], what="cameras")])

Then = Callable[[str], Path]


@pytest.fixture
def freeze(tmp_path: Path) -> Then:
    """Makes a release of a database; gives its folder."""

    def made(url: str) -> Path:
        number = len(list(tmp_path.glob("r*"))) + 1
        return release(open_engine(url), f"{number}.0", tmp_path / f"r{number}", DAY).folder

    return made


@pytest.fixture
def sqlite_url(fresh_sqlite: Fresh) -> str:
    return fresh_sqlite()


def since(url: str, folder: Path) -> list[Difference]:
    """The differences from a release to the database now."""
    with of_database(open_engine(url)) as now:
        return list(differences(of_folder(folder), now))


def rows(one: Edition) -> dict[str, Cells]:
    return {row["event_id"]: row for row in one.rows("events")}


def patched(before: dict[str, Cells], found: Iterable[Difference]) -> dict[str, Cells]:
    """The earlier rows with the differences applied by what they say of ids and cells."""
    after = {event_id: dict(row) for event_id, row in before.items()}
    for one in found:
        if one.sort in (Sort.MERGED, Sort.WITHDRAWN, Sort.GONE):
            del after[one.event_id]
            continue
        row = after.pop(one.other_id) if one.sort is Sort.RENAMED else after.get(one.event_id)
        if row is None:
            assert one.after is not None
            row = dict.fromkeys(one.after, "")
        for change in one.changes:
            assert row[change.column] == change.before
            row[change.column] = change.after
        after[one.event_id] = row
    return after


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=histories(), data=st.data())
def test_the_differences_turn_the_earlier_edition_into_the_later_one_whatever_happened(
    fresh_sqlite: Fresh, tmp_path_factory: pytest.TempPathFactory, steps: list[Step], data: st.DataObject
) -> None:
    url, cut = fresh_sqlite(), data.draw(st.integers(0, len(steps)))
    play(url, steps[:cut])
    folder = release(open_engine(url), "1.0", tmp_path_factory.mktemp("made") / "r", DAY).folder
    play(url, steps[cut:])

    found = since(url, folder)

    with of_database(open_engine(url)) as now:
        there = rows(now)
        back = list(differences(now, of_folder(folder)))
    before = rows(of_folder(folder))
    assert patched(before, found) == there
    assert patched(there, back) == before
    for one in found:
        assert one.reasons
        assert (one.event_id in there) == (one.sort not in (Sort.MERGED, Sort.WITHDRAWN, Sort.GONE))
        if one.sort is Sort.MERGED:
            assert one.other_id in there
        if one.sort is Sort.SPLIT:
            assert one.other_id in before


def test_nothing_differs_between_an_edition_and_itself_on_either_engine(url: str, freeze: Then) -> None:
    load_notes(url, [note(), CAMERAS])

    assert since(url, freeze(url)) == []


def test_a_new_event_names_the_article_that_brought_it(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note()])
    then = freeze(sqlite_url)
    load_notes(sqlite_url, [CAMERAS])

    (one,) = since(sqlite_url, then)

    assert (one.sort, one.before) == (Sort.NEW, None)
    assert one.reasons == (f"article added: The Paper, 2025-03-11 ({CAMERAS['id']})",)


def test_a_changed_event_says_from_what_to_what_and_by_which_article(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note()])
    then = freeze(sqlite_url)
    later = note(number=3, published="2025-03-13", claims=[claim(stage="signed", date="2025-03-12")])
    load_notes(sqlite_url, [later])

    (one,) = since(sqlite_url, then)

    changes = {change.column: (change.before, change.after) for change in one.changes}
    assert one.sort is Sort.CHANGED
    assert changes["stage"] == ("announced", "signed")
    assert changes["reports"] == ("1", "2")
    assert one.reasons == (f"article added: The Paper, 2025-03-13 ({later['id']})",)


def test_towards_an_earlier_state_the_reason_is_what_is_still_to_come(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note(), note(number=3), CAMERAS])
    left, right = sorted(all_claims(sqlite_url).claim_id)[:2]
    said = judgement(left, right, "same", why="one act")
    first = freeze(sqlite_url)
    load_notes(sqlite_url, (), (), [said])
    second = freeze(sqlite_url)
    load_notes(sqlite_url, (), (), [{**said, "undone_by": "Bo", "undone_when": "2026-02-02"}])
    withdraw(open_engine(sqlite_url), CAMERAS["id"], "a hoax")
    third = freeze(sqlite_url)

    def reasons(later: Path, earlier: Path) -> str:
        return " ".join(str(why) for one in differences(of_folder(later), of_folder(earlier)) for why in one.reasons)

    assert "not yet judged there: judged the same by Ada on 2026-01-01: one act" in reasons(second, first)
    back = reasons(third, second)
    assert "not yet undone there: “judged the same by Ada on 2026-01-01: one act” undone by Bo" in back
    assert "article not withdrawn there" in back
    assert "article added" not in back


def test_a_corrected_article_is_the_reason_also_where_its_claims_keep_their_ids(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note()])
    then = freeze(sqlite_url)
    load_notes(sqlite_url, [note(claims=[claim(date="2025-03-09")])])

    (one,) = since(sqlite_url, then)

    assert one.sort is Sort.CHANGED
    assert one.reasons == (f"article annotated again: The Paper, 2025-03-11 ({note()['id']})",)


@pytest.fixture
def joined(sqlite_url: str, freeze: Then) -> tuple[str, Path]:
    """Two events that a person joined after the release."""
    load_notes(sqlite_url, [note(), CAMERAS])
    then = freeze(sqlite_url)
    left, right = sorted(all_claims(sqlite_url).claim_id)
    load_notes(sqlite_url, (), (), [judgement(left, right, "same", why="one act")])
    return sqlite_url, then


def test_a_merged_event_names_where_it_went_and_who_decided(joined: tuple[str, Path]) -> None:
    url, then = joined

    found = {one.sort: one for one in since(url, then)}

    merged, kept = found[Sort.MERGED], found[Sort.CHANGED]
    assert merged.other_id == kept.event_id == all_events(url).event_id.iloc[0]
    for one in (merged, kept):
        assert "judged the same by Ada on 2026-01-01: one act" in one.reasons


def test_a_split_event_names_where_it_came_from_and_who_undid_it(joined: tuple[str, Path], freeze: Then) -> None:
    url, _ = joined
    then = freeze(url)
    left, right = sorted(all_claims(url).claim_id)
    load_notes(url, (), (), [judgement(left, right, "different", when="2026-01-02", why="two acts")])

    found = {one.sort: one for one in since(url, then)}

    assert found[Sort.SPLIT].other_id == found[Sort.CHANGED].event_id
    assert "judged different by Ada on 2026-01-02: two acts" in found[Sort.SPLIT].reasons


def test_a_withdrawn_event_gives_the_reason(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note(), CAMERAS])
    then = freeze(sqlite_url)
    withdraw(open_engine(sqlite_url), CAMERAS["id"], "published in error")

    (one,) = since(sqlite_url, then)

    assert (one.sort, one.after) == (Sort.WITHDRAWN, None)
    assert one.reasons == (f"article withdrawn: The Paper, 2025-03-11 ({CAMERAS['id']}): published in error",)


def test_an_event_that_loses_its_first_article_goes_on_under_a_new_id(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note(), note(number=2, publisher="Gazette", published="2025-03-12")])
    then = freeze(sqlite_url)
    (before,) = all_events(sqlite_url).event_id
    withdraw(open_engine(sqlite_url), note()["id"], "published in error")

    (one,) = since(sqlite_url, then)

    assert (one.sort, one.other_id) == (Sort.RENAMED, before)
    assert one.event_id == all_events(sqlite_url).event_id.iloc[0]
    assert any(reason.endswith("published in error") for reason in one.reasons)


def test_an_event_that_is_annotated_away_is_gone_with_that_reason(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note(claims=[claim(), funding()])])
    then = freeze(sqlite_url)
    load_notes(sqlite_url, [note(claims=[claim()])])

    (one,) = since(sqlite_url, then)

    assert one.sort is Sort.GONE
    assert one.reasons == (f"article annotated again: The Paper, 2025-03-11 ({note()['id']})",)


def test_a_party_that_the_register_names_otherwise_is_the_registers_change(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note(claims=[claim(suppliers=["ACME Corp"])])])
    then = freeze(sqlite_url)
    load_notes(sqlite_url, (), [actor("Acme", aliases=["ACME Corp"])])

    (one,) = since(sqlite_url, then)

    assert one.sort is Sort.CHANGED
    assert any(reason.startswith("register of actors changed: ") for reason in one.reasons)


def test_two_days_can_be_compared_and_the_later_has_more(sqlite_url: str) -> None:
    load_notes(sqlite_url, [note(), {**CAMERAS, "published": "2025-05-01"}])

    with (
        edition("2025-03-31", lambda: open_engine(sqlite_url)) as a,
        edition("2025-05-31", lambda: open_engine(sqlite_url)) as b,
    ):
        forth, back = list(differences(a, b)), list(differences(b, a))

    assert [one.sort for one in forth] == [Sort.NEW]
    assert [one.sort for one in back] == [Sort.GONE]
    assert back[0].reasons == (f"article not there: The Paper, 2025-05-01 ({CAMERAS['id']})",)


def test_plain_exports_can_be_compared_too_without_ids_and_judgements(sqlite_url: str, tmp_path: Path) -> None:
    notes: list[Entry] = [note(), CAMERAS]
    load_notes(sqlite_url, notes)
    export(open_engine(sqlite_url), tmp_path / "a")
    withdraw(open_engine(sqlite_url), CAMERAS["id"], "published in error")
    export(open_engine(sqlite_url), tmp_path / "b")

    (one,) = differences(of_folder(tmp_path / "a"), of_folder(tmp_path / "b"))

    assert one.sort is Sort.GONE


def test_an_unsure_judgement_and_one_undone_before_are_no_reason(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note(), note(number=3, published="2025-03-13", claims=[claim()]), CAMERAS])
    then = freeze(sqlite_url)
    left, _, right = sorted(all_claims(sqlite_url).claim_id)
    unsure = judgement(left, right, "unsure", why="hard to say")
    undone = judgement(left, right, "same", why="mistaken", undone_by="Ada", undone_when="2026-01-02T00:00:00Z")
    later = note(number=5, published="2025-03-14", claims=[claim(stage="signed", date="2025-03-12")])
    load_notes(sqlite_url, [later], (), [unsure, undone])

    said = [reason for one in since(sqlite_url, then) for reason in one.reasons]

    assert any("article added" in reason for reason in said)
    assert not any("judged" in reason for reason in said)


def test_a_judgement_is_no_reason_where_no_claim_moved(sqlite_url: str, freeze: Then) -> None:
    load_notes(sqlite_url, [note(), note(number=3, published="2025-03-13", claims=[claim()])])
    then = freeze(sqlite_url)
    left, right = sorted(all_claims(sqlite_url).claim_id)
    again = note(number=3, published="2025-03-13", claims=[claim(stage="signed", date="2025-03-12")])
    load_notes(sqlite_url, [again], (), [judgement(left, right, "same", why="one act")])

    said = [reason for one in since(sqlite_url, then) for reason in one.reasons]

    assert any("annotated again" in reason for reason in said)
    assert not any("judged" in reason for reason in said)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_new_id_says_what_became_of_the_first_report(sqlite_url: str, freeze: Then, replaced: bool) -> None:
    load_notes(sqlite_url, [note(), note(number=2, publisher="Gazette", published="2025-03-12")])
    then = freeze(sqlite_url)
    if replaced:
        load_notes(sqlite_url, [note(claims=[funding()])])
    else:
        withdraw(open_engine(sqlite_url), note()["id"], "published in error")

    (one,) = [one for one in since(sqlite_url, then) if one.sort is Sort.RENAMED]

    expected = "annotated again" if replaced else "withdrawn"
    assert one.reasons[0].startswith(f"its first report was {expected}: its id is made from")
