"""One's own nominations: dropped, written, looked at, submitted, taken back. Nobody else's is ever shown here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.inviting.workflow import open_invitation_of
from ambassadors.models import CriteriaEdition, Nomination
from ambassadors.nominations import doubles, workflow
from ambassadors.nominations.forms import NominationForm, ProspectForm
from ambassadors.nominations.mail_emails import address_shown_to, send_form
from ambassadors.nominations.moves import WITHDRAW
from ambassadors.nominations.standing import standing_of
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

A_PAGE = 30
S = Nomination.Status


@require_GET
def nomination_list(request: HttpRequest) -> HttpResponse:
    """One's own nominations and entries of the prospect list, the newest first, and the short form at the top."""
    return _list(request, ProspectForm())


@require_POST
def prospect_drop(request: HttpRequest) -> HttpResponse:
    """Put a name on the prospect list. Whoever the reader may know of as perhaps the same is shown first, and asked about once."""
    form = ProspectForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    values, me = form.values(), _me(request)
    known = doubles.known_to(me, values["name"], values["email"], values["organization"])
    if known and not form.cleaned_data["anyway"]:
        return _list(request, _refusing(form, me), known=known)
    try:
        workflow.drop_prospect(**values, by=me)
    except ValidationError as error:
        form.add_error(None, error)
        return _list(request, form, known=known)
    messages.success(request, _("It is on your list. The vetting leads see it, too."))
    return redirect("ambassadors:nomination-list")


def _refusing(form: ProspectForm, me: User) -> ProspectForm:
    """The form with what speaks against it even if it is somebody else: that the address is one's own, or an ambassador's."""
    try:
        workflow.refuse_who_is_here(form.cleaned_data["name"], form.cleaned_data["email"], by=me)
    except ValidationError as error:
        form.add_error(None, error)
    return form


@require_POST
def nomination_form_send(request: HttpRequest) -> HttpResponse:
    """Send the form by mail; from then on the page shows the address that takes nominations."""
    send_form(_me(request))
    messages.success(request, _("It is on its way to you. Answer it whenever you like."))
    return redirect("ambassadors:nomination-list")


@require_http_methods(["GET", "POST"])
def nomination_new(request: HttpRequest) -> HttpResponse:
    """A new nomination; saving it makes a draft."""
    me, edition = _me(request), _edition(request)
    form = NominationForm(request.POST or None, author=me, edition=_asked(request, request.POST))
    if form.is_valid():
        try:
            draft = workflow.save_draft(None, form.values(), form.evidence(), by=me)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your draft is saved. Nobody but you reads it."))
            return redirect(draft)
    return render(request, "ambassadors/nominations/nomination_edit.html", {"form": form, "edition": edition})


@require_GET
def nomination_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own nomination: the form while it is a draft, one's words and where it stands afterwards."""
    nomination = _own(request, pk)
    if nomination.status == S.DRAFT:
        return _draft(request, nomination, _form(request, nomination))
    standing, evidence = standing_of(nomination), nomination.evidence.select_related("criterion")
    may_withdraw = WITHDRAW.offered_to(_me(request), nomination)
    context = {"nomination": nomination, "standing": standing, "evidence": evidence, "may_withdraw": may_withdraw}
    context["invitation"] = open_invitation_of(nomination, _me(request))
    context["labels"] = ", ".join(str(label) for label in nomination.role_labels.all())
    return render(request, "ambassadors/nominations/nomination_detail.html", context)


@require_POST
def nomination_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the words of a draft."""
    nomination = _own(request, pk)
    form = _form(request, nomination)
    refused = _save(request, nomination, form)
    if refused is not None:
        return refused
    messages.success(request, _("Your draft is saved. Nobody but you reads it."))
    return redirect("ambassadors:nomination-detail", pk)


@require_POST
def nomination_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the words of a draft, and hand it over when nothing is missing."""
    nomination = _own(request, pk)
    form = _form(request, nomination)
    refused = _save(request, nomination, form)
    if refused is not None:
        return refused
    saved = _own(request, pk)
    try:
        workflow.submit(saved, revision=saved.revision, by=_me(request))
    except ValidationError as error:
        if saved.criteria_id == form.edition_pk:
            return _with_error(request, saved, error)
        messages.warning(request, _("The criteria have changed while you wrote. Your words are saved; see what is asked now."))
    except TransitionRefused:
        messages.warning(request, _("You have changed or submitted it in another window. Please look at it again."))
    else:
        messages.success(request, _("Submitted. Thank you: the vetting leads have it now."))
    return redirect("ambassadors:nomination-detail", pk)


@require_GET
def nomination_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What all ambassadors would read of the nominee, as it stands saved."""
    nomination = _own(request, pk)
    context = {"nomination": nomination, "labels": [str(label) for label in nomination.role_labels.all()]}
    return render(request, "ambassadors/nominations/nomination_preview.html", context)


@require_POST
def nomination_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of an entry of the prospect list."""
    nomination = _own(request, pk)
    try:
        workflow.begin_nomination(nomination, by=_me(request))
    except TransitionRefused:
        messages.info(request, _("You have begun it already."))
    return redirect("ambassadors:nomination-detail", pk)


