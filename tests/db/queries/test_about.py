"""What the database holds as a whole."""

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.about import changed_at, choices, rejections, revision, runs, size
from db.queries.events import events
from pipeline.maintain import withdraw
from tests.factory import judgement, load_notes, note
from tests.replay import all_claims


def test_every_choice_leads_to_an_event(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        offered = choices(connection)
        whole = events(connection, NO_FILTERS)
        for name in offered.suppliers[:10] + offered.suppliers[-10:]:
            assert len(events(connection, Filters(suppliers=(name,))))
        for name in offered.recipients[-10:]:
            assert len(events(connection, Filters(recipients=(name,))))
        for name in offered.actors[-10:]:
            assert len(events(connection, Filters(actors=(name,))))

    assert set(offered.countries) == {code for cell in whole.countries for code in cell.split("; ")}
    assert offered.first_day == whole.date_first.min().date()
    assert offered.last_day == whole.date_last.max().date()
    assert offered.most_sources == whole.independent_sources.max()


def test_the_size_counts_everything(corpus_url: str) -> None:
    with open_engine(corpus_url).connect() as connection:
        held = size(connection)
        whole = events(connection, NO_FILTERS)

    assert held.events == len(whole)
    assert held.claims == whole.claims.sum()
    assert 0 < sum(held.reviewed.values()) <= held.articles


def test_judgements_on_claims_that_are_not_there_are_counted_apart(url: str) -> None:
    load_notes(url, [note(number=1), note(number=2)])
    left, right = sorted(all_claims(url).claim_id)
    gone = judgement(left, "no-such#aaaaaaaa", "same")
    said = [judgement(left, right, "same"), gone, judgement("Nobody", "Noone", "same", subject="actor")]

    def without_effect() -> int:
        with open_engine(url).connect() as connection:
            return size(connection).judgements_without_effect

    load_notes(url, (), (), said)
    assert without_effect() == 1
    withdraw(open_engine(url), right.partition("#")[0], "a hoax")
    assert without_effect() == 2
    load_notes(url, (), (), [{**gone, "undone_by": "Bo", "undone_when": "2026-02-02"}])
    assert without_effect() == 1


def test_an_empty_database_is_described_too(url: str) -> None:
    with open_engine(url).connect() as connection:
        assert (revision(connection), changed_at(connection)) == (0, None)
        assert (size(connection).articles, size(connection).first_published) == (0, None)
        assert choices(connection).first_day is None
        assert runs(connection).empty
        assert rejections(connection, 1).empty


def test_runs_come_the_last_first(url: str) -> None:
    load_notes(url, [note()])
    load_notes(url, [note()])

    with open_engine(url).connect() as connection:
        assert runs(connection).articles_unchanged.tolist() == [1, 0]
        assert len(runs(connection, 1)) == 1
