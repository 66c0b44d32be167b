"""On the page about the practice: what organisations ask, for members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discussions.querysets.spaces import is_let_in
from foundation.models import Community
from foundation.panels import Panel, panels
from practice.models import CommunityQuestion

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def asked(reader: User | AnonymousUser, _community: Community) -> dict[str, Any] | None:
    """How many questions are open."""
    if not is_let_in(reader):
        return None
    return {"open": CommunityQuestion.objects.visible_to(reader).open().count()}


panels.add("questions of organisations", Panel("practice", "practice/questions/_asked.html", asked, weight=40))
