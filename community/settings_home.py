"""The pages of the site as a whole on the settings home."""

from community.stories import settings_home  # noqa: F401  one's own words, and one's line about the team
