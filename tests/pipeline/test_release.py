"""Releases: their bytes, their checksums, and that they are whole, unique and the same each time.

After a wanted change: `ENTENTE_GOLDEN=write pytest tests/pipeline/test_release.py` writes the golden files anew; look
through the difference before it is committed.
"""

import csv
import datetime as dt
import json
import os
import random
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import frictionless
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.bulk import table
from db.dictionary import RELEASE_TABLES
from db.engine import ROOT, database, open_engine
from db.models import Release
from pipeline.editions import verify
from pipeline.errors import InputError, OutputError
from pipeline.load import load
from pipeline.maintain import withdraw
from pipeline.readers import find_inputs
from pipeline.release import Released, check_version, release, release_day
from tests.conftest import CORPUS, Fresh
from tests.factory import claim, judgement, load_notes, note
from tests.pipeline.test_export import ACTORS, NOTES
from tests.replay import all_claims

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "release"
DAY = dt.date(2026, 11, 23)
FILES = {
    "CITATION.cff", "LICENSE", "README.md", "SHA256SUMS", "actors.csv", "articles.csv", "claims.csv",
    "datapackage.json", "dictionary.csv", "events.csv", "ids.csv", "judgements.jsonl", "withdrawals.csv",
}  # fmt: skip


def filled(url: str) -> Engine:
    """The small set of the export's golden files, with an article corrected, one withdrawn, and decisions."""
    extra = note(number=13, claims=[claim(suppliers=["Globex"], what="cameras")], published="2025-04")
    load_notes(url, [*NOTES, extra], ACTORS)
    engine = open_engine(url)
    first, second, *_ = sorted(all_claims(url).claim_id)
    decision = judgement(first, second, "unsure")
    load_notes(url, [note(number=9, claims=[claim(evidence="another contract altogether")])], (), [decision])
    withdraw(engine, extra["id"], "retracted by its publisher")
    with engine.begin() as connection:  # the one date that depends on when the test runs
        connection.execute(sa.text("UPDATE withdrawal SET withdrawn_at = '2026-11-22 10:00:00'"))
    return engine


@pytest.fixture
def engine(fresh_sqlite: Fresh) -> Engine:
    return filled(fresh_sqlite())


def made(engine: Engine, folder: Path, version: str = "1.0.0") -> Released:
    return release(engine, version, folder, DAY, made_with="0.0.0")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_release_of_a_small_set_is_byte_for_byte_the_golden_one(url: str, tmp_path: Path) -> None:
    made(filled(url), tmp_path / "new")

    files = contents(tmp_path / "new")

    if os.environ.get("ENTENTE_GOLDEN") == "write":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (GOLDEN / name).write_bytes(data)
    assert set(files) == FILES
    assert files == contents(GOLDEN)


def test_sha256sum_accepts_every_file_and_the_database_knows_the_sums(engine: Engine, tmp_path: Path) -> None:
    done = made(engine, tmp_path / "new")

    tool = ["sha256sum"] if shutil.which("sha256sum") else ["shasum", "-a", "256"]
    command = [*tool, "-c", "--strict", "SHA256SUMS"]
    checked = subprocess.run(command, check=False, cwd=tmp_path / "new", capture_output=True)
    listed = {line.split("  ")[1] for line in (tmp_path / "new" / "SHA256SUMS").read_text("utf-8").splitlines()}

    assert checked.returncode == 0, checked.stdout
    assert listed == FILES - {"SHA256SUMS"}
    digest = sha256((tmp_path / "new" / "SHA256SUMS").read_bytes()).hexdigest()
    with engine.connect() as connection:
        (row,) = connection.execute(sa.select(table(Release))).all()
    assert (row.version, row.sha256, row.folder) == ("1.0.0", digest, str(tmp_path / "new"))
    assert (done.sha256, verify(tmp_path / "new")) == (digest, digest)
    assert (row.articles, row.claims, row.events) == tuple(
        next(file.rows for file in done.files if file.name == f"{name}.csv")
        for name in ("articles", "claims", "events")
    )


