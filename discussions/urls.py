"""Addresses of conversations."""

from django.urls import URLPattern, URLResolver, include, path

from discussions import views
from discussions.asking.reading_views import recommendation_list

app_name = "discussions"

threads: list[URLPattern | URLResolver] = [
    path("", views.thread_list, name="thread-list"),
    path("posts/<int:pk>/", views.post_detail, name="post-detail"),
    path("", include("discussions.asking.urls")),
    path("", include("discussions.facilitating.urls")),
    path("", include("discussions.needs.urls")),
    path("", include("discussions.prompts.urls")),
    path("", include("discussions.threads.urls")),
    path("<int:pk>/reply/", views.post_reply, name="post-reply"),
    path("<int:pk>/read/", views.thread_read, name="thread-read"),
    path("<int:pk>/<slug:slug>/", views.thread_detail, name="thread-detail"),
]
urlpatterns = [
    path("", include("discussions.assisting.urls")),
    path("", include("discussions.following.urls")),
    path("", include("discussions.moderation.urls")),
    path("", include("discussions.posts.urls")),
    path("discussions/", include(threads)),
    path("messages/", views.private_thread_list, name="private-thread-list"),
    path("circles/", include("discussions.circles.urls")),
    path("reading/", recommendation_list, name="recommendation-list"),
    path("spaces/", include("discussions.spaces.urls")),
]
