"""House rules, beside the code they guard. Each says file and line of what breaks it."""

from __future__ import annotations

import ast
import re

import pytest
from django.contrib.admin import ModelAdmin
from django.core.management import call_command
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from foundation.audiences import NOBODY, OWN_CHOICE, PARTIES, Audience
from tests.sources import FLOORS, ROOT, code, functions, our_models, templates, where

READERS = {"views", "forms", "feeds", "exports", "admin", "panels", "desk", "search", "digest", "pulse"}
TOLD = {*Audience.values, OWN_CHOICE, PARTIES, NOBODY}


def test_migrations_are_complete_and_in_one_line(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_text_json_and_file_field_says_who_it_is_for():
    silent, unknown = [], []
    for model in our_models():
        told = getattr(model, "audiences", {})
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField | models.BinaryField):
                closed_list = bool(field.choices) or field.primary_key
                if not closed_list and field.name not in told:
                    silent.append(f"{model._meta.label}.{field.name}")
        unknown += [f"{model._meta.label}: {name} is for {who!r}" for name, who in told.items() if who not in TOLD]

    assert silent == []
    assert unknown == []


def test_readers_ask_who_is_looking():
    """Rows reach a page, feed or export through `visible_to(user)`; what does not says why in its line."""
    bare = [
        f"{where(path, number)}: {line.strip()}"
        for path in code()
        if path.stem in READERS or path.parent.name in READERS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\.objects\.(?!visible_to|editable_by|create|none\()", line) and "# unscoped: " not in line
    ]

    assert bare == []


def test_only_the_workflow_moves_a_state():
    """A state is moved by `foundation.workflow.apply`: no line assigns it and no update names it."""
    assigned = [
        f"{where(path, number)}: {line.strip()}"
        for path in code()
        if path != ROOT / "foundation" / "workflow.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\.status\s*=[^=]|\.update\([^)]*\bstatus=", line)
    ]

    assert assigned == []


def test_an_import_inside_a_function_carries_its_reason():
    unexplained = []
    for path in code():
        lines = path.read_text(encoding="utf-8").splitlines()
        inner = [
            node for function in functions(path) for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        unexplained += [where(path, node.lineno) for node in inner if not re.search(r"# \w+: ", lines[node.lineno - 1])]

    assert unexplained == []


def test_functions_and_files_stay_small():
    long = [
        f"{where(path, function.lineno)}: {function.name} has {function.end_lineno - function.lineno + 1} lines"
        for path in code()
        for function in functions(path)
        if function.end_lineno - function.lineno + 1 > 50
    ]
    large = [f"{where(path, 1)}: {count} lines" for path in code() if (count := len(path.read_text().splitlines())) > 400]

    assert (long, large) == ([], [])


@pytest.mark.parametrize("pattern", [r"\bTODO\b", r"\bFIXME\b", r"\bXXX\b", r"[Ll]orem ipsum"])
def test_nothing_is_left_to_be_done(pattern):
    left = [
        where(path, number)
        for path in [*code(), *templates(".html", ".txt")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]

    assert left == []


def test_templates_never_start_a_query():
    """What a page needs is on the queryset: a template neither counts nor filters nor follows `_set`."""
    queries = [
        f"{where(path, number)}: {line.strip()}"
        for path in templates(".html", ".txt")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\{[{%][^}]*(_set\.|\.all\b|\.count\b|\.exists\b|objects\.)", line)
    ]

    assert queries == []


def test_a_form_that_changes_something_is_posted_with_a_token():
    tokenless = [
        str(path.relative_to(ROOT))
        for path in templates(".html")
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(encoding="utf-8"), re.DOTALL | re.IGNORECASE)
        if "csrf_token" not in form and "one-click" not in form
    ]

    assert tokenless == []


def url_patterns(patterns):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from url_patterns(entry.url_patterns)
        elif isinstance(entry, URLPattern):
            yield entry


def test_url_view_and_name_are_one_word():
    """`noun-verb` names a view `noun_verb` (STYLE: one name through the whole stack)."""
    other = []
    for pattern in url_patterns(get_resolver().url_patterns):
        view = getattr(pattern.callback, "view_class", pattern.callback)
        if view.__module__.split(".")[0] in FLOORS:
            if isinstance(view, type) or hasattr(ModelAdmin, view.__name__):
                continue
            if pattern.name != view.__name__.replace("_", "-"):
                other.append(f"{pattern.name} is answered by {view.__module__}.{view.__name__}")

    assert other == []
