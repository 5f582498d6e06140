"""The export: its bytes, its description, its order, and that nothing half-written is left.

After a wanted change of the columns: `ENTENTE_GOLDEN=write pytest tests/pipeline/test_export.py` writes the golden
files anew; look through the difference before it is committed.
"""

import csv
import io
import json
import os
from hashlib import sha256
from pathlib import Path

import frictionless
import pytest
from sqlalchemy.engine import Engine

from db.dictionary import TABLES
from db.engine import open_engine
from pipeline import export as module
from pipeline.errors import OutputError
from pipeline.export import export
from tests.conftest import Fresh
from tests.factory import Entry, actor, claim, exported, funding, judgement, load_notes, note

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "export"
CSVS = ("events.csv", "claims.csv", "articles.csv", "actors.csv")

AGENCY = (
    "Acme sells a model to the Government of Kenya, officials said on Tuesday after many months of talks in which "
    "neither side had wanted to speak of the price or of what the ministries would do with it."
)
DENIAL = claim(stance="denies", attributed_to="Government of Kenya", evidence="Nairobi denied it")
EURO = {"value": 180_000_000, "currency": "EUR", "bound": "about"}
RANGE = {"min": 100_000_000, "max": 150_000_000, "currency": "USD", "bound": "range"}
BAN = claim(
    kind="restriction", suppliers=None, buyers=None, authorities=["Government of Italy"], targets=["Acme"],
    countries=["IT"], evidence="Italy's watchdog opened a probe", stage="signed", date="2025-02", what="privacy probe",
)  # fmt: skip
SITE = claim(
    kind="infrastructure", suppliers=None, buyers=None, builders=["Globex"], countries=["AE"], date="2025",
    evidence="Globex plans a campus", capacity={"value": 500, "unit": "MW"}, technology=["data-centre", "chips"],
    amount={"value": 3_672_500, "currency": "AED", "bound": "at_least"}, what="campus in the desert",
)  # fmt: skip
NOTES: list[Entry] = [
    note(number=1, text=AGENCY),
    note(number=2, text=AGENCY, publisher="Gazette", published="2025-03-12"),
    note(number=3, published="2025-03-14", claims=[DENIAL]),
    note(number=4, claims=[funding()]),
    note(number=5, claims=[funding(amount=EURO)], publisher="Initech", published="2025-03-20"),
    note(number=6, claims=[funding(amount=RANGE, stage="announced", date="2025-02")], published="2025-02"),
    note(number=7, claims=[BAN], language="it", title="=cmd()", publisher="Garante, \"privacy\""),
    note(number=8, claims=[SITE], published="2025"),
    note(number=9, claims=[claim(evidence="第一份合同🙂\r\nand a second line", countries=["KE", "FR"], amount=None)]),
    note(number=10, claims=[funding(amount=None, attributed_to="OpenAI", recipients=["Zêta"], what="-5% grant")]),
    note(number=11, claims=[claim(stage="signed", date="2025-06-01", suppliers=["ACME Corp"])], published="2025-06"),
    note(number=12, claims=[claim(stage="cancelled", date="2025-09", what="office models")], published="2025-10"),
]  # fmt: skip
ACTORS = [
    actor("Acme", aliases=["ACME Corp"], parent="Acme Holding", wikidata="Q1"),
    actor("Acme Holding", country="CN"),
    actor("Initech"),
    actor("Government of Kenya", kind="government", country="KE"),
]
JUDGEMENTS = [judgement("paper-2025-03-11-story-4#aaaaaaaa", "paper-2025-03-11-story-5#aaaaaaaa", "unsure")]


@pytest.fixture
def engine(url: str) -> Engine:
    load_notes(url, NOTES, ACTORS, JUDGEMENTS)
    return open_engine(url)


def test_the_export_of_a_small_set_is_byte_for_byte_the_golden_one(engine: Engine) -> None:
    files = exported(engine)

    if os.environ.get("ENTENTE_GOLDEN") == "write":
        for name, data in files.items():
            (GOLDEN / name).write_bytes(data)
    assert files == {path.name: path.read_bytes() for path in sorted(GOLDEN.iterdir())}


def test_the_package_describes_its_files_truly(engine: Engine, tmp_path: Path) -> None:
    export(engine, tmp_path, guard=False)

    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    for resource in json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")


def test_columns_are_those_of_the_dictionary_in_its_order_also_without_rows(fresh_sqlite: Fresh) -> None:
    files = exported(open_engine(fresh_sqlite()))

    for name in CSVS:
        columns = [column.name for column in TABLES[name.removesuffix(".csv")]]
        assert files[name].decode() == ",".join(columns) + "\n"


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_rows_are_sorted_by_id_and_cells_survive_any_csv_reader(engine: Engine) -> None:
    files = exported(engine, guard=False)

    for name in CSVS:
        rows = _rows(files[name])
        ids = [next(iter(row.values())) for row in rows]
        assert ids == sorted(ids)
        assert not files[name].startswith(b"\xef\xbb\xbf")
    evidence = {row["article_id"]: row["evidence"] for row in _rows(files["claims.csv"])}
    assert evidence["paper-2025-03-11-story-9"] == "第一份合同🙂\r\nand a second line"


def test_the_guard_marks_formulas_and_can_be_left_out(engine: Engine) -> None:
    guarded, plain = ({row["title"] for row in _rows(exported(engine, guard=g)["articles.csv"])} for g in (True, False))

    assert "'=cmd()" in guarded
    assert "=cmd()" in plain


def test_pages_hold_every_row_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exported(engine)
    monkeypatch.setattr(module, "PAGE", 3)

    assert exported(engine) == whole


def test_an_export_replaces_one_before_it_and_leaves_nothing_aside(engine: Engine, tmp_path: Path) -> None:
    export(engine, tmp_path)
    (tmp_path / "events.csv").write_text("old")

    export(engine, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "known-on") == sorted(
        [*CSVS, "README.md", "datapackage.json"]
    )
    assert (tmp_path / "events.csv").read_text("utf-8").startswith("event_id,")


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OutputError, match="file"):
        export(engine, tmp_path / "file" / "folder")


def test_files_that_are_not_from_an_export_are_never_overwritten(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError, match=r"holds README\.md, not from an export"):
        export(open_engine(fresh_sqlite()), tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
