"""What the admin pages of this part share: the state moves by buttons, each of which shows what it means before it does it."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from ambassadors.models import User
from foundation.admin_kit import SupportTeamAdmin
from foundation.models import HistoryEntry
from foundation.workflow import Transition, TransitionRefused

LINES = 50


class MovedByButtons(SupportTeamAdmin):
    """A model whose state is moved by the functions of `moves`: word, transition and function. `meanings` says what each does."""

    change_form_template = "admin/community/change_form.html"
    view_on_site = False
    show_full_result_count = False
    list_per_page = 50
    moves: ClassVar[dict[str, tuple[Transition, Callable[..., Any]]]] = {}
    move_forms: ClassVar[dict[str, type[forms.Form]]] = {}
    meanings: ClassVar[dict[str, Any]] = {}
    preview_template = ""

    def actions_for(self, user: User, obj: Any) -> dict[str, str]:
        """Return the moves that `user` may make on `obj` now: word and label."""
        return {word: str(move.label) for word, (move, _function) in self.moves.items() if move.offered_to(user, obj)}

    def get_urls(self) -> list[URLPattern]:
        moved = self.admin_site.admin_view(self.object_move)
        return [path("<int:pk>/move/<slug:word>/", moved, name="object-move"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if obj is not None:
            user = cast("User", request.user)
            context |= {"moves": self.actions_for(user, obj), "history": _history_of(obj, user), "page_url": self.page_of(obj)}
        return super().render_change_form(request, context, *args, **kwargs)

    def page_of(self, obj: Any) -> str:
        """Where to look at it as visitors do, or will; empty when it has no page."""
        return ""

    def object_move(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Show what a move means, with a button; the button makes it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        offered = self.actions_for(cast("User", request.user), obj)
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
        if word not in offered:
            messages.error(request, _("That cannot be done now: %s stands elsewhere by now.") % obj)
            return redirect(back)
        form = self._move_form(request, obj, word)
        if request.method == "POST" and form.is_valid() and self._move(request, obj, word, form):
            return redirect(back)
        context = {"object": obj, "word": word, "label": offered[word].rstrip("…"), "back": back, "title": str(obj), "form": form}
        context |= {"opts": self.opts, "meaning": self.meanings.get(word, ""), "preview_template": self.preview_template}
        return TemplateResponse(request, "admin/community/move.html", self.admin_site.each_context(request) | context)

    def _move_form(self, request: HttpRequest, obj: Any, word: str) -> forms.Form:
        made = self.move_forms.get(word, forms.Form)
        initial = {name: getattr(obj, name, None) for name in made.base_fields}
        return made(request.POST if request.method == "POST" else None, initial=initial)

    def _move(self, request: HttpRequest, obj: Any, word: str, form: forms.Form) -> bool:
        _transition, function = self.moves[word]
        seen = {"seen": request.POST.get("seen", "")} if "seen" in signature(function).parameters else {}
        try:
            function(obj, by=request.user, **form.cleaned_data, **seen)
        except TransitionRefused:
            messages.error(request, _("%s was changed by somebody else in the meantime. Look at it again.") % obj)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        else:
            messages.success(request, _("%(name)s: %(state)s.") % {"name": obj, "state": obj.get_status_display()})
        return True


def _history_of(obj: models.Model, reader: User) -> models.QuerySet:
    lines = HistoryEntry.objects.visible_to(reader).filter(target_type__app_label=obj._meta.app_label)
    return lines.filter(target_type__model=obj._meta.model_name, target_id=str(obj.pk)).order_by("-at", "-pk")[:LINES]
