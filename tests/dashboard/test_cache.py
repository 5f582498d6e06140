"""When the dashboard asks which state the data are in."""

import pytest

from dashboard import cache
from tests.conftest import Fresh
from tests.factory import claim, load_notes, note


def test_a_run_of_a_page_stays_with_one_state_and_the_next_sees_what_was_loaded(
    fresh_sqlite: Fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_sqlite()
    monkeypatch.setenv("DATABASE_URL", url)
    cache.prepare()
    with cache.one_run():
        first = cache.data()
        load_notes(url, [note(claims=[claim()])])

        assert cache.data() == first
        assert cache.size().events == 0
        cache.ask_anew()
        assert cache.data() != first
        assert cache.size().events == 1
    with cache.one_run():
        assert cache.size().events == 1


def test_a_run_that_fails_leaves_nothing_behind(fresh_sqlite: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", fresh_sqlite())
    cache.prepare()
    with pytest.raises(RuntimeError), cache.one_run():
        raise RuntimeError
    other = fresh_sqlite()
    monkeypatch.setenv("DATABASE_URL", other)
    cache.prepare()

    assert cache.data()[0] == other
