"""What visitors see of the site as a whole."""

from community.pages import published as pages_published  # noqa: F401  the pages and their lists
from community.stories import published  # noqa: F401  news, slides, quotations, the team
