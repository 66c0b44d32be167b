"""The roster from a browser: upload, look at what would happen, press the button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ambassadors.forms import RosterUploadForm
from ambassadors.models import RosterFile, User
from ambassadors.roster import Roster, RosterUnreadable, import_roster
from ambassadors.workflow.rosters import carry_out, keep_roster

PEOPLE = "admin:ambassadors_ambassador_changelist"


class RosterPages(ModelAdmin):
    """Pages of the people's admin for importing a roster."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("roster/", view(self.roster_upload), name="roster-upload"),
            path("roster/<int:pk>/", view(self.roster_preview), name="roster-preview"),
            path("roster/<int:pk>/import/", view(require_POST(self.roster_import)), name="roster-import"),
            path("roster/<int:pk>/discard/", view(require_POST(self.roster_discard)), name="roster-discard"),
            *super().get_urls(),
        ]

    def roster_upload(self, request: HttpRequest) -> HttpResponse:
        """Take the file."""
        form = RosterUploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                kept = keep_roster(file.name, file.read(), by=_support(request))
            except RosterUnreadable as error:
                form.add_error("file", str(error))
            else:
                return redirect("admin:roster-preview", kept.pk)
        return self._page(request, "roster_upload", _("Import a roster"), form=form)

    def roster_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what would happen, row by row where it matters, and offer the button when nothing is wrong."""
        file = _own(request, pk)
        report = import_roster(Roster(bytes(file.content)), by=_support(request), dry_run=True)
        return self._page(request, "roster_preview", file.name, file=file, report=report)

    def roster_import(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Import it."""
        report = carry_out(_own(request, pk), by=_support(request))
        if report is not None and report.problems:
            messages.error(request, str(report.problems[0]))
        elif report is not None:
            count = report.new_count
            said = ngettext("%s person is on the roster now.", "%s people are on the roster now.", count) % count
            messages.success(request, said + " " + _("Nobody was mailed: choose whom to invite when you are ready."))
        return redirect(PEOPLE)

    def roster_discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw the upload away."""
        _own(request, pk).delete()
        return redirect("admin:roster-upload")

    def _page(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        everywhere = self.admin_site.each_context(request) | {"title": title}
        return TemplateResponse(request, f"admin/ambassadors/ambassador/{template}.html", everywhere | context)


def _own(request: HttpRequest, pk: int) -> RosterFile:
    file: RosterFile = get_object_or_404(RosterFile.objects.visible_to(_support(request)), pk=pk)
    return file


def _support(request: HttpRequest) -> User:
    if not (request.user.is_active and request.user.is_staff):
        raise PermissionDenied
    return request.user
