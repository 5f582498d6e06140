"""The dashboard with its data for scripts: `python -m streamlit run dashboard/server.py`. Pages are app.py's."""

import gc
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:  # `streamlit run` puts only this folder on the path.
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402

from dashboard import csv_route, csv_tables  # noqa: E402

csv_tables.serve()

for module in pkgutil.iter_modules([str(HERE)]):
    if module.name.startswith("charts"):  # They take longest to load: now, rather than while the first visitor waits.
        import_module(f"dashboard.{module.name}")
gc.freeze()  # What is loaded now stays for good: the collector need not look through it again and again.

app = st.App(HERE / "app.py", routes=csv_route.ROUTES)
