"""Arrays are cut into their elements whatever is wrong inside one of them."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.issues import Rule
from pipeline.json_arrays import elements


@pytest.mark.parametrize(
    ("content", "line"),
    [(b'[{"a": 1},\n{"b": ', 2), (b'[{"a": 1},\n', 2), (b'[{"a": 1}\n,{"b": "x\\', 2), (b'{"a": 1}[', 1)],
)
def test_an_array_that_is_cut_off_is_reported(content: bytes, line: int) -> None:
    found = list(elements(io.BytesIO(content), 100))

    assert found[0] == (1, b'{"a": 1}', None)
    assert (found[-1].line, found[-1].fault, len(found)) == (line, Rule.CUT_OFF, 2)


def test_a_bad_element_spoils_no_other() -> None:
    content = b'[{"a": 1}, {"b": oops}, 7, "x,]", [1, [2]], {"caf\xe9": 1}, {"c": "]"}]'

    assert [element.raw for element in elements(io.BytesIO(content), 100)] == [
        b'{"a": 1}',
        b'{"b": oops}',
        b"7",
        b'"x,]"',
        b"[1, [2]]",
        b'{"caf\xe9": 1}',
        b'{"c": "]"}',
    ]


def test_an_element_above_the_limit_is_cut_short_and_the_next_is_whole() -> None:
    found = list(elements(io.BytesIO(b'[{"a": "' + b"x" * 200_000 + b'"},\n{"b": 2}]'), 100))

    assert [(element.line, element.fault) for element in found] == [(1, Rule.TOO_LONG), (2, None)]
    assert found[1].raw == b'{"b": 2}'


class _Dribble(io.BytesIO):
    """A stream that gives a few bytes at a time, as a pipe may."""

    step = 3

    def read(self, _size: int | None = -1) -> bytes:
        return super().read(self.step)


JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.text(), JSON)), st.sampled_from([None, 1]), st.booleans(), st.integers(1, 9))
def test_elements_are_cut_alike_whatever_the_layout_and_the_chunks(
    objects: list[dict[str, object]], indent: int | None, is_ascii: bool, step: int
) -> None:
    stream = _Dribble(json.dumps(objects, indent=indent, ensure_ascii=is_ascii).encode())
    stream.step = step

    assert [json.loads(element.raw) for element in elements(stream, 10**6)] == objects
