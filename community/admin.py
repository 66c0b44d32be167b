"""The support team's pages for the site as a whole."""

from community.contact import admin as contact  # noqa: F401  what came through the contact form
from community.pages import admin  # noqa: F401  the pages of the public site
from community.stories import admin as stories  # noqa: F401  news, slides, quotations, testimonials, the team
from community.update import admin as update  # noqa: F401  the Update
