"""Who gets their digest when in the demo, and one that is due at once, so that the mailbox has it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from correspondence.digests import posting
from correspondence.digests.forms import DigestForm
from correspondence.models import DigestChoice

# Who, and what they chose on the page.
CHOICES = [
    ("Tomasz", {"frequency": "daily", "weekday": 1, "day": 1, "hour": 7, "amount": "full"}),
    ("Hinemoa", {"frequency": "monthly", "weekday": 1, "day": 31, "hour": 18, "amount": "headlines"}),
    ("Priya", {"frequency": "weekly", "weekday": 5, "day": 1, "hour": 16, "amount": "excerpts"}),
    ("Caleb", {"frequency": "off", "weekday": 1, "day": 1, "hour": 8, "amount": "excerpts"}),
]
DUE_NOW = ("Ngozi", "Desmond")
A_WEEK = timedelta(days=7)


def choose_digests() -> None:
    """Let some choose, and let the week of two others be over now."""
    posting.begin()
    for first_name, said in CHOICES:
        form = DigestForm(said, instance=DigestChoice.objects.of(_called(first_name)))
        form.full_clean()
        form.save()
    now = timezone.now()
    for first_name in DUE_NOW:
        DigestChoice.objects.filter(person=_called(first_name)).update(next_due_at=now, told_until=now - A_WEEK)


def _called(first_name: str) -> User:
    person: User = User.objects.get(name__startswith=f"{first_name} ")
    return person
