import gc

import pytest

from pipeline.collecting import NEW_OBJECTS, seldom_collecting


@pytest.fixture(autouse=True)
def _as_before():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_cycles_are_searched_for_seldom_and_afterwards_as_before():
    gc.set_threshold(700, 10, 10)
    with seldom_collecting():
        assert gc.get_threshold() == (NEW_OBJECTS, 10, 10)
    assert gc.get_threshold() == (700, 10, 10)


def test_an_error_leaves_nothing_behind():
    gc.set_threshold(700, 10, 10)
    with pytest.raises(ValueError, match="lost"), seldom_collecting():
        raise ValueError("lost")
    assert gc.get_threshold() == (700, 10, 10)


def test_who_switched_it_off_keeps_it_off():
    gc.set_threshold(0, 10, 10)
    with seldom_collecting():
        assert gc.get_threshold()[0] == 0
