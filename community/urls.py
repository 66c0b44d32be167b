"""Every address of the site, by floor."""

from django.contrib import admin
from django.urls import include, path, re_path

handler429 = "ambassadors.accounts.views.too_many_requests"
handler500 = "community.errors.server_error"

# Conversations have half of all addresses and come first: whoever asks for another page is past them after one look.
OF_CONVERSATIONS = (
    r"^(?=(?:discussions|spaces|circles|messages|reports|measures|appeals|bookmarks|reading|settings|assistant|prepared)/)"
)

urlpatterns = [
    re_path(OF_CONVERSATIONS, include("discussions.urls")),
    path("", include("community.pages.urls")),
    path("", include("practice.urls")),
    path("", include("products.urls")),
    path("welcome/", include("welcome.urls")),
    path("", include("ambassadors.urls")),
    path("", include("correspondence.urls")),
    path("accounts/", include("ambassadors.accounts.urls")),
    path("", include("foundation.urls")),
    path("mail/", include("correspondence.inbound.urls")),
    path("accounts/", include("allauth.urls")),
    path("settings/", include("ambassadors.accounts.settings_urls")),
    path("settings/buddy/", include("welcome.buddies.settings_urls")),
    path("settings/", include("ambassadors.owndata.urls")),
    path("admin/", admin.site.urls),
]
