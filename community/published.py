"""What visitors see of the site as a whole: its pages and what it believes."""

from community.models import Belief, Page, PageEdition, WayOfTakingPart
from community.stories import published  # noqa: F401  news, slides, quotations, the team
from foundation.publication import watch

for shown in (Belief, Page, PageEdition, WayOfTakingPart):
    watch(shown)
