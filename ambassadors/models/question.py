from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.querysets import ProfileQuestionQuerySet
from foundation.audiences import PARTIES
from foundation.models import Topic


class ProfileQuestion(models.Model):
    """One question about a field of one's profile: asked by mail, answered there, or put off. Each is asked once, ever.

    An answer by mail is a draft: its person alone reads it, and nothing of it is shown before they say so.
    """

    confidential_history = True

    class Status(models.TextChoices):
        """Only `ambassadors.workflow.questions` moves it."""

        ASKED = "asked", _("asked by mail")
        ANSWERED = "answered", _("answered: the person looks at it once more")
        CONFIRMED = "confirmed", _("on the profile")
        DISCARDED = "discarded", _("thrown away")
        SKIPPED = "skipped", _("not now")

    class Field(models.TextChoices):
        """What is asked about, in the order of asking by mail."""

        ASK_ME_ABOUT = "ask_me_about", _("What could people ask you about?")
        WALK_THE_TALK = "walk_the_talk", _("Where does what this community stands for show in your own work?")
        BIO = "bio", _("What would you tell somebody who sits down beside you?")
        PHOTO = "photo", _("Would you show your face?")
        PLACE = "place", _("Where are you at home?")
        TECH_COMFORT = "tech_comfort", _("How do you get on with websites like this one?")

    BY_MAIL: ClassVar[tuple[str, ...]] = ("ask_me_about", "walk_the_talk", "bio", "tech_comfort")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile_questions")
    field = models.CharField(max_length=20, choices=Field.choices)
    status = models.CharField(max_length=10, choices=Status.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    draft = models.TextField(_("your words"), blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")

    objects = ProfileQuestionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"field": PARTIES, "draft": PARTIES}

    class Meta:
        verbose_name = _("question about a profile")
        verbose_name_plural = _("questions about profiles")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "field"], name="profile_question_once"),
            models.CheckConstraint(condition=Q(status="answered") | Q(draft=""), name="profile_draft_only_while_it_waits"),
        ]

    def __str__(self) -> str:
        return str(self.get_field_display())

    def get_absolute_url(self) -> str:
        return reverse("ambassadors:profile-edit") + f"#draft-{self.pk}"
