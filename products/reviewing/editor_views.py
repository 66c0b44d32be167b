"""The page of a round, for the editors: who is asked, what is in, whom one could ask, and what one can do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import Ambassador
from foundation.handed_back import words_of
from foundation.workflow import TransitionRefused
from products import rules
from products.drafting.lookups import reader_of
from products.models import Edition, Review, ReviewRound
from products.reviewing import workflow
from products.reviewing.editor_forms import DayForm, InviteForm, NeedsForm, RoundForm
from products.reviewing.editor_page import round_page


@require_GET
def round_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The round of an edition that is in review, and those before it. `?person=` and `?instead=` fill the form in."""
    return round_page(request, _edition(request, slug, number), **_asked_for(request))


@require_POST
def round_open(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Open a round."""
    edition = _edition(request, slug, number)
    form = RoundForm(request.POST)
    said = _("The round is open. Now ask people who know about it.")
    return _do(
        request,
        edition,
        form,
        "round_form",
        act=lambda: workflow.open_round(edition, by=reader_of(request), **form.said()),
        said=said,
    )


@require_POST
def round_invite(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask somebody, or somebody else in the place of a reviewer."""
    edition = _edition(request, slug, number)
    opened = _open(edition)
    if opened is None:
        return _too_late(request, edition, InviteForm(ReviewRound(edition=edition), request.POST, reader=reader_of(request)))
    form = InviteForm(opened, request.POST, reader=reader_of(request))
    return _do(
        request,
        edition,
        form,
        "invite_form",
        act=lambda: _invite(request, opened, form),
        said=_("Asked, by mail and on their desk."),
    )


def _invite(request: HttpRequest, opened: ReviewRound, form: InviteForm) -> None:
    given = dict(form.cleaned_data)
    person, instead = given.pop("person"), given.pop("instead")
    reasons = [one for one in given.pop("reasons").split(" · ") if one]
    if instead:
        review = get_object_or_404(Review.objects.filter(round=opened).select_related("round__edition"), pk=instead)
        words = {"despite": given["despite"], "note": given["note"]}
        workflow.substitute(review, person, by=reader_of(request), **words)
        return
    workflow.invite(opened, person, by=reader_of(request), reasons=reasons, **given)


@require_POST
def round_needs(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How many reviews are enough."""
    edition = _edition(request, slug, number)
    opened, form = _open(edition), NeedsForm(request.POST)
    if opened is None:
        return _too_late(request, edition, form)

    def act() -> None:
        given = form.cleaned_data
        workflow.lower_needed(opened, by=reader_of(request), needed=given["reviews_needed"], because=given["needs_fewer_because"])

    return _do(request, edition, form, "needs_form", act=act, said=_("Changed."))


@require_POST
def round_day(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Another day."""
    edition = _edition(request, slug, number)
    opened, form = _open(edition), DayForm(request.POST)
    if opened is None:
        return _too_late(request, edition)

    def act() -> None:
        workflow.move_due(opened, by=reader_of(request), due_on=form.cleaned_data["due_on"])

    return _do(request, edition, form, "day_form", act=act, said=_("Everybody who still writes has until then."))


@require_POST
def round_close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """End it: the authors read what is in."""
    edition = _edition(request, slug, number)
    opened = _open(edition)
    if opened is None:
        return _too_late(request, edition)
    try:
        workflow.close_round(opened, by=reader_of(request))
    except TransitionRefused:
        return _too_late(request, edition)
    messages.success(request, _("Closed. The authors read what is in."))
    return _back(edition)


@require_POST
def reviewer_remind(request: HttpRequest, slug: str, number: int, review: int) -> HttpResponse:
    """A word to somebody whose review is wanted."""
    return _with_reviewer(request, (slug, number, review), workflow.remind, _("They were reminded."))


@require_POST
def reviewer_send_again(request: HttpRequest, slug: str, number: int, review: int) -> HttpResponse:
    """The invitation once more."""
    return _with_reviewer(request, (slug, number, review), workflow.send_again, _("Sent again."))


@require_POST
def reviewer_release(request: HttpRequest, slug: str, number: int, review: int) -> HttpResponse:
    """They need not do it any more."""
    return _with_reviewer(request, (slug, number, review), workflow.withdraw_invitation, _("They were told, kindly."))


def _with_reviewer(request: HttpRequest, where: tuple[str, int, int], act: Callable[..., Any], said: str) -> HttpResponse:
    slug, number, pk = where
    edition = _edition(request, slug, number)
    rows = Review.objects.filter(round__edition=edition)  # unscoped: editors see who was asked
    review = get_object_or_404(rows.select_related("round__edition"), pk=pk)
    try:
        act(review, by=reader_of(request))
    except TransitionRefused:
        return _too_late(request, edition)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return _back(edition)
    messages.success(request, said)
    return _back(edition)


def _do(request: HttpRequest, edition: Edition, form: Form, name: str, *, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do what a form asks for; what is wrong with it comes back beside its fields."""
    if not form.is_valid():
        return round_page(request, edition, status=422, forms={name: form})
    try:
        act()
    except ValidationError as error:
        for field, errors in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
            form.add_error(field if field in form.fields else None, errors)
        return round_page(request, edition, status=422, forms={name: form})
    except TransitionRefused:
        return _too_late(request, edition, form)
    messages.success(request, said)
    return _back(edition)


def _edition(request: HttpRequest, slug: str, number: int) -> Edition:
    seen = Edition.objects.visible_to(request.user).select_related("product__space", "product__readership", "product__editor")
    edition: Edition = get_object_or_404(seen, product__slug=slug, number=number)
    if not rules.may_decide(reader_of(request), edition):
        raise PermissionDenied(_("Reviews are run by the editors who do not write it themselves."))
    return edition


def _open(edition: Edition) -> ReviewRound | None:
    found: ReviewRound | None = ReviewRound.objects.open().filter(edition=edition).first()  # unscoped: it is theirs to run
    if found is not None:
        found.edition = edition
    return found


def _too_late(request: HttpRequest, edition: Edition, form: Form | None = None) -> HttpResponse:
    """Show how it stands now; whatever was typed comes back to be copied."""
    messages.info(request, _("That is not possible any more: somebody else was quicker, or the edition has moved on."))
    unsaved = words_of(form) if form is not None else []
    return (
        round_page(request, _edition(request, edition.product.slug, edition.number), unsaved=unsaved, status=409)
        if unsaved
        else _back(edition)
    )


def _back(edition: Edition) -> HttpResponse:
    return redirect("products:round-detail", edition.product.slug, edition.number)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    slug, instead = request.GET.get("person", "").replace("\0", ""), request.GET.get("instead", "")
    person = Ambassador.objects.visible_to(request.user).filter(slug=slug).select_related("user").first() if slug else None
    return {"person": person, "instead": int(instead) if instead.isdecimal() and len(instead) < 10 else None}
