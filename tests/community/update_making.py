"""Builders of the Update, through the functions that the site itself calls."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from correspondence.models import Subscription, Update, UpdatePart
from correspondence.update import subscribing, workflow
from tests import make


def update(title: str = "What the winter taught us", *, by=None, parts=(), **fields) -> Update:
    """A draft; each of `parts` is a dict of a passage's fields."""
    made = Update(title=title, slug=fields.pop("slug", slugify(title)), opening=fields.pop("opening", "<p>Dear all.</p>"), **fields)
    workflow.keep(made, by=by or make.person("Nadia Newsroom", is_staff=True))
    for place, part in enumerate(parts, start=1):
        UpdatePart.objects.create(update=made, position=place, **part)
    return made


def sent(title: str = "What the winter taught us", *, by=None, **fields) -> Update:
    """One that went out, to nobody if nobody was there."""
    by = by or make.person("Nadia Newsroom", is_staff=True)
    made = update(title, by=by, **fields)
    workflow.schedule(made, at=timezone.now() + timedelta(hours=1), zone="UTC", by=by)
    workflow.begin(made)
    workflow.end(made)
    return made


def subscription(address: str = "noor@elsewhere.example", *, confirmed: bool = True) -> Subscription:
    """Somebody without an account who asked, and confirmed it unless told otherwise."""
    made = Subscription.objects.create(address=address)
    if confirmed:
        subscribing.confirm(made)
    return made
