"""Names in order and in addresses: what `sort` and `slug` mean for people from everywhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.text import slugify

# Kept free for pages of the directory itself.
RESERVED = frozenset({"all", "edit", "feed", "import", "map", "me", "new", "search"})


def sort_key(name: str) -> str:
    """Return `name` as the directory sorts it: without accents and case, for the database sorts by code point."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


class SortKeyField(models.CharField):
    """The sort key of another field of the same row, kept up to date by `save` and by `bulk_create`."""

    def __init__(self, *args: Any, of: str = "name", **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("max_length", 400)
        kwargs["editable"] = False
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = sort_key(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}


def slugs_for(name: str) -> Iterator[str]:
    """Yield addresses for a profile, the nicest first: alice-amadi, alice-amadi-2, …"""
    base = slugify(name)[:70].strip("-") or "ambassador"
    if base not in RESERVED:
        yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
