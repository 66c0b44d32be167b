"""Instruments in the admin: their text put in and tried out. They are released by the road of products, and nowhere else."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import User
from foundation.admin_kit import ReadOnlyAdmin
from foundation.workflow import TransitionRefused
from practice.instruments import shipped, workflow
from practice.instruments.forms import SourceForm
from practice.instruments.missing import missing_pillars, missing_topics
from practice.models import InstrumentEdition
from products import rules
from products.models import Edition


@admin.register(InstrumentEdition)
class InstrumentEditionAdmin(ReadOnlyAdmin):
    """Editions of instruments that one may read, newest first."""

    list_display = ["name", "label", "state", "saved_at", "pages"]
    list_display_links = None
    list_select_related = ["instrument", "edition__product"]
    ordering = ["-pk"]

    @admin.display(description=gettext_lazy("title"))
    def name(self, row: InstrumentEdition) -> str:
        return row.edition.title

    @admin.display(description=gettext_lazy("edition"))
    def label(self, row: InstrumentEdition) -> str:
        return row.edition.label

    @admin.display(description=gettext_lazy("state"))
    def state(self, row: InstrumentEdition) -> str:
        return row.edition.get_status_display()

    @admin.display(description=gettext_lazy("pages"))
    def pages(self, row: InstrumentEdition) -> SafeString:
        tried = format_html('<a href="{}">{}</a>', reverse("practice:instrument-try", args=[row.pk]), _("Try it out"))
        text = format_html('<a href="{}">{}</a>', reverse("admin:instrument-source", args=[row.edition_id]), _("Its text"))
        return format_html("{} · {}", tried, text)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("new/", view(self.instrument_new), name="instrument-new"),
            path("of/<int:pk>/", view(self.instrument_source), name="instrument-source"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        found: HttpResponse = super().changelist_view(request, {"shipped": shipped(), **(extra_context or {})})
        return found

    def instrument_new(self, request: HttpRequest) -> HttpResponse:
        """Put in the text of a new instrument, or one of those that come with the platform: it becomes the draft of a product."""
        texts = {key: source for key, _title, source in shipped()}
        initial = {"source": texts.get(request.GET.get("shipped", ""), "")}
        form = SourceForm(request.POST or None, request.FILES or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            try:
                kept = workflow.begin_instrument(form.cleaned_data["source"], by=_member(request))
            except ValidationError as refused:
                form.add_error("source", refused.messages)
            else:
                messages.success(request, _("It is a draft now: try it out, then hand it in as any other product."))
                return redirect("admin:instrument-source", kept.edition_id)
        return self._page(request, form, _("Put in a new instrument"))

    def instrument_source(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text of an edition: to be read, and changed while the edition can be written."""
        rows = Edition.objects.visible_to(request.user).filter(product__instrument__isnull=False)
        edition = get_object_or_404(rows.select_related("product__instrument", "product__space"), pk=pk)
        initial = {"source": workflow.source_of(edition), "revision": edition.revision}
        may_write = rules.may_write(_member(request), edition)
        form = SourceForm(request.POST or None, request.FILES or None, initial=initial, may_write=may_write)
        if request.method == "POST":
            if not may_write:
                raise PermissionDenied
            if form.is_valid() and self._kept(request, edition, form):
                return redirect("admin:instrument-source", edition.pk)
        makes = rules.is_editor(_member(request)) or rules.writes(_member(request), edition.product)
        return self._page(request, form, edition.title, edition=edition, may_write=may_write, makes=makes)

    def _kept(self, request: HttpRequest, edition: Edition, form: SourceForm) -> bool:
        said = form.cleaned_data
        try:
            workflow.save_source(edition, said["source"], by=_member(request), revision=said["revision"] or 0)
        except ValidationError as refused:
            form.add_error("source", refused.messages)
        except TransitionRefused:
            form.add_error(
                None, _("Somebody saved this edition meanwhile. What you put in stands below: look at theirs, then press again.")
            )
            edition.refresh_from_db()
            form.data = {**dict(form.data.items()), "revision": str(edition.revision)}
        else:
            messages.success(request, _("Kept. The product's text says the same now."))
            return True
        return False

    def _page(self, request: HttpRequest, form: SourceForm, title: str, **context: Any) -> HttpResponse:
        everywhere = self.admin_site.each_context(request) | {"title": title, "form": form, "opts": self.opts}
        kept = InstrumentEdition.objects.visible_to(request.user).filter(edition=context.get("edition")).first()
        missing = (missing_topics(kept.content), missing_pillars(kept.content)) if kept else ([], [])
        context |= {"kept": kept, "missing_topics": missing[0], "missing_pillars": missing[1]}
        status = 422 if form.is_bound and form.errors else 200
        template = "admin/practice/instrumentedition/source.html"
        return TemplateResponse(request, template, everywhere | context, status=status)


def _member(request: HttpRequest) -> User:
    person = cast("User", request.user)
    if not person.is_member:
        raise PermissionDenied
    return person
