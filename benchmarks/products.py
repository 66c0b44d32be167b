"""Measure the page of a product, as visitors get it from the page cache, against a static string of its size.

    python -m benchmarks.products [--seconds 4] [--rounds 3]

Starts PostgreSQL, Valkey and gunicorn (2 workers) of its own, with one strategic product of eight parts of 700 words and their footnotes.
Budget (DESIGN.md, section 8): at least 60 % of the static string's requests a second. It also says how many bytes the page has, packed
and not, and how long the page of the whole takes a member, for whom nothing comes from the cache.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys

from benchmarks.page_cache import compare
from benchmarks.pages import body_of, wait_for
from benchmarks.surroundings import gunicorn, manage, surroundings, told_by

PAGES = ["/products/what-lasts/", "/products/", "/feeds/products.xml"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the pages of products.")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    founding = ["found", "--name", "Tidemark", "--staff", "amina@tidemark.example"]
    with surroundings() as environment:
        manage(environment, ["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], founding)
        told_by(environment, "benchmarks.product")
        with gunicorn(environment) as port:
            wait_for(port)
            for path in PAGES:
                body = body_of(port, path, {})
                options.page = path
                print(json.dumps({"page": path, "bytes": len(body), "packed": len(gzip.compress(body, 6))}))
                compare(port, options, size=len(body))


if __name__ == "__main__":
    sys.exit(main())
