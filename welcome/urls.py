"""Addresses of what makes people welcome."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "welcome"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("welcome.first_look.urls")),
    path("", include("welcome.onboarding.urls")),
    path("buddies/", include("welcome.buddies.pair_urls")),
    path("introductions/", include("welcome.introductions.urls")),
    path("", include("welcome.people.urls")),
]
