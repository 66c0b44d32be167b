"""What the content security policy must let pass for the editor, and nothing more: its import map and the one style it puts in.

Both are taken from the installed package at start, so that an upgrade of it moves the hashes along.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import logging
import re
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
IMPORT_MAP = re.compile(r'<script type="importmap"[^>]*>(.*?)</script>', re.DOTALL)
# What the editor's core puts into <head>: the one template literal that begins with the rules of .ProseMirror.
STYLE = re.compile(r"`(\.ProseMirror \{\n  position: relative;.*?)`", re.DOTALL)


def allow_editor() -> None:
    """Add the editor's hashes to the settings' policy. A package that has changed its ways is told in the log, and in the browser test."""
    directives: dict[str, Any] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    for name, hashes in (("script-src", _import_map_hashes()), ("style-src", _style_hashes())):
        directives[name] = [*directives[name], *(hash_ for hash_ in hashes if hash_ not in directives[name])]


def csp_hash(text: str) -> str:
    """Return the source expression of a policy that lets exactly this inline text pass."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _import_map_hashes() -> list[str]:
    from django_prose_editor.widgets import importmap  # deferred: it reads the settings

    try:
        rendered = str(importmap)
    except ValueError:  # static files are not collected yet: this process serves no page
        return []
    return [csp_hash(text) for text in IMPORT_MAP.findall(rendered)]


def _style_hashes() -> list[str]:
    package = importlib.util.find_spec("django_prose_editor")
    if package is None or package.origin is None:
        return []
    editor = Path(package.origin).parent / "static" / "django_prose_editor" / "editor.js"
    found = STYLE.findall(editor.read_text(encoding="utf-8"))
    if not found:
        logger.error("The editor's style is not where it was: pages with an editor will break the content security policy.")
    return [csp_hash(text) for text in found]
