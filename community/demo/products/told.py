"""What is written of the demo's products, read from `data/products/`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from ambassadors.models import User
from foundation import richtext
from foundation.models import Pillar, Topic
from products.models import Readership

DATA = Path(__file__).parent.parent / "data" / "products"


@cache
def told(name: str) -> dict[str, Any]:
    """Return one file as it was written."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def called(name: str) -> User:
    """The member of that name."""
    found: User = User.objects.select_related("ambassador").get(name=name)
    return found


def pillars(numbers: list[int]) -> list[Pillar]:
    """The pillars of these places in the framework."""
    rows = list(Pillar.objects.offered().order_by("position", "pk"))
    return [rows[number - 1] for number in numbers]


def topics(names: list[str]) -> list[Topic]:
    """The topics of these names."""
    return list(Topic.objects.filter(name__in=names))


def readership(name: str | None) -> Readership | None:
    """The audience of that name, or none."""
    return Readership.objects.get_or_create(name=name)[0] if name else None


def rich(text: str) -> str:
    """Typed text as the editor would keep it."""
    return richtext.from_plain(text)
