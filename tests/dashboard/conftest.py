"""Clean caches between tests of pages: one page must not see what another one read."""

from collections.abc import Iterator

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def _clear_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()
