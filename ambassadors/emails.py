"""What is said to people about their place in the community."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, User
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail
from correspondence.outbox import post


def invited_to_sign_in(ambassador: Ambassador) -> None:
    """Tell somebody that the house is open to them, and how to come in."""
    joined = ambassador.joined_at
    post(
        "invited_to_sign_in",
        ambassador.user,
        key=f"invited-to-sign-in:{ambassador.pk}:{joined:%Y%m%d%H%M%S}",
        ambassador=ambassador.pk,
    )


def goodbye(ambassador: Ambassador) -> None:
    """Thank somebody who left, and say what stays and where the way back is."""
    _tell("goodbye", ambassador)


def welcome_back(ambassador: Ambassador) -> None:
    """Tell an alumnus that the house is open again."""
    _tell("welcome_back", ambassador)


def _tell(kind: str, ambassador: Ambassador) -> None:
    moment = f"{timezone.now():%Y%m%d%H%M%S%f}"  # one may leave and come back more than once
    post(kind, ambassador.user, key=f"{kind}:{ambassador.pk}:{moment}", ambassador=ambassador.pk)


def _may_sign_in(mail: OutgoingMail) -> bool:
    return Ambassador.objects.filter(pk=mail.about["ambassador"], user__is_active=True).active().exists()


def _how_to_sign_in(mail: OutgoingMail) -> dict[str, Any]:
    return _door(User.objects.values_list("email", flat=True).get(ambassador=mail.about["ambassador"]))


def _door(email: str) -> dict[str, Any]:
    return {"email": email, "sign_in_url": f"{settings.SITE_URL}{reverse('account_request_login_code')}"}


kinds.add(
    "invited_to_sign_in",
    Kind(
        name="invited_to_sign_in",
        label=_("The house is open to you: how to sign in"),
        context=_how_to_sign_in,
        sample=lambda: _door("amina@people.example.org"),
        still_wanted=_may_sign_in,
        optional=False,
        placeholders=("email", "sign_in_url"),
        required=("sign_in_url",),
    ),
)
