"""What authors say to each comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.models import Via
from foundation.workflow import TransitionRefused, record
from products import rules
from products.models import CommentAnswer, EditionComment
from products.reviewing.workflow.locking import held_comment

if TYPE_CHECKING:
    from ambassadors.models import User

Did = CommentAnswer.Did


@transaction.atomic
def answer_comment(comment: EditionComment, *, by: User, did: str, words: str = "", via: Via = Via.WEB) -> CommentAnswer:
    """Say what was done about a comment, or say it anew, while the text is theirs to write. Whoever keeps it as it is says why.

    Raises PermissionDenied, TransitionRefused where the comment is not theirs to read yet, or the text was handed in again.
    """
    held = held_comment(comment)
    if not rules.writes(by, held.edition.product) or not EditionComment.objects.visible_to(by).filter(pk=held.pk).exists():
        raise PermissionDenied("not theirs to answer")
    if not held.edition.can_be_written:
        raise TransitionRefused(f"{held} was answered when the text was handed in")
    if did != Did.CHANGED and not words.strip():
        raise ValidationError({"words": _("Say why: whoever took the time to comment reads it.")})
    known = CommentAnswer.objects.filter(comment=held).first()  # unscoped: the comment is theirs to answer
    answer = known or CommentAnswer(comment=held)
    answer.did, answer.words, answer.by, answer.at = did, words.strip(), by, timezone.now()
    answer.full_clean(exclude=["comment", "by"])
    answer.save()
    record("answered a comment", held, by=by, via=via)
    return answer
