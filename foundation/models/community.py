from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.audiences import Audience


class Community(models.Model):
    """The one community of this installation: what it is called, what it is for, how it looks and from where it writes.

    There is exactly one row, with key 1. `Community.objects.current()` reads it (from the cache where there is one).
    """

    name = models.CharField(_("name"), max_length=80)
    purpose = models.CharField(_("purpose, in one sentence"), max_length=240, blank=True)
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0f6b62",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits, such as #0f6b62."))],
    )
    sender_name = models.CharField(_("name on the community's own mail"), max_length=80, blank=True)
    mails_a_day = models.PositiveSmallIntegerField(_("unasked mails a person a day, at most"), default=3)
    founded_at = models.DateTimeField(auto_now_add=True)

    audiences: ClassVar[dict[str, str]] = {
        "name": Audience.PUBLIC,
        "purpose": Audience.PUBLIC,
        "accent": Audience.PUBLIC,
        "sender_name": Audience.PUBLIC,
    }

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("community")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="community_only_one")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Community:
        """Return the community, or an unsaved one with defaults before the founding."""
        return cls._default_manager.filter(pk=1).first() or cls(pk=1, name="Concentric")
