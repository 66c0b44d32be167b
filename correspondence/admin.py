"""Mail for the support team: how far each mail came (never what it says), and the community's own words in mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from correspondence import rendering, texts, workflow
from correspondence.health import admin as health  # noqa: F401  registers its pages
from correspondence.kinds import Kind, kinds
from correspondence.models import MailText, OutgoingMail
from foundation.admin_kit import ReadOnlyAdmin, SupportTeamAdmin
from foundation.workflow import TransitionRefused, record

if TYPE_CHECKING:
    from ambassadors.models import User


class KindFilter(admin.SimpleListFilter):
    """By kind, as the registry knows them: asking the table would read all of it."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(
            ((kind.name, str(kind.label)) for kind in kinds if not kind.tells_by_itself), key=lambda pair: pair[1].lower()
        )

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        if chosen and chosen in kinds and kinds[chosen].tells_by_itself:
            return queryset.none()
        return queryset.filter(kind=chosen) if chosen else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """The envelope and the state. What a mail says is between the site and its reader."""

    change_form_template = "admin/correspondence/outgoingmail/change_form.html"
    list_display = ["created_at", "shown_kind", "recipient", "state", "attempts", "answer"]
    list_filter = ["state", KindFilter]
    list_select_related = ["person"]
    search_fields = ["address", "person__email", "person__name"]
    ordering = ["-pk"]
    show_full_result_count = False
    list_per_page = 50
    fields = ["shown_kind", "person", "recipient", "state", "answer", "attempts", "created_at", "due_at", "sent_at", "told_in"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        unlisted = [kind.name for kind in kinds if kind.is_unlisted]
        rows: QuerySet[OutgoingMail] = super().get_queryset(request)
        return rows.exclude(~Q(state__in=[OutgoingMail.State.UNKNOWN, OutgoingMail.State.FAILED]), kind__in=unlisted)

    @admin.display(description=_("kind"))
    def shown_kind(self, mail: OutgoingMail) -> str:
        if mail.kind not in kinds:
            return mail.kind
        kind = kinds[mail.kind]
        return str(_("between the site and its reader") if kind.tells_by_itself else kind.label)

    def get_urls(self) -> list[URLPattern]:
        move = self.admin_site.admin_view(require_POST(self.outgoingmail_move))
        return [path("<int:pk>/<str:name>/move/", move, name="outgoingmail-move"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        mail = kwargs.get("obj")
        moves = workflow.offered(cast("User", request.user), mail) if mail else []
        return super().render_change_form(request, context | {"moves": moves}, *args, **kwargs)

    def outgoingmail_move(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Press one of the buttons."""
        mail = get_object_or_404(self.get_queryset(request), pk=pk)
        if name not in workflow.MOVES:
            raise Http404
        try:
            workflow.decide(workflow.MOVES[name], mail, by=cast("User", request.user))
        except TransitionRefused:
            messages.error(request, _("This mail has moved on in the meantime."))
        return redirect("admin:correspondence_outgoingmail_change", pk)


class MailTextForm(forms.ModelForm):
    """One part of one kind of mail in the community's words."""

    class Meta:
        model = MailText
        fields = ["kind", "part", "body"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"] = forms.ChoiceField(label=self.fields["kind"].label, choices=_kinds_by_label)
        self.fields["body"].help_text = self._names()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, part = cleaned.get("kind", self.instance.kind), cleaned.get("part", self.instance.part)
        if "body" in cleaned and kind and part:
            texts.check(kind, part, cleaned["body"])
        return cleaned

    def _names(self) -> str:
        if self.instance.kind not in kinds:
            return str(_("Names in {{double braces}} are filled in; which ones there are depends on the kind of mail."))
        names = ", ".join(f"{{{{{name}}}}}" for name in texts.allowed(kinds[self.instance.kind]))
        return str(_("You can use: %(names)s.") % {"names": names})


@admin.register(MailText)
class MailTextAdmin(SupportTeamAdmin):
    """Deleting a text brings ours back."""

    form = MailTextForm
    change_list_template = "admin/correspondence/mailtext/change_list.html"
    list_display = ["kind", "part", "changed_at"]
    ordering = ["kind", "part"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["kind", "part"] if obj else []

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(require_GET(self.mailtext_preview))
        page = self.admin_site.admin_view(require_GET(self.mailtext_page))
        return [
            path("preview/<str:kind>/", preview, name="mailtext-preview"),
            path("preview/<str:kind>/html/", page, name="mailtext-page"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"kinds": sorted(kinds, key=_label), **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: MailText, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("worded anew", obj, by=cast("User", request.user))

    def delete_model(self, request: HttpRequest, obj: MailText) -> None:
        record("reset to ours", obj, by=cast("User", request.user))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for text in queryset:
            self.delete_model(request, text)

    def response_post_save_add(self, request: HttpRequest, obj: MailText) -> HttpResponseRedirect:
        """After saving, show the mail as it now goes out."""
        return redirect("admin:mailtext-preview", obj.kind)

    def response_post_save_change(self, request: HttpRequest, obj: MailText) -> HttpResponseRedirect:
        return self.response_post_save_add(request, obj)

    def mailtext_preview(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The three parts with an invented example in it."""
        known = _kind_or_404(kind)
        context = {
            **self.admin_site.each_context(request),
            "title": known.label,
            "kind": known,
            "own": list(MailText.objects.visible_to(request.user).filter(kind=kind)),
            "mail": rendering.preview(known),
            "names": [f"{{{{{name}}}}}" for name in texts.allowed(known)],
            "add_url": reverse("admin:correspondence_mailtext_add"),
        }
        return TemplateResponse(request, "admin/correspondence/mailtext/preview.html", context)

    @method_decorator(csp_replace({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "script-src": ["'none'"]}))
    def mailtext_page(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The HTML part alone, as a mail program shows it."""
        return HttpResponse(rendering.preview(_kind_or_404(kind)).html)


def _label(kind: Kind) -> str:
    return str(kind.label).lower()


def _kinds_by_label() -> list[tuple[str, str]]:
    return [(kind.name, str(kind.label)) for kind in sorted(kinds, key=_label)]


def _kind_or_404(name: str) -> Kind:
    if name not in kinds:
        raise Http404
    return kinds[name]
