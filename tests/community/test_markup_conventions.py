"""House rules of templates and style sheets. Each failure names file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.community.test_conventions import ROOT

CSS = sorted((ROOT / "static").rglob("*.css"))
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "emails" not in path.parts)
COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))
STYLEGUIDE = (ROOT / "templates/dev/styleguide.html").read_text(encoding="utf-8")
INCLUDE = re.compile(r"\{% include (?P<name>\S+)(?P<rest>[^%]*)%\}")


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]


def test_raw_colours_stand_in_the_tokens_alone():
    named = "black|white|red|green|blue|gr[ae]y|yellow|orange|purple|pink|brown"
    raw = rf"#[0-9a-fA-F]{{3,8}}\b(?!\")|\b(rgba?|hsla?|oklch|oklab|lab|lch)\(|:[^;{{]*[ ,(]({named})\b[^-]"

    assert lines_with(raw, [path for path in CSS if path.name != "tokens.css"]) == []


def test_every_style_sheet_is_imported_once_into_the_layer_of_its_folder():
    sheet = (ROOT / "static/css/site.css").read_text(encoding="utf-8")
    imported = re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\)', sheet)
    folders = {"components": "components", "layout": "layout", "pages": "pages"}

    assert sorted(name for name, _ in imported) == sorted(
        str(path.relative_to(ROOT / "static/css")) for path in CSS if path.name not in {"site.css", "admin.css", "editor.css"}
    )
    assert [name for name, layer in imported if folders.get(Path(name).parts[0], layer) != layer] == []


def test_style_sheets_use_tokens_that_exist():
    known = {name for path in CSS for name in re.findall(r"(--[\w-]+):", path.read_text(encoding="utf-8"))}
    used = [
        (str(path.relative_to(ROOT)), name)
        for path in CSS
        for name in re.findall(r"var\((--[\w-]+)\)", path.read_text(encoding="utf-8"))
    ]

    assert [(path, name) for path, name in used if name not in known] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\sstyle=",
        r"<style\b",
        r"<script(?![^>]*\ssrc=)(?![^>]*type=\"(importmap|application/json)\")",
        r"\son[a-z]+=\"",
        r"javascript:",
    ],
    ids=["style attribute", "style element", "inline script", "event attribute", "script address"],
)
def test_nothing_inline_that_the_content_security_policy_refuses(pattern):
    assert lines_with(pattern, PAGES) == []


def test_times_for_machines_are_written_as_html_allows():
    """`date:"c"` writes millionths of a second, which no validator takes."""
    assert lines_with(r"\|date:[\"']c[\"']", PAGES) == []


def test_no_other_host_is_asked_for_anything():
    assert lines_with(r"(src|href)=\"(https?:)?//|url\(\"?(https?:)?//", [*PAGES, *CSS]) == []


def test_components_and_partials_begin_with_what_they_take():
    partials = [path for path in PAGES if path.name.startswith("_")]

    assert [
        str(path.relative_to(ROOT)) for path in [*COMPONENTS, *partials] if not path.read_text().startswith("{% comment %}")
    ] == []


def test_components_are_included_with_only():
    loose = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in PAGES
        for found in INCLUDE.finditer(path.read_text(encoding="utf-8"))
        if "components/" in found["name"] and not found["rest"].rstrip().endswith(" only")
    ]

    assert loose == []


def test_whatever_is_included_with_only_and_posts_is_given_the_token():
    """`only` keeps the context processors out, and with them the token: the form would be refused."""
    forms = {str(path.relative_to(ROOT / "templates")) for path in PAGES if "{% csrf_token %}" in path.read_text(encoding="utf-8")}
    tokenless = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in PAGES
        for found in INCLUDE.finditer(path.read_text(encoding="utf-8"))
        if found["name"].strip("\"'") in forms and " only" in found["rest"] and "csrf_token=csrf_token" not in found["rest"]
    ]

    assert tokenless == []


def test_every_component_is_in_the_style_guide():
    assert [path.name for path in COMPONENTS if path.name not in STYLEGUIDE] == []


def test_controls_that_are_only_an_icon_have_a_name():
    """An icon is hidden from screen readers, so a link or button with nothing else in it is silent."""
    silent = [
        f"{path.relative_to(ROOT)}: {found[0][:100]}"
        for path in PAGES
        for found in re.finditer(r"<(a|button|summary)\b[^>]*>\s*\{% icon [^%]*%\}\s*</\1>", path.read_text(encoding="utf-8"))
        if "aria-label" not in found[0]
    ]

    assert silent == []
