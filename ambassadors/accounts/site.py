"""The admin site: the same door as the rest of the house, and no second way to what the sign-in pages guard."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView


class StaffAdminSite(AdminSite):
    """Staff come in through the site's own sign-in; passwords are changed there too."""

    site_header = _("Support team")
    site_title = _("Support team")
    index_title = _("What is here")

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send visitors to the sign-in, staff where they wanted to go, and refuse everybody else."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not self.has_permission(request):
            raise PermissionDenied("This door is for the support team.")
        return HttpResponseRedirect(reverse("admin:index"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Passwords are changed where all members change theirs: with a notice to them, and an end to other sessions."""
        to_the_page = RedirectView.as_view(pattern_name="account_change_password")
        the_way_out = RedirectView.as_view(pattern_name="account_logout")
        return [
            path("password_change/", to_the_page, name="password_change"),
            path("logout/", the_way_out, name="logout"),
            *super().get_urls(),
        ]
