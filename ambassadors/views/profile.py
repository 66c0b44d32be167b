"""What people say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ambassadors.forms import PersonForm, ProfileEditForm
from ambassadors.models import Ambassador
from ambassadors.workflow import tell_of_oneself
from foundation.access import signed_in

if TYPE_CHECKING:
    from ambassadors.models import User


@signed_in
@require_http_methods(["GET", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """One's own name, time zone and profile, each field with the people who see it."""
    user = cast("User", request.user)
    own = Ambassador.objects.visible_to(user).with_card().filter(user=user).first()
    person = PersonForm(request.POST or None, instance=own.user if own else user)
    profile = ProfileEditForm(request.POST or None, instance=own) if own else None
    forms = [form for form in (person, profile) if form]
    if request.method == "POST" and _are_valid(forms):
        tell_of_oneself(user, forms)
        messages.success(request, _("Saved."))
        return redirect("ambassadors:profile-edit")
    return render(request, "ambassadors/profile_edit.html", {"person_form": person, "form": profile, "own": own})


def _are_valid(forms: Sequence[ModelForm]) -> bool:
    """Ask every form, so that all errors are shown at once."""
    return False not in [form.is_valid() for form in forms]
