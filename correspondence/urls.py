from django.urls import path

from correspondence import views
from correspondence.digests import views as digest_views
from correspondence.health import hook_views as hooks
from correspondence.health import views as health

app_name = "correspondence"

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("settings/mail/digest/", digest_views.digest_edit, name="digest-edit"),
    path("mail/hooks/<str:provider>/<str:route>/", hooks.hook_receive, name="hook-receive"),
    path("settings/mail/", views.preference_edit, name="preference-edit"),
    path("settings/mail/address/", health.address_detail, name="address-detail"),
    path("settings/mail/address/code/", health.address_code_send, name="address-code-send"),
    path("settings/mail/address/confirm/", health.address_confirm, name="address-confirm"),
]
