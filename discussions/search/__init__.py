"""What can be found of spaces, threads and posts, and by whom. Foundation imports it when it looks for what can be searched."""

from discussions.search import kinds, receivers

__all__ = ["kinds", "receivers"]
