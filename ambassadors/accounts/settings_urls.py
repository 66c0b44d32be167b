"""The settings home. What else lies under /settings/ belongs to the apps whose settings they are."""

from django.urls import path

from ambassadors.accounts import views

app_name = "settings"

urlpatterns = [path("", views.home, name="home")]
