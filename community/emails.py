"""What the site as a whole says by mail."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models import User
from community.contact import emails as contact
from community.stories import emails as stories  # noqa: F401  questions before something is shown
from correspondence.kinds import Kind, kinds
from correspondence.outbox import post

__all__ = ["contact"]


def test_mail(person: User) -> None:
    """Send somebody of the support team a mail that proves the road; pressing twice in a minute sends one."""
    post("test_mail", person, key=f"test-mail:{person.pk}:{timezone.now():%Y%m%d%H%M}")


kinds.add(
    "test_mail",
    Kind(name="test_mail", label=_("A test of the mail road"), context=lambda mail: {}, sample=dict, optional=False),
)
