from django.urls import path

from correspondence import views
from correspondence.digests import views as digest_views

app_name = "correspondence"

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("settings/mail/digest/", digest_views.digest_edit, name="digest-edit"),
    path("settings/mail/", views.preference_edit, name="preference-edit"),
]
