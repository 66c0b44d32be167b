"""The documents cannot rot: what they name exists, and what exists is named."""

from __future__ import annotations

import re
import tomllib

import pytest
from django.core.management import get_commands

from tests.rows import listed_rows
from tests.sources import FLOORS, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
READ_ELSEWHERE = {"PORT", "WEB_CONCURRENCY"}  # by the supervisor and by gunicorn


def settings_read() -> set[str]:
    """The variables of the environment that settings.py and its helpers read by name."""
    code = "".join((ROOT / "community" / name).read_text(encoding="utf-8") for name in ("settings.py", "environment.py"))
    return set(re.findall(r"\b(?:flag|number|text|words|url|hosts?|site|imap)\(\s*[\"']([A-Z][A-Z_]+)[\"']", code))


def settings_documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z][A-Z_]+)` \|", README, re.MULTILINE))


def test_readme_lists_every_setting_and_no_other():
    assert len(settings_read()) >= 15
    assert settings_documented() == settings_read() | READ_ELSEWHERE


def test_readme_lists_every_command_and_no_other():
    ours = {name for name, app in get_commands().items() if app in FLOORS}

    assert set(re.findall(r"^\| `([a-z_]+)[^`]*` \|", README, re.MULTILINE)) == ours


def test_every_make_target_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        target
        for path in DOCUMENTS
        for target in re.findall(r"(?:`|^|PORT=\d+ )make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert {"run", "test", "test-nobrowser"} <= named
    assert named - targets == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]

    assert [target for target in targets if target and not (path.parent / target).exists()] == []


def test_every_dependency_has_its_row_and_no_other():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *(entry for group in project["dependency-groups"].values() for entry in group)]
    names = {re.match(r"[a-z0-9-]+", entry)[0] for entry in wanted if isinstance(entry, str)}
    rows = re.findall(
        r"^\| ([a-z0-9-]+) \| (\S+) \| ", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert {name for name, _ in rows} - {"package"} == names


def test_every_dependency_has_the_version_of_the_lock():
    lock = dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE))
    rows = re.findall(r"^\| ([a-z0-9-]+) \| ([0-9]\S*) \| ", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE)

    assert [f"{name} {version}" for name, version in rows if lock.get(name) != version] == []


def test_every_row_that_a_test_accepts_is_listed():
    files = [path for path in (ROOT / "tests").rglob("*.py") if path.name not in {"rows.py", "test_docs.py"}]
    marked = {row for path in files for row in re.findall(r"mark\.row\(\"([A-Z]+\d+)\"\)", path.read_text(encoding="utf-8"))}

    assert "R24" in marked
    assert marked - set(listed_rows()) == set()
