"""Newcomers and those who welcome them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from tests import make
from welcome.models import Buddy, BuddyText

WORDS = "Hello {newcomer}, I am {buddy}. Write to me whenever you like."


def a_buddy(name: str, *, words: str = WORDS, capacity: int = 2, is_offering: bool = True, **about) -> Buddy:
    """Somebody who offers to welcome newcomers, with approved words unless there are none."""
    buddy = Buddy.objects.create(person=make.ambassador(name, **about), capacity=capacity, is_offering=is_offering)
    if words:
        BuddyText.objects.create(buddy=buddy, number=1, words=words, approved_at=timezone.now())
    return buddy


def newcomer(name: str = "Nora Newcomer", *, days: int = 1, **about) -> User:
    """Somebody who joined a few days ago."""
    return make.ambassador(name, joined_at=timezone.now() - timedelta(days=days), **about)
