from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES, Audience
from foundation.models import Via
from products.models.edition import Edition
from products.models.product import Product
from products.models.readership import Readership
from products.querysets.reviews import (
    CommentAnswerQuerySet,
    DecisionQuerySet,
    EditionCommentQuerySet,
    RelayMessageQuerySet,
    ReviewCriterionQuerySet,
    ReviewQuerySet,
    ReviewRoundQuerySet,
)

WORDS_ROOM = 10_000


class ReviewCriterion(models.Model):
    """One question of the form that reviewers of a kind of product fill in. One that is out of force stays with its answers."""

    kind = models.CharField(_("kind"), max_length=20, choices=Product.Kind.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    question = models.CharField(_("question"), max_length=200)
    help_text = models.CharField(_("what to look for"), max_length=300, blank=True)
    is_rated = models.BooleanField(_("asks for a mark from 1 to 5, too"), default=True)
    is_in_force = models.BooleanField(_("asked"), default=True)

    objects = ReviewCriterionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"question": Audience.MEMBERS, "help_text": Audience.MEMBERS}

    class Meta:
        verbose_name = _("question to reviewers")
        verbose_name_plural = _("products: questions to reviewers")
        ordering = ["kind", "position", "pk"]

    def __str__(self) -> str:
        return self.question


class ReviewRound(models.Model):
    """One round of peer review of an edition, as it was at `revision`.

    Where it is anonymous, the authors never learn who reviewed; where it also hides the authors, reviewers do not learn who wrote.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    due_on = models.DateField(_("reviews wanted by"))
    reviews_needed = models.PositiveSmallIntegerField(_("reviews needed"))
    needs_fewer_because = models.CharField(_("why fewer than usual"), max_length=300, blank=True)
    is_anonymous = models.BooleanField(_("authors do not learn who reviewed"), default=False)
    hides_authors = models.BooleanField(_("reviewers do not learn who wrote"), default=False)
    note = models.TextField(_("what you would like looked at"), max_length=2000, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewRoundQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"needs_fewer_because": PARTIES, "note": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("round of review")
        verbose_name_plural = _("rounds of review")
        ordering = ["edition", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="review_round_number_once"),
            models.UniqueConstraint(fields=["edition"], condition=Q(closed_at=None), name="review_round_one_open"),
            models.CheckConstraint(condition=Q(hides_authors=False) | Q(is_anonymous=True), name="review_round_blind_both_ways"),
        ]

    def __str__(self) -> str:
        return f"Round {self.number} of edition {self.edition_id}"


class Review(models.Model):
    """One reviewer in one round. Until it is submitted its words are the reviewer's alone, and they read no other review of the round."""

    class Status(models.TextChoices):
        """It ends submitted, declined by the reviewer, withdrawn by an editor, or lapsed with its round."""

        INVITED = "invited", _("asked")
        ACCEPTED = "accepted", _("agreed")
        SUBMITTED = "submitted", _("in")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("released")
        LAPSED = "lapsed", _("lapsed")

    class Verdict(models.TextChoices):
        """What the reviewer would do with it."""

        PUBLISH = "publish", _("publish it as it is")
        MINOR = "minor", _("publish it after small changes")
        MAJOR = "major", _("look at it again after larger changes")
        DECLINE = "decline", _("do not publish it")

    class Openness(models.TextChoices):
        """What the reviewer lets others know, where the round does not already hide it."""

        EDITORS = "editors", _("only editors learn that it is mine")
        AUTHORS = "authors", _("the authors may know that it is mine")
        PUBLIC = "public", _("name me as a reviewer when it is published")

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.INVITED)
    is_required = models.BooleanField(_("nothing is decided without this review"), default=False)
    speaks_for = models.ForeignKey(
        Readership, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("belongs to the audience")
    )
    reasons = models.JSONField(default=list, blank=True)
    note = models.TextField(_("a word to the reviewer"), max_length=2000, blank=True)
    due_on = models.DateField(_("wanted by"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    decline_words = models.TextField(_("a word about it"), max_length=1000, blank=True)
    instead = models.CharField(_("somebody who could instead"), max_length=140, blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    for_authors = models.TextField(_("to the authors"), max_length=WORDS_ROOM, blank=True)
    for_editors = models.TextField(_("to the editors alone"), max_length=WORDS_ROOM, blank=True)
    against = models.TextField(_("what speaks against this"), max_length=WORDS_ROOM, blank=True)
    has_interest = models.BooleanField(_("I have an interest in this"), null=True, blank=True)
    interest = models.TextField(_("which one"), max_length=1000, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    openness = models.CharField(_("who may know"), max_length=10, choices=Openness.choices, default=Openness.EDITORS)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_via = models.CharField(max_length=10, choices=Via.choices, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "reasons": PARTIES,
        "note": PARTIES,
        "decline_words": PARTIES,
        "instead": PARTIES,
        "answers": PARTIES,
        "for_authors": PARTIES,
        "for_editors": PARTIES,
        "against": PARTIES,
        "interest": PARTIES,
    }
    confidential_history = True

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "reviewer"], name="review_once_a_round"),
            models.CheckConstraint(
                condition=~Q(status="submitted") | (Q(submitted_at__isnull=False) & ~Q(verdict="")),
                name="review_in_has_its_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the reviewer can still write it."""
        return self.status in {self.Status.INVITED, self.Status.ACCEPTED}


class EditionComment(models.Model):
    """A word on one passage of an edition: of a reviewer (`review`), or of somebody who reads the draft with its writers.

    It holds on to the block that it was said of, with the words quoted and what stood around them. Without a block it is about the whole.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="comments")
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField()
    part = models.SlugField(max_length=80, blank=True)
    block = models.CharField(max_length=12, blank=True)
    quoted = models.TextField(max_length=2000, blank=True)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    words = models.TextField(_("your comment"), max_length=WORDS_ROOM)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EditionCommentQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "part": PARTIES,
        "block": PARTIES,
        "quoted": PARTIES,
        "before": PARTIES,
        "after": PARTIES,
        "words": PARTIES,
    }
    confidential_history = True

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class CommentAnswer(models.Model):
    """What the authors did about one comment."""

    class Did(models.TextChoices):
        CHANGED = "changed", _("changed")
        KEPT = "kept", _("kept as it was")
        LATER = "later", _("for a later edition")

    comment = models.OneToOneField(EditionComment, models.CASCADE, related_name="answer")
    did = models.CharField(_("what you did"), max_length=8, choices=Did.choices)
    words = models.TextField(_("a word about it"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = CommentAnswerQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}

    def __str__(self) -> str:
        return f"Answer to comment {self.comment_id}"


class RelayMessage(models.Model):
    """A question between a reviewer and the authors, passed on without a name: in one direction or the other."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="relayed")
    from_reviewer = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    words = models.TextField(_("your question"), max_length=2000)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    at = models.DateTimeField(default=timezone.now)

    objects = RelayMessageQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Relayed message {self.pk}"


class Decision(models.Model):
    """What was decided about an edition, with the words that everybody who took part gets to read."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=40)
    note = models.TextField(max_length=WORDS_ROOM, blank=True)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"step": PARTIES, "note": PARTIES}

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Decision {self.pk}"
