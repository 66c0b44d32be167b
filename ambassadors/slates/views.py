"""The slates that are open to all ambassadors. Whoever answers sees their own answers, and nobody's besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import Slate, SlateAnswer, SlateEntry
from ambassadors.slates import answers, rules
from ambassadors.slates.forms import SayForm, form_for
from ambassadors.vetting.composing import composition_with
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User


@dataclass(frozen=True)
class Row:
    """One nominee on the page: the text written for it, and the form that is the reader's own."""

    number: int
    name: str
    text: str
    barred: str
    form: SayForm
    before: SlateAnswer | None


@require_GET
def slate_list(request: HttpRequest) -> HttpResponse:
    """Those that are open now, each with whether one has answered."""
    slates = Slate.objects.visible_to(request.user).open().with_own(request.user).order_by("closes_at", "pk")
    return render(request, "ambassadors/slates/slate_list.html", {"slates": slates})


@require_GET
def slate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The nominees with the text written for it, and one's own answers; after the close a word of thanks."""
    return _page(request, _slate(request, pk))


@require_POST
def slate_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one's answers: all that were given, whichever button was pressed. What comes after the close is kept as late."""
    slate = _slate(request, pk)
    by = cast("User", request.user)
    before = answers.own(slate, by)
    forms = {number: form_for(number, before.get(number), request.POST) for number in answers.numbers_on(slate)}
    invalid = [form for form in forms.values() if not form.is_valid()]  # each is asked, so that each can say what is wrong
    if invalid:
        return _page(request, slate, forms)
    said = {number: form.said() for number, form in forms.items() if form.has_changed()}
    try:
        noted = answers.give(slate, {number: words for number, words in said.items() if words}, by=by)
    except TransitionRefused:
        messages.warning(request, _("This slate is not open."))
    else:
        _say(request, noted)
    return redirect("ambassadors:slate-detail", pk)


def _slate(request: HttpRequest, pk: int) -> Slate:
    return get_object_or_404(Slate.objects.visible_to(request.user).exclude(status="draft"), pk=pk)


def _page(request: HttpRequest, slate: Slate, forms: dict[int, SayForm] | None = None) -> HttpResponse:
    person = cast("User", request.user)
    before = answers.own(slate, person)
    context: dict[str, Any] = {"slate": slate, "answered": len(before), "late": answers.number_of_late(slate, person)}
    if slate.takes_answers:
        context["rows"] = _rows(slate, person, before, forms or {})
        context["gone"] = answers.number_of_gone(slate)
        shown = SlateEntry.objects.visible_to(person).shown().filter(slate=slate)
        context["compositions"] = composition_with(shown.values_list("nomination", flat=True), person)
    elif forms:
        context["returned"] = [form for form in forms.values() if form.errors]
    return render(request, "ambassadors/slates/slate_detail.html", context)


def _rows(slate: Slate, person: User, before: dict[int, SlateAnswer], forms: dict[int, SayForm]) -> list[Row]:
    stepped = rules.stepped_back(person, slate)
    entries = SlateEntry.objects.visible_to(person).shown().filter(slate=slate).select_related("nomination").order_by("number")
    return [
        Row(
            one.number,
            one.nomination.name,
            one.text,
            rules.why_barred(person, one, stepped),
            forms.get(one.number) or form_for(one.number, before.get(one.number), None),
            before.get(one.number),
        )
        for one in entries
    ]


def _say(request: HttpRequest, noted: answers.Noted) -> None:
    number = len(noted.kept)
    if noted.kept and noted.is_late:
        messages.warning(
            request,
            _(
                "This slate closed before your answer came. We keep it as late: it does not change what was counted. "
                "A concern has reached the vetting leads all the same."
            ),
        )
    elif noted.kept:
        messages.success(request, ngettext("%d answer is noted.", "%d answers are noted.", number) % number)
    if noted.gone:
        messages.info(request, _("Somebody left the slate in the meantime: nothing is asked about them any more."))
    for reason in noted.barred.values():
        messages.info(request, reason)
    if not (noted.kept or noted.gone or noted.barred):
        messages.info(request, _("Nothing was changed."))
