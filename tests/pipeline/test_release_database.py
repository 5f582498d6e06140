"""A release as a database of its own: every filter gives then what it gave."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from db.engine import open_engine
from db.filters import NO_FILTERS, Filters
from db.queries.changes import figures, ids, one_event
from pipeline.editions import cells_of
from pipeline.errors import InputError
from pipeline.release import Released, release
from pipeline.release_database import named, release_database
from tests.conftest import Fresh
from tests.factory import load_notes, note
from tests.pipeline.test_release import DAY, filled

CHOICES = [
    NO_FILTERS,
    Filters(kinds=("contract",)),
    Filters(countries=("MY", "AE")),
    Filters(regions=("Africa",)),
    Filters(actors=("Huawei",)),
    Filters(suppliers=("OpenAI",), stages=("announced",)),
    Filters(blocs=("China",), usd_from=10**8),
    Filters(technologies=("chips",), disputed=False, sources_from=2),
]


@pytest.fixture(scope="module")
def corpus_release(corpus_url: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Released]:
    folder = tmp_path_factory.mktemp("release")
    url = f"sqlite:///{folder}/copy.db"
    shutil.copy(corpus_url.removeprefix("sqlite:///"), folder / "copy.db")
    return open_engine(url), release(open_engine(url), "1.0", folder / "made", DAY)


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_every_filter_gives_the_same_events_and_figures_as_the_database_it_was_made_from(
    corpus_release: tuple[Engine, Released], chosen: Filters
) -> None:
    engine, made = corpus_release
    with engine.connect() as now, release_database(made.folder, made.sha256).connect() as then:
        assert ids(then, chosen) == ids(now, chosen)
        assert figures(then, chosen) == figures(now, chosen)
        assert ids(now, chosen)


def test_every_event_reads_as_it_did(corpus_release: tuple[Engine, Released]) -> None:
    engine, made = corpus_release
    with engine.connect() as now, release_database(made.folder, made.sha256).connect() as then:
        listed = sorted(ids(now, NO_FILTERS))
        for event_id in listed[::7]:
            assert list(cells_of(one_event(then, event_id))) == list(cells_of(one_event(now, event_id)))


def test_it_stays_as_it_was_when_the_database_goes_on(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    url = fresh_sqlite()
    engine = filled(url)
    made = release(engine, "1.0", tmp_path / "made", DAY)
    with engine.connect() as connection:
        before = figures(connection, NO_FILTERS)

    load_notes(url, [note(number=99, published="2026-01-01")])

    with release_database(made.folder, made.sha256).connect() as then:
        assert figures(then, NO_FILTERS) == before


def test_a_folder_that_is_gone_or_another_is_an_error(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    engine = filled(fresh_sqlite())
    made = release(engine, "1.0", tmp_path / "made", DAY)
    other = release(engine, "1.1", tmp_path / "other", DAY)

    with pytest.raises(InputError, match="does not hold the release"):
        release_database(other.folder, made.sha256)
    shutil.rmtree(made.folder)
    with pytest.raises(InputError, match="is gone"):
        release_database(made.folder, made.sha256)


def test_names_that_hold_the_sign_between_names_are_told_apart() -> None:
    assert named("Acme; Smith; Sons; Zeta", ["Acme", "Smith; Sons", "Zeta"]) == ["Acme", "Smith; Sons", "Zeta"]
    assert named("Acme; unknown; Zeta", ["Acme", "Zeta"]) == ["Acme", "Zeta"]
    assert named("", ["Acme"]) == []
