"""What came through the contact form, for the support team: to read, to answer by mail, to put away."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from ambassadors.models import User
from community.contact import workflow
from community.models import ContactMessage
from foundation.admin_kit import ReadOnlyAdmin
from foundation.workflow import TransitionRefused


@admin.register(ContactMessage)
class ContactMessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "name", "to", "received_at", "status"]
    list_filter = ["status"]
    list_select_related = ["to__user"]
    search_fields = ["name", "address", "subject", "words"]
    ordering = ["-received_at", "-pk"]
    show_full_result_count = False
    list_per_page = 50
    fields = ["name", "address", "to", "subject", "words", "received_at", "status", "answer", "settled_at"]
    change_form_template = "admin/community/contactmessage/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("<int:pk>/move/<slug:word>/", view(self.contact_move), name="contact-move"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        message = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        return super().render_change_form(request, context | {"moves": self._offered(request, message)}, *args, **kwargs)

    def contact_move(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Show what a move means, with a button; the button makes it."""
        message = get_object_or_404(self.get_queryset(request), pk=pk)
        offered = self._offered(request, message)
        back = reverse("admin:community_contactmessage_change", args=[pk])
        if word not in offered:
            messages.error(request, _("That cannot be done now: somebody else was quicker."))
            return redirect(back)
        if request.method == "POST" and self._move(request, message, word):
            return redirect("admin:community_contactmessage_changelist")
        context = {"message": message, "word": word, "label": offered[word], "back": back, "title": message.subject}
        context["typed"] = request.POST.get("words", "")
        return TemplateResponse(
            request, "admin/community/contactmessage/move.html", self.admin_site.each_context(request) | context
        )

    def _offered(self, request: HttpRequest, message: ContactMessage | None) -> dict[str, str]:
        by = cast("User", request.user)
        moves = workflow.MOVES.items() if message is not None else ()
        return {word: str(move.label) for word, (move, _function) in moves if message and move.offered_to(by, message)}

    def _move(self, request: HttpRequest, message: ContactMessage, word: str) -> bool:
        said = {"words": request.POST.get("words", "")} if word == "answer" else {}
        try:
            workflow.MOVES[word][1](message, by=cast("User", request.user), **said)
        except (ValidationError, TransitionRefused) as error:
            messages.error(request, " ".join(getattr(error, "messages", [_("Somebody else was quicker.")])))
            return False
        messages.success(request, _("Your answer goes out by mail.") if word == "answer" else _("Done."))
        return True
