"""Two people write one edition: what each of them changed is kept, and what both changed is shown to whoever comes second.

Pure. A page carries for each of its texts a digest of what it showed (`stamp`); with it a save tells what the others changed meanwhile,
and what the one who saves has left alone. So two who write two parts never meet.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from foundation import richtext

BLOCK_IDS = re.compile(r' id="b[a-z2-7]{8}"')


@dataclass(frozen=True)
class Merged:
    """What is to be saved, and the names of the texts that somebody else has changed as well."""

    texts: dict[str, str]
    conflicts: tuple[str, ...]


def stamp(text: str) -> str:
    """Return a digest of a text: of all of it, and of its words alone, which an editor that puts the markup in order leaves as they are."""
    exact = BLOCK_IDS.sub("", text)
    return f"{_digest(exact)}.{_digest(richtext.as_typed(text) if text.startswith('<') else exact)}"


def stamps(texts: Mapping[str, str]) -> str:
    """Return the digests of the texts of one page, as its form carries them."""
    return json.dumps({name: stamp(text) for name, text in texts.items()}, separators=(",", ":"))


def merged(shown: str, now: Mapping[str, str], mine: Mapping[str, str]) -> Merged:
    """Return what a save keeps. `shown` is what `stamps` gave when the page was made, `now` what is kept, `mine` what came from the page."""
    before = _read(shown)
    texts, conflicts = {}, []
    for name, text in mine.items():
        is_now, is_mine, was = stamp(now[name]), stamp(text), before.get(name, ".")
        if is_mine == is_now:
            continue
        if is_now == was:
            texts[name] = text
        elif is_mine.partition(".")[2] != was.partition(".")[2]:
            conflicts.append(name)
    return Merged(texts, tuple(conflicts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _read(shown: str) -> dict[str, str]:
    """What a form carried; of a form that carried nothing of the kind, nothing is known."""
    try:
        found = json.loads(shown or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
