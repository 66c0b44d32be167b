"""Addresses for whoever leads a space, below /discussions/."""

from django.urls import path

from discussions.facilitating import views

urlpatterns = [
    path("morning/", views.morning_detail, name="morning-detail"),
    path("<int:pk>/spoken/", views.thread_spoken, name="thread-spoken"),
    path("<int:pk>/nudge/", views.thread_nudge, name="thread-nudge"),
]
