"""Entente's dashboard: `python -m streamlit run dashboard/app.py`. Only arranges: tables, filters, pages, foot."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
if str(ROOT) not in sys.path:  # `streamlit run` puts only this folder on the path.
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from dashboard import cache, components, filters, footer, known_day, pinned  # noqa: E402

VIEWS = {
    "contracts": ("Contracts", ":material/public:"),
    "funding": ("Funding", ":material/payments:"),
    "events": ("Events", ":material/list_alt:"),
    "sources": ("Sources", ":material/newspaper:"),
    "review": ("Review", ":material/rule:"),
    "changes": ("What changed", ":material/compare_arrows:"),
    "about": ("About", ":material/info:"),
}

st.set_page_config("Entente", page_icon=str(HERE / "static" / "icon.svg"), layout="wide")
components.masthead(HERE / "static")
st.html(HERE / "page.css")
pages = [
    st.Page(f"views/{name}.py", title=title, icon=icon, default=name == "contracts")
    for name, (title, icon) in VIEWS.items()
    if (HERE / "views" / f"{name}.py").exists()
]
page = st.navigation(pages, position="top")
st.set_page_config(components.tab_title(page.title))
filters.spell_out(page)
cache.prepare()
with cache.one_run():
    filters.sidebar(cache.choices(roll_up=filters.counts_by_group()))
    if known_day.ready(filters.current().as_known_on):
        pinned.draw(page.title)
        page.run()
    footer.draw()
