"""Canaries in what came through the contact form: the support team's, and before it is confirmed nobody's."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from community.models import ContactMessage
from tests.leaks import NO_ONE, TEAM, Garden

WRITTEN = ("name", "subject", "words", "answer")


def plant(garden: Garden) -> None:
    for status, readers in (("answered", TEAM), ("asked", NO_ONE)):
        texts = {field: garden.canary(f"community.ContactMessage.{field}", *readers) for field in WRITTEN}
        address = garden.canary("community.ContactMessage.address", *readers) + "@people.example"
        nonce = garden.canary("community.ContactMessage.nonce", *NO_ONE)
        settled = timezone.now() if status == "answered" else None
        message = ContactMessage.objects.create(nonce=nonce, address=address, status=status, settled_at=settled, **texts)
        garden.pages.append(reverse("admin:community_contactmessage_change", args=[message.pk]))
