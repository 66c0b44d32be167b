from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from correspondence.querysets import MailTextQuerySet
from foundation.audiences import Audience


class MailText(models.Model):
    """The community's own words for one part of one kind of mail, instead of ours. Names in {{double braces}} are filled in.

    It is no template: `correspondence.texts` knows the few names that each kind allows, and nothing else happens to the text.
    """

    class Part(models.TextChoices):
        """What of a mail can be worded anew. Greeting and foot stay: they are true whatever the text says."""

        SUBJECT = "subject", _("subject")
        TEXT = "text", _("text")

    kind = models.CharField(_("kind of mail"), max_length=60)
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    body = models.TextField(_("your words"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = MailTextQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"kind": Audience.STAFF, "body": Audience.STAFF}

    class Meta:
        verbose_name = _("mail text")
        constraints = [models.UniqueConstraint(fields=["kind", "part"], name="mail_text_once_a_part")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.get_part_display()}"
