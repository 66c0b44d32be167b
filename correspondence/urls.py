from django.urls import path

from correspondence import views

app_name = "correspondence"

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("settings/mail/", views.preference_edit, name="preference-edit"),
]
