"""One's face: give a picture, lay the square on it, take it away again. Works by forms alone; a script lets one drag the square."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ambassadors import workflow
from ambassadors.forms import PhotoCropForm, PhotoForm, ProfileEditForm
from ambassadors.models import Ambassador, User
from ambassadors.views.profile import own_profile
from foundation.access import signed_in

NEW = "new_%s"  # two forms of the page have a field for the same words


@signed_in
@require_http_methods(["GET", "POST"])
def photo_edit(request: HttpRequest) -> HttpResponse:
    """Give a picture, or look at the one that is there."""
    own = _own_or_404(request)
    form = PhotoForm(request.POST or None, request.FILES or None, initial=_said(own), auto_id=NEW)
    if request.method == "POST" and form.is_valid():
        _tell_audience(own, form)
        workflow.photo_keep(own, form.cleaned_data["picture"], alt=form.cleaned_data["alt"], by=own.user)
        messages.success(request, _("Your photo is there. Move the square if you like."))
        return redirect("ambassadors:photo-edit")
    return _page(request, own, form, PhotoCropForm(initial=_said(own)))


@signed_in
@require_POST
def photo_crop(request: HttpRequest) -> HttpResponse:
    """Lay the square elsewhere, change the words or who sees it."""
    own = _own_or_404(request)
    form = PhotoCropForm(request.POST, initial=_said(own))
    if own.whole_photo_id is None:
        raise Http404
    if not form.is_valid():
        return _page(request, own, PhotoForm(initial=_said(own), auto_id=NEW), form)
    _tell_audience(own, form)
    try:
        workflow.photo_crop(own, form.crop(), alt=form.cleaned_data["alt"], by=own.user)
    except ValidationError as gone:
        messages.warning(request, gone.messages[0])
    else:
        messages.success(request, _("Saved."))
    return redirect("ambassadors:photo-edit")


@signed_in
@require_POST
def photo_remove(request: HttpRequest) -> HttpResponse:
    """Go back to the initials."""
    own = _own_or_404(request)
    if own.whole_photo_id is None:
        raise Http404
    workflow.photo_remove(own, by=own.user)
    messages.success(request, _("Your photo is gone. Your initials stand in for it."))
    return redirect("ambassadors:photo-edit")


def _own_or_404(request: HttpRequest) -> Ambassador:
    own = own_profile(cast("User", request.user))
    if own is None:
        raise Http404
    return own


def _said(own: Ambassador) -> dict[str, object]:
    squares = {"across": own.crop_across, "down": own.crop_down, "zoom": own.crop_zoom}
    return {"alt": own.photo.alt if own.photo else "", "audience": own.photo_audience, **squares}


def _tell_audience(own: Ambassador, form: Form) -> None:
    chosen = {"photo_audience": form.cleaned_data["audience"]}
    audience = ProfileEditForm(chosen, instance=own, only=["photo"])
    if audience.is_valid():
        workflow.tell_of_oneself(own.user, [audience])


def _page(request: HttpRequest, own: Ambassador, form: Form, crop: Form) -> HttpResponse:
    return render(request, "ambassadors/photo_edit.html", {"own": own, "form": form, "crop": crop, "photo": own.photo})
