from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.stories.querysets.about import SupporterQuerySet, TeamMemberQuerySet
from community.stories.seen import mark_of
from foundation.audiences import NOBODY, OWN_CHOICE, Audience


class TeamMember(models.Model):
    """Somebody of the team behind the community, shown with what they confirmed and nothing else.

    `role`, `text` and `photo` are what is proposed; the `shown_…` fields are what the person chose to show of it. A later change
    waits for their word, and the page keeps what they said last.
    """

    class Status(models.TextChoices):
        """Only `community.workflow.team` moves it."""

        ASKED = "asked", _("waits for the person's word")
        SHOWN = "shown", _("on the page")
        HIDDEN = "hidden", _("not on the page")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="team_member", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=80, help_text=_("Such as: knowledge manager, community manager."))
    slug = models.SlugField(
        _("address of the role"), max_length=60, unique=True, help_text=_("The contact form knows by it whom a letter is for.")
    )
    text = models.TextField(_("a few words"), max_length=600, blank=True)
    photo = models.ForeignKey("foundation.Upload", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.ASKED)
    shown_name = models.CharField(max_length=120, blank=True, editable=False)
    shown_role = models.CharField(max_length=80, blank=True, editable=False)
    shown_text = models.TextField(blank=True, editable=False)
    shown_photo = models.ForeignKey("foundation.Upload", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    asked_to = models.CharField(max_length=64, blank=True, editable=False, help_text=_("mark of the proposal as it stands"))
    agreed_to = models.CharField(max_length=64, blank=True, editable=False, help_text=_("mark of the proposal they decided about"))
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True, editable=False)

    objects = TeamMemberQuerySet.as_manager()

    holds_uploads = True
    audiences: ClassVar[dict[str, str]] = {
        "role": OWN_CHOICE,
        "slug": Audience.PUBLIC,
        "text": OWN_CHOICE,
        "shown_name": Audience.PUBLIC,
        "shown_role": Audience.PUBLIC,
        "shown_text": Audience.PUBLIC,
        "asked_to": NOBODY,
        "agreed_to": NOBODY,
    }

    class Meta:
        verbose_name = _("member of the team")
        verbose_name_plural = _("the team")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="shown") | (Q(agreed_at__isnull=False) & ~Q(shown_role="")), name="team_member_shown_as_agreed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.user})"

    def get_absolute_url(self) -> str:
        return reverse("community:about") + f"#{self.slug}"

    @property
    def words_mark(self) -> str:
        """A mark of what is proposed."""
        return mark_of(self.role, self.text, self.photo_id)

    @property
    def waits_for_a_word(self) -> bool:
        """Whether the person has not yet said what of this is shown."""
        return self.status != self.Status.HIDDEN and self.agreed_to != self.asked_to

    @property
    def contact_url(self) -> str:
        """Where one writes to them: a form, never an address."""
        return f"{reverse('community:contact')}?to={self.slug}"


class Supporter(models.Model):
    """An organisation that makes the community possible."""

    name = models.CharField(_("name"), max_length=120)
    logo = models.ForeignKey("foundation.Upload", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    url = models.URLField(_("web site"), blank=True)
    text = models.CharField(_("what they do for the community"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    is_shown = models.BooleanField(_("on the page"), default=True)

    objects = SupporterQuerySet.as_manager()

    holds_uploads = True
    audiences: ClassVar[dict[str, str]] = {"name": Audience.PUBLIC, "url": Audience.PUBLIC, "text": Audience.PUBLIC}

    class Meta:
        verbose_name = _("supporter")
        verbose_name_plural = _("supporters")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
