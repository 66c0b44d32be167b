"""The page on which one chooses one's digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from correspondence import preferences
from correspondence.digests.forms import DigestForm
from correspondence.digests.posting import KIND
from correspondence.models import DigestChoice

if TYPE_CHECKING:
    from ambassadors.models import User


@require_http_methods(["GET", "POST"])
def digest_edit(request: HttpRequest) -> HttpResponse:
    """One's own digest: how often, when, how much, and when the next one comes."""
    person = cast("User", request.user)
    choice = DigestChoice.objects.visible_to(person).of(person)
    form = DigestForm(request.POST if request.method == "POST" else None, instance=choice)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Your digest follows this from now on."))
        return redirect("correspondence:digest-edit")
    next_at = choice.next_due_at if preferences.wants(person, KIND) else None
    return render(request, "correspondence/digest_edit.html", {"form": form, "next_at": next_at, "zone": person.time_zone})
