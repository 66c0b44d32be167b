"""What people say of themselves, a little at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Media, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from ambassadors import workflow
from ambassadors.comfort import comfort_in
from ambassadors.forms import SECTIONS, PersonForm, ProfileEditForm, Section
from ambassadors.models import Ambassador, ProfileQuestion
from ambassadors.overview import offers_of, small_thing, summary_of
from ambassadors.places import known_places
from foundation.access import signed_in
from foundation.fields import RichTextWidget
from foundation.fragments import wants_fragment
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

YOU = Section(
    "you", gettext_lazy("Your name"), gettext_lazy("As others read it, and the clock by which you are told the time."), ()
)


def own_profile(user: User) -> Ambassador | None:
    """The profile of the one who asks, with what its card shows."""
    own: Ambassador | None = Ambassador.objects.visible_to(user).with_card().filter(user=user).first()
    return own


@signed_in
@require_GET
def profile_edit(request: HttpRequest) -> HttpResponse:
    """One's own profile in sections: what is said, who sees it, and one small thing that is missing. Nothing is required."""
    user = cast("User", request.user)
    own = own_profile(user)
    summaries = [summary_of(YOU, user, own)]
    context: dict[str, object] = {"own": own, "summaries": summaries}
    if own is not None:
        summaries += [summary_of(section, user, own) for section in SECTIONS.values()]
        met = list(ProfileQuestion.objects.visible_to(user).prefetch_related("topics"))
        media: Media = RichTextWidget().media
        context |= {"drafts": offers_of(met, own), "small_thing": small_thing(own, met), "media": media}
    return render(request, "ambassadors/profile_edit.html", context)


@signed_in
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "POST"])
def section_edit(request: HttpRequest, name: str) -> HttpResponse:
    """One section: a short form, saved by itself, beside each field who sees it. In place where scripts run, else a page."""
    user = cast("User", request.user)
    own = own_profile(user)
    section = YOU if name == YOU.name else SECTIONS.get(name)
    if section is None or (own is None and section is not YOU):
        raise Http404
    form = _form_of(section, request, own.user if own else user, own)
    if request.method == "POST" and form.is_valid():
        workflow.tell_of_oneself(user, [form])
        return _saved(request, section, user)
    context = {"form": form, "section": section, "places": known_places(user) if "place" in form.fields else None}
    template = "ambassadors/_section_form.html" if wants_fragment(request) else "ambassadors/section_edit.html"
    return render(request, template, context)


def _form_of(section: Section, request: HttpRequest, person: User, own: Ambassador | None) -> ModelForm:
    data = request.POST if request.method == "POST" else None
    if section is YOU or own is None:
        return PersonForm(data, instance=person)
    # What was sent is compared with the profile, not with the draft: somebody may send the draft as it is.
    initial = _from_draft(request, section, person) if data is None else None
    return ProfileEditForm(data, instance=own, only=section.fields, initial=initial)


def _from_draft(request: HttpRequest, section: Section, person: User) -> dict[str, object]:
    """What an answer by mail would put into the form, for one that is to be shortened."""
    pk = request.GET.get("draft", "")
    drafts = ProfileQuestion.objects.visible_to(person).drafts().filter(field__in=section.fields)
    draft = drafts.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None
    return {draft.field: comfort_in(draft.draft) if draft.field == "tech_comfort" else draft.draft} if draft else {}


def _saved(request: HttpRequest, section: Section, user: User) -> HttpResponse:
    if not wants_fragment(request):
        messages.success(request, _("Saved."))
        return redirect("ambassadors:profile-edit")
    fresh = own_profile(user)
    summary = summary_of(section, fresh.user if fresh else user, fresh)
    return render(request, "ambassadors/_section.html", {"summary": summary, "saved": True, "hx": True})


@signed_in
@require_POST
def question_skip(request: HttpRequest, field: str) -> HttpResponse:
    """Not now: this question does not come back."""
    user = cast("User", request.user)
    if field not in ProfileQuestion.Field.values or own_profile(user) is None:
        raise Http404
    workflow.question_skip(user, field)
    return redirect("ambassadors:profile-edit")


@signed_in
@require_POST
def draft_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what one answered by mail on one's profile."""
    return _decide(request, pk, "confirm", _("It is on your profile now."))


@signed_in
@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw it away."""
    return _decide(request, pk, "discard", _("Thrown away. Your profile is as it was."))


def _decide(request: HttpRequest, pk: int, what: str, said: str) -> HttpResponse:
    user = cast("User", request.user)
    question = get_object_or_404(ProfileQuestion.objects.visible_to(user), pk=pk)
    decide = {"confirm": workflow.draft_confirm, "discard": workflow.draft_discard}[what]
    try:
        decide(question, by=user)
    except TransitionRefused:
        messages.info(request, _("That was settled already."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, said)
    return redirect("ambassadors:profile-edit")
