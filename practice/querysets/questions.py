"""Who reads what organisations ask the community. Nothing here leads from a question to who asked it but `asked_for`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

HEARD = ("open", "closed")


class CommunityQuestionQuerySet(models.QuerySet):
    """Questions of organisations to the community."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Members read those that stand there; the support team also what it took off; an organisation all of its own."""
        own = Q(organization__in=_run_by(user))
        if not is_let_in(user):
            return self.filter(own)
        return self if user.is_staff else self.filter(own | Q(status__in=HEARD))

    def asked_for(self, user: User | AnonymousUser) -> Self:
        """Those of organisations whose sessions `user` runs."""
        return self.filter(organization__in=_run_by(user))

    def open(self) -> Self:
        return self.filter(status="open")

    def unanswered(self) -> Self:
        """Those to which nobody has said anything that stands."""
        from practice.models import CommunityAnswer  # deferred: the models take their querysets from here

        return self.filter(~Exists(CommunityAnswer.objects.filter(question=OuterRef("pk"), by__isnull=False, off_at=None)))

    def with_answer_count(self) -> Self:
        """How many answers stand under each."""
        return self.annotate(answer_count=Count("answers", filter=Q(answers__by__isnull=False, answers__off_at=None)))

    def with_place(self) -> Self:
        """What it was asked about, read with the row."""
        return self.select_related("item__edition__edition", "item__edition__instrument", "item__parent")


class CommunityAnswerQuerySet(models.QuerySet):
    """What is said under them: answers of ambassadors, and what the organisation asks back."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whoever reads the question."""
        from practice.models import CommunityQuestion  # deferred: likewise

        return self.filter(question__in=CommunityQuestion.objects.visible_to(user).values("pk"))

    def answers(self) -> Self:
        """Those of ambassadors that stand."""
        return self.filter(by__isnull=False, off_at=None)


def _run_by(user: Any) -> models.QuerySet[Any, Any]:
    from practice.models import PracticeOrganization  # deferred: likewise

    return PracticeOrganization.objects.visible_to(user).values("pk")
