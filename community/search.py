"""What of the site as a whole can be found."""

from community.pages import search as pages_search  # noqa: F401  the pages of the site
from community.stories import search as stories_search  # noqa: F401  news and slides
from community.update import search as update_search  # noqa: F401  the Update
