"""Who stops the Update by the link or the address in it, and has no account, is no subscriber any more."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from correspondence.models import MailPreference, Subscription
from correspondence.update.sending import KIND
from foundation.workflow import record


@receiver(post_save, sender=MailPreference, dispatch_uid="subscription ends")
def subscription_ends(sender: Any, instance: MailPreference, **_signal: Any) -> None:
    """Delete the subscription; the word that no mail is wanted stays until what lies in the outbox is long gone."""
    if instance.kind == KIND and instance.address and not instance.wanted:
        for subscription in Subscription.objects.filter(address=instance.address):
            record("left", subscription, by=None)
            subscription.delete()
