"""Canaries in the Update: a draft is the support team's, what went out is everybody's, an address is its owner's alone."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from correspondence.models import Subscription, Update, UpdatePart
from correspondence.update import workflow
from tests.leaks import EVERYBODY, NO_ONE, TEAM, Garden


def plant(garden: Garden) -> None:
    letters(garden)
    subscriptions(garden)


def letters(garden: Garden) -> None:
    for status, readers in (("draft", TEAM), ("sent", EVERYBODY), ("withdrawn", TEAM)):
        update = Update(slug=f"letter-{status}", **texts(garden, "Update", ("title", "lead", "opening", "closing"), readers))
        workflow.keep(update, by=garden.cast.staff)
        UpdatePart.objects.create(
            update=update,
            **texts(garden, "UpdatePart", ("heading", "words"), readers),
            **(texts(garden, "UpdatePart", ("source", "item"), TEAM) if status == "draft" else {}),
        )
        zone = garden.canary("correspondence.Update.zone", *TEAM)
        began = None if status == "draft" else timezone.now()
        Update.objects.filter(pk=update.pk).update(status=status, began_at=began, zone=zone)
        garden.pages += [
            reverse("admin:correspondence_update_change", args=[update.pk]),
            reverse("admin:update-preview", args=[update.pk]),
            reverse("community:update-detail", args=[update.slug]),
        ]


def texts(garden: Garden, model: str, fields: tuple[str, ...], readers: tuple[str, ...]) -> dict[str, str]:
    return {field: garden.canary(f"correspondence.{model}.{field}", *readers) for field in fields}


def subscriptions(garden: Garden) -> None:
    """It is on the page behind the mailed link, and nowhere else."""
    address, nonce = (garden.canary(f"correspondence.Subscription.{field}", *NO_ONE) for field in ("address", "nonce"))
    Subscription.objects.create(
        address=f"{address}@elsewhere.example", nonce=nonce, status="confirmed", confirmed_at=timezone.now()
    )
