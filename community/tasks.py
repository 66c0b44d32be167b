"""What the site as a whole does by the clock."""

from community.stories import tasks  # noqa: F401  news that is due, and the turn of the day
