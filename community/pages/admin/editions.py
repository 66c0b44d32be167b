from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from community.models import PageEdition
from community.pages import workflow
from community.pages.differences import changes_between, is_changed
from community.pages.forms import PageEditionForm
from foundation.admin_kit import SupportTeamAdmin
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

DRAFT = PageEdition.Status.DRAFT
SAID = ["title", "lead", "body", "note", "review_on", "status", "number", "written_by", "published_by", "published_at"]


@admin.register(PageEdition)
class PageEditionAdmin(SupportTeamAdmin):
    """The texts of the pages. A draft is written here; what was published can be read, compared, and put back."""

    list_display = ["title", "page", "status", "number", "written_at"]
    list_select_related = ["page"]
    list_filter = ["status"]
    ordering = ["-written_at"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/publish/", view(self.edition_publish), name="edition-publish"),
            path("<int:pk>/discard/", view(self.edition_discard), name="edition-discard"),
            path("<int:pk>/put-back/", view(self.edition_put_back), name="edition-put-back"),
            path("<int:pk>/changes/", view(self.edition_changes), name="edition-changes"),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        is_draft = obj is not None and obj.status == DRAFT
        return super().get_form(request, obj, change, **({"form": PageEditionForm} if is_draft else {}), **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        is_draft = obj is not None and obj.status == DRAFT
        return ["title", "lead", "body", "note", "review_on", "seen"] if is_draft else SAID

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is not None and obj.status == DRAFT else SAID

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False  # a draft belongs to its page, and is begun there

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.status == DRAFT)

    def save_model(self, request: HttpRequest, obj: PageEdition, form: PageEditionForm, change: bool) -> None:
        texts = {name: form.cleaned_data[name] for name in workflow.TEXTS}
        workflow.draft_save(obj, by=cast("User", request.user), revision=form.cleaned_data["seen"], **texts)

    def response_change(self, request: HttpRequest, obj: PageEdition) -> HttpResponse:
        if "_preview" in request.POST:
            return redirect(preview_of(obj))
        if "_publish" in request.POST:
            return redirect("admin:edition-publish", obj.pk)
        return super().response_change(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect("admin:community_page_change", obj.page_id)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        edition = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if edition is not None:
            context |= {"preview": preview_of(edition), "is_draft": edition.status == DRAFT}
        return super().render_change_form(request, context, *args, **kwargs)

    def edition_publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would change for the readers, with a button that publishes exactly this text."""

        def publish(draft: PageEdition, user: User) -> None:
            workflow.edition_publish(draft, by=user, revision=_number(request, "revision"))

        draft = self._one(request, pk, status=DRAFT)
        shown = self._shown_of(request, draft)
        return self._ask(request, draft, "publish", publish, before=shown, title=_("Publish “%s”?") % draft.title)

    def edition_discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would be thrown away, with a button."""

        def discard(draft: PageEdition, user: User) -> None:
            workflow.draft_discard(draft, by=user, revision=_number(request, "revision"))

        draft = self._one(request, pk, status=DRAFT)
        shown = self._shown_of(request, draft)
        return self._ask(request, draft, "discard", discard, before=shown, title=_("Throw this draft away?"))

    def edition_put_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would change for the readers, with a button that publishes an earlier text again."""

        def put_back(earlier: PageEdition, user: User) -> None:
            workflow.edition_put_back(earlier, by=user, instead_of=_number(request, "instead_of"))

        earlier = self._one(request, pk, status=PageEdition.Status.SUPERSEDED)
        shown = self._shown_of(request, earlier)
        return self._ask(request, earlier, "put-back", put_back, before=shown, title=_("Put edition %s back?") % earlier.number)

    def edition_changes(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What an edition changed, compared with the one before it."""
        edition = self._one(request, pk)
        before = self.get_queryset(request).filter(page=edition.page_id, number__isnull=False).order_by("-number")
        if edition.number is not None:
            before = before.filter(number__lt=edition.number)
        return self._page(request, edition, "", before.first(), _("What changed"))

    def _one(self, request: HttpRequest, pk: int, **state: str) -> PageEdition:
        edition: PageEdition = get_object_or_404(self.get_queryset(request).select_related("page"), pk=pk, **state)
        return edition

    def _shown_of(self, request: HttpRequest, edition: PageEdition) -> PageEdition | None:
        found: PageEdition | None = self.get_queryset(request).filter(page=edition.page_id, status="published").first()
        return found

    def _ask(
        self,
        request: HttpRequest,
        edition: PageEdition,
        word: str,
        act: Callable[[PageEdition, User], None],
        *,
        before: PageEdition | None,
        title: str,
    ) -> HttpResponse:
        """Ask with what changes before the reader's eyes; act when the button was pressed."""
        if request.method != "POST":
            return self._page(request, edition, word, before, title)
        page = edition.page
        try:
            act(edition, cast("User", request.user))
        except TransitionRefused:
            messages.error(
                request, _("Nothing was done: somebody has changed this page since you looked. Look again at how it is now.")
            )
        else:
            messages.success(request, DONE[word]())
        return redirect("admin:community_page_change", page.pk)

    def _page(self, request: HttpRequest, edition: PageEdition, word: str, before: PageEdition | None, title: str) -> HttpResponse:
        changes = changes_between(before, edition)
        context = {"edition": edition, "word": word, "before": before, "title": title, "preview": preview_of(edition)}
        context |= {"changes": changes, "is_changed": is_changed(changes), **self.admin_site.each_context(request)}
        return TemplateResponse(request, "admin/community/pageedition/decide.html", context)


DONE: dict[str, Callable[[], str]] = {
    "publish": lambda: _("Published. Visitors see it within seconds."),
    "discard": lambda: _("The draft is gone. What is published stays as it was."),
    "put-back": lambda: _("Put back, as a new edition. Visitors see it within seconds."),
}


def preview_of(edition: PageEdition) -> str:
    """Where the text can be looked at as its readers would see it."""
    return edition.get_preview_url()


def _number(request: HttpRequest, name: str) -> int:
    """What the page that was looked at said; a number that fits nothing where it says none."""
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0
