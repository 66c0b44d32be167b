"""One public page as the cache keeps it, and what a page must not hold to be kept."""

from __future__ import annotations

import gzip
import hashlib
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils.cache import patch_vary_headers

# What the answer may differ by: the key holds the language, only visitors without a session get here, and both encodings are kept.
MAY_VARY_ON = {"cookie", "accept-language", "accept-encoding", "hx-request"}
FOR_ALL = "public, max-age=0, must-revalidate"
SHAPE = 1  # of what is stored: another number when the fields of KeptPage change
WORTH_PACKING = 600  # bytes


@dataclass(frozen=True)
class KeptPage:
    """A whole answer: its headers, its body as it is and packed, of which version of the publication, and until when it is fresh."""

    version: str
    fresh_until: float
    headers: dict[str, str]
    body: bytes
    packed: bytes
    etag: str

    @classmethod
    def of(cls, response: HttpResponse, version: str, fresh_until: float) -> KeptPage:
        """Take the finished answer. Its tag is a weak one: packed or not, it is the same page."""
        body = response.content
        etag = f'W/"{hashlib.blake2s(body, digest_size=10).hexdigest()}"'
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        headers = {**response.headers, "ETag": etag, "Cache-Control": FOR_ALL}
        # Packing tells an onlooker nothing (BREACH): these pages hold no secret, and nothing that a visitor sent.
        packed = gzip.compress(body, 6, mtime=0) if len(body) >= WORTH_PACKING else b""
        return cls(version, fresh_until, headers, body, packed, etag)

    @classmethod
    def from_stored(cls, stored: object) -> KeptPage | None:
        """Return the page that `to_store` was told of; None for nothing, and for what another release of this code stored."""
        return cls(*stored[1:]) if isinstance(stored, tuple) and stored[0] == SHAPE else None

    def to_store(self) -> tuple[object, ...]:
        """Return plain values: a class would have to be found again, under its name and with its fields, by the release of tomorrow."""
        return (SHAPE, self.version, self.fresh_until, self.headers, self.body, self.packed, self.etag)

    @property
    def is_fresh(self) -> bool:
        """Whether nobody needs to render it anew yet."""
        return time.time() < self.fresh_until

    def response(self, *, accepts_gzip: bool, with_body: bool) -> HttpResponse:
        """Return the answer that was taken, as often as it is asked for."""
        packed = accepts_gzip and bool(self.packed)
        body, headers = (self.packed, self._headers_packed) if packed else (self.body, self._headers_plain)
        response = HttpResponse(body if with_body else b"")
        # Each name and value was looked at once, when the mapping was made; looking again at twenty of them costs more than the page.
        response.headers._store = headers._store.copy()
        return response

    @cached_property
    def _headers_plain(self) -> Any:
        return ResponseHeaders({**self.headers, "Content-Length": str(len(self.body))})

    @cached_property
    def _headers_packed(self) -> Any:
        return ResponseHeaders({**self.headers, "Content-Length": str(len(self.packed)), "Content-Encoding": "gzip"})


def why_not_kept(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return why this page is not the same for everybody, or nothing."""
    if not isinstance(response, HttpResponse):
        return "it streams"
    if response.cookies:
        return f"it sets a cookie ({', '.join(response.cookies)})"
    if response.has_header("Cache-Control") and "public" not in response.headers["Cache-Control"]:
        return f"it says Cache-Control: {response.headers['Cache-Control']}"
    others = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")} - MAY_VARY_ON - {""}
    if others:
        return f"it varies on {', '.join(sorted(others))}"
    return _what_it_holds(request, response)


def _what_it_holds(request: HttpRequest, response: HttpResponse) -> str:
    if "'nonce-" in response.headers.get("Content-Security-Policy", ""):
        return "it holds a nonce"
    if b"csrfmiddlewaretoken" in response.content:
        return "it holds a token against forgery, so its form needs a page of its own"
    if getattr(getattr(request, "_messages", None), "added_new", False):
        return "it holds a message for one reader"
    user = getattr(request, "user", None)
    return "it is somebody's own" if user is not None and user.is_authenticated else ""
