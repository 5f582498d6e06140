"""The shape of the code: who imports whom, and the habits that keep it readable."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("db", "pipeline", "dashboard")
LONGEST_FILE = 350
ALL_TABLES = "db/models.py"  # declared in one file, so that each is registered once
MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "versions" not in path.parts and "__pycache__" not in path.parts
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == name:
                yield node


each_module = pytest.mark.parametrize("path", MODULES, ids=_name)


@each_module
def test_imports_go_down_only(path: Path) -> None:
    above = {"db": {"pipeline", "dashboard"}, "pipeline": {"dashboard"}, "dashboard": set()}
    imported = {name.split(".")[0] for name in _imports(path)}

    assert not imported & (above[path.relative_to(ROOT).parts[0]] | {"tests"})


@each_module
def test_files_are_short(path: Path) -> None:
    assert _name(path) == ALL_TABLES or len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_FILE


@each_module
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").strip() == "" or ast.get_docstring(_tree(path))


@each_module
def test_sql_text_is_never_put_together(path: Path) -> None:
    for call in _calls(path, "text"):
        assert not any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in call.args)


@each_module
def test_html_is_never_let_through_unescaped(path: Path) -> None:
    assert "unsafe_allow_html" not in path.read_text(encoding="utf-8")


@each_module
def test_no_machine_path_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not any(place in text for place in (str(ROOT), "/home/", "/root/"))


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard").rglob("*.py")), ids=_name)
def test_streamlit_state_and_caches_live_in_their_own_modules(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    if _name(path) not in ("dashboard/filters.py", "dashboard/place.py"):
        assert "session_state" not in text or _name(path) == "dashboard/reviewing.py"
        assert "query_params" not in text
    if _name(path) != "dashboard/cache.py":
        assert "st.cache_" not in text


@pytest.mark.parametrize("path", sorted((ROOT / "dashboard" / "views").glob("*.py")), ids=_name)
def test_views_know_no_database(path: Path) -> None:
    assert not {name.split(".")[0] for name in _imports(path)} & {"sqlalchemy", "sqlmodel"}


def test_tests_mirror_the_code() -> None:
    places = {path.parent.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py")}

    assert places <= {".", *(path.parent.relative_to(ROOT).as_posix() for path in MODULES)}
