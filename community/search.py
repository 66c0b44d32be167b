"""What of the site as a whole can be found."""

from community.stories import search  # noqa: F401  news and slides
