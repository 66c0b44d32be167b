from django.urls import path

from correspondence import own_addresses_views as own
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
    path("settings/mail/addresses/", own.own_address_list, name="own-address-list"),
    path("settings/mail/addresses/card.vcf", own.own_address_card, name="own-address-card"),
    path("settings/mail/addresses/make/", own.own_address_make, name="own-address-make"),
    path("settings/mail/addresses/<int:pk>/renew/", own.own_address_renew, name="own-address-renew"),
    path("settings/mail/addresses/renew/", own.own_address_renew_all, name="own-address-renew-all"),
    path("settings/mail/address/", health.address_detail, name="address-detail"),
    path("settings/mail/address/code/", health.address_code_send, name="address-code-send"),
    path("settings/mail/address/confirm/", health.address_confirm, name="address-confirm"),
]
