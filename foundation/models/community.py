from __future__ import annotations

import copy
import re
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from foundation import palette
from foundation.audiences import Audience
from foundation.fields import RichTextField
from foundation.querysets import CommunityQuerySet

CACHED, VERSION = "community:1", "community:version"
SEEN_FOR = 1.0  # seconds: a change shows in the process that made it at once, and to members in the others after that
_seen: list[tuple[float, Community]] = []  # at most one, and until when it is good


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


def first_mail_delay() -> int:
    """The minutes that a community begins with."""
    return int(settings.MAIL_DELAY_AT_FIRST)


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
        _("address of the community's own mail"),
        blank=True,
        help_text=_("At the mail domain of this site, such as hello@…: what people answer must come here. Empty: team@…"),
    )
    mark = models.ForeignKey("foundation.Upload", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mark"))
    mails_a_day = models.PositiveSmallIntegerField(_("unasked mails a person a day, at most"), default=3)
    mail_delay = models.PositiveSmallIntegerField(
        _("minutes before what somebody says is mailed to others"),
        default=first_mail_delay,
        validators=[MaxValueValidator(60)],
        help_text=_("Time to mend a slip, or to take it back: what is mailed is what stands there then. 0 mails at once."),
    )
    asks_a_month = models.PositiveSmallIntegerField(
        _("times a month that somebody is asked for what they offered, at most"), default=2
    )
    asks_about_profiles = models.BooleanField(
        _("ask people about their profiles by mail"),
        default=True,
        help_text=_("One question a month at most, while something is missing by which others would find them. Each may say no."),
    )
    pieces_rest = models.PositiveSmallIntegerField(
        _("months that a conversation piece is marked as used"),
        default=6,
        validators=[MaxValueValidator(60)],
        help_text=_("Whoever plans a prompt sees which pieces were asked of late in the spaces that they read."),
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
        with transaction.atomic():
            # Before the save, which has the public pages made anew: they must not be made from the old row.
            transaction.on_commit(_Change(), robust=True)
            super().save(*args, **kwargs)

    @property
    def time_to_mend(self) -> timedelta:
        """How long what somebody says waits before it is mailed to others."""
        return timedelta(minutes=self.mail_delay)

    @classmethod
    def current(cls) -> Community:
        """Return the community, or an unsaved one with defaults before the founding. One query when the cache knows nothing.

        It is kept with the version that was read before the row: who read the row before a commit, and keeps it after, keeps it under
        a version that is over.
        """
        change = _change_of_this_transaction()
        if change is not None:
            return change.community(cls._read) or cls(pk=1, name="Concentric")
        known = cache.get_many([CACHED, VERSION])
        version, kept = known.get(VERSION, ""), known.get(CACHED)
        if isinstance(kept, tuple) and kept[0] == version:
            return kept[1]  # type: ignore[no-any-return]
        version = version or _first_version()
        community = cls._read()
        if community is not None:
            cache.set(CACHED, (version, community), 300)
        return community or cls(pk=1, name="Concentric")

    @classmethod
    def seen(cls) -> Community:
        """The same for a page that one person gets and nobody keeps: this process asks the cache once a second."""
        if _change_of_this_transaction() is not None:
            return cls.current()
        known = next(iter(_seen), None)  # taken at once: another thread may forget it meanwhile
        if known is None or known[0] < time.monotonic():
            known = (time.monotonic() + SEEN_FOR, cls.current())
            _seen[:] = [] if known[1]._state.adding else [known]  # none is founded yet: the next page looks again
        return known[1]

    @classmethod
    def _read(cls) -> Community | None:
        return cls._default_manager.select_related("mark").filter(pk=1).first()

    @classmethod
    def found(cls, name: str = "Concentric") -> Community:
        """Return the community's row, making it when there is none."""
        return cls._default_manager.get_or_create(pk=1, defaults={"name": name})[0]


def forget_current() -> None:
    """Let the next page read the community anew, whatever somebody is about to keep."""
    forget_seen()
    cache.set(VERSION, secrets.token_hex(8), None)


def forget_seen() -> None:
    """Let this process ask the cache again."""
    _seen.clear()


def _first_version() -> str:
    mine = secrets.token_hex(8)
    return mine if cache.add(VERSION, mine, None) else str(cache.get(VERSION, mine))


class _Change:
    """What waits for the commit of a change. Until then the row is this transaction's alone: it is kept here, and not in the cache."""

    def __init__(self) -> None:
        self._known: Community | None = None

    def __call__(self) -> None:
        forget_current()

    def community(self, read: Callable[[], Community | None]) -> Community | None:
        self._known = self._known or read()
        return copy.copy(self._known)


def _change_of_this_transaction() -> _Change | None:
    waiting = [entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _Change)]
    return waiting[-1] if waiting else None
