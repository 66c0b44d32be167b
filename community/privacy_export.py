"""What archives hold of the community's own texts: who wrote and who published them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from community.contact import privacy_export as contact
from community.models import PageEdition
from community.stories import privacy_export as stories  # noqa: F401  one's own words, and one's line about the team
from foundation.own_sections import work_of
from foundation.privacy_export import exempt

__all__ = ["contact"]

work_of(PageEdition, _("Pages of the site you worked on"), "written_by", "published_by", name="pages")
exempt.add("community.ShareKit", "the community's own words and pictures for sharing: they name nobody")
