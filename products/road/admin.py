"""The support team's pages about products: who edits, by which numbers, for which audiences. What is made moves on its own pages."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import User
from foundation.admin_kit import DutyAdmin, ReadOnlyAdmin, SupportTeamAdmin
from products.models import Edition, EditorDuty, KindRules, Product, Readership
from products.road import duties


@admin.register(EditorDuty)
class EditorDutyAdmin(DutyAdmin):
    """Superusers say who is an editor; everybody of the support team may read it."""

    release_name = "editor-duty-release"
    list_display = ["person", "since"]
    raw_id_fields = ["person"]

    def may_give(self, user: Any) -> bool:
        return duties.gives_duties(user)

    def release(self, duty: Any, by: Any) -> str:
        duties.release_from_duty(duty, by=by)
        return _("%(name)s is no longer an editor.") % {"name": duty.person}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = duties.give_duty(obj.person, by=cast("User", request.user)).pk


@admin.register(KindRules)
class KindRulesAdmin(SupportTeamAdmin):
    """How many reviews each kind needs, and how long they take."""

    list_display = ["kind", "reviews_needed", "review_days", "window_days"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["kind"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Readership)
class ReadershipAdmin(SupportTeamAdmin):
    """The audiences that products are for."""

    list_display = ["name", "position", "is_offered"]
    list_editable = ["position", "is_offered"]
    search_fields = ["name"]
    filter_horizontal = ["role_labels"]


class EditionInline(admin.TabularInline):
    """The editions that the one who looks may read."""

    model = Edition
    fk_name = "product"
    readonly_fields: ClassVar[Any] = ("number", "label", "title", "status", "status_since", "published_at")
    fields = readonly_fields
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return Edition.objects.visible_to(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the page of the product has asked already

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    """Products to look at, those that one may see: they move on their own pages, where whoever may finds the buttons."""

    list_display = ["name", "kind", "readership", "page"]
    list_filter = ["kind"]
    list_select_related = ["current", "readership"]
    fields = ["kind", "slug", "readership", "expected_on", "announced_as", "announcement", "announced_at", "page"]
    inlines = [EditionInline]

    @admin.display(description=gettext_lazy("title"))
    def name(self, product: Product) -> str:
        return (product.known_as if product.announced_at or product.current_id else "") or product.slug

    @admin.display(description=gettext_lazy("its page"))
    def page(self, product: Product) -> SafeString | str:
        if product.current is None:
            return ""
        return format_html('<a href="{}">{}</a>', product.get_absolute_url(), _("As readers see it"))
