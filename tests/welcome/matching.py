"""Newcomers and those who welcome them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from tests import make
from welcome.buddies import sending
from welcome.models import Buddy, BuddyMatch, BuddyText, WelcomeRules

WORDS = "Hello {newcomer}, I am {buddy}. Write to me whenever you like."


def a_buddy(name: str, *, words: str = WORDS, capacity: int = 2, is_offering: bool = True, **about) -> Buddy:
    """Somebody who offers to welcome newcomers, with approved words unless there are none."""
    about.setdefault("joined_at", timezone.now() - timedelta(days=400))
    buddy = Buddy.objects.create(person=make.ambassador(name, **about), capacity=capacity, is_offering=is_offering)
    if words:
        BuddyText.objects.create(buddy=buddy, number=1, words=words, approved_at=timezone.now())
    return buddy


def newcomer(name: str = "Nora Newcomer", *, days: int = 1, **about) -> User:
    """Somebody who joined a few days ago."""
    return make.ambassador(name, joined_at=timezone.now() - timedelta(days=days), **about)


def at_any_hour(**rules) -> None:
    """Welcomes leave at once, so that a test may run at night."""
    WelcomeRules.objects.update_or_create(pk=1, defaults={"from_hour": 0, "to_hour": 24, "on_weekends": True} | rules)


def confirmed(person: User, buddy: Buddy, *, days_ago: int = 0) -> BuddyMatch:
    """The two of them, their welcome due since so many days ago."""
    then = timezone.now() - timedelta(days=days_ago, seconds=1)
    return BuddyMatch.objects.create(newcomer=person, buddy=buddy, status="confirmed", confirmed_at=then, send_at=then)


def welcomed(person: User, buddy: Buddy, *, days_ago: int = 0) -> BuddyMatch:
    """The two of them, the welcome sent so many days ago."""
    at_any_hour()
    match = confirmed(person, buddy)
    assert sending.send(match.pk)
    BuddyMatch.objects.filter(pk=match.pk).update(welcomed_at=timezone.now() - timedelta(days=days_ago))
    match.refresh_from_db()
    return match
