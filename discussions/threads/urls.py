"""Addresses of beginning, of who takes part, and of what helped."""

from django.urls import path

from discussions.threads import views

urlpatterns = [
    path("new/", views.thread_start, name="thread-start"),
    path("posts/<int:pk>/helpful/", views.post_mark_helpful, name="post-mark-helpful"),
    path("<int:pk>/people/", views.participant_list, name="participant-list"),
    path("<int:pk>/people/add/", views.participant_add, name="participant-add"),
    path("<int:pk>/people/leave/", views.participant_leave, name="participant-leave"),
    path("<int:pk>/helpful/clear/", views.thread_clear_helpful, name="thread-clear-helpful"),
]
