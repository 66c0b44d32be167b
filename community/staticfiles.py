"""Static files in production: one style sheet instead of many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("(?P<file>[^"]+)"\) layer\((?P<layer>\w+)\)(?: (?P<media>\w+))?;')


def bundled(sheet: Path) -> str:
    """Return the style sheet with each imported file in its place, inside its layer and medium."""

    def body(found: re.Match[str]) -> str:
        layered = f"@layer {found['layer']} {{\n{(sheet.parent / found['file']).read_text()}}}\n"
        return f"@media {found['media']} {{\n{layered}}}\n" if found["media"] else layered

    return IMPORT.sub(body, sheet.read_text())


class BundlingStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Put css/site.css together before it gets its name and is compressed, so that a page asks once for its look."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run and SHEET in paths:
            source, path = paths[SHEET]
            Path(self.path(SHEET)).write_text(bundled(Path(source.path(path))))
            paths[SHEET] = (self, SHEET)
        yield from super().post_process(paths, dry_run, **options)
