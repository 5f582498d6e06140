"""The dashboard with its data for scripts: `python -m streamlit run dashboard/server.py`. Pages are app.py's."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:  # `streamlit run` puts only this folder on the path.
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402

from dashboard import csv_route  # noqa: E402

app = st.App(HERE / "app.py", routes=csv_route.ROUTES)
