"""The pages of those who assess: their cases, and each of them with the nomination, their own words, and later the others'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import Concern, VettingAssignment, VettingDuty
from ambassadors.vetting import workflow
from ambassadors.vetting.casefile import nomination_lines, side_by_side
from ambassadors.vetting.days import end_of
from ambassadors.vetting.forms import AmendForm, AssessmentForm, ConcernForm
from ambassadors.vetting.rules import BEFORE_DECISION
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.forms import Form

    from ambassadors.models import User

GIVEN_IN_SIGHT = 20


@require_GET
def vetting_list(request: HttpRequest) -> HttpResponse:
    """One's own cases: what waits, what is due first, and what one has given."""
    duty = VettingDuty.objects.visible_to(request.user).filter(person=request.user.pk).first()
    if duty is None:
        raise Http404
    own = VettingAssignment.objects.of(request.user).select_related("nomination")  # unscoped: `of` is visible to oneself
    under_way = own.filter(nomination__status__in=BEFORE_DECISION)
    waiting = list(under_way.waiting().order_by("due_on", "pk"))
    given = list(own.filter(status="assessed").order_by("-assessed_at")[:GIVEN_IN_SIGHT])
    today = timezone.localdate()
    context = {"waiting": waiting, "given": given, "duty": duty, "today": today, "runs_queue": _runs_queue(request, duty)}
    return render(request, "ambassadors/vetting/vetting_list.html", context)


def _runs_queue(request: HttpRequest, duty: VettingDuty) -> bool:
    user = cast("User", request.user)
    return user.is_staff and (duty.is_lead or duty.decides)


@require_GET
def vetting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: to be assessed, or one's own assessment beside the others'."""
    return _page(request, _own(request, pk))


def _own(request: HttpRequest, pk: int) -> VettingAssignment:
    own = VettingAssignment.objects.of(request.user)  # unscoped: `of` is visible to oneself
    rows = own.filter(status__in=["assigned", "assessed"]).select_related(
        "nomination__criteria", "nomination__nominator", "nomination__sector", "vetter"
    )
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, one: VettingAssignment, **forms: Form) -> HttpResponse:
    """The page of a case, with a form that came back where one did."""
    reader, case = cast("User", request.user), one.nomination
    context: dict[str, Any] = {
        "assignment": one,
        "case": case,
        "roles": list(case.role_labels.all()),
        "concern_form": ConcernForm(),
        "concerns": Concern.objects.visible_to(reader).filter(nomination=case, author=reader),
        "is_open": case.status in BEFORE_DECISION,
        "is_late": one.due_on < timezone.localdate(),
        "due_at": end_of(one.due_on, reader),
    }
    if one.status == VettingAssignment.Status.ASSIGNED:
        form = cast("AssessmentForm", forms.get("form") or AssessmentForm(one))
        fields = ((mark, word) for _criterion, mark, word in form.rows())
        lines = [(line, *pair) for line, pair in zip(nomination_lines(case), fields, strict=True)]
        context |= {"form": form, "rows": lines, "asked": form.asked()}
    else:
        context |= {"side": side_by_side(case, reader), "amend_form": AmendForm(initial=_amended(one))}
    return render(request, "ambassadors/vetting/vetting_detail.html", context | forms)


def _amended(one: VettingAssignment) -> dict[str, Any]:
    return {"revision": one.revision, "text": one.amendment, "view": one.amended_view}


@require_POST
def vetting_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written so far."""
    return _write(request, pk, is_given=False)


@require_POST
def vetting_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the assessment; the others' can be read from then on."""
    return _write(request, pk, is_given=True)


def _write(request: HttpRequest, pk: int, *, is_given: bool) -> HttpResponse:
    one = _own_or_over(request, pk)
    if isinstance(one, HttpResponse):
        return one
    if one.status != VettingAssignment.Status.ASSIGNED:
        messages.info(request, _("You have given your assessment already. What you want to add goes below it."))
        return redirect("ambassadors:vetting-detail", pk)
    form = AssessmentForm(one, request.POST, is_given=is_given)
    if not form.is_valid():
        return _page(request, one, form=form)
    try:
        _kept(request, one, form)
    except TransitionRefused:
        return _over(request)
    except ValidationError as refused:
        return _again(request, one, form, refused)
    said = _("Thank you: your assessment is given. Here is what the others say.") if is_given else _("Your draft is kept.")
    messages.success(request, said)
    return redirect("ambassadors:vetting-detail", pk)


def _kept(request: HttpRequest, one: VettingAssignment, form: AssessmentForm) -> None:
    keep = workflow.give if form.is_given else workflow.save_draft
    keep(one, form.said(), revision=form.cleaned_data["revision"], by=cast("User", request.user))


def _again(request: HttpRequest, one: VettingAssignment, form: Form, refused: ValidationError) -> HttpResponse:
    """The page with the words that were refused; saved once more they win, now that their writer has been told."""
    one.refresh_from_db()
    form.add_error(None, refused)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["revision"] = str(one.revision)  # type: ignore[index]
    return _page(request, one, form=form) if isinstance(form, AssessmentForm) else _page(request, one, amend_form=form)


def _own_or_over(request: HttpRequest, pk: int) -> VettingAssignment | HttpResponse:
    """One's own assignment; where it was taken back while one wrote, the page that hands the words back."""
    gone = VettingAssignment.objects.filter(pk=pk, vetter=request.user.pk, status="withdrawn")  # unscoped: nothing of it is shown
    if getattr(request.user, "is_member", False) and gone.exists():
        return _over(request)
    return _own(request, pk)


def _over(request: HttpRequest) -> HttpResponse:
    """The case went on while somebody wrote: nothing of it is shown, and their own words are handed back."""
    fields = [
        str(words).strip() for name, words in request.POST.items() if name == "comment" or name.startswith(("word-", "answer-"))
    ]
    return render(request, "ambassadors/vetting/vetting_over.html", {"words": [each for each in fields if each]}, status=409)


@require_POST
def vetting_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to one's assessment, having read the others."""
    one = _own(request, pk)
    form = AmendForm(request.POST)
    if not form.is_valid():
        return _page(request, one, amend_form=form)
    given = form.cleaned_data
    try:
        workflow.amend(one, given["text"], given["view"], revision=given["revision"], by=cast("User", request.user))
    except TransitionRefused:
        messages.warning(request, _("The case has been decided in the meantime; nothing more is added to it."))
    except ValidationError as refused:
        return _again(request, one, form, refused)
    else:
        messages.success(request, _("Added. What you gave first stands as it was."))
    return redirect("ambassadors:vetting-detail", pk)


@require_POST
def vetting_concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the vetting leads of a concern."""
    one = _own(request, pk)
    form = ConcernForm(request.POST)
    if not form.is_valid():
        return _page(request, one, concern_form=form)
    workflow.raise_concern(one.nomination, form.cleaned_data["text"], by=cast("User", request.user))
    messages.success(request, _("The vetting leads have it, and nobody else. One of them will talk with you."))
    return redirect("ambassadors:vetting-detail", pk)


@require_POST
def vetting_step_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Have nothing to do with the case any more."""
    one = _own(request, pk)
    workflow.step_back(one.nomination, by=cast("User", request.user))
    messages.success(request, _("You have stepped back. The case is closed to you, and the leads have been told that you did."))
    return redirect("ambassadors:vetting-list")
