"""A walk over the site: no page may send its reader nowhere, so every link on it opens, and every fragment names something on the page."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

# Addresses which end the session, shut a visitor out, or which are no pages of ours.
NOT_FOLLOWED = re.compile(r"/(logout|not-for-people|static|jsi18n|accounts/login|admin/r/)")
LINK = re.compile(r"""<(?:a|link|form)\b[^>]*?\b(?:href|action)=["']([^"']+)""")
SOURCE = re.compile(r"""<(?:img|script)\b[^>]*?\bsrc=["']([^"']+)""")
NAMED = re.compile(r"""\bid=["']?([^"'\s>]+)""")
STARTS = ["/", "/desk/", "/settings/", "/ambassadors/", "/dev/styleguide/"]
MOST = 4000


class Walk:
    """One reader's walk over everything that is linked, and what they ran into on the way."""

    def __init__(self, client, most: int = MOST) -> None:
        self.client, self.most = client, most
        self.fragments: set[str] = set()
        self.answers: dict[str, tuple[int, str]] = {}
        self.broken: dict[str, str] = {}
        for start in STARTS:
            self.follow(start)

    def follow(self, start: str) -> None:
        """In the same order each time, so that a walk that ends early meets the same pages."""
        waiting = [(start, "the beginning")]
        while waiting and len(self.answers) < self.most:
            link, source = waiting.pop()
            url, fragment = urldefrag(link)
            status, text = self.fetch(url)
            if status >= 400 and source != "the beginning":
                self.broken[link] = f"{status} from {source}"
            if fragment and status == 200 and fragment not in NAMED.findall(text):
                self.broken[link] = f"no such place on the page, from {source}"
            if status == 200:
                waiting += [(to, url) for to in sorted(self.links(url, text)) if urldefrag(to)[0] not in self.answers or "#" in to]

    def fetch(self, url: str) -> tuple[int, str]:
        if url not in self.answers:
            response = self.client.get(url)
            if response.streaming:
                b"".join(response.streaming_content)  # to its end, which closes the file
            is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
            self.answers[url] = (response.status_code, response.content.decode() if is_page else "")
        return self.answers[url]

    def links(self, url: str, text: str) -> set[str]:
        """Links within the site, as whole addresses; each one with a fragment once; in the admin no filters and orders, which combine without end."""
        posted = set(re.findall(r"""<form\b[^>]*method=["']post["'][^>]*action=["']([^"']+)""", text))
        found = set()
        for raw in {*LINK.findall(text), *SOURCE.findall(text)} - posted:
            whole = urljoin(url, unescape(raw))
            parts = urlsplit(whole)
            sorts_the_admin = parts.path.startswith("/admin/") and parts.query
            if not parts.scheme and parts.path.startswith("/") and not NOT_FOLLOWED.search(parts.path) and not sorts_the_admin:
                found.add(whole)
        new = found - self.fragments
        self.fragments |= {link for link in new if "#" in link}
        return new
