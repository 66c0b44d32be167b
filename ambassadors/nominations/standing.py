"""Where a nomination stands and what happens next, in the words that its nominator reads. Nothing of the case is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ambassadors.models import Invitation, Nomination, Slate

if TYPE_CHECKING:
    from datetime import datetime

S = Nomination.Status
TONES = {S.APPROVED: "success", S.SLATE: "accent", S.VETTING: "accent", S.SUBMITTED: "accent", S.DRAFT: "warning"}


@dataclass(frozen=True)
class Standing:
    """One word for it, the sentence that explains it, and what somebody who decided wrote for the nominator."""

    word: str
    text: str
    tone: str = ""
    told: str = ""


def standing_of(nomination: Nomination) -> Standing:
    """Return the words for one nomination, read `with_standing()`."""
    status = nomination.status
    if status == S.APPROVED:
        return _after_approval(nomination)
    if status == S.JOINED:
        return _of_the_joined(nomination)
    word, text = _words(nomination)
    return Standing(word, text, TONES.get(S(status), ""), _told(nomination))


def _words(nomination: Nomination) -> tuple[str, str]:
    status = nomination.status
    if status == S.SLATE:
        return _("Before the whole community"), _of_the_slate(nomination)
    return {
        S.PROSPECT: (
            _("On your list"),
            _("You and the vetting leads read it. When you like, it becomes a nomination; until then nothing happens."),
        ),
        S.DRAFT: (_("Draft"), _("Nobody but you reads it. It waits until you submit it.")),
        S.SUBMITTED: (
            _("With the vetting leads"),
            _("They give it to some members of GrowCom. That can take a few weeks; we write to you when it begins."),
        ),
        S.VETTING: (
            _("Being looked at"),
            _(
                "Members of GrowCom read it, each for themselves. What they say stays between them; we write to you when it is settled."
            ),
        ),
        S.NOT_NOW: (_("Not now"), _("The community does not invite them at this time. The question comes back by itself later.")),
        S.DECLINED: (
            _("Not invited"),
            _("The community has decided not to invite them. Thank you for having thought of somebody."),
        ),
        S.WITHDRAWN: (_("Taken back"), _("It goes no further.")),
    }[S(status)]


def _of_the_slate(nomination: Nomination) -> str:
    slates = [entry.slate for entry in nomination.slate_entries.all()]
    open_until = [slate.closes_at for slate in slates if slate.status == Slate.Status.OPEN and slate.closes_at]
    if open_until:
        return _("All ambassadors read the text for the slate, and answer by %(day)s.") % {"day": _day(max(open_until))}
    if any(slate.status == Slate.Status.CLOSED for slate in slates):
        return _("The ambassadors have answered. Now those who are named for it decide.")
    return _("It is on the next slate, which all ambassadors will read.")


def _told(nomination: Nomination) -> str:
    if nomination.status not in {S.NOT_NOW, S.DECLINED, S.APPROVED}:
        return ""
    newest = max(nomination.decisions.all(), key=lambda one: (one.at, one.pk), default=None)
    return newest.told if newest else ""


def _after_approval(nomination: Nomination) -> Standing:
    newest = max(nomination.invitations.all(), key=lambda one: one.pk, default=None)
    told = _told(nomination)
    if newest is None or newest.status == Invitation.Status.WAITING:
        return Standing(
            _("Welcome here"), _("The community invites them. The invitation goes out as soon as there is a seat."), "success", told
        )
    if newest.status == Invitation.Status.SENT:
        text = _("The invitation is on its way, signed by the one who nominated them. It is open until %(day)s.")
        return Standing(_("Invited"), text % {"day": _day(newest.expires_at) if newest.expires_at else "…"}, "success", told)
    if newest.status == Invitation.Status.ACCEPTED:
        return Standing(_("Here"), _("They have accepted, and are an ambassador. Say hello to them."), "success", told)
    return Standing(
        _("Not taken up"), _("The invitation was not taken up. The support team knows how to send another one."), "", told
    )


def _of_the_joined(nomination: Nomination) -> Standing:
    text = _("Somebody else had put the same person forward, so the two go on as one.")
    if nomination.joined_to is None or nomination.joined_to.cleared_at or nomination.joined_to.status == S.JOINED:
        return Standing(_("Joined to another"), text)
    other = standing_of(nomination.joined_to)
    text = _("%(joined)s Where it stands: %(text)s") % {"joined": text, "text": other.text}
    return Standing(other.word, text, other.tone, other.told)


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
