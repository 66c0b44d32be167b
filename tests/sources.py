"""Our own files and models, for the tests that hold house rules over all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
FLOORS = (
    "community",
    "gatherings",
    "practice",
    "products",
    "welcome",
    "discussions",
    "ambassadors",
    "correspondence",
    "foundation",
)


def code() -> list[Path]:
    """Python files of the floors, without migrations."""
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "migrations" not in path.parts)


def templates(*suffixes: str) -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.name.endswith(suffixes))


def where(path: Path, number: int) -> str:
    return f"{path.relative_to(ROOT)}:{number}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in FLOORS]
