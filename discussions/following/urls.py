"""Addresses of following."""

from django.urls import path

from discussions.following import views

urlpatterns = [
    path("discussions/<int:pk>/follow/", views.thread_follow, name="thread-follow"),
    path("spaces/<slug:slug>/follow/", views.space_follow, name="space-follow"),
    path("settings/follows/", views.follow_list, name="follow-list"),
    path("settings/follows/<int:pk>/stop/", views.follow_stop, name="follow-stop"),
]
