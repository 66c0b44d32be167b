"""What people are asked by mail before something of theirs is shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models import TeamMember, Testimonial
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail
from correspondence.outbox import post

EXAMPLE = "I came for the tools and stayed because somebody asked me, kindly, how I knew that it worked."


def testimonial_asked(testimonial: Testimonial) -> None:
    """Ask the one who speaks; each asking is a mail of its own."""
    asked = testimonial.asked_at
    key = f"testimonial-asked:{testimonial.pk}:{asked:%Y%m%d%H%M%S%f}"
    post("testimonial_asked", testimonial.person, key=key, testimonial=testimonial.pk, asked=f"{asked:%Y%m%d%H%M%S%f}")


def _still_asked(mail: OutgoingMail) -> bool:
    """Only the newest asking is worth a mail, and only while it is open."""
    waiting = Testimonial.objects.filter(pk=mail.about["testimonial"], status=Testimonial.Status.ASKED).first()
    return waiting is not None and waiting.asked_at is not None and f"{waiting.asked_at:%Y%m%d%H%M%S%f}" == mail.about["asked"]


def _wording(mail: OutgoingMail) -> dict[str, Any]:
    testimonial = Testimonial.objects.select_related("person").get(pk=mail.about["testimonial"])
    url = settings.SITE_URL + testimonial.get_absolute_url()
    name = testimonial.person.get_short_name()
    return {"name": name, "text": testimonial.text, "signed": testimonial.signed, "url": url}


kinds.add(
    "testimonial_asked",
    Kind(
        "testimonial_asked",
        _("May we show these words of yours?"),
        _wording,
        lambda: {
            "name": "Amina",
            "text": EXAMPLE,
            "signed": "Amina Example, director of a community kitchen",
            "url": f"{settings.SITE_URL}/settings/testimonials/7/",
        },
        _still_asked,
        placeholders=("name", "text", "signed", "url"),
        required=("url",),
        description=_("When the support team would like to show what you said of the community."),
    ),
)


def team_member_asked(member: TeamMember) -> None:
    """Ask somebody of the team to confirm what is shown of them; the same proposal is mailed once."""
    post("team_member_asked", member.user, key=f"team-member-asked:{member.pk}:{member.words_mark}", member=member.pk)


def _still_open(mail: OutgoingMail) -> bool:
    member = TeamMember.objects.filter(pk=mail.about["member"]).first()
    return member is not None and member.waits_for_a_word


def _proposal(mail: OutgoingMail) -> dict[str, Any]:
    member = TeamMember.objects.select_related("user").get(pk=mail.about["member"])
    url = settings.SITE_URL + reverse("community:team-member-show")
    return {"name": member.user.get_short_name(), "role": member.role, "url": url}


kinds.add(
    "team_member_asked",
    Kind(
        "team_member_asked",
        _("What the page about the team shows of you"),
        _proposal,
        lambda: {
            "name": "Amina",
            "role": "Community manager",
            "url": f"{settings.SITE_URL}/settings/team/",
        },
        _still_open,
        placeholders=("name", "role", "url"),
        required=("url",),
        description=_("When the support team would like to show you on the page about the community."),
    ),
)
