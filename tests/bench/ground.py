"""What the parts stand on: how much is asked for, and inputs and databases that are made once, when first needed."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import generate
from tests.bench.child import Ran, run, run_command

LOAD = """
import json, sys, time
from db.engine import database
from pipeline.load import load
from pipeline.readers import find_inputs

def main():
    engine = database("sqlite:///" + sys.argv[1])
    started = time.perf_counter()
    summary = load(engine, find_inputs(sys.argv[2:]))
    seconds = time.perf_counter() - started
    if summary.rejected:
        sys.exit(f"{summary.rejected} generated notes were rejected")
    print(json.dumps({"seconds": seconds, "claims": summary.claims}))

if __name__ == "__main__":
    main()
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """The folder for all that is made, the sizes, and the database that was given, if one was."""

    folder: Path
    notes: int
    runs: int
    given: str | None = None
    tell: Callable[[str], None] = print

    def inputs(self, count: int, **more: int) -> Path:
        """A folder with so many notes and their actors (`more`: seed, firms; see `generate.write`)."""
        named = "-".join(f"{key}{value}" for key, value in more.items())
        folder = self.folder / f"notes-{count}{named}"
        if not folder.exists():
            self.tell(f"making {count:,} notes")
            generate.write(folder, count, **more)
        return folder

    def more(self, count: int, **more: int) -> Path:
        """A file of so many notes under ids of their own, so that they are new to every database."""
        source = self.inputs(count, seed=2, **more) / "notes" / "notes.jsonl"
        target = source.parents[1] / "more.jsonl"
        target.write_bytes(source.read_bytes().replace(b'{"id":"paper', b'{"id":"more-paper'))
        return target

    def load(self, database: Path, *inputs: Path) -> Ran:
        """One small load into a SQLite file, in a process of its own; `said` has its seconds without the start."""
        return run(LOAD, database, *inputs)

    def load_all(self, database: Path, inputs: Path) -> Ran:
        """One load by the command that people type, with as many processes as it takes."""
        self.tell(f"loading {inputs.name}")
        return run_command(f"sqlite:///{database}", "load", inputs)

    def filled(self) -> Path:
        """A database with all notes; loaded where no part has done so yet."""
        path = self.folder / "full-0.db"
        if not path.exists():
            self.load_all(path, self.inputs(self.notes))
        return path

    def url(self) -> str:
        """The address of the database that queries and pages are measured on."""
        return self.given or f"sqlite:///{self.filled()}"

    def copy(self, source: Path, name: str) -> Path:
        """A copy of a SQLite file that a part may write to."""
        target = self.folder / name
        target.unlink(missing_ok=True)
        return Path(shutil.copy(source, target))
