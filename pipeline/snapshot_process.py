"""A process that makes one snapshot: `python -m pipeline.snapshot_process DAY FILE`, the database in DATABASE_URL."""

import os
import sys
from datetime import date
from pathlib import Path

from db.engine import database_url, open_engine
from pipeline.snapshot import make

YIELDS = 5
"""By how much others go first, who wait for a page."""

if __name__ == "__main__":
    os.nice(YIELDS)
    make(open_engine(database_url()), date.fromisoformat(sys.argv[1]), Path(sys.argv[2]))