@require_POST
def nomination_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a nomination back."""
    nomination = _own(request, pk)
    try:
        workflow.withdraw(nomination, by=_me(request))
    except TransitionRefused:
        messages.warning(request, _("It is decided already, so it can no longer be taken back."))
    else:
        messages.success(request, _("Taken back. It goes no further."))
    return redirect("ambassadors:nomination-detail", pk)


@require_POST
def nomination_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft or an entry of the prospect list away."""
    nomination = _own(request, pk)
    try:
        workflow.discard(nomination, by=_me(request))
    except TransitionRefused:
        messages.warning(request, _("It is submitted already. You can take it back on its page."))
        return redirect("ambassadors:nomination-detail", pk)
    messages.success(request, _("Thrown away, with every word of it."))
    return redirect("ambassadors:nomination-list")


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _own(request: HttpRequest, pk: int) -> Nomination:
    own = Nomination.objects.visible_to(request.user).own(request.user).filter(cleared_at=None)
    return get_object_or_404(own.with_standing(), pk=pk)


def _edition(request: HttpRequest) -> CriteriaEdition | None:
    return CriteriaEdition.objects.visible_to(request.user).in_force()


def _form(request: HttpRequest, nomination: Nomination, data: Any = None) -> NominationForm:
    """The form works on a copy: what was typed must not look as if it were saved."""
    copy = Nomination.objects.visible_to(request.user).get(pk=nomination.pk)
    data = data or (request.POST if request.method == "POST" else None)
    return NominationForm(data, instance=copy, author=_me(request), edition=_asked(request, data or {}))


def _asked(request: HttpRequest, data: Any) -> CriteriaEdition | None:
    """The criteria that a page asks about: those in force, or, of a page opened before they were, the ones which it shows."""
    pk = data.get("edition", "")
    if pk.isdecimal() and len(pk) < 10:
        published = CriteriaEdition.objects.visible_to(request.user).published()
        return published.filter(pk=pk).first() or _edition(request)
    return _edition(request)


def _save(request: HttpRequest, nomination: Nomination, form: NominationForm) -> HttpResponse | None:
    """Save what was typed; where that cannot be, return the page that says why and holds the words."""
    if nomination.status != S.DRAFT:
        messages.warning(request, _("It is no draft any more, so these words were not kept."))
        return redirect("ambassadors:nomination-detail", nomination.pk)
    if not form.is_valid():
        return _draft(request, nomination, form)
    try:
        revision = form.cleaned_data["revision"]
        workflow.save_draft(nomination, form.values(), form.evidence(), by=_me(request), revision=revision)
    except workflow.ChangedMeanwhile:
        return _changed_meanwhile(request, nomination)
    except ValidationError as error:
        return _with_error(request, nomination, error)
    except TransitionRefused:
        messages.warning(request, _("You have submitted it in another window."))
        return redirect("ambassadors:nomination-detail", nomination.pk)
    return None


def _changed_meanwhile(request: HttpRequest, nomination: Nomination) -> HttpResponse:
    """Show the words of this window, unsaved, above what the other one saved; saving again is then a choice."""
    newest = _own(request, nomination.pk)
    data = request.POST.copy()
    data["revision"] = str(newest.revision)
    return _draft(request, newest, _form(request, newest, data), other_window=True)


def _with_error(request: HttpRequest, nomination: Nomination, error: ValidationError) -> HttpResponse:
    data = request.POST.copy()
    data["revision"] = str(nomination.revision)
    form = _form(request, nomination, data)
    form.is_valid()
    for name, said in getattr(error, "message_dict", {"__all__": error.messages}).items():
        beside = [_("Say what you have seen.")] if name.startswith("evidence_") else said  # the label has said the rest
        form.add_error(None if name == "__all__" else name, beside)
    return _draft(request, nomination, form)


def _draft(request: HttpRequest, draft: Nomination, form: NominationForm, *, other_window: bool = False) -> HttpResponse:
    edition = _edition(request)
    context: dict[str, Any] = {"nomination": draft, "form": form, "edition": edition, "other_window": other_window}
    context["missing"] = [] if form.is_bound else list(workflow.missing_in(draft).items())
    context["known"] = None if form.is_bound else _known(request, draft)
    context["is_older"] = bool(edition and draft.criteria_id != edition.pk)
    return render(request, "ambassadors/nominations/nomination_edit.html", context)


def _known(request: HttpRequest, draft: Nomination) -> doubles.Known:
    return doubles.known_to(_me(request), draft.name, draft.email, draft.organization, except_for=draft.pk)


def _list(request: HttpRequest, form: ProspectForm, known: doubles.Known | None = None) -> HttpResponse:
    own = Nomination.objects.visible_to(request.user).own(request.user).filter(cleared_at=None).order_by("-pk")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        own = own.filter(pk__lt=int(before))
    rows = list(own.with_standing()[: A_PAGE + 1])
    lines = [{"nomination": one, "standing": standing_of(one)} for one in rows[:A_PAGE]]
    context = {"form": form, "known": known, "lines": lines, "older": rows[A_PAGE - 1].pk if len(rows) > A_PAGE else None}
    return render(
        request,
        "ambassadors/nominations/nomination_list.html",
        context | {"is_first": not before, "mail_address": address_shown_to(_me(request))},
    )
