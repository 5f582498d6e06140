"""The error tree."""

import pytest

from pipeline.errors import DatabaseError, InputError, TrackerError


@pytest.mark.parametrize("leaf", [InputError, DatabaseError])
def test_every_error_of_the_tracker_can_be_caught_by_its_root(leaf: type[TrackerError]) -> None:
    with pytest.raises(TrackerError, match="the remedy"):
        raise leaf("the remedy")
