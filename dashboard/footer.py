"""The foot of every page: version of the data, licence, where to report an error."""

import streamlit as st

from dashboard import cache, wording
from pipeline.derived import OLD_RULES


def draw() -> None:
    """Draw the foot."""
    size, revision = cache.size(), cache.data()[1]
    version = f"Data version {revision}"
    if size.last_published is not None:
        version += f", articles published until {wording.date_words(size.last_published.isoformat())}"
    st.divider()
    if cache.is_outdated():
        st.warning(f"Note: {OLD_RULES}. Run this, then open the page again:")
        st.code("python -m pipeline rebuild", language="bash")
    st.caption(
        f"{version}. Data: CC BY 4.0; quoted passages belong to their publishers. Code: Apache 2.0. Found an error? "
        "Note the id of the event or article and see “Report an error” on the About page."
    )
