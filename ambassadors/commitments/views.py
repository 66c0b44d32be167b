"""The commitments that hold, the editions before them, and affirming them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.commitments import workflow
from ambassadors.models import Affirmation, Ambassador, CommitmentsEdition
from foundation.access import public_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from ambassadors.models import User


@public_page
@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    """What everybody here engages to do, and since when; what it was before."""
    editions = list(CommitmentsEdition.objects.visible_to(request.user).published().newest_first())
    context: dict[str, Any] = {"edition": editions[0] if editions else None, "earlier": editions[1:]}
    own = _own(request) if editions and request.user.is_authenticated else None
    if own is not None:
        context |= {"own": own, "answers": _answers(request, own), "answer": _answer_to(request, own, editions[0])}
    return render(request, "ambassadors/commitments.html", context)


def _own(request: HttpRequest) -> Ambassador | None:
    own: Ambassador | None = Ambassador.objects.visible_to(request.user).active().filter(user=request.user.pk).first()
    return own


def _answers(request: HttpRequest, own: Ambassador) -> list[Affirmation]:
    mine = Affirmation.objects.visible_to(request.user).filter(ambassador=own).affirmed()
    return list(mine.select_related("edition").order_by("-edition__number"))


def _answer_to(request: HttpRequest, own: Ambassador, edition: CommitmentsEdition) -> Affirmation | None:
    mine: Affirmation | None = (
        Affirmation.objects.visible_to(request.user).filter(ambassador=own, edition=edition).select_related("edition").first()
    )
    return mine


@require_POST
def commitments_affirm(request: HttpRequest, number: int) -> HttpResponse:
    """Affirm the edition that one has read."""
    return _say(request, number, workflow.affirm, _("Thank you. You affirmed the commitments."))


@require_POST
def commitments_set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Not now: one is not asked about this edition again."""
    return _say(request, number, workflow.set_aside, _("All right: we do not ask again. You can affirm them here at any time."))


def _say(request: HttpRequest, number: int, answer: Callable[..., bool], said: str) -> HttpResponse:
    own = _own(request)
    if own is None:
        raise Http404
    edition = get_object_or_404(CommitmentsEdition.objects.visible_to(request.user).published(), number=number)
    try:
        answer(own, edition, by=cast("User", request.user))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, said)
    return redirect("ambassadors:commitments")