def test_the_package_is_valid_and_names_version_and_checksums(engine: Engine, tmp_path: Path) -> None:
    made(engine, tmp_path / "new")

    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(tmp_path / "new" / "datapackage.json")).validate()
    package = json.loads((tmp_path / "new" / "datapackage.json").read_text("utf-8"))

    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    assert (package["version"], package["created"]) == ("1.0.0", "2026-11-23T00:00:00Z")
    described = {resource["path"] for resource in package["resources"]}
    assert described == {name for name in FILES if name.endswith((".csv", ".jsonl"))}
    for resource in package["resources"]:
        data = (tmp_path / "new" / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")


def test_the_dictionary_describes_every_column_of_every_table(engine: Engine, tmp_path: Path) -> None:
    made(engine, tmp_path / "new")

    with (tmp_path / "new" / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        told = {(row["table"], row["column"]): row["meaning"] for row in csv.DictReader(file)}
    for name in RELEASE_TABLES:
        with (tmp_path / "new" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert all(told[name, column] for column in next(csv.reader(file)))


def test_one_state_gives_the_same_bytes_in_any_order_of_loading(
    fresh_sqlite: Fresh, engine: Engine, tmp_path: Path
) -> None:
    url = fresh_sqlite()
    for entry in random.Random(7).sample(NOTES, len(NOTES)):
        load_notes(url, [entry])
    load_notes(url, [], ACTORS)
    other = fresh_sqlite()
    load_notes(other, NOTES, ACTORS)

    made(open_engine(url), tmp_path / "a")
    made(open_engine(other), tmp_path / "b")
    made(engine, tmp_path / "c", "1.0.1")
    made(engine, tmp_path / "d", "1.0.2")

    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    same = [name for name in FILES if name.endswith(".csv")]
    assert [contents(tmp_path / "c")[name] for name in same] == [contents(tmp_path / "d")[name] for name in same]


def test_a_version_is_released_once(engine: Engine, tmp_path: Path) -> None:
    made(engine, tmp_path / "a")

    with pytest.raises(InputError, match=r"release 1\.0\.0 was made before, in .*give a new version"):
        made(engine, tmp_path / "b")

    assert not (tmp_path / "b").exists()


def test_a_release_is_never_written_over_anything(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")

    for name in ("mine", "file"):
        with pytest.raises(OutputError, match="is there already"):
            made(engine, tmp_path / name)

    assert contents(tmp_path / "mine") == {"notes.txt": b"mine"}
    with engine.connect() as connection:
        assert connection.execute(sa.select(table(Release))).all() == []


def test_a_folder_that_holds_a_release_is_refused_with_what_to_do(engine: Engine, tmp_path: Path) -> None:
    made(engine, tmp_path / "new")

    with pytest.raises(OutputError, match="holds a release already; give a new folder"):
        made(engine, tmp_path / "new", "1.0.1")


def test_a_folder_that_cannot_be_made_is_an_error_and_notes_no_release(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OutputError, match="cannot be made"):
        made(engine, tmp_path / "file" / "folder")

    with engine.connect() as connection:
        assert connection.execute(sa.select(table(Release))).all() == []


RELEASER = """
import sys
from datetime import date
from pathlib import Path
from db.engine import database
from pipeline.release import release
engine = database()
print("ready", flush=True)
release(engine, "1.0.0", Path(sys.argv[1]), date(2026, 11, 23))
"""


def test_a_release_that_is_killed_is_there_whole_or_not_at_all(corpus_url: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/killed.db"
    load(database(url), find_inputs([str(CORPUS / "notes" / "2024.jsonl")]))
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    for number in range(6):
        folder = tmp_path / "releases" / str(number)
        process = subprocess.Popen(
            [sys.executable, "-c", RELEASER, str(folder)], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0.0, 0.2))
        process.kill()
        process.communicate()
        with open_engine(url).connect() as connection:
            noted = connection.execute(sa.select(table(Release).c.folder, table(Release).c.sha256)).all()
        if folder.exists():
            assert {path.name for path in folder.iterdir()} == FILES
            assert verify(folder)
        for where, digest in noted:
            assert verify(Path(where)) == digest
        if noted:
            break

    with open_engine(url).connect() as connection:
        known = connection.scalars(sa.select(table(Release).c.version)).all()
    if not known:
        release(open_engine(url), "1.0.0", tmp_path / "last", DAY)
        assert verify(tmp_path / "last")


def test_a_release_as_known_on_a_day_holds_what_was_published_by_then(engine: Engine, tmp_path: Path) -> None:
    release(engine, "1.0.0-march", tmp_path / "march", DAY, as_known_on=dt.date(2025, 3, 31))

    files = contents(tmp_path / "march")
    with (tmp_path / "march" / "articles.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["published"] <= "2025-03-31" for row in csv.DictReader(file))
    assert b"As known on 2025-03-31" in files["README.md"]
    assert json.loads(files["datapackage.json"])["as_known_on"] == "2025-03-31"


def test_the_readme_says_how_accurate_the_merging_is_where_labels_are_given(engine: Engine, tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    ids = sorted(set(all_claims(str(engine.url.render_as_string(hide_password=False))).article_id))
    lines = "".join(f"{article},1,event-{place}\n" for place, article in enumerate(ids))
    labels.write_text(f"article_id,claim_number,event\n{lines}", encoding="utf-8")

    release(engine, "1.0", tmp_path / "with", DAY, labels=labels)
    release(engine, "1.1", tmp_path / "without", DAY)

    assert f"over {len(ids)} labelled claims" in " ".join((tmp_path / "with" / "README.md").read_text("utf-8").split())
    assert "not measured for this release" in " ".join((tmp_path / "without" / "README.md").read_text("utf-8").split())


def test_labels_of_other_articles_are_refused(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("article_id,claim_number,event\nnowhere,1,a\n", encoding="utf-8")

    with pytest.raises(InputError, match="none of the claims"):
        release(engine, "1.0", tmp_path / "new", DAY, labels=tmp_path / "labels.csv")

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("version", ["1", "1.0.0", "2026.11", "v1.2", "2.0-rc.1"])
def test_versions_of_usual_forms_are_taken(version: str) -> None:
    assert check_version(version) == version


@pytest.mark.parametrize("version", ["", "now", "1/2", "../1", "1..2", "1 0", "-1", "1.", "1_0", "é1", "1" * 65])
def test_other_versions_are_refused_with_what_to_write(version: str) -> None:
    with pytest.raises(InputError, match="letters, digits, points and hyphens"):
        check_version(version)


def test_a_day_is_no_version() -> None:
    with pytest.raises(InputError, match=r"write 2026\.11\.23"):
        check_version("2026-11-23")


def test_the_date_is_as_given_else_that_of_the_environment_else_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert release_day() == dt.date(2023, 11, 14)
    assert release_day(DAY) == DAY
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        release_day()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert release_day() == dt.datetime.now(dt.UTC).date()


@pytest.mark.parametrize("path", ["bad\tname", "bad\x00name", "new/..", "file.txt/new"])
def test_a_path_that_no_folder_can_have_is_an_error_that_says_why(engine: Engine, tmp_path: Path, path: str) -> None:
    (tmp_path / "file.txt").touch()

    with pytest.raises(OutputError, match="give a"):
        made(engine, tmp_path / path)


def test_a_folder_that_is_whole_but_was_never_noted_is_noted_by_the_same_release(
    engine: Engine, tmp_path: Path
) -> None:
    first = made(engine, tmp_path / "one")
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM release"))

    assert made(engine, tmp_path / "one").sha256 == first.sha256
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT sha256 FROM release")) == first.sha256


def test_what_a_killed_release_left_is_removed_after_a_day_and_not_before(engine: Engine, tmp_path: Path) -> None:
    old, new = tmp_path / ".release-old", tmp_path / ".release-new"
    for folder in (old, new):
        folder.mkdir()
    os.utime(old, (0, 0))

    made(engine, tmp_path / "one")

    assert not old.exists()
    assert new.exists()
