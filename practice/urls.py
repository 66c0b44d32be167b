"""Addresses of how organisations look at themselves."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "practice"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("practice.starting.urls")),
    path("", include("practice.paper.urls")),
    path("", include("practice.files.urls")),
    path("", include("practice.organizations.urls")),
    path("", include("practice.sessions.urls")),
    path("", include("practice.answering.urls")),
    path("", include("practice.results.urls")),
    path("", include("practice.help.urls")),
    path("", include("practice.talking.urls")),
    path("", include("practice.voting.urls")),
    path("", include("practice.benchmark.urls")),
    path("", include("practice.instruments.urls")),  # last: it takes whatever no other part calls a page of its own
]
