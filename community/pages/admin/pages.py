from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from community.models import Page, PageEdition
from community.pages import workflow
from community.pages.defaults import fill_pages, missing_pages
from community.pages.forms import NEXT_LOOK, PageAddForm, ReviewForm
from community.querysets import PageQuerySet
from foundation.admin_kit import SupportTeamAdmin
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from ambassadors.models import User

OWN_ADDRESS = ["subject", "slug", "audience", "position"]


@admin.register(Page)
class PageAdmin(SupportTeamAdmin):
    """The pages of the site. Their words are changed in a draft, which is read before it is published."""

    list_display = ["shown_name", "address", "shown", "draft_waits", "look_again"]
    ordering = ["position", "pk"]
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> PageQuerySet:
        return cast("PageQuerySet", super().get_queryset(request)).with_editions()

    @admin.display(description=gettext_lazy("page"))
    def shown_name(self, page: Any) -> str:
        return str(page.get_key_display() if page.key else page.newest_title or page.slug)

    @admin.display(description=gettext_lazy("address"))
    def address(self, page: Page) -> SafeString:
        return format_html('<a href="{0}">{0}</a>', page.get_absolute_url())

    @admin.display(description=gettext_lazy("published"))
    def shown(self, page: Any) -> str:
        if page.published_number is None:
            return _("not yet")
        day = date_format(timezone.localtime(page.published_at), "j F Y")
        return _("edition %(number)s, %(day)s") % {"number": page.published_number, "day": day}

    @admin.display(description=gettext_lazy("draft"), empty_value="")
    def draft_waits(self, page: Any) -> str:
        return _("a draft waits") if page.has_draft else ""

    @admin.display(description=gettext_lazy("look at it again"), empty_value="")
    def look_again(self, page: Any) -> str:
        if page.review_on is None:
            return ""
        due = page.review_on <= timezone.localdate()
        return (_("due since %s") if due else "%s") % date_format(page.review_on, "j F Y")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("missing/", view(require_POST(self.page_fill)), name="page-fill"),
            path("<int:pk>/write/", view(require_POST(self.page_write)), name="page-write"),
            path("<int:pk>/review/", view(self.page_review), name="page-review"),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else PageAddForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return list(PageAddForm.base_fields)
        return ["key"] if obj.key else OWN_ADDRESS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["key"] if obj is not None and obj.key else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what was published stays in its editions

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """A new page comes with its first draft."""
        if change:
            return super().save_form(request, form, change)
        return workflow.page_add(by=cast("User", request.user), **form.cleaned_data)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """There is nothing beside the page itself."""

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        if change and form.changed_data:
            workflow.page_change(obj, by=cast("User", request.user), changed=form.changed_data)

    def response_add(self, request: HttpRequest, obj: Page, post_url_continue: Any = None) -> HttpResponse:
        return redirect("admin:community_pageedition_change", obj.editions.drafts().get().pk)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {**(extra_context or {}), "missing": missing_pages()}
        response: HttpResponse = super().changelist_view(request, context)
        return response

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        page = kwargs.get("obj") or (args[3] if len(args) > 3 else None)
        if page is not None:
            editions = PageEdition.objects.visible_to(cast("User", request.user)).filter(page=page)
            context |= {"editions": editions.newest_first().select_related("written_by", "published_by")}
            if page.key:  # its words are in its editions: here is nothing to save
                context |= {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def page_fill(self, request: HttpRequest) -> HttpResponseRedirect:
        """Give the community the pages it does not have yet, with words to begin with."""
        names = fill_pages(by=cast("User", request.user))
        messages.success(request, _("Added: %s.") % ", ".join(names) if names else _("All pages are there already."))
        return redirect("admin:community_page_changelist")

    def page_write(self, request: HttpRequest, pk: int) -> HttpResponseRedirect:
        """Go to the page's draft, making one where there is none."""
        page = get_object_or_404(self.get_queryset(request), pk=pk)
        draft = workflow.draft_begin(page, by=cast("User", request.user))
        return redirect("admin:community_pageedition_change", draft.pk)

    def page_review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is published, with a button that says: still right."""
        user = cast("User", request.user)
        editions = PageEdition.objects.visible_to(user).published().select_related("page")
        edition = get_object_or_404(editions, page_id=pk)
        form = ReviewForm(request.POST or None, initial={"review_on": timezone.localdate() + NEXT_LOOK})
        if form.is_valid() and self._review(request, edition, form):
            return redirect("admin:community_page_change", pk)
        context = {"edition": edition, "form": form, "title": _("Is this still right?"), "back": pk}
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/community/page/review.html", context)

    def _review(self, request: HttpRequest, edition: PageEdition, form: ReviewForm) -> bool:
        try:
            workflow.page_reviewed(edition, by=cast("User", request.user), review_on=form.cleaned_data["review_on"])
        except TransitionRefused:
            messages.error(request, _("Somebody has looked at this page or changed it in the meantime. This is how it is now."))
            return False
        messages.success(request, _("Noted: still right."))
        return True
