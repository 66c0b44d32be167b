"""Who can sign in to the demo: three people, with passwords that are random for each checkout."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ADDRESSES = {
    "staff": "marguerite@tidemark.example",
    "ambassador": "ngozi@tidemark.example",
    "alumnus": "beatrix@tidemark.example",
}


@dataclass(frozen=True)
class Login:
    """One line of the login list."""

    role: str
    address: str
    password: str


def checkout_secrets(var: Path) -> dict[str, Any]:
    """Return the key and the passwords of this checkout, made at first use and readable by their owner alone."""
    path = var / "secrets.json"
    if not path.exists():
        passwords = {role: secrets.token_urlsafe(9) for role in ADDRESSES}
        write_private(path, {"SECRET_KEY": secrets.token_urlsafe(60), "passwords": passwords})
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def demo_logins(var: Path) -> list[Login]:
    """Return the demo's logins in the order in which they are shown."""
    passwords = checkout_secrets(var)["passwords"]
    return [Login(role, address, passwords[role]) for role, address in ADDRESSES.items()]


def write_private(path: Path, content: dict[str, Any]) -> None:
    """Write JSON that only its owner can read; a reader sees the old content or the new, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as output:
        json.dump(content, output, indent=1)
    unfinished.replace(path)
