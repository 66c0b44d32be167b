from django.urls import path

from community.dev import styleguide
from community.pages import look, views

app_name = "community"

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("look/accent.css", look.accent, name="accent"),
    path("look/mark.svg", look.mark, name="mark"),
    path("look/site.webmanifest", look.manifest, name="manifest"),
    path("dev/styleguide/", styleguide.styleguide, name="styleguide"),
]
