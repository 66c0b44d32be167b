"""Pages about one's own data: the archive, the erasure, what is remembered of reading."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ambassadors.accounts.confirmation import confirmation_required
from ambassadors.accounts.views import me
from ambassadors.models import Archive, Erasure
from ambassadors.owndata import archive as archives
from ambassadors.owndata import erasing, reading
from ambassadors.owndata.forms import ErasureForm
from foundation.access import signed_in
from foundation.privacy_export import in_order, publications_of
from foundation.reading import sources
from foundation.workflow import TransitionRefused

POLL = 2  # seconds between two looks at the progress


@signed_in
@never_cache
@require_GET
def archive_detail(request: HttpRequest) -> HttpResponse:
    """Ask for one's archive, see how far it is, fetch it. The part that changes comes alone when htmx asks."""
    person = me(request)
    latest = Archive.objects.visible_to(person).first()
    context = {
        "archive": latest,
        "is_fetchable": latest is not None and Archive.objects.visible_to(person).fetchable().filter(pk=latest.pk).exists(),
        "why_not": archives.why_not_now(person),
        "text": _("Section %(done)s of %(most)s") % {"done": latest.done + 1, "most": latest.most} if latest else "",
        "sections": [section for _name, section in reversed(in_order())],
        "is_slow": latest is not None and timezone.now() - latest.asked_at > timedelta(minutes=2),
        "poll": POLL,
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "owndata/_archive_state.html" if is_part else "owndata/archive_detail.html", context)


@signed_in
@require_POST
@confirmation_required
def archive_ask(request: HttpRequest) -> HttpResponse:
    """Have an archive made."""
    try:
        archives.ask(me(request))
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
    return redirect("owndata:archive-detail")


@signed_in
@never_cache
@require_GET
@confirmation_required
def archive_download(request: HttpRequest, pk: int) -> Any:
    """The archive itself, for its person alone, as long as it is kept."""
    archive = get_object_or_404(Archive.objects.visible_to(me(request)).fetchable(), pk=pk)
    try:
        file = archive.file.open("rb")
    except FileNotFoundError:  # its week ended at this moment
        messages.warning(request, _("This archive has been deleted in the meantime. You can ask for a new one."))
        return redirect("owndata:archive-detail")
    response = FileResponse(file, as_attachment=True, filename=archive.filename, content_type="application/zip")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@signed_in
@never_cache
@require_http_methods(["GET"])
def erasure_detail(request: HttpRequest) -> HttpResponse:
    """What erasing means, when it happens, and how to take it back."""
    return _erasure_page(request, ErasureForm(initial={"words": Erasure.Words.KEEP}))


@signed_in
@require_POST
@confirmation_required
def erasure_ask(request: HttpRequest) -> HttpResponse:
    """Plan one's own erasure."""
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _erasure_page(request, form)
    try:
        erasure = erasing.plan(me(request), by=me(request), words=form.cleaned_data["words"])
    except ValidationError as refused:
        form.add_error(None, refused)
        return _erasure_page(request, form, status=409)
    day = date_format(timezone.localtime(erasure.due_at), "j F Y")
    messages.success(request, _("It is planned for %(day)s. Until then you can take it back here.") % {"day": day})
    return redirect("owndata:erasure-detail")


def _erasure_page(request: HttpRequest, form: ErasureForm, status: int = 200) -> HttpResponse:
    person = me(request)
    context = {
        "form": form,
        "planned": Erasure.objects.visible_to(person).planned().filter(person=person).first(),
        "why_not": erasing.why_not(person),
        "publications": list(publications_of(person)),
        "day": erasing.earliest(),
    }
    return render(request, "owndata/erasure_detail.html", context, status=status)


@signed_in
@require_POST
def erasure_cancel(request: HttpRequest) -> HttpResponse:
    """Take one's own erasure back."""
    person = me(request)
    erasure = get_object_or_404(Erasure.objects.visible_to(person).planned(), person=person)
    try:
        erasing.take_back(erasure, by=person)
    except TransitionRefused:
        messages.info(request, _("It was taken back before."))
    else:
        messages.success(request, _("Nothing is erased. Everything is as it was, and others find you again."))
    return redirect("owndata:erasure-detail")


@signed_in
@never_cache
@require_GET
def reading_detail(request: HttpRequest) -> HttpResponse:
    """What is remembered of one's reading, with a switch."""
    person = me(request)
    found = [(name, source, list(source.marks(person))) for name, source in sources.items()]
    context = {"sources": found, "is_on": person.remembers_reading, "number": sum(len(marks) for _name, _source, marks in found)}
    return render(request, "owndata/reading_detail.html", context)


@signed_in
@require_POST
def reading_switch(request: HttpRequest) -> HttpResponse:
    """Switch the memory off, which empties it, or on."""
    person = me(request)
    reading.switch(person, on=request.POST.get("on") == "yes")
    said = _("From now on it is remembered what you have read.") if person.remembers_reading else _("Forgotten, and switched off.")
    messages.success(request, said)
    return redirect("owndata:reading-detail")


@signed_in
@require_POST
def reading_forget(request: HttpRequest) -> HttpResponse:
    """Forget one mark (`source`, `key`), or all."""
    number = reading.forget(me(request), request.POST.get("source", ""), request.POST.get("key", ""))
    messages.success(request, ngettext("%d mark is forgotten.", "%d marks are forgotten.", number) % number)
    return redirect(reverse("owndata:reading-detail"))
