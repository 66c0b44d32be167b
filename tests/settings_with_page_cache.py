"""The tests' settings for a second process of the site, with the page cache switched on."""

from tests.settings import *  # noqa: F403

PAGE_CACHE = True
