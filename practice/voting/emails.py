"""What those who may vote are mailed: their link, and at most one reminder while they have not voted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from practice.models import Voter
from practice.voting.link import ballot_of, url_of

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _voter(mail: OutgoingMail) -> Voter | None:
    rows = Voter.objects.select_related("vote__session__organization", "respondent")
    found: Voter | None = rows.filter(pk=mail.about.get("voter")).first()
    return found


def _is_wanted(mail: OutgoingMail) -> bool:
    """While it runs, and they have not voted."""
    found = _voter(mail)
    return found is not None and found.vote.is_running and ballot_of(found) is None


def _context(mail: OutgoingMail) -> dict[str, Any]:
    found = _voter(mail)
    assert found is not None  # noqa: S101  asked just before
    vote = found.vote
    return {
        "name": found.respondent.name,
        "organization": vote.session.organization.name,
        "dots": vote.dots,
        "until": date_format(timezone.localtime(vote.ends_at), "j F Y, H:i T"),
        "minimum": vote.session.minimum,
        "is_reminder": bool(mail.about.get("again")),
        "url": url_of(found),
    }


def _sample() -> dict[str, Any]:
    return {
        "name": _("Amara Example"),
        "organization": _("Harbour Kitchen"),
        "dots": 3,
        "until": _("1 March 2027, 23:59"),
        "minimum": 4,
        "is_reminder": False,
        "url": f"{settings.SITE_URL}/practice/vote/example/",
    }


kinds.add(
    "practice_vote",
    Kind(
        "practice_vote",
        gettext_lazy("Vote on what one's organisation works on first"),
        _context,
        _sample,
        _is_wanted,
        optional=False,
        placeholders=("name", "organization", "dots", "until", "url"),
        required=("url",),
        is_unlisted=True,
    ),
)
