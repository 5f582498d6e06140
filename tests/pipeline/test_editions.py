"""Reading one state of the data set from a folder or a database."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from db.engine import open_engine
from pipeline.editions import edition, of_database, of_folder, unguarded, verify
from pipeline.errors import InputError
from pipeline.export import export
from pipeline.release import release
from tests.conftest import Fresh
from tests.pipeline.test_release import DAY, filled

TABLES = ("events", "claims", "articles", "actors", "ids", "withdrawals")


@pytest.fixture
def engine(fresh_sqlite: Fresh) -> Engine:
    return filled(fresh_sqlite())


@pytest.fixture
def folder(engine: Engine, tmp_path: Path) -> Path:
    return release(engine, "1.0", tmp_path / "made", DAY).folder


def _no_database() -> Engine:
    pytest.fail("a folder needs no database")


@pytest.mark.parametrize("guard", [True, False])
def test_a_folder_gives_what_the_database_gives_guarded_or_not(engine: Engine, tmp_path: Path, guard: bool) -> None:
    release(engine, "1.0", tmp_path / "made", DAY, guard=guard)

    with of_database(engine) as now:
        then = of_folder(tmp_path / "made")
        for name in TABLES:
            assert then.columns[name] == now.columns[name]
            assert list(then.rows(name)) == list(now.rows(name))
        assert list(then.judgements()) == list(now.judgements())


def test_a_release_is_found_by_folder_and_by_version(engine: Engine, folder: Path) -> None:
    with edition(str(folder), _no_database) as by_folder, edition("1.0", lambda: engine) as by_version:
        assert by_folder.name == by_version.name == "release 1.0"
        assert list(by_folder.rows("events")) == list(by_version.rows("events"))


def test_now_and_a_day_are_the_database(engine: Engine) -> None:
    with edition("now", lambda: engine) as now, edition("2025-03-31", lambda: engine) as then:
        assert len(list(then.rows("articles"))) < len(list(now.rows("articles")))
        assert then.name == "as known on 2025-03-31"


@pytest.mark.parametrize("asked", ["nowhere", "2.0", "2025-02-30", "../1.0", ""])
def test_anything_else_is_an_error_that_says_what_can_be_given(engine: Engine, asked: str) -> None:
    with pytest.raises(InputError, match=r"give one of these|holds no release"), edition(asked, lambda: engine):
        pass


def test_a_file_that_was_changed_is_refused_by_name(folder: Path) -> None:
    (folder / "events.csv").write_text((folder / "events.csv").read_text("utf-8").replace("Acme", "Acne"), "utf-8")

    with pytest.raises(InputError, match=r"events\.csv is not what was released"):
        of_folder(folder)


def test_a_file_that_is_missing_is_refused_by_name(folder: Path) -> None:
    (folder / "ids.csv").unlink()

    with pytest.raises(InputError, match=r"ids\.csv is not what was released"):
        of_folder(folder)


def test_a_folder_without_the_files_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"events\.csv, claims\.csv, articles\.csv, actors\.csv not found"):
        of_folder(tmp_path)


def test_an_export_reads_as_an_edition_without_checksums(engine: Engine, tmp_path: Path) -> None:
    export(engine, tmp_path / "plain", as_known_on=dt.date(2025, 3, 31))

    found = of_folder(tmp_path / "plain")

    assert verify(tmp_path / "plain") is None
    assert list(found.rows("ids")) == list(found.judgements()) == []
    assert "event_id" in found.columns["events"]


def test_a_table_that_is_cut_off_is_an_error_and_no_shorter_table(engine: Engine, tmp_path: Path) -> None:
    export(engine, tmp_path / "plain")
    whole = (tmp_path / "plain" / "events.csv").read_text("utf-8")
    (tmp_path / "plain" / "events.csv").write_text(whole[: len(whole) - 40], "utf-8")

    with pytest.raises(InputError, match=r"events\.csv cannot be read as a table"):
        list(of_folder(tmp_path / "plain").rows("events"))


@pytest.mark.parametrize(
    ("cell", "plain"), [("'=cmd()", "=cmd()"), ("'-5%", "-5%"), ("'quoted'", "'quoted'"), ("Acme", "Acme"), ("", "")]
)
def test_the_guard_is_taken_off_and_nothing_else(cell: str, plain: str) -> None:
    assert unguarded(cell) == plain


def test_reading_a_folder_asks_no_database_of_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.db")

    with edition(str(folder), lambda: open_engine("sqlite:////nowhere/at/all.db")) as found:
        assert list(found.rows("events"))


@pytest.mark.parametrize("sums", ["", None])
def test_a_release_without_its_checksums_is_refused(folder: Path, sums: str | None) -> None:
    (folder / "SHA256SUMS").unlink()
    if sums is not None:
        (folder / "SHA256SUMS").write_text(sums)

    with pytest.raises(InputError, match="unchanged copy"):
        of_folder(folder)


def test_a_file_that_the_checksums_do_not_list_is_refused(folder: Path) -> None:
    listed = folder / "SHA256SUMS"
    listed.write_text("".join(line for line in listed.read_text().splitlines(True) if "events.csv" not in line))

    with pytest.raises(InputError, match=r"events\.csv is not listed"):
        of_folder(folder)


def test_other_checksums_than_the_database_knows_are_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="does not hold the release"):
        of_folder(folder, "0" * 64)
