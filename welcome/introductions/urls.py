"""Addresses of introductions, below /welcome/introductions/. The keys are those of one's own side."""

from django.urls import path

from welcome.introductions import views

urlpatterns = [
    path("", views.introduction_list, name="introduction-list"),
    path("new/", views.introduction_start, name="introduction-start"),
    path("<int:pk>/accept/", views.introduction_accept, name="introduction-accept"),
    path("<int:pk>/decline/", views.introduction_decline, name="introduction-decline"),
]
