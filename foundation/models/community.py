from __future__ import annotations

import re
from typing import Any, ClassVar

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from foundation import palette
from foundation.audiences import Audience
from foundation.fields import RichTextField
from foundation.querysets import CommunityQuerySet

CACHED = "community:1"


def is_readable_colour(value: str) -> None:
    """Refuse what is no colour, and a colour that text in it or on it could not be read in, on light pages or on dark ones."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValidationError(_("Write the colour as # and six digits, such as #0f6b62."))
    weakest = palette.weakest(value.lower())
    if weakest < palette.AA_TEXT:
        raise ValidationError(
            _(
                "Text in this colour would be hard to read: its contrast falls to %(ratio).1f, and 4.5 is needed. Try a darker tone."
            ),
            params={"ratio": weakest},
        )


class Community(models.Model):
    """The one community of this installation: what it is called, what it is for, how it looks and from where it writes.

    There is exactly one row, with key 1. `Community.current()` reads it, from the cache where there is one.
    """

    name = models.CharField(_("name"), max_length=80)
    purpose = models.CharField(_("purpose, in one sentence"), max_length=240, blank=True)
    about = RichTextField(_("about the community"), blank=True, help_text=_("Shown to everybody who comes by."))
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0f6b62",
        validators=[is_readable_colour],
    )
    sender_name = models.CharField(_("name on the community's own mail"), max_length=80, blank=True)
    sender_address = models.EmailField(
        _("address of the community's own mail"), blank=True, help_text=_("Empty: one at the mail domain of this site.")
    )
    mark = models.ForeignKey("foundation.Upload", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mark"))
    mails_a_day = models.PositiveSmallIntegerField(_("unasked mails a person a day, at most"), default=3)
    asks_a_month = models.PositiveSmallIntegerField(
        _("times a month that somebody is asked for what they offered, at most"), default=2
    )
    asks_about_profiles = models.BooleanField(
        _("ask people about their profiles by mail"),
        default=True,
        help_text=_("One question a month at most, while something is missing by which others would find them. Each may say no."),
    )
    rounds_counts_to = models.PositiveSmallIntegerField(
        _("round the public number of ambassadors down to"),
        default=10,
        help_text=_("10 tells visitors “120+” for 127. 0 tells them the exact number."),
    )
    founded_at = models.DateTimeField(auto_now_add=True)

    objects = CommunityQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "name": Audience.PUBLIC,
        "purpose": Audience.PUBLIC,
        "about": Audience.PUBLIC,
        "accent": Audience.PUBLIC,
        "sender_name": Audience.PUBLIC,
        "sender_address": Audience.PUBLIC,
    }

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("community")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="community_only_one")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget_current()
        # Once more when others can see it: in between, another page may have put the old one back.
        transaction.on_commit(forget_current, robust=True)

    @classmethod
    def current(cls) -> Community:
        """Return the community, or an unsaved one with defaults before the founding. One query when the cache knows nothing."""
        known = cache.get(CACHED)
        if isinstance(known, cls):
            return known
        community = cls._default_manager.select_related("mark").filter(pk=1).first()
        if community is not None:
            cache.set(CACHED, community, 300)
        return community or cls(pk=1, name="Concentric")

    @classmethod
    def found(cls, name: str = "Concentric") -> Community:
        """Return the community's row, making it when there is none."""
        return cls._default_manager.get_or_create(pk=1, defaults={"name": name})[0]


def forget_current() -> None:
    """Let the next page read the community anew."""
    cache.delete(CACHED)
