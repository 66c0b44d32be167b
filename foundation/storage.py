from __future__ import annotations

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files without an address: they leave through a view that asks who is reading."""

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address of its own: link to its upload.")
