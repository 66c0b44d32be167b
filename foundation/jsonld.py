"""What a page is about, for machines that read schema.org: a block of JSON in the page, which no browser runs."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Whatever could end the script element, or begin another, or a line in old JavaScript.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def as_script(described: dict[str, Any]) -> SafeString:
    """Return the element for the page's head; empty values are left out. Only what the reader of the page may see belongs in it."""
    kept = {key: value for key, value in described.items() if value not in ("", None, [], ())}
    text = json.dumps({"@context": "https://schema.org", **kept}, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above
