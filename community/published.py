"""What visitors see of the site as a whole."""

from community.stories import published  # noqa: F401  news, slides, quotations, the team
