"""Who reads which review. The rule of a blind round is here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

LIVE = ("invited", "accepted", "submitted")


def _edited(user: Any) -> models.QuerySet[Any, Any]:
    """The keys of the editions that `user` decides about: read as an editor, and not written by them."""
    from products.models import Edition  # deferred: the models take their querysets from here

    written = Edition.objects.written_by(user).values("pk")
    return Edition.objects.edited_by(user).exclude(pk__in=written).values("pk")


def _written(user: Any) -> models.QuerySet[Any, Any]:
    from products.models import Edition  # deferred: likewise

    return Edition.objects.written_by(user).values("pk")


class ReviewCriterionQuerySet(models.QuerySet):
    """Questions to reviewers."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Every member knows by what products are judged."""
        return self if is_let_in(user) else self.none()

    def asked(self, kind: str) -> Self:
        """Those that a reviewer of this kind is asked today."""
        return self.filter(kind=kind, is_in_force=True)


class ReviewRoundQuerySet(models.QuerySet):
    """Rounds."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of editions that one edits or writes, and those in which one reviews."""
        from products.models import Review  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        mine = Exists(Review.objects.filter(round=OuterRef("pk"), reviewer=user.pk, status__in=LIVE))
        return self.filter(Q(mine) | Q(edition__in=_edited(user)) | Q(edition__in=_written(user)))

    def open(self) -> Self:
        return self.filter(closed_at=None)


class ReviewQuerySet(models.QuerySet):
    """Reviews."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own; what editors decide about, once it is in (before that they see who was asked); what is in, for the other reviewers
        of the round who have given theirs; for the authors once their round is closed. What of it they get to read is the renderer's.

        An editor who reviews in a round is a reviewer in it until theirs is in.
        """
        if not is_let_in(user):
            return self.none()
        own = Q(reviewer=user.pk)
        peers = Q(_has_given(user), status="submitted")
        authors = Q(round__edition__in=_written(user), status="submitted", round__closed_at__isnull=False)
        edited = Q(round__edition__in=_edited(user)) & ~Q(_still_writes(user))
        return self.filter(own | edited | peers | authors)

    def of(self, user: User | AnonymousUser) -> Self:
        """One's own, while they are one's to write or to read again."""
        return self.filter(reviewer=user.pk, status__in=LIVE) if is_let_in(user) else self.none()

    def waiting(self) -> Self:
        """Those that are still to come, of rounds that are open."""
        return self.filter(status__in=["invited", "accepted"], round__closed_at=None)

    def submitted(self) -> Self:
        return self.filter(status="submitted")


def _has_given(user: Any) -> Exists:
    from products.models import Review  # deferred: likewise

    return Exists(Review.objects.filter(round=OuterRef("round"), reviewer=user.pk, status="submitted"))


def _still_writes(user: Any) -> Exists:
    from products.models import Review  # deferred: likewise

    return Exists(Review.objects.filter(round=OuterRef("round"), reviewer=user.pk, status__in=["invited", "accepted"]))


class EditionCommentQuerySet(models.QuerySet):
    """Comments on passages."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of reviews that one reads; on a draft, those of the people who read it with its writers."""
        from products.models import EditionRevision, Review  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        submitted = Review.objects.visible_to(user).submitted().values("pk")
        own = Q(by=user.pk)
        makers = EditionRevision.objects.visible_to(user).values("edition")
        return self.filter(own | Q(review__in=submitted) | Q(review=None, edition__in=makers)).filter(withdrawn_at=None)


class CommentAnswerQuerySet(models.QuerySet):
    """What authors did about comments."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whoever reads the comment."""
        from products.models import EditionComment  # deferred: likewise

        return self.filter(comment__in=EditionComment.objects.visible_to(user).values("pk"))


class RelayMessageQuerySet(models.QuerySet):
    """Questions that were passed on."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The reviewer of that review, the authors, and the editors who pass them on."""
        if not is_let_in(user):
            return self.none()
        edition = "review__round__edition__in"
        return self.filter(Q(review__reviewer=user.pk) | Q(**{edition: _written(user)}) | Q(**{edition: _edited(user)}))


class DecisionQuerySet(models.QuerySet):
    """Decisions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Its makers, its editors, and everybody who reviewed it."""
        from products.models import EditionRevision, Review  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        reviewed = Exists(Review.objects.submitted().filter(round__edition=OuterRef("edition"), reviewer=user.pk))
        return self.filter(Q(reviewed) | Q(edition__in=EditionRevision.objects.visible_to(user).values("edition")))
