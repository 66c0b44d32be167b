"""The Update as this community makes it: what it may pick, who gets it, its desk in the admin, its pages on the site."""

from community.update import sources

__all__ = ["sources"]
