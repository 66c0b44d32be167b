"""The Update at the support team's desk: written, looked at exactly as it is mailed, tried, and sent by buttons that show what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ambassadors.models import User
from community.stories.admin.kit import MovedByButtons
from community.update.forms import ScheduleForm
from correspondence import outbox
from correspondence.models import Subscription, Update, UpdatePart
from correspondence.update import links, previewing, sending, workflow
from correspondence.update.registry import sources

FACTS = ["title", "slug", "lead", "status", "send_at", "zone", "began_at"]


class UpdateForm(forms.ModelForm):
    """The words around what is picked. `seen` is the revision that the editor has before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Update
        fields = ["title", "slug", "lead", "opening", "closing"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        self.fields["seen"].initial = self.instance.revision

    def clean(self) -> dict[str, Any]:
        """Words that a colleague's would be lost under stay on the page, unsaved. Without an address, it gets one from the title."""
        cleaned = super().clean() or {}
        if self.instance.pk and cleaned.get("seen") != self.instance.revision:
            raise ValidationError(
                _(
                    "A colleague has saved this in the meantime. Nothing is saved: open it again in another window and join your words."
                )
            )
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(cleaned.get("title", ""), self.instance)
        return cleaned


class PartForm(forms.ModelForm):
    """One passage. What it picks is chosen among what visitors can read."""

    pick = forms.ChoiceField(label=_lazy("Something published"), required=False)

    class Meta:
        model = UpdatePart
        fields = ["position", "heading", "words"]

    def __init__(self, *args: Any, offered: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picked = f"{self.instance.source}:{self.instance.item}" if self.instance.source else ""
        choices = [*(offered or [("", "—")]), *_also(picked, offered or [])]
        pick: Any = self.fields["pick"]
        pick.choices = choices
        pick.initial = self.initial["pick"] = picked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("heading", "words", "pick")) and not cleaned.get("DELETE"):
            raise ValidationError(_("A passage needs a heading, words, or something published."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.source, _colon, self.instance.item = self.cleaned_data["pick"].partition(":")
        return super().save(commit)


class PartFormSet(forms.BaseInlineFormSet):
    """The passages. What can be picked is read once for all of them."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        if not hasattr(self, "_offered"):
            self._offered = list(offered())
        return {**super().get_form_kwargs(index), "offered": self._offered}


class PartInline(admin.StackedInline):
    """Passages, in the order of their places."""

    model = UpdatePart
    form = PartForm
    formset = PartFormSet
    fields = ["position", "heading", "words", "pick"]
    extra = 2
    max_num = 30

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the Update has asked already

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.status == Update.Status.DRAFT

    has_add_permission = has_delete_permission = has_change_permission

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if self.has_change_permission(request, obj) else ["heading", "picked"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if self.has_change_permission(request, obj) else ["picked"]

    @admin.display(description=_lazy("Something published"))
    def picked(self, part: UpdatePart) -> str:
        found = list(sources[part.source].find([part.item])) if part.source in sources else []
        return found[0].title if found else ""


def offered() -> Iterator[tuple[str, Any]]:
    """What can be picked, by kind."""
    yield "", "—"
    for name, source in sources.items():
        choices = [(f"{name}:{item.key}", item.title) for item in source.offered()]
        if choices:
            yield str(source.label), choices


def _also(picked: str, choices: list[Any]) -> list[tuple[str, str]]:
    """What was picked and is no longer among the newest, or no longer there: it stays until somebody chooses another thing."""
    known = {key for _group, rows in choices if isinstance(rows, list) for key, _title in rows}
    if not picked or picked in known:
        return []
    name, _colon, key = picked.partition(":")
    found = list(sources[name].find([key])) if name in sources else []
    return [(picked, found[0].title if found else _("No longer published"))]


def free_slug(title: str, update: Update) -> str:
    """Return the nicest address for a title that no other Update has."""
    stem = slugify(title)[:90] or "update"
    others = Update.objects.exclude(pk=update.pk).filter(slug__startswith=stem)  # unscoped: an address is public
    taken = set(others.values_list("slug", flat=True))
    return next(slug for number in range(1, len(taken) + 2) if (slug := stem if number == 1 else f"{stem}-{number}") not in taken)


@admin.register(Update)
class UpdateAdmin(MovedByButtons):
    """It is written here, looked at as it is mailed, and let out by a button. Who has asked for it is counted, and listed nowhere."""

    form = UpdateForm
    inlines = [PartInline]
    change_form_template = "admin/correspondence/update/change_form.html"
    list_display = ["title", "status", "send_at", "began_at", "posted"]
    list_filter = ["status"]
    search_fields = ["title__unaccent", "lead__unaccent"]
    ordering = ["-pk"]
    fields = ["title", "slug", "lead", "opening", "closing", "status", "send_at", "zone", "seen"]
    readonly_fields = ["status", "send_at", "zone"]
    moves = workflow.MOVES
    move_forms = {"schedule": ScheduleForm}
    preview_template = "admin/correspondence/update/_what_goes_out.html"
    meanings = {
        "schedule": _lazy("It goes by itself at this time, to every member who wants it and to all confirmed subscribers."),
        "send-now": _lazy("It goes within five minutes, to every member who wants it and to all confirmed subscribers."),
        "unschedule": _lazy("It becomes a draft again. Nobody has got it yet."),
        "stop": _lazy("Whoever has not got it yet does not get it. Its page leaves the site until it goes on."),
        "go-on": _lazy("It goes to everybody who has not got it yet."),
        "withdraw": _lazy("Its page leaves the site and the feed. What lies in mailboxes stays there."),
    }

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft is written on."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status == Update.Status.DRAFT)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.status == Update.Status.DRAFT

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is no draft is read in its preview, as readers get it."""
        return super().get_fields(request, obj) if self.has_change_permission(request, obj) else [*FACTS, "posted"]

    def page_of(self, obj: Any) -> str:
        return reverse("admin:update-preview", args=[obj.pk])

    def get_urls(self) -> list[URLPattern]:
        see = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", see(require_GET(self.update_preview)), name="update-preview"),
            path("<int:pk>/preview/html/", see(require_GET(self.update_page)), name="update-page"),
            path("<int:pk>/try/", see(require_POST(self.update_try)), name="update-try"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        number = Subscription.objects.visible_to(request.user).confirmed().count()
        said = ngettext(
            "%(number)d confirmed subscriber, beside the members", "%(number)d confirmed subscribers, beside the members", number
        ) % {"number": number}
        return super().changelist_view(request, {"subtitle": said, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        changed = [name for name in form.changed_data if name != "seen"]
        if "slug" in form.cleaned_data and obj.slug != form.initial.get("slug"):
            changed.append("slug")
        workflow.keep(obj, by=cast("User", request.user), seen=form.cleaned_data["seen"] or 0, changed=dict.fromkeys(changed))

    def update_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All three parts as they would be mailed now, what speaks against it, and how many would get it."""
        update = self._one(request, pk)
        members, subscribers = sending.how_many()
        context = {
            **self.admin_site.each_context(request),
            "title": update.title,
            "opts": self.opts,
            "update": update,
            "mail": previewing.preview(update),
            "objections": links.objections(update),
            "members": members,
            "subscribers": subscribers,
        }
        return TemplateResponse(request, "admin/correspondence/update/preview.html", context)

    @method_decorator(csp_replace({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "script-src": ["'none'"]}))
    def update_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The HTML part alone, as a mail program shows it."""
        return HttpResponse(previewing.preview(self._one(request, pk)).html)

    def update_try(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mail it to oneself, as it is saved now."""
        update, me = self._one(request, pk), cast("User", request.user)
        key = f"update-test:{update.pk}:{me.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
        outbox.post("update_test", me, key=key, update=update.pk)
        messages.success(request, _("A test is on its way to %s.") % me.email)
        return redirect("admin:update-preview", pk)

    def _one(self, request: HttpRequest, pk: int) -> Update:
        rows: Any = self.get_queryset(request)
        found: Update = get_object_or_404(rows.with_parts(), pk=pk)
        return found
