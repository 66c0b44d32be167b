"""What pairs would improve: the board, and where somebody moves it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.workflow import TransitionRefused
from welcome.first_look import improving, rules
from welcome.first_look.forms import ImprovementMergeForm, ImprovementNoteForm, ImprovementOwnerForm, ImprovementReasonForm
from welcome.first_look.improving import MOVES
from welcome.first_look.views.looks import reader_of
from welcome.models import Improvement

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 100


@require_GET
def improvement_list(request: HttpRequest) -> HttpResponse:
    """All that one may see, by how far it has come; of what is over, the latest."""
    reader = reader_of(request)
    rows = list(Improvement.objects.visible_to(reader).standing().with_authors().order_by("-moved_at", "-pk")[: MOST + 1])
    groups = [(status.label, status.value, [row for row in rows[:MOST] if row.status == status]) for status in Improvement.Status]
    context = {"groups": [group for group in groups if group[2]], "has_more": len(rows) > MOST}
    return render(request, "welcome/first_look/improvement_list.html", context)


@require_GET
def improvement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; whoever looks after it finds here what to do."""
    return _page(request, _seen(request, pk))


@require_POST
def improvement_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Mean to do it."""
    form = ImprovementOwnerForm(request.POST, reader=reader_of(request))
    return _moved(request, pk, form, improving.plan, _("Planned."))


@require_POST
def improvement_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin with it."""
    form = ImprovementOwnerForm(request.POST, reader=reader_of(request))
    return _moved(request, pk, form, improving.take, _("In hand."))


@require_POST
def improvement_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done."""
    said = _("Done. Those who suggested it hear of it, once.")
    return _moved(request, pk, ImprovementNoteForm(request.POST), improving.finish, said)


@require_POST
def improvement_put_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Not now."""
    said = _("Put off. Those who suggested it hear why, once.")
    return _moved(request, pk, ImprovementReasonForm(request.POST), improving.put_off, said)


@require_POST
def improvement_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it up again."""
    form = ImprovementOwnerForm(request.POST, reader=reader_of(request))
    return _moved(request, pk, form, improving.reopen, _("In hand again."))


@require_POST
def improvement_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it together with another one that says the same."""
    one = _seen(request, pk)
    form = ImprovementMergeForm(request.POST, others=_others(reader_of(request), one))
    return _moved(request, pk, form, improving.merge, _("They are one now, with the authors of both."))


def _moved(request: HttpRequest, pk: int, form: forms.Form, move: Callable[..., None], done: str) -> HttpResponse:
    one = _seen(request, pk)
    if not form.is_valid():
        return _page(request, one, wrong=form)
    try:
        move(one, by=reader_of(request), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, one, wrong=form)
    except TransitionRefused:
        messages.info(request, _("Somebody has moved it on in the meantime."))
    else:
        messages.success(request, done)
    return redirect(form.cleaned_data.get("into") or one)


def _seen(request: HttpRequest, pk: int) -> Any:
    rows = Improvement.objects.visible_to(request.user).with_authors()
    return get_object_or_404(rows.select_related("owner", "look__space", "answer", "merged_into"), pk=pk)


def _others(reader: User, one: Improvement) -> QuerySet[Improvement]:
    found = Improvement.objects.visible_to(reader).standing().exclude(pk=one.pk).order_by("-made_at", "-pk")
    return cast("QuerySet[Improvement]", found)


def _page(request: HttpRequest, one: Any, wrong: forms.Form | None = None) -> HttpResponse:
    reader = reader_of(request)
    offered = {name for name, move in MOVES.items() if move.offered_to(reader, one)}
    others = _others(reader, one)
    is_reworded = bool(one.answer and one.answer.words != one.words and one.merged_into is None)
    context = {
        "improvement": one,
        "reworded": one.answer.words if is_reworded and one.answer.pair.is_sent else "",
        "offered": offered,
        "moves": bool(offered),
        "owner_form": _or(wrong, ImprovementOwnerForm) or ImprovementOwnerForm(reader=reader),
        "note_form": _or(wrong, ImprovementNoteForm) or ImprovementNoteForm(auto_id="done_%s"),
        "reason_form": _or(wrong, ImprovementReasonForm) or ImprovementReasonForm(auto_id="not_now_%s"),
        "merge_form": (_or(wrong, ImprovementMergeForm) or ImprovementMergeForm(others=others))
        if rules.may_merge(reader, one) and others.exists()
        else None,
    }
    return render(request, "welcome/first_look/improvement_detail.html", context)


def _or(wrong: forms.Form | None, kind: type[forms.Form]) -> forms.Form | None:
    return wrong if isinstance(wrong, kind) else None
