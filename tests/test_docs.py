"""What the README promises is there."""

import re
from pathlib import Path

import pytest

from pipeline.__main__ import app

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MAKEFILE = ROOT / "Makefile"


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_every_link_within_the_repository_leads_to_a_file(readme: str) -> None:
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", readme) if "://" not in target]

    assert [target for target in targets if target and not (ROOT / target).exists()] == []


def test_every_command_of_the_pipeline_that_is_named_exists(readme: str) -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    named = set(re.findall(r"python -m pipeline ([a-z]+)", readme))

    assert named <= known


@pytest.mark.skipif(not MAKEFILE.exists(), reason="the Makefile is not written yet")
def test_every_make_target_that_is_named_exists(readme: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z-]+)`", readme)) <= targets
